"""Injuries that somebody else may have to pay for: at work, in traffic, on somebody's property."""

from django.db import models
from django.db.models import F, Q

from frontdesk.kit.versioned import Versioned
from frontdesk.office.coverage.models.payers import Payer
from frontdesk.office.patients.models import Patient


class Case(Versioned):
    """One injury and who answers for it (FHIR Account with its Coverage; X12 837 CLM11 and REF*Y4).

    `payer` is the carrier, None while nobody knows it. `order` is who is asked for a visit of the case, and in which
    order (`rules.cases`); for workers' compensation it follows from the law and is "carrier_only". `limit_cents` is
    what is left of medical payments or personal injury protection. `denied_on` is the day on which the carrier said
    that it does not pay. Days and `happened_at` are those of the place where it happened. A case is closed, never
    deleted: claims may have gone out on it.
    """

    class Kind(models.TextChoices):
        WORKERS_COMP = "workers_comp", "Workers' compensation"
        AUTO = "auto", "Auto accident"
        LIABILITY = "liability", "Liability"

    class Order(models.TextChoices):
        CARRIER_ONLY = "carrier_only", "The carrier alone"
        CARRIER_FIRST = "carrier_first", "The carrier, then health insurance"
        INSURANCE_FIRST = "insurance_first", "Health insurance, then the carrier"

    class Report(models.TextChoices):
        UNKNOWN = "unknown", "Not known"
        NO = "no", "Not yet"
        DONE = "done", "Done"

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    payer = models.ForeignKey(Payer, null=True, on_delete=models.PROTECT, related_name="+")
    order = models.CharField(max_length=15, choices=Order)
    claim_number = models.CharField(max_length=50, blank=True)
    adjuster = models.CharField(max_length=80, blank=True)
    adjuster_phone = models.CharField(max_length=20, blank=True)
    adjuster_fax = models.CharField(max_length=20, blank=True)
    employer = models.CharField(max_length=100, blank=True)
    employer_contact = models.CharField(max_length=120, blank=True)
    injury = models.CharField(max_length=200)
    happened_on = models.DateField()
    happened_at = models.TimeField(null=True)
    state = models.CharField(max_length=2, blank=True)
    first_report = models.CharField(max_length=7, choices=Report, default=Report.UNKNOWN)
    authorization = models.CharField(max_length=300, blank=True)
    limit_cents = models.PositiveIntegerField(null=True)
    attorney = models.CharField(max_length=120, blank=True)
    letter_of_protection = models.BooleanField(default=False)
    police_report = models.CharField(max_length=60, blank=True)
    denied_on = models.DateField(null=True)
    note = models.CharField(max_length=300, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=150)
    closed_at = models.DateTimeField(null=True)
    closed_why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(injury=""), name="case_says_what_happened"),
            models.CheckConstraint(
                condition=Q(denied_on__isnull=True) | Q(denied_on__gte=F("happened_on")),
                name="case_denied_after_it_happened",
            ),
            models.CheckConstraint(
                condition=~Q(kind="workers_comp") | Q(order="carrier_only"), name="employer_pays_alone"
            ),
        ]
        indexes = [models.Index(fields=["patient", "-id"], name="cases_of_patient")]
