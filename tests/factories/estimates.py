"""Fees, usual services, and estimates that are due, written and given, at a small book's location."""

from datetime import date, timedelta

from frontdesk.office.billing import services
from frontdesk.office.billing.models import Estimate, Fee, UsualService
from frontdesk.office.billing.rules.drafts import Service, Written
from frontdesk.office.billing.services import Noticed
from tests.people import rosa

VISIT = Service("99213")


def fee(
    code="99213", cents=165_00, words="Office visit, established patient", begins=date(2026, 1, 1), **more
):
    return Fee.objects.create(code=code, cents=cents, words=words, begins=begins, **more)


def usual(visit_type, code="99213", **more):
    return UsualService.objects.create(visit_type=visit_type, code=code, **more)


def due(appointment, by=None):
    """The estimate of a visit that was asked for."""
    return services.note_question(
        by or rosa(), patient_id=appointment.patient_id, location_id=appointment.location_id, appointment_id=appointment.pk
    )  # fmt: skip


def written(estimate, *lines, by=None, **more):
    """The next version of an estimate: one office visit unless told otherwise."""
    estimate.refresh_from_db()
    told = Written(primary="Office visit", services=lines or (VISIT,), **more)
    return services.make_estimate(
        by or rosa(), estimate_id=estimate.pk, version=estimate.version, written=told
    )


def given(appointment, *lines, how="hand", **more):
    """An estimate of a visit, written and given."""
    made = written(due(appointment), *lines, **more)
    services.give_estimate(rosa(), version_id=made.pk, how=how)
    return Estimate.objects.get(appointment=appointment)


def abn(appointment, by=None, **more):
    """A notice about one laboratory test."""
    items = [Noticed("Vitamin D test", "Medicare does not pay for this test for your condition", 85_00)]
    return services.make_abn(by or rosa(), **{"appointment_id": appointment.pk, "items": items, **more})


def days(number):
    return timedelta(days=number)
