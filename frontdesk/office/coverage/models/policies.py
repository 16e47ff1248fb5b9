"""Which policies cover a patient, and in which order."""

from django.db import models
from django.db.models import F, Q

from frontdesk.kit.versioned import Versioned
from frontdesk.office.coverage.models.payers import Payer
from frontdesk.office.patients.models import Patient


class Policy(Versioned):
    """One policy of a patient (FHIR Coverage): payer, member, whose it is, from when until when.

    `rank` is the order in which payers are asked: 1 primary, 2 secondary, 3 tertiary; a merge of two charts may leave
    two of one rank, until somebody puts them in order. The subscriber's fields are blank where the patient is the
    subscriber. Days are days of the payer's calendar; `ends` is the last day covered. A policy entered by mistake is
    ended, never deleted: claims may have gone out on it.
    """

    class Relationship(models.TextChoices):
        SELF = "self", "The patient"
        SPOUSE = "spouse", "Spouse"
        CHILD = "child", "Parent (the patient is the child)"
        OTHER = "other", "Someone else"

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    payer = models.ForeignKey(Payer, on_delete=models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField()
    member_id = models.CharField(max_length=80)
    group_number = models.CharField(max_length=50, blank=True)
    plan_name = models.CharField(max_length=60, blank=True)
    relationship = models.CharField(max_length=6, choices=Relationship, default=Relationship.SELF)
    subscriber_first = models.CharField(max_length=35, blank=True)
    subscriber_last = models.CharField(max_length=60, blank=True)
    subscriber_birth_date = models.DateField(null=True)
    begins = models.DateField(null=True)
    ends = models.DateField(null=True)
    note = models.CharField(max_length=300, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=150)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "payer", "member_id"],
                condition=Q(ended_at__isnull=True),
                name="one_policy_once",
            ),
            models.CheckConstraint(
                condition=Q(begins__isnull=True) | Q(ends__isnull=True) | Q(begins__lte=F("ends")),
                name="policy_begins_before_it_ends",
            ),
            models.CheckConstraint(condition=Q(rank__gte=1, rank__lte=9), name="policy_rank_is_an_order"),
        ]
        indexes = [models.Index(fields=["patient", "rank"], name="policy_of_patient")]
