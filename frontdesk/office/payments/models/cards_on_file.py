"""A card a patient lets the practice keep: the processor keeps it, we keep its names for it and what the patient agreed to."""

from django.db import models
from django.db.models import Q

from frontdesk.kit.versioned import Versioned
from frontdesk.office.patients.models import Patient


class CardOnFile(Versioned):
    """Leave to charge a card later. `customer` and `method` are the processor's references; no number is known here.

    `words` is the consent as it was read to the patient, `agreed_at` and `taken_by` when and by whom. It is in force until
    `ended_at`; what is ended is never charged again.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    customer = models.CharField(max_length=80)
    method = models.CharField(max_length=80, unique=True)
    brand = models.CharField(max_length=24, blank=True)
    last4 = models.CharField(max_length=4, blank=True)
    words = models.CharField(max_length=600)
    agreed_at = models.DateTimeField()
    taken_by = models.CharField(max_length=150)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=150, blank=True)
    ended_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="a_card_on_file_was_agreed_to"),
        ]
