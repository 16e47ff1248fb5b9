"""Who pays first: what is asked of Medicare patients, what is known of two policies, and what was decided."""

from django.db import models

from frontdesk.kit.versioned import Versioned
from frontdesk.office.coverage.models.payers import Payer
from frontdesk.office.coverage.models.policies import Policy
from frontdesk.office.patients.models import Patient
from frontdesk.office.practice.models import Provider


class MedicareAnswers(models.Model):
    """What a Medicare patient answered to the questions who pays before Medicare, on one day.

    Never changed: who asks again makes a new row, also where nothing has changed (`unchanged` is then the row whose
    answers still hold). It is the proof that they were asked, kept for ten years (42 CFR 489.20(f)-(g), Medicare
    Secondary Payer Manual, chapter 3, 20.2.1). `edition` says which questions; `answers` maps their codes to what was
    said (`rules.medicare`). `secondary_to`, `code` (X12 SBR05) and `words` are what followed, as it was told then;
    `secondary_to` is "" where Medicare pays first.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=150)
    answered_by = models.CharField(max_length=120)
    edition = models.CharField(max_length=8)
    answers = models.JSONField()
    unchanged = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    secondary_to = models.CharField(max_length=40, blank=True)
    code = models.CharField(max_length=2, blank=True)
    words = models.CharField(max_length=400)

    class Meta:
        indexes = [models.Index(fields=["patient", "-asked_on"], name="medicare_asked")]


class PolicyFacts(Versioned):
    """What decides about the order of one policy, where its card does not say it.

    `through` is how the subscriber has it; `parent` whose it is of a child whose parents live apart; `decreed` that a
    court made this parent responsible for the child's health care (NAIC Model Regulation 120, section 6).
    """

    class Through(models.TextChoices):
        UNKNOWN = "", "Not known"
        WORK = "work", "Active work"
        RETIRED = "retired", "Retired or laid off"
        COBRA = "cobra", "COBRA or state continuation"
        OWN = "own", "Bought themselves"

    class Parent(models.TextChoices):
        TOGETHER = "", "The parents live together, or share custody"
        CUSTODIAL = "custodial", "The parent the child lives with"
        CUSTODIAL_SPOUSE = "custodial_spouse", "That parent's spouse"
        OTHER = "other", "The other parent"
        OTHER_SPOUSE = "other_spouse", "The other parent's spouse"

    policy = models.OneToOneField(Policy, on_delete=models.CASCADE, related_name="+")
    through = models.CharField(max_length=7, choices=Through, blank=True, default=Through.UNKNOWN)
    parent = models.CharField(max_length=16, choices=Parent, blank=True, default=Parent.TOGETHER)
    decreed = models.BooleanField(default=False)


class OrderDecision(models.Model):
    """Somebody looked at a proposed order of policies and took it over, or kept another with a reason.

    `proposed` and `chosen` are rows of policies in order. It holds for as long as the same order is proposed.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    proposed = models.JSONField()
    chosen = models.JSONField()
    words = models.CharField(max_length=600, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=150)

    class Meta:
        indexes = [models.Index(fields=["patient", "-id"], name="orders_of_patient")]


class NetworkRow(Versioned):
    """Whether a provider, or everybody, is in the network of a payer's plan, or of all its plans, from when until when.

    `plan` is compared as names are (`rules.search_key`), "" means every plan; no provider means all of the practice.
    `ends` is the last day. The most particular row of a day speaks (`rules.network`).
    """

    payer = models.ForeignKey(Payer, on_delete=models.CASCADE, related_name="+")
    provider = models.ForeignKey(Provider, null=True, on_delete=models.PROTECT, related_name="+")
    plan = models.CharField(max_length=60, blank=True)
    inside = models.BooleanField()
    begins = models.DateField(null=True)
    ends = models.DateField(null=True)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=150)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(begins__isnull=True)
                | models.Q(ends__isnull=True)
                | models.Q(begins__lte=models.F("ends")),
                name="network_begins_before_it_ends",
            )
        ]
        indexes = [models.Index(fields=["payer", "provider"], name="network_of_payer")]
