"""What was taken at the desk, by link or by mail: a payment, the tenders it was made with, and what it is for.

These rows say what a receipt says; the money itself is the ledger's entry. They are never changed and never deleted: what
became of a payment afterwards (taken back, refunded, a check returned) is read from the ledger.
"""

from django.db import models
from django.db.models import F, Q

from frontdesk.office.patients.models import Patient
from frontdesk.office.payments.models.drawers import DrawerSession
from frontdesk.office.practice.models import Location


class Payment(models.Model):
    """Money taken once, from one person, with one receipt. `patient` is whose page it was taken at; `entry_id` the ledger's.

    `day` is the location's business day. `session` is the drawer its cash and checks went into, None without any.
    `paid_by` is who paid, by name, where it was not the patient. `receipt` is the running number as it is printed.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey(DrawerSession, null=True, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=150)
    receipt = models.CharField(max_length=40, unique=True)
    paid_by = models.CharField(max_length=120, blank=True)
    cents = models.BigIntegerField()
    language = models.CharField(max_length=2, default="en")
    entry_id = models.BigIntegerField(unique=True)
    # The form key, or the card charge's: the same payment sent again is this one.
    key = models.CharField(max_length=80, unique=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(cents__gt=0), name="a_payment_is_of_something")]
        indexes = [models.Index(fields=["location", "day"], name="payments_of_a_day")]


class Tender(models.Model):
    """What a payment was made with, or a part of it. Of a card only what a receipt may show (PCI DSS 3.4): never its number.

    `reference` is a check's or money order's number; `bearer` the name on it; `processor` the card processor's reference.
    `given` and `change` are what was handed over and given back in cash.
    """

    class Kind(models.TextChoices):
        CASH = "cash", "Cash"
        CHECK = "check", "Check"
        CARD = "card", "Card"
        HEALTH_ACCOUNT = "health", "Health account card"
        MONEY_ORDER = "order", "Money order"

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="tenders")
    kind = models.CharField(max_length=6, choices=Kind)
    cents = models.BigIntegerField()
    given = models.BigIntegerField(default=0)
    change = models.BigIntegerField(default=0)
    reference = models.CharField(max_length=40, blank=True)
    bearer = models.CharField(max_length=120, blank=True)
    brand = models.CharField(max_length=24, blank=True)
    last4 = models.CharField(max_length=4, blank=True)
    authorization = models.CharField(max_length=24, blank=True)
    processor = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(cents__gt=0), name="a_tender_is_of_something"),
            models.CheckConstraint(
                condition=~Q(kind="cash") | Q(given=F("cents") + F("change")), name="change_is_what_is_left"
            ),
            models.UniqueConstraint(
                fields=["processor"], condition=~Q(processor=""), name="a_card_charge_is_taken_once"
            ),
        ]

    @property
    def name_on_it(self) -> str:
        """The name on a check or money order; where none was typed, who paid, as the receipt keeps it."""
        return self.bearer or self.payment.paid_by or self.payment.receipt_row.facts["patient"]


class Toward(models.Model):
    """What a part of a payment is for: `purpose` in the words of what was expected, `about` the visit it is for.

    `patient` is whose account it goes to: of a family payment each part may go to another.
    """

    class Purpose(models.TextChoices):
        COPAY = "copay", "Copay"
        DEDUCTIBLE = "deductible", "Deductible"
        COINSURANCE = "share", "Coinsurance"
        SELF_PAY = "self_pay", "Visit, self-pay"
        BALANCE = "balance", "Earlier balance"
        PREPAYMENT = "prepay", "Prepayment"
        INSTALMENT = "plan", "Payment plan"
        FEE = "fee", "Fee"

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="towards")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=10, choices=Purpose)
    cents = models.BigIntegerField()
    about = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(cents__gt=0), name="a_part_is_of_something")]
        indexes = [models.Index(fields=["about"], condition=~Q(about=""), name="parts_about")]
