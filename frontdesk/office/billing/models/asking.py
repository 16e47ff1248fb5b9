"""What the practice has settled about asking for money at the desk."""

from django.db import models
from django.db.models import Q


class BalanceRule(models.Model):
    """How an earlier balance is asked for at a visit; the newest row counts, without one the whole is asked for.

    Up to `whole_upto_cents` it is asked for whole, beyond that `part_percent` of it, and never less than the limit.
    """

    whole_upto_cents = models.BigIntegerField()
    part_percent = models.PositiveSmallIntegerField()
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(part_percent__lte=100, whole_upto_cents__gte=0), name="a_part_is_of_the_whole"
            )
        ]
