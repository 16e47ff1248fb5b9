"""A breach is planted by hand, past every verb, and the proof names it."""

import pytest
from django.db import connection

from frontdesk.office.scheduling.models import Appointment, Claim, DaySheet, Leg, RescueItem
from frontdesk.office.scheduling.services.booking import book
from frontdesk.office.scheduling.services.holding import hold
from frontdesk.office.scheduling.services.moving import cancel
from frontdesk.office.scheduling.services.rescue import open_rescue
from tests.factories import practice
from tests.factories import scheduling as make
from tests.office.scheduling.sound import breaches

pytestmark = pytest.mark.django_db
ROSA = make.actor()


@pytest.fixture
def row():
    the = make.Book()
    made = book(ROSA, patient_id=make.patient().pk, **the.ask(the.at(9)))
    hold(ROSA, **the.ask(the.at(10)))
    assert breaches() == {}
    return made


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_a_claim_that_is_gone(row):
    sql("DELETE FROM scheduling_claim WHERE id = %s", Claim.objects.first().pk)
    assert set(breaches()) == {"claims_are_the_legs", "sheets_are_the_claims"}


def test_a_claim_of_another_time(row):
    leg = Leg.objects.get(appointment=row)
    sql(
        "INSERT INTO scheduling_claim (resource_id, seat, cell, leg_id) VALUES (%s, 0, 1, %s)",
        leg.resource_id,
        leg.pk,
    )
    assert f"leg {leg.pk}" in breaches()["claims_are_the_legs"][0]


def test_a_cancelled_visit_that_still_claims(row):
    sql("UPDATE scheduling_appointment SET status = 'cancelled' WHERE id = %s", row.pk)
    found = breaches()
    assert found["cancelled_hold_nothing"] == [f"appointment {row.pk} is over and still claims time"]
    assert "claims_are_the_legs" in found


def test_two_legs_over_each_other(row):
    leg = Leg.objects.get(appointment=row)
    twin = Leg.objects.create(
        appointment=row, resource_id=leg.resource_id, seat=0, starts=leg.starts, ends=leg.ends
    )
    assert breaches()["no_overlap"] == [
        f"legs {leg.pk} and {twin.pk} overlap on resource {leg.resource_id}, seat 0"
    ]


def test_a_sheet_that_shows_too_little_or_too_much(row):
    sql("UPDATE scheduling_daysheet SET taken = '{}' WHERE resource_id = %s", Leg.objects.first().resource_id)
    assert set(breaches()) == {"sheets_are_the_claims"}
    DaySheet.objects.update(taken={"0": "1"})
    assert len(breaches()["sheets_are_the_claims"]) == 2


def test_a_sheet_that_is_gone(row):
    DaySheet.objects.all().delete()
    assert "and no sheet" in breaches()["sheets_are_the_claims"][0]


def test_wall_time_that_is_not_the_moment(row):
    sql("UPDATE scheduling_appointment SET wall = '2026-03-10T09:05' WHERE id = %s", row.pk)
    assert set(breaches()) == {"wall_time_is_utc"}


def test_a_leg_outside_its_visit_and_a_visit_without_legs(row):
    sql(
        "UPDATE scheduling_appointment SET ends = starts + INTERVAL '5 minutes' WHERE id = %s"
        if connection.vendor == "postgresql"
        else "UPDATE scheduling_appointment SET ends = datetime(starts, '+5 minutes') WHERE id = %s",
        row.pk,
    )
    assert set(breaches()) == {"legs_inside_their_visit"}
    Leg.objects.all().delete()
    assert breaches()["legs_inside_their_visit"] == [f"appointment {row.pk} takes nobody's time"]


def test_a_moved_visit_that_still_stands(row):
    cancel(ROSA, appointment_id=row.pk, reason_code="patient_asked")
    other = Appointment.objects.get(pk=row.pk)
    other.pk, other.replaces = None, row
    other.save()
    assert f"appointment {other.pk} replaces one" not in str(breaches())
    sql("UPDATE scheduling_appointment SET status = 'scheduled' WHERE id = %s", row.pk)
    assert breaches()["moves_are_linked"] == [
        f"appointment {other.pk} replaces one that still stands, or another patient's"
    ]


def test_a_visit_with_a_provider_whose_time_it_does_not_take(row):
    other = make.provider_at(row.location, practice.provider(first_name="Eve", last_name="Long"))
    Appointment.objects.filter(pk=row.pk).update(provider=other.provider)
    assert set(breaches()) == {"providers_take_part"}


def test_a_rescue_line_of_a_visit_that_is_over(row):
    sheet = open_rescue(
        ROSA,
        provider_id=row.provider_id,
        first_day=make.TUESDAY,
        last_day=make.TUESDAY,
        reason="Ill",
    )
    cancel(ROSA, appointment_id=row.pk, reason_code="patient_asked")
    assert breaches() == {}
    RescueItem.objects.filter(sheet=sheet).update(status="open")
    [said] = breaches()["rescue_lines_are_of_visits_that_stand"]
    assert said.endswith("is open, though its visit is over")
