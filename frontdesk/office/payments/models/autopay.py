"""Autopay: a patient's leave to charge a card by itself with each part of a plan, and what was charged by it."""

from django.db import models
from django.db.models import Q

from frontdesk.kit.versioned import Versioned
from frontdesk.office.payments.models.cards import CardCharge
from frontdesk.office.payments.models.cards_on_file import CardOnFile
from frontdesk.office.payments.models.plans import Instalment, Plan


class Autopay(Versioned):
    """The parts of a plan are charged to a card on file, each on the day it is due, until `ended_at`.

    `words` is the consent as it was read to the patient, `edition` and `language` say which of `rules.autopay.WORDS` that
    is. While `paused_at` is set nothing is charged; `code` is why, in the processor's word. Each time it is gone on with
    after that is another `round`, whose tries count anew. Of the card nothing is kept here.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    card = models.ForeignKey(CardOnFile, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=900)
    edition = models.CharField(max_length=8)
    language = models.CharField(max_length=2)
    agreed_at = models.DateTimeField()
    taken_by = models.CharField(max_length=150)
    round = models.PositiveSmallIntegerField(default=1)
    paused_at = models.DateTimeField(null=True)
    code = models.CharField(max_length=60, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=150, blank=True)
    ended_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan"], condition=Q(ended_at=None), name="a_plan_is_charged_to_one_card"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="autopay_was_agreed_to"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | ~Q(ended_by="") & ~Q(ended_why=""),
                name="who_stopped_autopay_and_why",
            ),
            models.CheckConstraint(
                condition=Q(paused_at=None) | ~Q(code=""), name="autopay_is_paused_for_a_reason"
            ),
        ]


class AutopayCharge(models.Model):
    """One try to charge a part by itself, on a location's `day`; what became of it is its charge's to say. Never changed."""

    autopay = models.ForeignKey(Autopay, on_delete=models.PROTECT, related_name="+")
    part = models.ForeignKey(Instalment, on_delete=models.PROTECT, related_name="+")
    attempt = models.PositiveSmallIntegerField()
    round = models.PositiveSmallIntegerField()
    day = models.DateField()
    charge = models.OneToOneField(CardCharge, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["part", "attempt"], name="a_part_is_tried_once_at_a_time"),
        ]
