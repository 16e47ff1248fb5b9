"""What payers were asked, and what they said."""

from django.db import models
from django.db.models import Q

from frontdesk.office.coverage.models.files import QuestionFile
from frontdesk.office.coverage.models.policies import Policy


class EligibilityCheck(models.Model):
    """One question whether a policy covers a day (FHIR CoverageEligibilityRequest and its Response; X12 270 and 271).

    `services` are X12 service type codes with commas between them ("30,98"); `about` names what it was asked for
    ("scheduling.appointment:5"), "" for nothing in particular. It waits until the worker takes it up, and is done with
    a verdict: "active", "inactive", or "unknown" with `code` saying why. `words` are the verdict as the desk reads
    it, `told` the payer's answer as `rules.as_json` keeps it, `question` and `answer` what went over the wire.
    `connection` is the way it was to go when it was asked (a key of settings.CONNECTIONS).
    What goes by night in a file with others has its `file`, and is asked about by none but that file's worker.
    What somebody heard by telephone is a check too: with `representative`, `reference` and `said`.
    `in_network` is what the list of networks said of the visit's provider and the policy's plan when it was asked.
    """

    class Why(models.TextChoices):
        KEY = "key", "Asked at the desk"
        BOOKING = "booking", "Booked"
        CHECK_IN = "check_in", "Checked in"
        NIGHT = "night", "Before the day"
        PHONE = "phone", "By phone"

    class State(models.TextChoices):
        WAITING = "waiting"
        ASKING = "asking"
        DONE = "done"

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="+")
    policy_version = models.PositiveIntegerField()
    day = models.DateField()
    services = models.CharField(max_length=60)
    in_network = models.BooleanField(null=True)
    about = models.CharField(max_length=80, blank=True)
    why = models.CharField(max_length=8, choices=Why)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    trace = models.CharField(max_length=50, unique=True)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=150)
    not_before = models.DateTimeField()
    give_up_at = models.DateTimeField()
    connection = models.CharField(max_length=24, blank=True, default="", db_default="")
    file = models.ForeignKey(QuestionFile, null=True, on_delete=models.PROTECT, related_name="+")
    leased_by = models.CharField(max_length=80, blank=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=8, blank=True)
    code = models.CharField(max_length=24, blank=True)
    words = models.CharField(max_length=400, blank=True)
    advice = models.CharField(max_length=300, blank=True)
    told = models.JSONField(null=True)
    question = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    representative = models.CharField(max_length=80, blank=True)
    reference = models.CharField(max_length=60, blank=True)
    said = models.CharField(max_length=600, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "day"], condition=~Q(state="done"), name="one_question_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(
                    state="done", verdict__in=("active", "inactive", "unknown"), done_at__isnull=False
                )
                | (~Q(state="done") & Q(verdict="", done_at__isnull=True)),
                name="check_done_has_a_verdict",
            ),
        ]
        indexes = [
            models.Index(fields=["policy", "-id"], name="checks_of_policy"),
            models.Index(fields=["not_before"], condition=~Q(state="done"), name="checks_to_ask"),
            models.Index(fields=["asked_at"], name="checks_by_moment"),
        ]
