"""Prices: an office visit that costs $160, a flu vaccine, a blood panel; and a visit of somebody whose plan has answered."""

from datetime import date
from itertools import count

from frontdesk.office.billing import services
from tests.factories import coverage, eligibility
from tests.factories.scheduling import TUESDAY
from tests.people import dev

YEAR = date(2026, 1, 1)
OFFICE, PANEL, VACCINE = "99213", "80053", "90686"
_keys = count(1)


def key():
    return f"test-billing-{next(_keys)}"


def fee(code=OFFICE, cents=16000, words="Office visit", begins=YEAR, **fields):
    return services.set_fee(dev(), code=code, words=words, cents=cents, begins=begins, **fields)


def rate(payer, code=OFFICE, cents=10000, begins=YEAR, **fields):
    return services.set_rate(dev(), payer_id=payer.pk, code=code, cents=cents, begins=begins, **fields)


def usual(visit_type, *lines):
    return services.set_usual(dev(), visit_type_id=visit_type.pk, services=lines or [(OFFICE, "", 1)])


def answered(patient, *said, payer=None, day=TUESDAY, **fields):
    """A policy of the patient whose payer has answered about a day."""
    held = coverage.policy(patient, payer_id=(payer or coverage.payer(in_network=True)).pk, **fields)
    eligibility.answer(eligibility.asked(held, day), *said)
    return held


def charged(row, *lines, by=None, same=None):
    """A visit is charged with what is usual, unless told otherwise."""
    return services.charge_visit(
        by or dev(), appointment_id=row.pk, lines=lines or [(OFFICE, "", 1)], key=same or key()
    )
