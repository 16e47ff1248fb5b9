"""When the office is open: said in words, followed by the book."""

from datetime import date, time

import pytest

from frontdesk.office.jobs.services import work_off
from frontdesk.office.practice.models import Holiday, OpeningHours
from frontdesk.office.scheduling.models import Stranded, Template, TemplateBlock
from tests.entrypoints.desk.scheduling.conftest import hidden
from tests.factories import practice as make


@pytest.fixture
def manager(client, office):
    make.user(role="manager", username="mia", display_name="Mia Novak")
    client.post("/sign-in", {"username": "mia", "password": "a long enough password"})
    return client


def post(browser, path="/hours/closed", **fields):
    key = hidden(browser.get("/hours").content.decode(), "_key")
    return browser.post(path, {"_key": key, **fields})


def test_hours_are_typed_as_people_write_them(manager, office):
    answer = post(
        manager, "/hours", **{"day-0": "8-12, 1-5", "day-1": "8:30 am – noon", "day-2": "9 to 4:30pm"}
    )
    assert answer.status_code == 302, answer.content.decode()
    rows = OpeningHours.objects.filter(location=office.location)
    assert set(rows.values_list("weekday", "opens", "closes")) == {
        (0, time(8), time(12)),
        (0, time(13), time(17)),
        (1, time(8, 30), time(12)),
        (2, time(9), time(16, 30)),
    }
    assert "8:30 am – noon" in manager.get("/hours").content.decode()


@pytest.mark.parametrize("text", ["whenever", "8-12-5", "8:00", "5pm-8am", "8-12, 11-3"])
def test_hours_that_cannot_be_are_refused_and_stay_as_typed(manager, office, text):
    before = list(OpeningHours.objects.values_list())
    answer = post(manager, "/hours", **{"day-0": text})
    assert answer.status_code == 422
    assert f'value="{text}"' in answer.content.decode()
    assert list(OpeningHours.objects.values_list()) == before


def test_a_closed_day_strands_who_is_booked_and_opens_again(lead, office, visit):
    rule = Template.objects.create(resource=office.lee, effective_from=date(2026, 1, 1))
    for weekday in range(7):
        TemplateBlock.objects.create(
            template=rule, weekday=weekday, begins=time(8), ends=time(17), lane=office.lane
        )
    post(lead, day="3/10/2026", name="Snow")
    work_off("test")
    assert Stranded.objects.get().appointment_id == visit.pk
    assert "Snow" in lead.get("/hours").content.decode()
    post(lead, reopen=Holiday.objects.get().pk)
    assert not Holiday.objects.exists()


def test_the_holidays_of_a_year_are_a_librarys(lead, office):
    post(lead, year="2027")
    assert Holiday.objects.get(day=date(2027, 7, 4)).name == "Independence Day"


def test_a_lead_closes_days_and_leaves_the_hours_to_the_manager(lead, office):
    assert 'name="day-0"' not in lead.get("/hours").content.decode()
    assert post(lead, "/hours", **{"day-0": "8-5"}).status_code == 403


def test_who_works_the_desk_is_told_whom_to_ask(desk, office):
    assert desk.get("/hours").status_code == 403
