"""A card that is to be charged: a row that waits, is asked about, and becomes a payment only when the processor says so."""

from django.db import models
from django.db.models import Q

from frontdesk.kit.versioned import Versioned
from frontdesk.office.patients.models import Patient
from frontdesk.office.payments.models.cards_on_file import CardOnFile
from frontdesk.office.payments.models.taking import Payment
from frontdesk.office.practice.models import Location

UNDER_WAY = ("waiting", "at_reader", "link", "doubt")
SETTLED = ("succeeded", "declined", "cancelled")


class CardCharge(Versioned):
    """One wish to charge a card, sent to the processor under one idempotency key (`key`) for ever.

    `sheet` is the payment sheet it belongs to, as `payments.rules.written` keeps it: with the other tenders of a split. It
    is posted once, when the charge has succeeded: `payment`. An answer that was lost leaves it in doubt: the processor is
    asked what became of `key`, and nothing is ever charged again. `processor` is the processor's reference (a
    PaymentIntent), `page` that of a payment link and `link` its address; `code` is the reason of a refusal. `ended_at` is
    when it was called off, or the link withdrawn: the charge may have succeeded all the same, and is given back then.
    Of the card only what a receipt shows is kept.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to be sent"
        AT_READER = "at_reader", "At the reader"
        LINK = "link", "The link is open"
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
    payment = models.OneToOneField(Payment, null=True, on_delete=models.PROTECT, related_name="+")
    reader = models.CharField(max_length=60, blank=True)
    # What the patient agreed to where this card is to be kept for later, in the words it was read to them; "" where not.
    consent = models.CharField(max_length=600, blank=True)
    on_file = models.ForeignKey(CardOnFile, null=True, on_delete=models.PROTECT, related_name="+")
    page = models.CharField(max_length=120, blank=True)
    link = models.CharField(max_length=600, blank=True)
    over_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=150, blank=True)
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
            # Whoever charges a second time before the first is known about would charge twice.
            models.UniqueConstraint(
                fields=["patient"],
                condition=Q(state__in=("waiting", "at_reader", "doubt")) & ~Q(how="link"),
                name="one_card_of_a_patient_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=UNDER_WAY, settled_at=None)
                | Q(state__in=SETTLED, settled_at__isnull=False),
                name="a_charge_is_settled_or_under_way",
            ),
            models.CheckConstraint(
                condition=~Q(state="succeeded") & Q(payment=None)
                | Q(state="succeeded", payment__isnull=False) & ~Q(processor=""),
                name="a_card_that_was_charged_is_posted",
            ),
            models.CheckConstraint(
                condition=Q(how="on_file", on_file__isnull=False) | ~Q(how="on_file") & Q(on_file=None),
                name="a_card_on_file_says_which",
            ),
        ]
        indexes = [
            models.Index(
                fields=["at"],
                condition=Q(state__in=UNDER_WAY),
                name="charges_under_way",
            )
        ]
