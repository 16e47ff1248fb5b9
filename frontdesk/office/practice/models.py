"""The practice: where it is, who works in it, when it is open."""

from django.db import models

from frontdesk.kit.versioned import Versioned


class Practice(Versioned):
    """The organisation (FHIR Organization). There is one."""

    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=20, blank=True)
    npi = models.CharField("NPI", max_length=10, blank=True)


class Location(Versioned):
    """A site where patients are seen (FHIR Location). `zone` is an IANA time-zone name."""

    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=24)
    phone = models.CharField(max_length=20, blank=True)
    line = models.CharField(max_length=120, blank=True)
    city = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=2, blank=True)
    zip = models.CharField(max_length=10, blank=True)
    directions = models.CharField(max_length=400, blank=True)
    zone = models.CharField(max_length=40, default="America/New_York")
    # Minutes after which a screen nobody uses there is covered; none: as the installation says.
    lock_minutes = models.PositiveSmallIntegerField(null=True)
    # Sensitivity labels (kit.sensitivity), codes with commas between them.
    labels = models.CharField(max_length=120, blank=True, default="", db_default="")
    is_active = models.BooleanField(default=True)


class Department(Versioned):
    """Where a call is sent: scheduling, billing, nurse line. `handles` lists the topics, in a caller's words."""

    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    phone = models.CharField(max_length=20, blank=True)
    handles = models.JSONField(default=list)


class Provider(Versioned):
    """Someone who sees patients (FHIR Practitioner and its role). `user_id` is their account, where they have one."""

    first_name = models.CharField(max_length=60)
    last_name = models.CharField(max_length=60)
    credential = models.CharField(max_length=12, blank=True)
    npi = models.CharField("NPI", max_length=10, blank=True)
    specialty = models.CharField(max_length=60, blank=True)
    gender = models.CharField(max_length=16, blank=True)
    languages = models.JSONField(default=list)
    color = models.CharField(max_length=16, blank=True)
    user = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    # Sensitivity labels (kit.sensitivity), codes with commas between them.
    labels = models.CharField(max_length=120, blank=True, default="", db_default="")
    is_active = models.BooleanField(default=True)

    @property
    def name(self) -> str:
        """Return the name as written: "Dana Lee, MD"."""
        full = f"{self.first_name} {self.last_name}"
        return f"{full}, {self.credential}" if self.credential else full

    @property
    def spoken_name(self) -> str:
        """Return the name as said to a caller: "Dr. Lee", or "Dana Lee" for those who are not doctors."""
        doctor = self.credential in {"MD", "DO", "DPM", "PhD", "PsyD", "DDS", "OD"}
        return f"Dr. {self.last_name}" if doctor else f"{self.first_name} {self.last_name}"


class Room(Versioned):
    """An examination or procedure room."""

    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    kind = models.CharField(max_length=24, default="exam")
    is_active = models.BooleanField(default=True)


class OpeningHours(models.Model):
    """When a location is open on a weekday (Monday is 0), in its own wall time; several rows a day are allowed."""

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="+")
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes__gt=models.F("opens")), name="hours_close_after_open"
            ),
        ]


class Holiday(models.Model):
    """A day on which a location, or with no location all of them, is closed."""

    location = models.ForeignKey(Location, null=True, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    name = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["location", "day"], name="one_holiday_per_location_and_day")
        ]
