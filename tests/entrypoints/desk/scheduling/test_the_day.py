"""The grid and its twin: everything there, bounded queries, everything reachable."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from frontdesk.office.scheduling import services
from tests.entrypoints.desk.scheduling.conftest import HX
from tests.factories.scheduling import actor, open_day, patient, provider_at

DAY = "/schedule?day=2026-03-10"
LIST = "/schedule/agenda?day=2026-03-10"


def text(answer):
    return answer.content.decode()


@pytest.mark.parametrize("address", [DAY, LIST])
def test_grid_and_list_show_the_same_visits_and_the_same_deeds(desk, visit, address):
    html = text(desk.get(address))
    assert "Ana Ito" in html
    assert f'hx-get="/appointments/{visit.pk}"' in html
    assert "/openings/slot?offer=" in html


def test_a_time_that_is_kept_is_shown_to_others_with_who_keeps_it(desk, office):
    services.hold(actor(id=77, name="Lena Park"), **office.ask(office.at(10)))
    for address in (DAY, LIST):
        assert "Lena Park, 5 min 00 s" in text(desk.get(address))


def test_the_typed_jump_goes_to_a_day_and_to_a_provider(desk, office):
    assert desk.get("/schedule?go=fri")["Location"] == "/schedule?day=2026-03-06"
    assert desk.get("/schedule?go=%2B1w")["Location"] == "/schedule?day=2026-03-10"
    assert (
        desk.get("/schedule?go=dr+lee+3/10")["Location"]
        == f"/schedule?day=2026-03-10&provider={office.lee.provider_id}"
    )


def test_a_jump_that_means_nothing_says_so(desk):
    assert "is neither a day nor a provider" in text(desk.get("/schedule?go=zebra"))


def test_only_the_chosen_provider_is_shown(desk, office):
    html = text(desk.get(f"{DAY}&provider={office.lee.provider_id}"))
    assert html.count('data-col="') == 1


def test_a_day_without_hours_teaches_one_key(desk):
    assert "Nothing in the book" in text(desk.get("/schedule?day=2026-06-07"))


def test_a_holiday_says_its_name(desk, office):
    from frontdesk.office.practice.models import Holiday

    Holiday.objects.create(day=date(2026, 3, 10), name="Town Meeting Day")
    assert "Closed: Town Meeting Day." in text(desk.get(DAY))


def test_looking_at_a_day_is_on_record(desk, visit):
    from frontdesk.office.audit.models import AuditEntry

    desk.get(DAY)
    seen = AuditEntry.objects.get(action="scheduling.open_list")
    assert seen.extra["shown"] == [visit.patient_id]


def test_the_week_has_a_column_for_each_working_day(desk, visit):
    html = text(desk.get("/schedule/week?day=2026-03-10"))
    assert html.count('data-col="') == 5
    assert "Ana Ito" in html


def test_the_month_says_how_many_could_still_begin(desk):
    html = text(desk.get("/schedule/month?day=2026-03-10"))
    assert "Tuesday, March 10, " in html
    assert " free" in html
    assert "Tuesday, March 24, nothing free" in html


def test_what_stands_beside_the_day_is_fetched_after_it(desk):
    assert "/schedule/beside" in text(desk.get(DAY))
    assert "month-day" in text(desk.get("/schedule/beside?day=2026-03-10", headers=HX))


def test_a_view_can_be_saved_and_removed(desk, office):
    query = f"provider={office.lee.provider_id}"
    desk.post("/schedule/views", {"query": query, "name": "Dr. Lee"}, headers=HX)
    assert "Dr. Lee</a>" in text(desk.get("/schedule"))
    desk.post("/schedule/views", {"query": query, "drop": "Dr. Lee"}, headers=HX)
    assert "Dr. Lee</a>" not in text(desk.get("/schedule"))


def test_a_view_without_a_name_is_refused_beside_its_field(desk):
    answer = desk.post("/schedule/views", {"query": "", "name": " "}, headers=HX)
    assert answer.status_code == 422
    assert "Give it a name." in text(answer)


def queries_of(desk, address):
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert desk.get(address).status_code == 200
    return [one["sql"] for one in found if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN"))]


def fill(office, providers, visits):
    for n in range(providers):
        from tests.factories import practice as make

        resource = provider_at(office.location, make.provider(last_name=f"Able{n}"))
        open_day(resource, office.lane)
        for slot in range(visits):
            who = patient()
            services.book(
                actor(),
                patient_id=who.pk,
                **office.ask(office.at(8) + timedelta(minutes=20 * slot), resource),
            )


@pytest.mark.parametrize("address", [DAY, LIST])
def test_the_day_takes_at_most_twelve_queries_however_full_it_is(desk, office, address):
    few = queries_of(desk, address)
    fill(office, 6, 10)
    many = queries_of(desk, address)
    assert len(many) <= 12, many
    assert len(few) == len(many)


def test_the_week_takes_no_more_queries_when_it_is_full(desk, office):
    before = queries_of(desk, "/schedule/week?day=2026-03-10")
    for slot in range(12):
        services.book(
            actor(), patient_id=patient().pk, **office.ask(office.at(8) + timedelta(minutes=20 * slot))
        )
    assert len(queries_of(desk, "/schedule/week?day=2026-03-10")) == len(before)


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2199-12-31", "1990-01-01", "+999y"])
@pytest.mark.parametrize("page", ["", "/week", "/month", "/agenda", "/beside", "/tray"])
def test_days_at_the_ends_of_the_calendar_are_pages_like_any(desk, day, page):
    assert desk.get(f"/schedule{page}?day={day}".replace("+", "%2B")).status_code == 200


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2199-12-31"])
def test_times_are_looked_for_at_the_ends_of_the_calendar(desk, office, day):
    assert desk.get(f"/openings?type={office.visit.pk}&from={day}&wish={day}+9:00").status_code == 200
    token = f"{day.replace('-', '')}T1400Z-{office.lee.provider_id}-{office.location.pk}"
    assert desk.get(f"/openings/slot?offer={token}").status_code in {200, 422}
