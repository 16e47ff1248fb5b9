"""What a receipt said when it was made, and what became of a payment afterwards. Rows that are never changed.

That a payment was taken back, refunded or its check returned is the ledger's to say; these rows say what a paper about it
says: to which tender, how much, why, by whom.
"""

from django.db import models
from django.db.models import Q

from frontdesk.office.patients.models import Patient
from frontdesk.office.payments.models.taking import Payment, Tender


class Receipt(models.Model):
    """What stands on a payment's receipt and in no row of the payment: kept once, so that a reprint is the same.

    `facts` holds the practice's name and address, the names of the patients, the days of the visits and what was owed on
    the account right after the payment, as `payments.rules.receipts` writes them.
    """

    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, related_name="receipt_row")
    facts = models.JSONField()


class Refund(models.Model):
    """Money given back to a tender of a payment. `number` is the running one as it is printed; `entry_id` the ledger's.

    Cash leaves the open drawer; for a check the money is owed to the patient until the practice's own check is written;
    a card is credited by the processor, whose reference is `processor`.
    """

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="refunds")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=40, unique=True)
    cents = models.BigIntegerField()
    reason = models.CharField(max_length=300)
    day = models.DateField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=150)
    entry_id = models.BigIntegerField(unique=True)
    processor = models.CharField(max_length=80, blank=True)
    key = models.CharField(max_length=80, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(cents__gt=0), name="a_refund_is_of_something"),
            models.CheckConstraint(condition=~Q(reason=""), name="a_refund_says_why"),
        ]


class ReturnedCheck(models.Model):
    """A check the bank did not pay: what it paid is owed again. `fee` is what the practice charges for it, 0 for nothing."""

    tender = models.OneToOneField(Tender, on_delete=models.PROTECT, related_name="returned")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    fee = models.BigIntegerField(default=0)
    day = models.DateField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=150)
    entry_id = models.BigIntegerField(unique=True)
    key = models.CharField(max_length=80, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(fee__gte=0), name="a_returned_check_fee_is_not_negative"),
            models.CheckConstraint(condition=~Q(reason=""), name="a_returned_check_says_why"),
        ]
