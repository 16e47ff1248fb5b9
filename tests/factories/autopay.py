"""A plan whose parts are charged to a card by themselves, and the worker's part of it."""

from datetime import date

from django.conf import settings

from frontdesk.office.jobs import services as jobs
from frontdesk.office.jobs.models import Job
from frontdesk.office.payments import services as payments
from frontdesk.site import reactions
from tests.cardnetwork import asked
from tests.factories.payments import key
from tests.people import rosa

TODAY = date(2026, 3, 3)
VISA, NO_MONEY = "pm_card_visa", "pm_card_chargeDeclinedInsufficientFunds"


def card_of(who, method=VISA, last4="4242"):
    """A card the patient lets the practice keep."""
    return payments.keep_card(
        rosa(), patient_id=who.pk, customer="", method=method, brand="visa", last4=last4, words="I agree."
    )


def plan_of(who, site, total=9000, count=3, first=TODAY, every="month", card=None, **said):
    """A plan that is agreed on, charged to `card` by itself where there is one."""
    said |= {"card_id": card.pk, "agreed": True} if card else {}
    return payments.agree_plan(
        rosa(), patient_id=who.pk, location_id=site, total=total, count=count, every=every, first=first, key=key(), **said
    )  # fmt: skip


def worked(times=3):
    """The worker comes by: what is due is begun, and the card network is asked until it is known."""
    assert settings.CARDS is not None
    Job.objects.filter(name="payments.charge_parts").delete()  # the half hour is another one
    reactions.ask_for_autopay()
    jobs.work_off("test")
    asked(times)
