"""Care for those who cannot pay it whole: the practice's sliding fee scale, and who was found to be where on it."""

from django.db import models
from django.db.models import F, Q

from frontdesk.office.patients.models import Patient


class SlidingScale(models.Model):
    """The practice's scale from a day on (42 CFR 51c.303(f)): bands of percent of the federal poverty guideline.

    `person_cents` is the guideline of one person for a year, `more_cents` what each further one adds. `bands` is a list
    of [up to so many percent, "flat" or "percent", cents or percent], the lowest first. A new scale is a new row.
    """

    begins = models.DateField(unique=True)
    person_cents = models.BigIntegerField()
    more_cents = models.BigIntegerField()
    bands = models.JSONField()
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person_cents__gt=0, more_cents__gte=0), name="a_guideline_is_a_sum"
            )
        ]


class SlidingPlace(models.Model):
    """Where a patient's household stands: how many, with how much a year, from when until when. `proof` is what was shown.

    The newest row that holds on a day counts.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    people = models.PositiveSmallIntegerField()
    income_cents = models.BigIntegerField()
    begins = models.DateField()
    ends = models.DateField()
    proof = models.CharField(max_length=120, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(people__gte=1, income_cents__gte=0), name="a_household_has_somebody"
            ),
            models.CheckConstraint(condition=Q(begins__lte=F("ends")), name="a_place_begins_before_it_ends"),
        ]
        indexes = [models.Index(fields=["patient", "-id"], name="sliding_places_of")]
