"""A pack says of every visit what the desk must know when it cannot ask, and who saw it is on record."""

from datetime import timedelta

import pytest

from frontdesk.kit import clock
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.downtime import services
from frontdesk.office.downtime.queries import COVERAGE_UNKNOWN
from frontdesk.office.patients.models import Alert, Contact
from frontdesk.office.scheduling.services import book
from tests.factories import scheduling as make
from tests.factories.visits import Day
from tests.people import gus, lena

pytestmark = pytest.mark.django_db


@pytest.fixture
def the():
    day = Day(days=3)
    with clock.fixed(day.at(7, 30)):
        yield day


def somebody(**fields):
    who = make.patient(**fields)
    Contact.objects.create(patient=who, system="phone", use="home", value="+16175550101", may_call=False)
    Contact.objects.create(
        patient=who,
        system="phone",
        use="mobile",
        value="+16175550102",
        is_preferred=True,
        may_leave_voicemail=False,
    )
    Alert.objects.create(patient=who, words="Uses a wheelchair", made_at=clock.now(), made_by="Lena")
    return who


def test_an_entry_says_who_how_to_reach_them_what_for_and_what_to_mind(the):
    who = somebody(
        language="es", interpreter_needed=True, confidential=True, confidential_note="call work only"
    )
    row = the.booked(9, patient=who)
    entry = services.open_pack(gus(), location_id=the.location.pk).days[0].entries[0]
    assert (entry.name, entry.birth_date, entry.mrn) == (who.name, who.birth_date, who.mrn)
    assert f"{entry.wall:%H:%M}" == "09:00"
    assert [(one.number, one.limits) for one in entry.phones] == [
        ("+16175550102", "no voicemail"),
        ("+16175550101", "do not call"),
    ]
    assert entry.interpreter == "Spanish"
    assert entry.alerts == ("Confidential communication: call work only", "Uses a wheelchair")
    assert "Interpreter for Spanish: arrange one" in entry.needs
    assert entry.coverage == COVERAGE_UNKNOWN
    assert (entry.appointment_id, len(entry.number)) == (row.pk, 8)


def test_it_has_today_and_two_days_on_and_how_far_each_visit_is(the):
    the.arrived(9)
    for ahead in (1, 2):
        day = the.day + timedelta(days=ahead)
        book(lena(), patient_id=make.patient().pk, **the.ask(the.at(10, day=day)))
    with clock.fixed(the.at(9, 30)):
        pack = services.open_pack(gus(), location_id=the.location.pk)
    assert [(day.day.day, len(day.entries)) for day in pack.days] == [(10, 1), (11, 1), (12, 1)]
    assert pack.days[0].entries[0].standing == "Arrived 7:30 am"
    assert pack.days[0].entries[0].is_here
    assert pack.days[1].entries[0].standing == "Scheduled"


def test_it_is_asked_for_in_few_queries_however_many_visits_there_are(the, django_assert_max_num_queries):
    services.open_pack(gus(), location_id=the.location.pk)
    for hour in range(8, 16):
        the.booked(hour, patient=somebody())
    with django_assert_max_num_queries(40):
        services.open_pack(gus(), location_id=the.location.pk)


def test_whose_names_were_in_it_goes_on_record(the):
    rows = [the.booked(9), the.booked(10)]
    services.open_pack(gus(), location_id=the.location.pk)
    entry = AuditEntry.objects.get(action="downtime.open_pack")
    assert entry.extra["shown"] == sorted(row.patient_id for row in rows)


def test_the_second_pack_of_a_day_has_the_same_numbers(the):
    the.booked(9)
    first = services.open_pack(gus(), location_id=the.location.pk).days[0]
    again = services.open_pack(gus(), location_id=the.location.pk).days[0]
    assert (first.entries[0].number, first.blanks, first.receipts) == (
        again.entries[0].number,
        again.blanks,
        again.receipts,
    )
