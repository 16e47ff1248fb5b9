"""Payment plans: what is owed, agreed to be paid in parts; and what the practice charges for a check that comes back."""

from django.db import models
from django.db.models import Q

from frontdesk.kit.versioned import Versioned
from frontdesk.office.patients.models import Patient
from frontdesk.office.practice.models import Location


class Plan(Versioned):
    """An agreement to pay `total` cents in parts. What was paid of it is read from the payments that say they are for it.

    `missed_on` is the day since which a part is overdue, noted once a day; it is empty again when that part is paid.
    Each part is paid at the desk or with a link; or a card is charged with it by itself, where there is an `Autopay`.
    """

    class State(models.TextChoices):
        RUNNING = "running", "Running"
        KEPT = "kept", "Paid in full"
        BROKEN = "broken", "Broken"
        ENDED = "ended", "Ended"

    class Every(models.TextChoices):
        MONTH = "month", "Every month"
        TWO_WEEKS = "two_weeks", "Every two weeks"

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+")
    total = models.BigIntegerField()
    every = models.CharField(max_length=9, choices=Every)
    first = models.DateField()
    state = models.CharField(max_length=7, choices=State, default=State.RUNNING)
    language = models.CharField(max_length=2, default="en")
    facts = models.JSONField()  # who agreed, and the practice's address, as the paper says them
    at = models.DateTimeField()
    by_name = models.CharField(max_length=150)
    missed_on = models.DateField(null=True)
    over_at = models.DateTimeField(null=True)
    over_by = models.CharField(max_length=150, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    key = models.CharField(max_length=80, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(total__gt=0), name="a_plan_is_of_something"),
            models.CheckConstraint(
                condition=~Q(state__in=("broken", "ended")) | ~Q(reason=""),
                name="a_plan_is_ended_for_a_reason",
            ),
        ]


class Instalment(models.Model):
    """A part of a plan: the day it is due and how much. Never changed; another plan is another agreement."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="parts")
    number = models.PositiveSmallIntegerField()
    due = models.DateField()
    cents = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="a_part_has_its_number_once"),
            models.CheckConstraint(condition=Q(cents__gt=0), name="an_instalment_is_of_something"),
        ]
        indexes = [models.Index(fields=["due"], name="instalments_by_day")]


class DeskRules(Versioned):
    """What the practice has decided about money at the desk. There is one row, made when it is first changed."""

    returned_check_fee = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="desk_rules_are_one_row"),
            models.CheckConstraint(
                condition=Q(returned_check_fee__gte=0, returned_check_fee__lte=10000),
                name="a_returned_check_costs_little",
            ),
        ]
