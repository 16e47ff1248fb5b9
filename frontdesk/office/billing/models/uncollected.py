"""What was to be paid at the desk and was not, and why."""

from django.db import models
from django.db.models import Q

from frontdesk.office.patients.models import Patient
from frontdesk.office.practice.models import Location
from frontdesk.office.scheduling.models import Appointment


class Uncollected(models.Model):
    """So much of what was expected at a visit was waived, or not collected that day. Never changed.

    `day` is the visit's. What is waived is owed no more; of all else the patient goes on owing it. `promised_on` is by when
    they said to pay.
    """

    class Why(models.TextChoices):
        WAIVED = "waived", "Waived"
        PROMISED = "promised", "Will pay later"
        FORGOT = "forgot", "Came without means to pay"
        DISPUTED = "disputed", "Says it is not owed"
        REFUSED = "refused", "Will not pay"
        MISSED = "missed", "Nobody asked"

    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    purpose = models.CharField(max_length=10)
    cents = models.BigIntegerField()
    why = models.CharField(max_length=8, choices=Why)
    words = models.CharField(max_length=300, blank=True)
    promised_on = models.DateField(null=True)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(cents__gt=0), name="not_collected_is_something"),
            models.CheckConstraint(condition=~Q(why="waived") | ~Q(words=""), name="waived_for_a_reason"),
        ]
        indexes = [models.Index(fields=["location", "day"], name="uncollected_of_a_day")]
