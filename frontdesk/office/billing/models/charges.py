"""What a visit was charged: its services at the practice's fees, and who was said to owe how much of it."""

from django.db import models
from django.db.models import Q

from frontdesk.office.patients.models import Patient
from frontdesk.office.scheduling.models import Appointment


class VisitCharge(models.Model):
    """A visit's charges as they were posted; of one visit one stands. Taken back, the ledger's entry is reversed with it.

    `day` is the visit's. `entry_id` is the ledger's entry, None where all services were free of charge. Of `cents` the
    patient was said to owe `patient_cents`.
    """

    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    cents = models.BigIntegerField()
    patient_cents = models.BigIntegerField()
    entry_id = models.BigIntegerField(null=True, unique=True)
    key = models.CharField(max_length=80, unique=True)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=150)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["appointment"], condition=Q(taken_back_at=None), name="a_visit_is_charged_once"
            ),
            models.CheckConstraint(
                condition=Q(cents__gte=0, patient_cents__gte=0), name="charges_are_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at=None) | ~Q(taken_back_why=""), name="taken_back_for_a_reason"
            ),
        ]


class ChargeLine(models.Model):
    """One service of a charge: so many units of a code at so many cents each."""

    charge = models.ForeignKey(VisitCharge, on_delete=models.PROTECT, related_name="lines")
    code = models.CharField(max_length=5)
    modifier = models.CharField(max_length=2, blank=True)
    words = models.CharField(max_length=120)
    units = models.PositiveSmallIntegerField(default=1)
    cents = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(units__gte=1, cents__gte=0), name="a_charge_line_counts")
        ]
