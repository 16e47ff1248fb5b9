"""What happened to a visit on its day, and who else is in the building."""

from django.db import models
from django.db.models import Q

from frontdesk.kit.versioned import Versioned
from frontdesk.office.accounts.models import User
from frontdesk.office.coverage.models import Case
from frontdesk.office.patients.models import Patient
from frontdesk.office.practice.models import Location, Provider, Room
from frontdesk.office.scheduling.models import Appointment, Recall, VisitType


class Visit(Versioned):
    """An appointment's day (FHIR Encounter): one row from the moment somebody arrives for it.

    How far it is stands on the appointment's `status` alone; here is when each stage began (UTC; None: not reached,
    or taken back). `minutes_late` is negative for those who came early. `promised_minutes` is the wait that was told.
    """

    appointment = models.OneToOneField(Appointment, on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+")
    arrived_at = models.DateTimeField(null=True)
    checked_in_at = models.DateTimeField(null=True)
    roomed_at = models.DateTimeField(null=True)
    with_provider_at = models.DateTimeField(null=True)
    checkout_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    since = models.DateTimeField(null=True)
    minutes_late = models.SmallIntegerField(default=0)
    room = models.ForeignKey(Room, null=True, on_delete=models.PROTECT, related_name="+")
    companion = models.CharField(max_length=120, blank=True)
    promised_minutes = models.PositiveSmallIntegerField(null=True)
    is_walk_in = models.BooleanField(default=False)
    left_unseen = models.BooleanField(default=False)
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        indexes = [models.Index(fields=["location", "arrived_at"], name="visits_of_location")]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_unseen=False) | Q(done_at__isnull=False), name="left_means_over"
            )
        ]


class Step(models.Model):
    """One change of a visit's status: from what to what, when, by whom; corrections and undoings carry a reason.

    Never changed and never deleted: waits and reports are computed from these rows.
    """

    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    before = models.CharField(max_length=16)
    after = models.CharField(max_length=16)
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=150)
    kind = models.CharField(max_length=10, default="step")  # step, correction, undo
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["appointment", "id"], name="steps_of_appointment")]


class Check(models.Model):
    """A line of the check-in list that is settled, and how: "driver's license", "unchanged", "accepted: will call"."""

    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    item = models.CharField(max_length=24)
    answer = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=150)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["appointment", "item"], name="item_settled_once")]


class Paying(Versioned):
    """Who pays for a visit, where somebody has said so: the insurance on file, a case's carrier, or the patient.

    A visit without a row is paid by the insurance on file. `reason` says why the patient pays (a key of
    `coverage.rules.SELF_PAY_WORDS`): "kept" means that it is kept from the health plan too, by a restriction in the
    privacy room (45 CFR 164.522(a)(1)(vi)). A visit that is moved takes its row along.
    """

    class How(models.TextChoices):
        INSURANCE = "insurance", "Insurance as on file"
        CASE = "case", "A case"
        SELF_PAY = "self_pay", "The patient"

    appointment = models.OneToOneField(Appointment, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=9, choices=How)
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=9, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(how="case", case__isnull=False) | (~Q(how="case") & Q(case__isnull=True)),
                name="paid_by_a_case_or_by_none",
            ),
            models.CheckConstraint(
                condition=Q(how="self_pay", reason__in=("uninsured", "chosen", "kept"))
                | (~Q(how="self_pay") & Q(reason="")),
                name="self_pay_says_why",
            ),
        ]


class FollowUp(Versioned):
    """What the provider ordered for after the visit: a visit in so many weeks. It ends as a booking or a recall."""

    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    visit_type = models.ForeignKey(VisitType, on_delete=models.PROTECT, related_name="+")
    provider = models.ForeignKey(Provider, null=True, on_delete=models.PROTECT, related_name="+")
    weeks = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=200, blank=True)
    ordered_at = models.DateTimeField()
    ordered_by = models.CharField(max_length=150)
    booked = models.ForeignKey(Appointment, null=True, on_delete=models.PROTECT, related_name="+")
    recall = models.ForeignKey(Recall, null=True, on_delete=models.PROTECT, related_name="+")
    declined = models.CharField(max_length=120, blank=True)
    settled_at = models.DateTimeField(null=True)


class Visitor(Versioned):
    """Somebody in the building who is no patient: a rep, a driver, an interpreter, an inspector. Has a badge number."""

    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    organization = models.CharField(max_length=120, blank=True)
    purpose = models.CharField(max_length=120, blank=True)
    host = models.CharField(max_length=120, blank=True)
    # The member of staff who is told; None when the host has no account and somebody must call or walk over.
    host_person = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    badge = models.PositiveIntegerField()
    in_at = models.DateTimeField()
    out_at = models.DateTimeField(null=True)
    host_told_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["location", "in_at"], name="visitors_of_location")]
        constraints = [
            models.UniqueConstraint(
                fields=["location", "badge"], condition=Q(out_at=None), name="one_visitor_per_badge"
            )
        ]
