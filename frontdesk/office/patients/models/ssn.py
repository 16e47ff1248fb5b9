"""A patient's social security number, which a copy of the database alone does not tell."""

from django.db import models

from frontdesk.kit import sealed
from frontdesk.kit.versioned import Versioned
from frontdesk.office.patients.models.identity import Patient


class SocialSecurityNumber(Versioned):
    """The number of a patient who gave it, sealed to that patient (kit.sealed), and its blind index.

    In a table of its own, so that it is read only where it is meant to be. Not even its last digits stand beside it:
    four digits with a date of birth and a state are most of the number.
    """

    patient = models.OneToOneField(Patient, primary_key=True, on_delete=models.CASCADE, related_name="+")
    number = models.CharField(max_length=120)
    blind_index = models.CharField(max_length=64, db_index=True)


SSN = sealed.declare("patients.socialsecuritynumber", "number", owner="patient_id", index="blind_index")
