"""A card that is to be charged: a row that waits, is asked about, and becomes a payment only when the processor says so."""

from django.db import models
from django.db.models import Q

from frontdesk.kit.versioned import Versioned
from frontdesk.office.patients.models import Patient
from frontdesk.office.practice.models import Location


class CardCharge(Versioned):
    """One wish to charge a card, sent to the processor under one idempotency key (`key`) for ever.

    `sheet` is the payment sheet it belongs to, as `payments.rules.written` keeps it: with the other tenders of a split. It
    is posted once, when the charge has succeeded. An answer that was lost leaves it in doubt: the processor is asked what
    became of `key`, and nothing is ever charged again. `processor` is the processor's reference (a PaymentIntent),
    `code` its reason for a refusal. Of the card only what a receipt shows is kept.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to be sent"
        AT_READER = "at_reader", "At the reader"
        DOUBT = "doubt", "Not known yet"
        SUCCEEDED = "succeeded", "Charged"
        DECLINED = "declined", "Declined"
        CANCELLED = "cancelled", "Called off"

    class How(models.TextChoices):
        READER = "reader", "Card reader"
        ON_FILE = "on_file", "Card on file"
        LINK = "link", "Payment link"

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=7, choices=How, default=How.READER)
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    cents = models.BigIntegerField()
    key = models.CharField(max_length=80, unique=True)
    sheet = models.JSONField()
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=150)
    processor = models.CharField(max_length=80, blank=True)
    code = models.CharField(max_length=60, blank=True)
    brand = models.CharField(max_length=24, blank=True)
    last4 = models.CharField(max_length=4, blank=True)
    authorization = models.CharField(max_length=24, blank=True)
    settled_at = models.DateTimeField(null=True)
    # Who sends it, since when and until when (kit/leasing).
    not_before = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    leased_by = models.CharField(max_length=60, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(cents__gt=0), name="a_charge_is_of_something"),
            models.UniqueConstraint(
                fields=["processor"], condition=~Q(processor=""), name="a_processor_reference_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["at"],
                condition=Q(state__in=("waiting", "at_reader", "doubt")),
                name="charges_under_way",
            )
        ]
