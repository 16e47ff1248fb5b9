"""What the card processor told by itself: each event once; and the disputes, as they were when it was last asked."""

from django.db import models

from frontdesk.office.payments.models.cards import CardCharge


class ProcessorEvent(models.Model):
    """An event the processor told of. It only says what to ask about: `about` is the processor's reference.

    What it says happened is not believed; events come late, twice and in any order. `asked_at` is when it was asked about.
    """

    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=60)
    about = models.CharField(max_length=120)
    at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["at"], condition=models.Q(asked_at=None), name="events_to_ask_about"),
        ]


class Dispute(models.Model):
    """A cardholder says a charge is not theirs: the processor takes the money back until it is decided.

    `state` is the processor's own word; until `respond_by` the practice may answer it, on the processor's pages.
    """

    charge = models.ForeignKey(CardCharge, on_delete=models.PROTECT, related_name="disputes")
    processor = models.CharField(max_length=80, unique=True)
    cents = models.BigIntegerField()
    reason = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=40)
    respond_by = models.DateTimeField(null=True)
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    seen_by = models.CharField(max_length=150, blank=True)
