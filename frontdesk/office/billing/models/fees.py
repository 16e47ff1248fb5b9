"""What services cost: the practice's fees, and what payers have agreed to."""

from django.db import models
from django.db.models import Q

from frontdesk.office.coverage.models import Payer


class Fee(models.Model):
    """What the practice asks for a service: a CPT or HCPCS code with its modifier, from a day on, up to a day.

    A new price is a new row: what was estimated or charged before stays as it was.
    """

    code = models.CharField(max_length=5)
    modifier = models.CharField(max_length=2, blank=True)
    words = models.CharField(max_length=120)
    cents = models.BigIntegerField()
    begins = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "modifier", "begins"], name="a_fee_once_from_a_day"),
            models.CheckConstraint(condition=Q(cents__gte=0), name="a_fee_is_not_negative"),
        ]


class ContractRate(models.Model):
    """What a payer has agreed to pay in all for a service (the allowed amount), under a plan or under all ("")."""

    payer = models.ForeignKey(Payer, on_delete=models.PROTECT, related_name="+")
    plan = models.CharField(max_length=80, blank=True)
    code = models.CharField(max_length=5)
    modifier = models.CharField(max_length=2, blank=True)
    cents = models.BigIntegerField()
    begins = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["payer", "plan", "code", "modifier", "begins"], name="a_rate_once_from_a_day"
            ),
            models.CheckConstraint(condition=Q(cents__gte=0), name="a_rate_is_not_negative"),
        ]


class UsualService(models.Model):
    """What a visit of a type usually is made of, so that its cost is known before it: a code and how many of it."""

    visit_type = models.ForeignKey("scheduling.VisitType", on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=5)
    modifier = models.CharField(max_length=2, blank=True)
    units = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visit_type", "code", "modifier"], name="a_usual_service_once"),
            models.CheckConstraint(condition=Q(units__gte=1), name="a_service_is_done_at_least_once"),
        ]
