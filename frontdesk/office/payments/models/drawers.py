"""Cash drawers, who had one open from when to when, and what was taken out of one or put into it meanwhile."""

from django.db import models
from django.db.models import Q

from frontdesk.kit.versioned import Versioned
from frontdesk.office.accounts.models import User
from frontdesk.office.practice.models import Location


class Drawer(Versioned):
    """A cash drawer of a location, by the name its people call it."""

    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["location", "name"], name="a_drawer_once")]


class DrawerSession(Versioned):
    """A drawer from its opening with a counted float to its close: what is taken in cash and checks meanwhile lies in it.

    `day` is the business day of its location. `float_counts` is what was counted, {"2000": 3}: so many of so many cents.
    `float_over` is by how much that was more than the last close had left in it, less than nothing when it was less.
    `holder` is whose it is since it was handed over; until then whoever opened it.
    The ledger knows the money in it as (DRAWER, "payments.drawersession:7/cash") and ".../check".
    """

    drawer = models.ForeignKey(Drawer, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    held_since = models.DateTimeField(null=True)
    float_cents = models.BigIntegerField()
    float_counts = models.JSONField(default=dict)
    float_over = models.BigIntegerField(default=0)
    witness = models.CharField(max_length=150, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["drawer"], condition=Q(closed_at=None), name="a_drawer_is_open_once"
            ),
            models.CheckConstraint(condition=Q(float_cents__gte=0), name="a_float_is_not_negative"),
        ]
        indexes = [models.Index(fields=["day"], name="drawers_of_a_day")]

    @property
    def keeper_id(self) -> int:
        """Whose drawer it is now."""
        return int(self.holder_id or self.opened_by_id)


class DrawerMove(models.Model):
    """Cash that went out of an open drawer or into it other than by a payment, or the drawer that changed hands. Never changed.

    `cents` is what moved; of a hand-over what was counted, in `counts`, and `over` by how much that was more than the
    books had. `to` is who was paid, who took the money to the safe, or who has the drawer now; `what` what it was for.
    """

    class Kind(models.TextChoices):
        PAY_OUT = "out", "Paid out"
        PAID_IN = "in", "Put in"
        CHANGE = "change", "Change from the safe"
        DROP = "drop", "Dropped in the safe"
        HAND_OVER = "hand", "Handed over"

    session = models.ForeignKey(DrawerSession, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=Kind)
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=150)
    cents = models.BigIntegerField()
    to = models.CharField(max_length=150, blank=True)
    to_id = models.BigIntegerField(null=True)
    what = models.CharField(max_length=200, blank=True)
    counts = models.JSONField(default=dict)
    over = models.BigIntegerField(default=0)
    entry_id = models.BigIntegerField(null=True, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(cents__gt=0) | Q(kind="hand", cents__gte=0), name="a_move_is_of_something"
            )
        ]


class CloseRule(Versioned):
    """How the practice closes: there is one row. From `threshold_cents` over or short on a reason and a second person.

    `float_cents` usually stays in a drawer; `bank` is the account that deposits go to, as a deposit slip names it.
    """

    threshold_cents = models.BigIntegerField(default=500)
    float_cents = models.BigIntegerField(default=20000)
    bank = models.CharField(max_length=80, blank=True)
