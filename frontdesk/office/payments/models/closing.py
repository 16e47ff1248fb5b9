"""The close: what was counted, what was expected, what went to the bank; the day and the month that are locked then.

None of these rows is changed once it stands, so that each paper drawn from them comes out the same again.
"""

from django.db import models
from django.db.models import Q

from frontdesk.office.payments.models.drawers import DrawerSession
from frontdesk.office.practice.models import Location


class DrawerCount(models.Model):
    """One blind count of an open drawer. The newest counts; an earlier one stays, so that counting twice shows.

    `counts` is so many of so many cents; `checks` the tenders that were found, `missing` those that were not. The `expected`
    are what the books had at that moment. `card` is the batch total of the terminal, None where it was not asked for.
    """

    session = models.ForeignKey(DrawerSession, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=150)
    counts = models.JSONField(default=dict)
    cash = models.BigIntegerField()
    checks = models.JSONField(default=list)
    missing = models.JSONField(default=list)
    check_cents = models.BigIntegerField()
    card = models.BigIntegerField(null=True)
    expected_cash = models.BigIntegerField()
    expected_check = models.BigIntegerField()
    expected_card = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["session", "at"], name="counts_of_a_drawer")]

    @property
    def over_cash(self) -> int:
        """More cash than expected; less than nothing when it was short."""
        return self.cash - self.expected_cash

    @property
    def over_check(self) -> int:
        """The same of checks and money orders."""
        return self.check_cents - self.expected_check

    @property
    def over_card(self) -> int:
        """The same of the card batch."""
        return 0 if self.card is None else self.card - self.expected_card

    @property
    def widest(self) -> int:
        """The largest of the three, whichever way it goes."""
        return max(abs(self.over_cash), abs(self.over_check), abs(self.over_card))


class DrawerClose(models.Model):
    """A drawer that was closed by its last count: the reason and second person of an over or short, and what stayed in it."""

    session = models.OneToOneField(DrawerSession, on_delete=models.PROTECT, related_name="+")
    count = models.OneToOneField(DrawerCount, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=150)
    reason = models.CharField(max_length=200, blank=True)
    second_id = models.BigIntegerField(null=True)
    second_name = models.CharField(max_length=150, blank=True)
    float_left = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(float_left__gte=0), name="what_stays_is_no_debt")]


class Deposit(models.Model):
    """Money on its way to the bank: cash counted at the close, what was dropped in the safe before, and each check."""

    close = models.OneToOneField(DrawerClose, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=40, unique=True)
    bag = models.CharField(max_length=40, blank=True)
    bank = models.CharField(max_length=80)
    cash = models.BigIntegerField()
    dropped = models.BigIntegerField(default=0)
    check_cents = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(cash__gte=0, dropped__gte=0, check_cents__gte=0), name="a_deposit_is_no_debt"
            )
        ]

    @property
    def cents(self) -> int:
        """All of it."""
        return self.cash + self.dropped + self.check_cents


class DayLock(models.Model):
    """A location's business day that is closed. `figures` is its day sheet, `sums` what its accounts moved by, in cents.

    The proof that a closed day is unchanged takes the sums again and compares. `card` is the batch total of the terminal
    for a day without a drawer; a day with drawers has it in the last one's count.
    """

    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=150)
    figures = models.JSONField()
    sums = models.JSONField()
    card = models.BigIntegerField(null=True)
    expected_card = models.BigIntegerField(default=0)
    reason = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["location", "day"], name="a_day_is_closed_once")]


class MonthLock(models.Model):
    """A month of the practice that is closed: `first` its first day, in cents what was owed before and after, and why.

    `closing` = `opening` + `charges` - `payments` - `adjustments`; `figures` are its days, a row each.
    """

    first = models.DateField(unique=True)
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=150)
    opening = models.BigIntegerField()
    charges = models.BigIntegerField()
    payments = models.BigIntegerField()
    adjustments = models.BigIntegerField()
    closing = models.BigIntegerField()
    figures = models.JSONField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    closing=models.F("opening")
                    + models.F("charges")
                    - models.F("payments")
                    - models.F("adjustments")
                ),
                name="a_month_adds_up",
            )
        ]
