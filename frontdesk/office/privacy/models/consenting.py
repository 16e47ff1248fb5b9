"""Consents to disclose records about substance use, as 42 CFR 2.31 asks for them."""

from django.db import models
from django.db.models import Q

from frontdesk.kit.versioned import Versioned
from frontdesk.office.patients.models import Patient


class Consent(Versioned):
    """One signed consent: who may be told what, for which purpose, until when, and whether it was taken back.

    `purpose` is a code of `rules.part_two.PURPOSES`. A consent for treatment, payment and operations may name a class
    of recipients and have no end (2.31(a)(4), (7)); any other names one recipient and ends by a day or an event
    (`ends_with`, in words). What was disclosed before it was revoked was disclosed rightly.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    recipient = models.CharField(max_length=160)
    what = models.CharField(max_length=400)
    purpose = models.CharField(max_length=12)
    about = models.CharField(max_length=200, blank=True)
    signed_on = models.DateField()
    signed_by = models.CharField(max_length=160)
    expires = models.DateField(null=True)
    ends_with = models.CharField(max_length=120, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=150)
    revoked_at = models.DateTimeField(null=True)
    revoked_on = models.DateField(null=True)
    revoked_by = models.CharField(max_length=150, blank=True)
    revoked_why = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["patient", "-id"], name="consents_of_patient")]
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_on=None)
                | Q(revoked_at__isnull=False, revoked_on__isnull=False),
                name="revoked_on_a_day",
            )
        ]
