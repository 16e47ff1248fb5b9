"""Insurance cards as they were held out at the desk: their pictures, and what was read on them until somebody looked."""

from django.db import models
from django.db.models import Q

from frontdesk.office.coverage.models.policies import Policy
from frontdesk.office.patients.models import Patient


class CardScan(models.Model):
    """One look at an insurance card. It has no policy until somebody says which one it is of, or notes it from the card.

    It waits until the worker takes it up and is done with an `outcome`; then its proposals wait for a person, who
    confirms them (`settled` "taken", or "same" where nothing differed) or dismisses them. A scan is never deleted and
    never replaced: the newest that was not dismissed is the card on file.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        READING = "reading"
        DONE = "done"

    class Outcome(models.TextChoices):
        READ = "read", "Read"
        NOTHING = "nothing", "Nothing on it could be read"
        NO_READER = "no_reader", "Cards are not read on this installation"
        FAILED = "failed", "It could not be read"
        PASSED = "passed", "Settled before it was read"

    class Settled(models.TextChoices):
        TAKEN = "taken", "Taken over"
        SAME = "same", "Nothing has changed"
        DISMISSED = "dismissed", "Not used"

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    policy = models.ForeignKey(Policy, null=True, on_delete=models.PROTECT, related_name="+")
    scanned_at = models.DateTimeField()
    scanned_by = models.CharField(max_length=150)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    leased_by = models.CharField(max_length=80, blank=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=9, choices=Outcome, blank=True)
    settled = models.CharField(max_length=9, choices=Settled, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(state="done", done_at__isnull=False) & ~Q(outcome=""))
                | (~Q(state="done") & Q(outcome="", done_at__isnull=True)),
                name="card_done_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(settled="", settled_at__isnull=True)
                | (~Q(settled="") & Q(settled_at__isnull=False)),
                name="card_settled_at_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["patient", "-id"], name="cards_of_patient"),
            models.Index(fields=["id"], condition=~Q(state="done"), name="cards_to_read"),
        ]


class CardPicture(models.Model):
    """One side of a card, as a JPEG or PNG that holds nothing but the picture. Kept here, so that every backup has it."""

    class Side(models.TextChoices):
        FRONT = "front", "Front"
        BACK = "back", "Back"

    scan = models.ForeignKey(CardScan, on_delete=models.PROTECT, related_name="pictures")
    side = models.CharField(max_length=5, choices=Side)
    picture = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scan", "side"], name="card_has_a_side_once")]


class CardProposal(models.Model):
    """One thing that was read on a card: a field of `rules.PROPOSED`, its value, how it is printed, how sure that is.

    `sure` is a percentage. `settled` is "taken" where that value was confirmed, "left" where another was or none.
    """

    class Settled(models.TextChoices):
        TAKEN = "taken"
        LEFT = "left"

    scan = models.ForeignKey(CardScan, on_delete=models.PROTECT, related_name="proposals")
    field = models.CharField(max_length=16)
    value = models.CharField(max_length=300)
    printed = models.CharField(max_length=300)
    sure = models.PositiveSmallIntegerField()
    settled = models.CharField(max_length=5, choices=Settled, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scan", "field"], name="card_proposes_a_field_once"),
            models.CheckConstraint(condition=Q(sure__lte=100), name="card_proposal_sure_of_100"),
        ]
