"""Appointments, what they occupy, and what the database itself keeps from being given twice."""

from django.db import models
from django.db.models import F, Q

from frontdesk.kit.versioned import Versioned
from frontdesk.office.patients.models import Patient
from frontdesk.office.practice.models import Location, Provider
from frontdesk.office.scheduling.models.resources import Resource, VisitType


class CancelReason(models.Model):
    """Why an appointment was cancelled or moved, and on whose side the reason lies. `key` is one letter."""

    class Initiator(models.TextChoices):
        PATIENT = "patient"
        PROVIDER = "provider"
        ORGANIZATION = "organization"

    code = models.CharField(max_length=32, unique=True)
    key = models.CharField(max_length=1, unique=True)
    words = models.CharField(max_length=60)
    initiator = models.CharField(max_length=16, choices=Initiator)
    is_active = models.BooleanField(default=True)


class Series(models.Model):
    """Appointments booked together, each a row of its own."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    visit_type = models.ForeignKey(VisitType, on_delete=models.PROTECT, related_name="+")
    every_weeks = models.PositiveSmallIntegerField(default=1)
    made_at = models.DateTimeField()


class Appointment(Versioned):
    """A patient's visit in the book (FHIR Appointment).

    `wall_start` is what the clock on the wall shows (naive, kept as text of ISO 8601 in `wall`), `zone` where that
    wall is, `starts` and `ends` the same in UTC. `is_override` marks what was booked beyond a lane's capacity.
    """

    class Status(models.TextChoices):
        SCHEDULED = "scheduled"
        CONFIRMED = "confirmed"
        ARRIVED = "arrived"
        CHECKED_IN = "checked_in"
        ROOMED = "roomed"
        WITH_PROVIDER = "with_provider"
        CHECKOUT = "checkout"
        DONE = "done"
        NO_SHOW = "no_show"
        CANCELLED = "cancelled"

    # Those that still occupy their time.
    HOLDING = (
        Status.SCHEDULED,
        Status.CONFIRMED,
        Status.ARRIVED,
        Status.CHECKED_IN,
        Status.ROOMED,
        Status.WITH_PROVIDER,
        Status.CHECKOUT,
        Status.DONE,
    )

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    visit_type = models.ForeignKey(VisitType, on_delete=models.PROTECT, related_name="+")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+")
    provider = models.ForeignKey(Provider, null=True, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=16, choices=Status, default=Status.SCHEDULED)
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    wall = models.CharField(max_length=19)
    fold = models.PositiveSmallIntegerField(default=0)
    zone = models.CharField(max_length=40)
    internal_note = models.CharField(max_length=600, blank=True)
    patient_instructions = models.CharField(max_length=600, blank=True)
    override_reason = models.CharField(max_length=200, blank=True)
    series = models.ForeignKey(Series, null=True, on_delete=models.PROTECT, related_name="+")
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="+")
    cancel_reason = models.ForeignKey(CancelReason, null=True, on_delete=models.PROTECT, related_name="+")
    cancel_note = models.CharField(max_length=200, blank=True)
    cancelled_at = models.DateTimeField(null=True)
    booked_at = models.DateTimeField()
    booked_by = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="appointment_ends_after_start")
        ]
        indexes = [
            models.Index(fields=["patient", "starts"], name="appointments_of_patient"),
            models.Index(fields=["location", "starts"], name="appointments_of_location"),
            models.Index(fields=["provider", "starts"], name="appointments_of_provider"),
        ]


class Hold(models.Model):
    """Time kept for five minutes while somebody is on the phone; visible to others, and a claim like a booking."""

    visit_type = models.ForeignKey(VisitType, on_delete=models.PROTECT, related_name="+")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+")
    provider = models.ForeignKey(Provider, null=True, on_delete=models.PROTECT, related_name="+")
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    held_by = models.CharField(max_length=150)
    held_by_id = models.BigIntegerField(null=True)
    expires_at = models.DateTimeField(db_index=True)


class Leg(models.Model):
    """One resource's part of an appointment or a hold, in one seat of a lane."""

    appointment = models.ForeignKey(Appointment, null=True, on_delete=models.CASCADE, related_name="+")
    hold = models.ForeignKey(Hold, null=True, on_delete=models.CASCADE, related_name="+")
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="+")
    seat = models.PositiveSmallIntegerField(default=0)
    starts = models.DateTimeField()
    ends = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(appointment__isnull=True, hold__isnull=False)
                | Q(appointment__isnull=False, hold__isnull=True),
                name="leg_of_one_thing",
            ),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="leg_ends_after_start"),
        ]
        indexes = [models.Index(fields=["resource", "starts"], name="legs_of_resource")]


class Claim(models.Model):
    """One five-minute cell of one seat of one resource, taken. `cell` is minutes since 1970 in UTC, divided by five.

    The unique constraint is what refuses a double booking even if the code above it is wrong. Override seats count
    from 100.
    """

    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="+", db_index=False)
    seat = models.PositiveSmallIntegerField()
    cell = models.PositiveIntegerField()
    leg = models.ForeignKey(Leg, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["resource", "cell", "seat"], name="no_cell_given_twice")
        ]
