"""Who was verified, by what; the phrase only the patient knows; the papers that say who may act, and who may not."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from frontdesk.kit.versioned import Versioned
from frontdesk.office.patients.models import Patient, RelatedPerson


class LegalPaper(Versioned):
    """A paper on file about who speaks for a patient: a custody decree, letters testamentary, a restraining order.

    `effect` says whether it lets the person act or bars them. `document` names the paper, never its contents.
    """

    class Effect(models.TextChoices):
        MAY_ACT = "may_act"
        MAY_NOT = "may_not"

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    effect = models.CharField(max_length=8, choices=Effect)
    first = models.CharField(max_length=80, blank=True)
    last = models.CharField(max_length=80)
    relationship = models.CharField(max_length=40, blank=True)
    document = models.CharField(max_length=120)
    begins = models.DateField(null=True)
    ends = models.DateField(null=True)
    note = models.CharField(max_length=300, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=150)
    ended_at = models.DateTimeField(null=True)


class PassPhrase(models.Model):
    """A phrase the patient wants to be asked for. Only its Argon2 hash is kept; it is never shown."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    hash = models.CharField(max_length=200)
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=150)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient"], condition=Q(ended_at__isnull=True), name="one_phrase_per_patient"
            )
        ]


class Verification(models.Model):
    """One person was asked who they are: which identifiers they stated rightly, and what they may be told until when.

    The newest of one clerk and patient counts: with the next caller the one before is over. What was said is not kept.
    """

    class Outcome(models.TextChoices):
        VERIFIED = "verified"
        FAILED = "failed"
        MESSAGE_ONLY = "message_only"

    class Channel(models.TextChoices):
        PHONE = "phone"
        IN_PERSON = "in_person"

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=150)
    channel = models.CharField(max_length=9, choices=Channel, default=Channel.PHONE)
    speaker = models.CharField(max_length=16)
    speaker_name = models.CharField(max_length=160, blank=True)
    related = models.ForeignKey(RelatedPerson, null=True, on_delete=models.PROTECT, related_name="+")
    paper = models.ForeignKey(LegalPaper, null=True, on_delete=models.PROTECT, related_name="+")
    matched = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    wrong = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    outcome = models.CharField(max_length=12, choices=Outcome)
    topics = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    why = models.CharField(max_length=200, blank=True)
    good_until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["patient", "by_id", "-at"], name="verification_newest"),
            models.Index(fields=["by_id", "at"], condition=Q(outcome="failed"), name="verifications_failed"),
        ]


class Alarm(Versioned):
    """Verifications that failed too often within an hour: of one patient, or of one clerk's callers.

    While nobody has looked at it, who was stopped stays so until the hour is over.
    """

    class Kind(models.TextChoices):
        PATIENT = "patient"
        CLERK = "clerk"

    kind = models.CharField(max_length=7, choices=Kind)
    patient = models.ForeignKey(Patient, null=True, on_delete=models.PROTECT, related_name="+")
    user_id = models.BigIntegerField(null=True)
    user_name = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=150, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient"], condition=Q(settled_at=None, kind="patient"), name="one_alarm_per_patient"
            ),
            models.UniqueConstraint(
                fields=["user_id"], condition=Q(settled_at=None, kind="clerk"), name="one_alarm_per_clerk"
            ),
        ]
