"""Who pays: insurers and programs, the names people know them by, the numbers machines know them by."""

from django.db import models
from django.db.models import Q

from frontdesk.kit.versioned import Versioned


class Payer(Versioned):
    """Who pays for care (X12 loop 2100A information source, FHIR Organization of type `pay`)."""

    class Kind(models.TextChoices):
        COMMERCIAL = "commercial", "Commercial"
        BLUE = "blue", "Blue Cross Blue Shield"
        MEDICARE = "medicare", "Medicare"
        MEDICARE_ADVANTAGE = "medicare_advantage", "Medicare Advantage"
        MEDICAID = "medicaid", "Medicaid"
        MEDICAID_MANAGED = "medicaid_managed", "Medicaid managed care"
        TRICARE = "tricare", "TRICARE or VA"
        WORKERS_COMP = "workers_comp", "Workers' compensation"
        AUTO = "auto", "Auto or liability"
        OTHER = "other", "Other"

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.COMMERCIAL)
    state = models.CharField(max_length=2, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    # Whether the practice is in its network: copays differ. None: nobody has said.
    in_network = models.BooleanField(null=True)
    # How it is asked (a key of settings.CONNECTIONS): "" the practice's usual way, "phone" not by wire at all.
    connection = models.CharField(max_length=24, blank=True, default="", db_default="")
    timely_filing_days = models.PositiveSmallIntegerField(null=True)
    note = models.CharField(max_length=300, blank=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)


class PayerName(models.Model):
    """A name a payer is found by: its own and every other; `search` is its `rules.search_key` after a blank."""

    payer = models.ForeignKey(Payer, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=120)
    search = models.CharField(max_length=160, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["payer", "search"], name="payer_has_a_name_once")]


class PayerNumber(models.Model):
    """The identifier a payer goes by in one transaction (X12 NM109), and whether the practice must enrol for it."""

    class Transaction(models.TextChoices):
        ELIGIBILITY = "eligibility", "Eligibility (270/271)"
        CLAIMS = "claims", "Professional claims (837P)"
        INSTITUTIONAL = "institutional", "Institutional claims (837I)"
        REMITTANCE = "remittance", "Remittance (835)"
        STATUS = "status", "Claim status (276/277)"
        AUTHORIZATION = "authorization", "Authorization (278)"
        ATTACHMENTS = "attachments", "Attachments (275)"

    class Enrolment(models.TextChoices):
        NONE_NEEDED = "none", "Works at once"
        NEEDED = "needed", "The practice must enrol"
        ASKED = "asked", "Enrolment under way"
        DONE = "done", "Enrolled"

    payer = models.ForeignKey(Payer, on_delete=models.CASCADE, related_name="numbers")
    transaction = models.CharField(max_length=14, choices=Transaction)
    number = models.CharField(max_length=80)
    enrolment = models.CharField(max_length=6, choices=Enrolment, default=Enrolment.NONE_NEEDED)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["payer", "transaction"], name="payer_has_a_number_each"),
            models.CheckConstraint(condition=~Q(number=""), name="payer_number_is_said"),
        ]
        indexes = [models.Index(fields=["number", "transaction"], name="payer_by_number")]
