"""Money that goes back to a card: a row that waits and is asked about, as a charge is."""

from django.db import models
from django.db.models import Q

from frontdesk.office.patients.models import Patient
from frontdesk.office.payments.models.cards import CardCharge
from frontdesk.office.payments.models.taking import Payment


class CardRefund(models.Model):
    """One wish to give back, sent to the processor under one key for ever.

    What is to be given back is held on the patient's refund account (`held_entry_id`) from the beginning, so that nobody
    spends it meanwhile; it leaves with the processor's word (`paid_entry_id`). Where the processor cannot (`failed`) it
    is the patient's credit again, and somebody must see to it: `seen_at`, `seen_by`.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to be sent"
        SENT = "sent", "Sent to the card"
        DOUBT = "doubt", "Not known yet"
        SUCCEEDED = "succeeded", "Given back"
        FAILED = "failed", "Could not be given back"

    charge = models.ForeignKey(CardCharge, on_delete=models.PROTECT, related_name="refunds")
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    cents = models.BigIntegerField()
    reason = models.CharField(max_length=300)
    key = models.CharField(max_length=80, unique=True)
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=150)
    processor = models.CharField(max_length=80, blank=True)
    code = models.CharField(max_length=60, blank=True)
    held_entry_id = models.BigIntegerField(unique=True)
    paid_entry_id = models.BigIntegerField(null=True, unique=True)
    settled_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    seen_by = models.CharField(max_length=150, blank=True)
    # Who sends it, since when and until when (kit/leasing).
    not_before = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    leased_by = models.CharField(max_length=60, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(cents__gt=0), name="a_card_refund_is_of_something"),
            models.CheckConstraint(condition=~Q(reason=""), name="a_card_refund_says_why"),
            models.UniqueConstraint(
                fields=["processor"], condition=~Q(processor=""), name="a_card_refund_reference_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "sent", "doubt"), settled_at=None)
                | Q(state__in=("succeeded", "failed"), settled_at__isnull=False),
                name="a_card_refund_is_settled_or_under_way",
            ),
            models.CheckConstraint(
                condition=~Q(state="succeeded") | Q(paid_entry_id__isnull=False),
                name="a_card_refund_that_was_paid_is_posted",
            ),
        ]
        indexes = [
            models.Index(fields=["at"], condition=Q(settled_at=None), name="card_refunds_under_way"),
        ]
