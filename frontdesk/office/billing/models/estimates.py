"""Good Faith Estimates: when one is due, what was written, and how it was given (45 CFR 149.610).

What was written is never changed: a change is a new version, and each version is drawn again from its own rows alone.
"""

from django.db import models
from django.db.models import Q

from frontdesk.kit.versioned import Versioned
from frontdesk.office.patients.models import Patient
from frontdesk.office.practice.models import Location, Provider
from frontdesk.office.scheduling.models import Appointment, VisitType


class PaperNumbers(models.Model):
    """What papers of the practice must say beside its name, one row: its tax number (nine digits), and until when the form of the ABN holds."""

    tin = models.CharField(max_length=9, blank=True)
    abn_expires = models.CharField(max_length=10, blank=True)
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=150)


class Estimate(Versioned):
    """An estimate that is due, or was given: one for a visit, or for a question about cost before there is one.

    `why` says who must get it; `asked_at` is when somebody asked what it costs, `since` the moment the time runs from
    (UTC), `due_at` the end of the business day it has to be given by, None where the law sets no day.
    """

    class Why(models.TextChoices):
        SELF_PAY = "self_pay", "The patient pays"
        UNINSURED = "uninsured", "No insurance on file"
        ASKED = "asked", "Asked what it costs"

    class State(models.TextChoices):
        DUE = "due", "Due"
        DRAFTED = "drafted", "Written, not given"
        GIVEN = "given", "Given"
        ENDED = "ended", "Not needed"

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+")
    appointment = models.OneToOneField(Appointment, null=True, on_delete=models.PROTECT, related_name="+")
    visit_type = models.ForeignKey(VisitType, null=True, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=9, choices=Why)
    state = models.CharField(max_length=7, choices=State, default=State.DUE)
    since = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    asked_words = models.CharField(max_length=200, blank=True)
    due_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=200, blank=True)
    noted_by = models.CharField(max_length=150)

    class Meta:
        indexes = [
            models.Index(
                fields=["location", "due_at"],
                condition=Q(state__in=["due", "drafted"]),
                name="estimates_to_give",
            ),
            models.Index(fields=["patient"], name="estimates_of_patient"),
        ]


class EstimateVersion(models.Model):
    """An estimate as it was written once. `number` is printed on it, and never given twice; `facts` is the rest of its head.

    `facts` holds who and where as they were that day, so that a name changed since changes no paper. `diagnoses` are ICD-10-CM
    codes; `apart` what will be scheduled apart from it, in words.
    """

    estimate = models.ForeignKey(Estimate, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=40, unique=True)
    language = models.CharField(max_length=2, default="en")
    primary = models.CharField(max_length=200)
    scheduled_on = models.DateField(null=True)
    diagnoses = models.JSONField(default=list)
    apart = models.JSONField(default=list)
    facts = models.JSONField(default=dict)
    reason = models.CharField(max_length=200, blank=True)
    cents = models.BigIntegerField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["estimate", "version"], name="estimate_versions_count"),
            models.CheckConstraint(condition=Q(cents__gte=0), name="an_estimate_is_not_negative"),
        ]


class EstimateProvider(models.Model):
    """Who is to do a part of it: a provider of ours, or another practice (`provider` None).

    `answered` False: they were asked what they charge and have not answered; they stand on the paper without charges.
    """

    version = models.ForeignKey(EstimateVersion, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField()
    provider = models.ForeignKey(Provider, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=160)
    npi = models.CharField(max_length=10, blank=True)
    tin = models.CharField(max_length=9, blank=True)
    place = models.CharField(max_length=240, blank=True)
    state = models.CharField(max_length=2, blank=True)
    answered = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "order"], name="one_provider_a_place")]


class EstimateItem(models.Model):
    """One service of a provider: its code, how many, and what is expected to be charged for all of them, in cents."""

    provider = models.ForeignKey(EstimateProvider, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=5, blank=True)
    modifier = models.CharField(max_length=2, blank=True)
    words = models.CharField(max_length=160)
    units = models.PositiveSmallIntegerField(default=1)
    cents = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "order"], name="one_item_a_place"),
            models.CheckConstraint(condition=Q(cents__gte=0, units__gte=1), name="an_item_is_something"),
        ]


class EstimateGiven(models.Model):
    """That a version was given: how, when, by whom, and to which address as it was on file. Spoken alone is not given."""

    class How(models.TextChoices):
        HAND = "hand", "By hand"
        EMAIL = "email", "By e-mail"
        MAIL = "mail", "By mail"
        SPOKEN = "spoken", "Spoken, the paper follows"

    version = models.ForeignKey(EstimateVersion, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=6, choices=How)
    to = models.CharField(max_length=254, blank=True)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=150)
