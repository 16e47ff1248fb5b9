from datetime import timedelta

import pytest
from django.db import IntegrityError

from frontdesk.kit import walltime
from frontdesk.office.scheduling import bulk
from frontdesk.office.scheduling.errors import SlotTaken
from frontdesk.office.scheduling.models import Appointment, Claim, DaySheet
from frontdesk.office.scheduling.services.booking import book
from tests.factories import practice
from tests.factories import scheduling as make
from tests.office.scheduling.sound import breaches

pytestmark = pytest.mark.django_db


def rows(the, who, count, status="scheduled"):
    for n in range(count):
        starts = the.at(8) + timedelta(minutes=20 * n)
        ends = starts + timedelta(minutes=20)
        yield bulk.BulkAppointment(
            patient_id=who.pk,
            visit_type_id=the.visit.pk,
            location_id=the.location.pk,
            provider_id=the.lee.provider_id,
            starts=starts,
            ends=ends,
            wall=walltime.to_wall(starts, the.location.zone),
            zone=the.location.zone,
            status=status,
            legs=[(the.lee.pk, 0, starts, ends)],
        )


def test_what_is_loaded_is_as_sound_as_what_is_booked():
    the = make.Book()
    there = make.provider_at(practice.location(), the.lee.provider)
    assert bulk.load(rows(the, make.patient(), 9), chunk=4) == 9
    assert Claim.objects.filter(resource=there).count() == 36
    assert breaches() == {}
    with pytest.raises(SlotTaken):
        book(make.actor(), patient_id=make.patient().pk, **the.ask(the.at(8)))
    assert book(make.actor(), patient_id=make.patient().pk, **the.ask(the.at(12))).pk
    assert breaches() == {}


def test_the_cancelled_take_nothing():
    the = make.Book()
    bulk.load(rows(the, make.patient(), 3, "cancelled"))
    assert Appointment.objects.count() == 3 and not Claim.objects.exists()
    assert breaches() == {}


def test_an_overlap_is_refused_whole():
    the = make.Book()
    twice = [*rows(the, make.patient(), 2), *rows(the, make.patient(), 1)]
    with pytest.raises(IntegrityError):
        bulk.load(twice)


def test_sheets_that_were_lost_are_made_again():
    the = make.Book()
    book(make.actor(), patient_id=make.patient().pk, **the.ask(the.at(9)))
    opened = DaySheet.objects.get(resource=the.lee).open
    DaySheet.objects.update(taken={"3": "ff"})
    assert bulk.mark_taken() == 2
    assert DaySheet.objects.get(resource=the.lee).open == opened
    assert breaches() == {}
    DaySheet.objects.all().delete()
    assert bulk.mark_taken() == 1
    assert breaches() == {}
    assert bulk.mark_taken() == 0
