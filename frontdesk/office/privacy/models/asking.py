"""What patients asked for about their record, each with the time the law gives to answer."""

from django.db import models
from django.db.models import Q

from frontdesk.kit.versioned import Versioned
from frontdesk.office.patients.models import Patient


class RecordRequest(Versioned):
    """A copy of the record (164.524), a correction (164.526) or an accounting (164.528) that was asked for.

    `about` is the part of the record a correction is about; `linked` says where an accepted one was written. The
    original is never overwritten here. A denied correction keeps the patient's `disagreement`, which goes with every
    later disclosure of what it is about, and the practice's `rebuttal`.
    """

    class Kind(models.TextChoices):
        ACCESS = "access"
        AMENDMENT = "amendment"
        ACCOUNTING = "accounting"

    class Status(models.TextChoices):
        OPEN = "open"
        GRANTED = "granted"
        PARTLY = "partly"
        DENIED = "denied"
        WITHDRAWN = "withdrawn"

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    asked_on = models.DateField()
    asked_by = models.CharField(max_length=160, blank=True)
    what = models.CharField(max_length=600)
    about = models.CharField(max_length=80, blank=True)
    form = models.CharField(max_length=40, blank=True)
    to_whom = models.CharField(max_length=240, blank=True)
    due = models.DateField()
    extended_on = models.DateField(null=True)
    extension_why = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=9, choices=Status, default=Status.OPEN)
    answered_on = models.DateField(null=True)
    answered_by = models.CharField(max_length=150, blank=True)
    answer = models.CharField(max_length=600, blank=True)
    linked = models.CharField(max_length=200, blank=True)
    disagreement = models.CharField(max_length=2000, blank=True)
    disagreement_on = models.DateField(null=True)
    rebuttal = models.CharField(max_length=2000, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=150)

    class Meta:
        indexes = [
            models.Index(fields=["due", "id"], condition=Q(status="open"), name="requests_to_answer"),
            models.Index(fields=["patient", "kind"], name="requests_of_patient"),
        ]


class Restriction(Versioned):
    """A use or disclosure the patient asked us not to make (164.522(a)).

    What was paid for in full out of pocket must be kept from a health plan and cannot be declined; anything else the
    practice may decline, with a reason. `subject` names the service or visit as the desk knows it ("room.model:id").
    """

    class Kind(models.TextChoices):
        PAID_IN_FULL = "paid_in_full"
        OTHER = "other"

    class Status(models.TextChoices):
        ASKED = "asked"
        ACCEPTED = "accepted"
        DECLINED = "declined"

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    what = models.CharField(max_length=300)
    payer = models.CharField(max_length=120, blank=True)
    subject = models.CharField(max_length=80, blank=True)
    asked_on = models.DateField()
    status = models.CharField(max_length=8, choices=Status)
    reason = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=150, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=150)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=150, blank=True)
    ended_why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="paid_in_full", status="declined"), name="paid_in_full_is_never_declined"
            )
        ]
        indexes = [
            models.Index(fields=["patient", "kind"], name="restrictions_of_patient"),
            models.Index(fields=["asked_on"], condition=Q(status="asked"), name="restrictions_to_answer"),
        ]
