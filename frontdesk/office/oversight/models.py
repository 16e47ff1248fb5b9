"""Looks at charts that ask to be explained."""

from django.db import models
from django.db.models import Q

from frontdesk.kit.versioned import Versioned
from frontdesk.office.accounts.models import User
from frontdesk.office.patients.models import Patient


class Look(Versioned):
    """One person's looks at one chart in one week that something speaks against; once for each, however often it is found.

    `patient` is empty where it is not about one chart but about how many. `reasons` are codes of `rules.REASONS`.
    `entry_id` is the first entry of the record it is about, a plain number because entries are never pointed at.
    """

    class State(models.TextChoices):
        OPEN = "open"
        EXPLAINED = "explained"
        FOLLOW_UP = "follow_up"

    week = models.DateField()
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey(Patient, null=True, on_delete=models.PROTECT, related_name="+")
    reasons = models.JSONField(default=list)
    weight = models.PositiveSmallIntegerField()
    times = models.PositiveIntegerField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    entry_id = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    note = models.CharField(max_length=400, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=150, blank=True)
    found_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["week", "user", "patient"], name="one_look_a_week_and_chart"),
            models.UniqueConstraint(
                fields=["week", "user", "first_at"], condition=Q(patient=None), name="one_breadth_an_hour"
            ),
        ]
        indexes = [models.Index(fields=["week", "state", "-weight"], name="looks_to_settle")]
