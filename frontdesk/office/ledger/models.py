"""The books: accounts, entries and their lines. The database itself refuses to change, delete or unbalance them.

An entry's lines are written first and the entry last; a trigger lets it in only when they are two or more and come to
zero, and lets no line in afterwards. See migrations/0001_the_books.py and docs/decisions/0022-the-books-are-closed-by-triggers.md.
"""

from django.db import models
from django.db.models import F, Q

LARGEST = 10**12  # cents; beyond it somebody's finger slipped


class Account(models.Model):
    """Whose or what money it is. `of` says which one of its kind: "patients.patient:12", "cash", "practice.provider:3".

    Debits are positive, so what patients and payers owe, and what lies in drawers and at the bank, has a positive balance;
    what was earned, and what is held for somebody, a negative one.
    """

    class Kind(models.TextChoices):
        RECEIVABLE = "receivable", "Owed by a patient or guarantor"
        PAYER = "payer", "Owed by a payer"
        CREDIT = "credit", "Paid, and not applied yet"
        REFUND = "refund", "To be paid back"
        DRAWER = "drawer", "In a cash drawer"
        SAFE = "safe", "In the safe"
        CLEARING = "clearing", "On its way to the bank"
        BANK = "bank", "At the bank"
        REVENUE = "revenue", "Earned"
        ADJUSTMENT = "adjustment", "Adjusted or written off"
        DIFFERENCE = "difference", "Over or short"

    kind = models.CharField(max_length=10, choices=Kind)
    of = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "of"], name="an_account_once"),
            models.CheckConstraint(condition=~Q(of=""), name="account_is_of_somebody"),
        ]


class Entry(models.Model):
    """One movement of money: what, when, for which business day, by whom and why.

    The primary key is the running number, without gaps, in the order of the commits. `series` is "" until a backup is put
    back, and then says which one, so that the number as it is printed is never given twice. `key` makes the deed one: the
    same key posts nothing again. `about` is what it was for ("scheduling.appointment:5"); `reverses` what it takes back.
    `patient_id` is whose record it belongs to: a number and no foreign key, since charts that are merged move what points at
    them, and nothing of this moves.
    """

    class Kind(models.TextChoices):
        CHARGE = "charge", "Charge"
        PAYMENT = "payment", "Payment"
        APPLICATION = "application", "Applied"
        TRANSFER = "transfer", "Moved between patient and payer"
        ADJUSTMENT = "adjustment", "Adjustment"
        REFUND = "refund", "Refund"
        RETURNED = "returned", "Returned check"
        MOVE = "move", "Cash moved"
        REVERSAL = "reversal", "Taken back"

    id = models.BigIntegerField(primary_key=True)
    series = models.CharField(max_length=12, blank=True)
    kind = models.CharField(max_length=11, choices=Kind)
    at = models.DateTimeField()
    day = models.DateField()
    by = models.CharField(max_length=150)
    key = models.CharField(max_length=100, unique=True)
    digest = models.CharField(max_length=64)
    about = models.CharField(max_length=80, blank=True)
    patient_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id__gte=1), name="entries_count_from_one"),
            models.CheckConstraint(
                condition=Q(kind="reversal", reverses__isnull=False) & ~Q(reason="")
                | ~Q(kind="reversal") & Q(reverses=None),
                name="a_reversal_says_of_what_and_why",
            ),
            models.CheckConstraint(
                condition=Q(reverses=None) | Q(reverses__lt=F("id")), name="reverses_an_earlier_one"
            ),
        ]
        indexes = [
            models.Index(fields=["day", "kind"], name="entries_of_a_day"),
            models.Index(fields=["about"], condition=~Q(about=""), name="entries_about"),
            models.Index(
                fields=["patient_id"], condition=Q(patient_id__isnull=False), name="entries_of_patient"
            ),
        ]

    @property
    def number(self) -> str:
        """The number as it is printed: "1042", or after a restore "2611301211-1043"."""
        return f"{self.series}-{self.pk}" if self.series else str(self.pk)


class Line(models.Model):
    """What an entry does to one account, in cents: debits positive, credits negative.

    `settles` is the line of the same account that this one uses up: a payment's part of a charge, an application's part of
    a payment. Less than nothing is never left of a line: the database refuses it.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="lines")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    settles = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(amount=0) & Q(amount__gte=-LARGEST, amount__lte=LARGEST),
                name="a_line_moves_money",
            ),
        ]
        indexes = [
            models.Index(fields=["account", "entry", "amount"], name="lines_of_account"),
            models.Index(fields=["about"], condition=~Q(about=""), name="lines_about"),
        ]


class Sum(models.Model):
    """An account's balance up to an entry: kept so that an account of a million lines is read in no time. `check` proves it."""

    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="+")
    upto = models.BigIntegerField()
    balance = models.BigIntegerField()


class Series(models.Model):
    """The running numbers that are given out: entries' own, receipts', deposits'. The newest row of a name counts.

    `label` is put before the number; each time a backup is put back a new one begins.
    """

    name = models.CharField(max_length=20, unique=True)
    label = models.CharField(max_length=12, blank=True)
    last = models.BigIntegerField(default=0)
