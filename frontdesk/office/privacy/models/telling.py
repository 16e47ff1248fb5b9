"""What was disclosed, and which privacy notice a patient has acknowledged."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from frontdesk.kit.versioned import Versioned
from frontdesk.office.patients.models import Patient
from frontdesk.office.privacy.models.consenting import Consent
from frontdesk.office.privacy.models.identity import Verification


class Disclosure(Versioned):
    """Something was told outside treatment, payment and operations, or it was worth noting all the same.

    Not the same as the audit record: that says who looked, this says what left the house. `accountable` is fixed when
    it is written down. `part_two` says that it told of substance use (42 CFR Part 2), and `consent` by which consent.
    `statements` are the numbers of the amendment requests whose disagreement went with it.
    """

    class Identity(models.TextChoices):
        CALL = "call"
        PAPER = "paper"

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    recipient = models.CharField(max_length=160)
    address = models.CharField(max_length=240, blank=True)
    what = models.CharField(max_length=400)
    purpose = models.CharField(max_length=300)
    basis = models.CharField(max_length=20)
    accountable = models.BooleanField()
    identity = models.CharField(max_length=5, choices=Identity)
    seen = models.CharField(max_length=200, blank=True)
    verification = models.ForeignKey(Verification, null=True, on_delete=models.PROTECT, related_name="+")
    suspended_until = models.DateField(null=True)
    suspended_on = models.DateField(null=True)
    suspended_orally = models.BooleanField(default=False)
    part_two = models.BooleanField(default=False, db_default=False)
    consent = models.ForeignKey(Consent, null=True, on_delete=models.PROTECT, related_name="+")
    statements = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    noted_at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=150)
    retracted_at = models.DateTimeField(null=True)
    retracted_by = models.CharField(max_length=150, blank=True)
    retracted_why = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["patient", "on"], name="disclosures_of_patient")]


class Notice(models.Model):
    """One version of the notice of privacy practices. Never changed once published.

    Where it `is_material`, every patient is asked again; where not, who acknowledged the one before need not be.
    """

    label = models.CharField(max_length=40, unique=True)
    effective = models.DateField()
    text = models.TextField()
    text_es = models.TextField(blank=True)
    is_material = models.BooleanField(default=True)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=150)


class Acknowledgement(Versioned):
    """How a patient answered one version of the notice: signed, refused, could not be got, or an emergency."""

    class How(models.TextChoices):
        SIGNED = "signed"
        REFUSED = "refused"
        UNABLE = "unable"
        EMERGENCY = "emergency"

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=9, choices=How)
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=150)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["patient", "notice"], name="one_answer_per_notice")]
