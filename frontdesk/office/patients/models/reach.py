"""How to reach a patient, who may speak for them, and what everybody at the desk should know."""

from django.db import models
from django.db.models.functions import Lower

from frontdesk.kit.versioned import Versioned
from frontdesk.office.patients.models.identity import Patient


class Address(Versioned):
    """A postal address (FHIR Address); `use` home, temp, mail or confidential, with the days it holds."""

    class Use(models.TextChoices):
        HOME = "home"
        MAIL = "mail"
        TEMP = "temp"
        CONFIDENTIAL = "confidential"

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="+")
    use = models.CharField(max_length=14, choices=Use, default=Use.HOME)
    line = models.CharField(max_length=120, blank=True)
    line2 = models.CharField(max_length=80, blank=True)
    city = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=2, blank=True)
    zip = models.CharField(max_length=10, blank=True)
    begins = models.DateField(null=True)
    ends = models.DateField(null=True)


class Contact(Versioned):
    """A telephone number or e-mail address (FHIR ContactPoint) with what the patient allows on it.

    `value` is E.164 for telephones ("+16175550134"). Consents are None when nobody asked. Where one `is_confidential`,
    the patient asked to be reached there and nowhere else (45 CFR 164.522(b)).
    """

    class System(models.TextChoices):
        PHONE = "phone"
        EMAIL = "email"

    class Use(models.TextChoices):
        MOBILE = "mobile"
        HOME = "home"
        WORK = "work"

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="+")
    system = models.CharField(max_length=5, choices=System)
    use = models.CharField(max_length=6, choices=Use, default=Use.MOBILE)
    value = models.CharField(max_length=254)
    may_call = models.BooleanField(null=True)
    may_text = models.BooleanField(null=True)
    may_leave_voicemail = models.BooleanField(null=True)
    is_preferred = models.BooleanField(default=False)
    is_confidential = models.BooleanField(default=False)
    begins = models.DateField(null=True)
    ends = models.DateField(null=True)

    class Meta:
        # Whose number has just said stop?
        indexes = [models.Index(Lower("value"), name="contact_by_value")]


class RelatedPerson(Versioned):
    """Somebody who belongs to a patient (FHIR RelatedPerson). One person may have several roles, a row each.

    A guardian consents, a guarantor pays, an emergency contact is called, an authorised contact may be told what
    `scope` says ("schedule", "billing", "clinical", "all") until `expires`. None of them implies another.
    `person` is set when they are a patient too.
    """

    class Role(models.TextChoices):
        GUARDIAN = "guardian"
        GUARANTOR = "guarantor"
        EMERGENCY = "emergency"
        AUTHORIZED = "authorized"

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=12, choices=Role)
    person = models.ForeignKey(Patient, null=True, on_delete=models.PROTECT, related_name="+")
    first = models.CharField(max_length=80, blank=True)
    last = models.CharField(max_length=80, blank=True)
    relationship = models.CharField(max_length=40, blank=True)
    phone = models.CharField(max_length=24, blank=True)
    scope = models.CharField(max_length=12, blank=True)
    expires = models.DateField(null=True)
    note = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)


class Alert(Versioned):
    """What a colleague should know, in words a patient may read. `show` says where: always, booking, check_in, once."""

    class Show(models.TextChoices):
        ALWAYS = "always"
        BOOKING = "booking"
        CHECK_IN = "check_in"
        ONCE = "once"

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="+")
    words = models.CharField(max_length=200)
    show = models.CharField(max_length=8, choices=Show, default=Show.ALWAYS)
    expires = models.DateField(null=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)
    read_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)


class Confirmation(models.Model):
    """A section of the record was confirmed with the patient, by whom and when; the newest counts."""

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="+")
    section = models.CharField(max_length=24)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=150)

    class Meta:
        indexes = [models.Index(fields=["patient", "section", "-at"], name="confirmations_of_patient")]


class Draft(models.Model):
    """What somebody typed into a form and has not sent yet. One a person and form.

    The name says which form, and about whom: row ids, never a name.
    """

    user_id = models.BigIntegerField()
    name = models.CharField(max_length=300)
    values = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user_id", "name"], name="one_draft_per_form")]
