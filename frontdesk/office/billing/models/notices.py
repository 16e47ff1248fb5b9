"""Advance Beneficiary Notices (ABN, form CMS-R-131): what was put before the patient, and what they chose."""

from django.db import models
from django.db.models import Q

from frontdesk.kit.versioned import Versioned
from frontdesk.office.patients.models import Patient
from frontdesk.office.scheduling.models import Appointment


class Abn(Versioned):
    """One notice for one visit, as it was printed; the choice is noted afterwards, from the paper the patient signed.

    `facts` are the blanks A to C as printed, `items` the rows of D, E and F: words, reason, cents. `is_voluntary`: Medicare
    never covers it, so that the notice is a courtesy. `choice` is "" until the patient has chosen, 1 to 3, or "refused".
    """

    class Choice(models.TextChoices):
        BILL = "1", "Wants it, and Medicare billed"
        DO_NOT_BILL = "2", "Wants it, Medicare not billed"
        NO_SERVICE = "3", "Does not want it"
        REFUSED = "refused", "Would not sign"

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=40, unique=True)
    language = models.CharField(max_length=2, default="en")
    is_voluntary = models.BooleanField(default=False)
    facts = models.JSONField(default=dict)
    items = models.JSONField(default=list)
    more = models.CharField(max_length=600, blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)
    choice = models.CharField(max_length=7, choices=Choice, blank=True)
    signed_on = models.DateField(null=True)
    signer = models.CharField(max_length=120, blank=True)
    witness = models.CharField(max_length=120, blank=True)
    wants_it = models.BooleanField(null=True)
    copy_given = models.BooleanField(default=False)
    noted_at = models.DateTimeField(null=True)
    noted_by = models.CharField(max_length=150, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(choice="refused") | ~Q(witness=""), name="a_refusal_has_a_witness"
            ),
            models.CheckConstraint(
                condition=~Q(choice__in=["1", "2", "3"]) | Q(signed_on__isnull=False),
                name="a_choice_is_signed",
            ),
        ]
        indexes = [models.Index(fields=["appointment"], name="abns_of_visit")]
