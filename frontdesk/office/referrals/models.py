"""What payers want before a visit, what was given for how many visits, which visits use it, and what payers were asked."""

from django.db import models
from django.db.models import F, Q

from frontdesk.kit.versioned import Versioned
from frontdesk.office.coverage.models import Payer, Policy
from frontdesk.office.patients.models import Patient
from frontdesk.office.practice.models import Provider
from frontdesk.office.scheduling.models import Appointment, VisitType


class Kind(models.TextChoices):
    """Leave from a physician to see another, or leave from the payer for what is done."""

    REFERRAL = "referral", "Referral"
    AUTHORIZATION = "authorization", "Authorization"


class Requirement(models.Model):
    """The practice's own rule: this payer wants a referral, or an authorization, for this kind of visit, or does not.

    `plan` narrows it to a kind of plan (X12 code list 1336: HM, PS…), "" is every plan; the narrower rule holds. A
    payer's "yes" is believed whatever stands here; its "no" and its silence are not (`rules.needs`).
    """

    payer = models.ForeignKey(Payer, on_delete=models.PROTECT, related_name="+")
    plan = models.CharField(max_length=2, blank=True)
    visit_type = models.ForeignKey(VisitType, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=13, choices=Kind)
    is_needed = models.BooleanField()
    note = models.CharField(max_length=200, blank=True)
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["payer", "plan", "visit_type", "kind"], name="one_rule_for_a_visit"
            )
        ]


class Authorization(Versioned):
    """A referral or an authorization (FHIR ServiceRequest, or a preauthorization's ClaimResponse; X12 278).

    `allowed` visits, None: as many as there are; of these `used_before` were used where this program does not see it,
    and `used` by appointments here: the number of its `Use`s that were not given back. `begins` and `ends` are the first
    and the last day of a visit. `visit_type` and `also_for` say which visits it is for; both None: those of its
    `service_types` (X12, with commas), and with none of these either, any visit. One entered by mistake is ended, never
    deleted: visits may have gone out under its number.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Not asked for yet"
        PENDING = "pending", "Waiting for an answer"
        APPROVED = "approved", "Approved"
        DENIED = "denied", "Denied"
        ENDED = "ended", "No longer used"

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=13, choices=Kind)
    state = models.CharField(max_length=8, choices=State, default=State.APPROVED)
    number = models.CharField(max_length=50, blank=True)
    visit_type = models.ForeignKey(VisitType, null=True, on_delete=models.PROTECT, related_name="+")
    also_for = models.ForeignKey(VisitType, null=True, on_delete=models.PROTECT, related_name="+")
    service_types = models.CharField(max_length=40, blank=True)
    provider = models.ForeignKey(Provider, null=True, on_delete=models.PROTECT, related_name="+")
    referred_by = models.CharField(max_length=90, blank=True)
    referred_npi = models.CharField(max_length=10, blank=True)
    allowed = models.PositiveSmallIntegerField(null=True)
    used_before = models.PositiveSmallIntegerField(default=0)
    used = models.PositiveSmallIntegerField(default=0)
    begins = models.DateField(null=True)
    ends = models.DateField(null=True)
    note = models.CharField(max_length=300, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=150)
    decided_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(begins__isnull=True) | Q(ends__isnull=True) | Q(begins__lte=F("ends")),
                name="authorization_begins_before_it_ends",
            ),
            # What refuses a thirteenth visit of twelve, even if the code above it is wrong.
            models.CheckConstraint(
                condition=Q(allowed__isnull=True) | Q(allowed__gte=F("used") + F("used_before")),
                name="no_more_visits_than_allowed",
            ),
            models.UniqueConstraint(
                fields=["policy", "kind", "number"],
                condition=~Q(number="") & ~Q(state="ended"),
                name="one_number_once",
            ),
        ]
        indexes = [models.Index(fields=["patient", "ends"], name="authorizations_of_patient")]


class Use(models.Model):
    """A visit that uses one of an authorization's visits, until it is given back. An appointment uses one of each kind."""

    authorization = models.ForeignKey(Authorization, on_delete=models.PROTECT, related_name="+")
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=13, choices=Kind)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=150)
    back_at = models.DateTimeField(null=True)
    back_why = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["appointment", "kind"], condition=Q(back_at=None), name="one_of_a_kind_for_a_visit"
            )
        ]
        indexes = [
            models.Index(fields=["authorization"], condition=Q(back_at=None), name="visits_of_authorization")
        ]


class AuthorizationRequest(models.Model):
    """One 278 that asks a payer for an authorization: a row that waits, as a question about coverage is.

    It is sent at most twice under the same `trace`: the second time where nobody knows whether the first arrived.
    `outcome` is "" until it is answered: a key of `rules.answers.OUTCOMES`. A payer that pends it answers later; each
    of its answers is a `PayerReply`.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        ASKING = "asking"
        DONE = "done"

    authorization = models.ForeignKey(Authorization, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=80, blank=True)
    message = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    trace = models.CharField(max_length=50, unique=True)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=150)
    not_before = models.DateTimeField()
    give_up_at = models.DateTimeField()
    leased_by = models.CharField(max_length=80, blank=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, blank=True)
    words = models.CharField(max_length=400, blank=True)
    advice = models.CharField(max_length=300, blank=True)
    question = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authorization"], condition=~Q(state="done"), name="one_request_at_a_time"
            ),
            models.CheckConstraint(
                condition=(Q(state="done", done_at__isnull=False) & ~Q(outcome=""))
                | (~Q(state="done") & Q(outcome="", done_at__isnull=True)),
                name="request_done_has_an_outcome",
            ),
        ]
        indexes = [
            models.Index(fields=["not_before"], condition=~Q(state="done"), name="requests_to_send"),
        ]


class PayerReply(models.Model):
    """What a payer answered to a request, as it came: at once over the wire, or later in a file."""

    class Way(models.TextChoices):
        WIRE = "wire", "At once"
        FILE = "file", "Later, in a file"

    request = models.ForeignKey(AuthorizationRequest, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    way = models.CharField(max_length=4, choices=Way)
    outcome = models.CharField(max_length=12)
    words = models.CharField(max_length=400, blank=True)
    # The same answer handed in twice is one answer: SHA-256 of what came, in hexadecimal.
    digest = models.CharField(max_length=64)
    raw = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "digest"], name="one_reply_once")]
