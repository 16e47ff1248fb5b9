"""Those who wait for a time, those who are due for one, and those whose time has gone."""

from django.db import models

from frontdesk.kit.versioned import Versioned
from frontdesk.office.patients.models import Patient
from frontdesk.office.practice.models import Location, Provider
from frontdesk.office.scheduling.models.appointments import Appointment
from frontdesk.office.scheduling.models.resources import VisitType


class WaitlistEntry(Versioned):
    """A patient who would like a time, or an earlier one. It is offered, never booked by itself.

    `weekdays` lists acceptable weekdays (empty: any); `urgency` is 0 routine, 1 soon, 2 urgent;
    `needs_hours` is how much notice the patient needs.
    """

    class Status(models.TextChoices):
        WAITING = "waiting"
        OFFERED = "offered"
        BOOKED = "booked"
        REMOVED = "removed"

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    visit_type = models.ForeignKey(VisitType, on_delete=models.PROTECT, related_name="+")
    location = models.ForeignKey(Location, null=True, on_delete=models.PROTECT, related_name="+")
    provider = models.ForeignKey(Provider, null=True, on_delete=models.PROTECT, related_name="+")
    appointment = models.ForeignKey(Appointment, null=True, on_delete=models.PROTECT, related_name="+")
    weekdays = models.JSONField(default=list)
    time_from = models.TimeField(null=True)
    time_to = models.TimeField(null=True)
    until = models.DateField(null=True)
    urgency = models.PositiveSmallIntegerField(default=0)
    needs_hours = models.PositiveSmallIntegerField(default=2)
    note = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=12, choices=Status, default=Status.WAITING)
    offered_starts = models.DateTimeField(null=True)
    declined = models.PositiveSmallIntegerField(default=0)
    added_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["status", "visit_type"], name="waitlist_by_status")]


class Recall(Versioned):
    """A visit a patient is due for by a day, not yet booked. Done by itself when such a visit is booked."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    visit_type = models.ForeignKey(VisitType, on_delete=models.PROTECT, related_name="+")
    provider = models.ForeignKey(Provider, null=True, on_delete=models.PROTECT, related_name="+")
    due = models.DateField(db_index=True)
    reason = models.CharField(max_length=200, blank=True)
    appointment = models.ForeignKey(Appointment, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    added_at = models.DateTimeField()


class Stranded(models.Model):
    """An appointment whose time its resource's template no longer covers; a list to work, nobody forgotten."""

    appointment = models.OneToOneField(Appointment, on_delete=models.CASCADE, related_name="+")
    why = models.CharField(max_length=200)
    found_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["settled_at"], name="stranded_to_work")]


class RescueSheet(models.Model):
    """A provider is out: everyone affected on one sheet."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()
    reason = models.CharField(max_length=120)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)


class RescueItem(Versioned):
    """One patient of a rescue sheet, with the time proposed for them.

    `why` says why it was settled where that was not done from the sheet.
    """

    class Status(models.TextChoices):
        OPEN = "open"
        MOVED = "moved"
        CANCELLED = "cancelled"
        KEPT = "kept"

    sheet = models.ForeignKey(RescueSheet, on_delete=models.CASCADE, related_name="+")
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    proposed_starts = models.DateTimeField(null=True)
    proposed_provider = models.ForeignKey(Provider, null=True, on_delete=models.PROTECT, related_name="+")
    proposed_location = models.ForeignKey(Location, null=True, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, choices=Status, default=Status.OPEN)
    settled_by = models.ForeignKey(Appointment, null=True, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "appointment"], name="one_line_per_appointment")
        ]


class ContactAttempt(models.Model):
    """Somebody tried to reach a patient about a waitlist entry, a recall or a rescue line (`about` is a Ref)."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=60, db_index=True)
    number = models.CharField(max_length=24, blank=True)
    outcome = models.CharField(max_length=24)
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=150)
