"""The forms on paper that were issued with a number, and what became of each."""

from django.db import models
from django.db.models import Q

from frontdesk.kit.versioned import Versioned
from frontdesk.office.practice.models import Location
from frontdesk.office.scheduling.models import Appointment


class PaperForm(Versioned):
    """One form of a downtime pack: its number is issued once and never again.

    A form of kind "visit" is printed for its appointment; a "walk_in" has no name on it until it is entered; a
    "receipt" acknowledges money. `moments` keeps what was entered, as ISO 8601 in UTC, for whoever asks again.
    """

    class Kind(models.TextChoices):
        VISIT = "visit"
        WALK_IN = "walk_in"
        RECEIPT = "receipt"

    class State(models.TextChoices):
        ISSUED = "issued"
        ENTERED = "entered"
        VOID = "void"

    number = models.CharField(max_length=8, unique=True)
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    kind = models.CharField(max_length=8, choices=Kind)
    state = models.CharField(max_length=8, choices=State, default=State.ISSUED)
    appointment = models.ForeignKey(Appointment, null=True, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    entered_at = models.DateTimeField(null=True)
    entered_by = models.CharField(max_length=150, blank=True)
    outcome = models.CharField(max_length=8, blank=True)
    moments = models.JSONField(default=dict)
    void_reason = models.CharField(max_length=200, blank=True)
    void_at = models.DateTimeField(null=True)
    void_by = models.CharField(max_length=150, blank=True)

    class Meta:
        indexes = [models.Index(fields=["location", "day", "kind", "state"], name="forms_of_a_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["appointment"], condition=~Q(state="void"), name="one_form_per_visit"
            ),
            models.CheckConstraint(
                condition=~Q(state="entered") | Q(appointment__isnull=False, entered_at__isnull=False),
                name="entered_form_has_its_visit",
            ),
        ]
