"""Cash drawers, and who had one open from when to when."""

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
    The ledger knows the money in it as (DRAWER, "payments.drawersession:7/cash") and ".../check".
    """

    drawer = models.ForeignKey(Drawer, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    float_cents = models.BigIntegerField()
    float_counts = models.JSONField(default=dict)
    witness = models.CharField(max_length=150, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["drawer"], condition=Q(closed_at=None), name="a_drawer_is_open_once"
            ),
            models.CheckConstraint(condition=Q(float_cents__gte=0), name="a_float_is_not_negative"),
        ]
