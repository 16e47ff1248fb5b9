"""Who and what can be booked, for which visits, and by which rules they are open."""

from django.db import models
from django.db.models import F, Q

from frontdesk.kit.versioned import Versioned
from frontdesk.office.practice.models import Location, Provider, Room


class Resource(Versioned):
    """Something that can be in one place at a time (FHIR Schedule.actor): a provider at a site, a room, a device.

    A provider who works at two sites is two resources with the same `provider`; booking claims time of both.
    """

    class Kind(models.TextChoices):
        PROVIDER = "provider"
        ROOM = "room"
        DEVICE = "device"
        STAFF = "staff"

    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=80)
    # What a visit step asks for: "provider", "exam", "ultrasound-room", "ultrasound", "nurse".
    pool = models.CharField(max_length=40)
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+")
    provider = models.ForeignKey(Provider, null=True, on_delete=models.PROTECT, related_name="+")
    room = models.ForeignKey(Room, null=True, on_delete=models.PROTECT, related_name="+")
    is_active = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["location", "pool"], name="resource_by_pool")]


class VisitType(Versioned):
    """A kind of visit (FHIR HealthcareService.type): how long, what it needs, who may have it."""

    code = models.CharField(max_length=24, unique=True)
    name = models.CharField(max_length=60)
    minutes = models.PositiveSmallIntegerField()
    # Visits begin on multiples of this many minutes past the hour.
    start_every = models.PositiveSmallIntegerField(default=10)
    new_patients = models.BooleanField(null=True)  # True: only new, False: only established, None: both
    min_age = models.PositiveSmallIntegerField(null=True)
    max_age = models.PositiveSmallIntegerField(null=True)
    sex = models.CharField(max_length=8, blank=True)
    bookable_by_patients = models.BooleanField(default=False)
    patient_instructions = models.CharField(max_length=600, blank=True)
    internal_note = models.CharField(max_length=400, blank=True)
    arrive_early_minutes = models.PositiveSmallIntegerField(default=10)
    late_cancel_hours = models.PositiveSmallIntegerField(default=24)
    telehealth = models.BooleanField(default=False)
    # What a payer is asked about it: X12 service type codes (EQ01) with commas; 98 is an office visit.
    service_types = models.CharField(max_length=40, default="98", db_default="98")
    # Sensitivity labels (kit.sensitivity), codes with commas between them.
    labels = models.CharField(max_length=120, blank=True, default="", db_default="")
    color = models.CharField(max_length=16, blank=True)
    is_active = models.BooleanField(default=True)


class VisitStep(models.Model):
    """One resource a visit needs, from `offset` minutes after its start for `minutes`; 0 minutes is all of it.

    A visit type has at least one step; those of pool "provider" are the visit's provider.
    """

    visit_type = models.ForeignKey(VisitType, on_delete=models.CASCADE, related_name="+")
    order = models.PositiveSmallIntegerField(default=0)
    pool = models.CharField(max_length=40)
    offset = models.PositiveSmallIntegerField(default=0)
    minutes = models.PositiveSmallIntegerField(default=0)


class VisitLength(models.Model):
    """How long one provider takes for a visit type, where it differs from the type's own length."""

    visit_type = models.ForeignKey(VisitType, on_delete=models.CASCADE, related_name="+")
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="+")
    minutes = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visit_type", "provider"], name="one_length_per_provider")
        ]


class Lane(models.Model):
    """What a block of a template is for: some visit types (none named: all), and how many at the same time.

    Lanes are shared by blocks, so that a day sheet can keep one bitmap for each. Seats beyond the first are how a
    practice overbooks on purpose.
    """

    name = models.CharField(max_length=40, unique=True)
    visit_types = models.ManyToManyField(VisitType, related_name="+")
    seats = models.PositiveSmallIntegerField(default=1)


class Template(Versioned):
    """A resource's weekly rule, from one day to another (none: for good)."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60, blank=True)
    effective_from = models.DateField()
    effective_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(effective_until=None) | Q(effective_until__gte=F("effective_from")),
                name="template_ends_after_it_begins",
            ),
        ]


class TemplateBlock(models.Model):
    """On this weekday (Monday is 0), from–to in wall time, this lane is open.

    `weeks` says in which weeks: "every", "odd" and "even" (ISO week numbers), or "1".."5" (the nth such weekday of
    the month).
    """

    template = models.ForeignKey(Template, on_delete=models.CASCADE, related_name="+")
    weekday = models.PositiveSmallIntegerField()
    begins = models.TimeField()
    ends = models.TimeField()
    weeks = models.CharField(max_length=8, default="every")
    lane = models.ForeignKey(Lane, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="block_ends_after_it_begins")
        ]


class TimeOff(Versioned):
    """A resource is away, from wall time to wall time of its location; or, with `opens`, here beyond its template."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="+")
    begins = models.DateTimeField()
    ends = models.DateTimeField()
    reason = models.CharField(max_length=120, blank=True)
    opens = models.BooleanField(default=False)
    lane = models.ForeignKey(Lane, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["resource", "begins"], name="time_off_by_resource")]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="time_off_ends_after_it_begins")
        ]


class DaySheet(models.Model):
    """One resource's day as bitmaps of five-minute cells counted from local midnight (276, 288 or 300 of them).

    `open` holds for each lane open that day the cells it is open ({lane id: hex}); `taken` holds for each seat the
    cells that are claimed ({seat: hex}). Written in the transaction of the template change or booking it follows from.
    """

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    open = models.JSONField(default=dict)
    taken = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "resource"], name="one_sheet_per_day_and_resource")
        ]
        indexes = [models.Index(fields=["resource", "day"], name="sheets_of_a_resource")]
