"""What is said to patients: the message, the thread it stands in, the words it is made of, and leave to send it."""

from datetime import time

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from frontdesk.kit.versioned import Versioned
from frontdesk.office.patients.models import Patient
from frontdesk.office.practice.models import Location


class Kind(models.TextChoices):
    """What a message is for."""

    CONFIRMATION = "confirmation"
    RESCHEDULED = "rescheduled"
    REASSIGNED = "reassigned"
    CANCELLED = "cancelled"
    RESTORED = "restored"
    REMINDER = "reminder"
    RECALL = "recall"
    WAITLIST_OFFER = "waitlist_offer"
    RUNNING_LATE = "running_late"
    RECEIPT = "receipt"
    PAY_LINK = "pay_link"


class Channel(models.TextChoices):
    """By which way."""

    EMAIL = "email"
    TEXT = "text"


class Language(models.TextChoices):
    """The languages the practice has words in."""

    ENGLISH = "en"
    SPANISH = "es"


def _reminders() -> list[int]:
    return [72, 24]


class Thread(models.Model):
    """Everything said about one matter: a visit wherever it is moved to, an offer, a recall.

    `uid` is the calendar entry's for as long as the visit lives (RFC 5545), `next_sequence` the SEQUENCE its next
    update carries. A thread is locked while something is announced in it.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    uid = models.CharField(max_length=40, unique=True)
    next_sequence = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()


class Matter(models.Model):
    """A row of another room that a thread is or was about: each appointment of a chain of moves has one."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="+")
    about_kind = models.CharField(max_length=40)
    about_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["about_kind", "about_id"], name="one_thread_per_matter")
        ]


class Message(models.Model):
    """One message to one patient, from the moment it is due to what became of it. Never deleted.

    `before` and `after` are what it tells of, as `rules.Facts` (no clinical content). `key` makes the Message-ID and
    is what a text gateway knows it by. `channel` and `address` are planned while it waits, and are what was used once
    it is `sending`; `words` are kept as they went out, without the link that works. `via` is "smtp", the gateway's
    name, or "outbox" where none is set up and the message stays here.

    queued -> sending -> sent, failed, in_doubt; queued -> withdrawn, held. `sending` is written just before the last
    byte goes out: a message that is found in it after a crash may or may not have arrived, and is never sent again by
    itself (`in_doubt`). Leased (`leased_by`, `lease_until`) is no state: such a message has not gone out.
    `settled_at` says that somebody has dealt with a failed or doubtful message, or that a later one made it moot.
    """

    class State(models.TextChoices):
        QUEUED = "queued"
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"
        IN_DOUBT = "in_doubt"
        WITHDRAWN = "withdrawn"
        HELD = "held"

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    location = models.ForeignKey(Location, null=True, on_delete=models.PROTECT, related_name="+")
    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="+")
    about_kind = models.CharField(max_length=40)
    about_id = models.BigIntegerField()
    kind = models.CharField(max_length=16, choices=Kind)
    before = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    dedupe = models.CharField(max_length=120, unique=True)
    key = models.CharField(max_length=40, unique=True)
    sequence = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    channel = models.CharField(max_length=5, choices=Channel, blank=True)
    address = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=5, choices=Language, default=Language.ENGLISH)
    subject = models.CharField(max_length=200, blank=True)
    words = models.TextField(blank=True)
    via = models.CharField(max_length=24, blank=True)
    receipt = models.CharField(max_length=120, blank=True)
    why = models.CharField(max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_by = models.CharField(max_length=80, blank=True)
    lease_until = models.DateTimeField(null=True)
    not_before = models.DateTimeField()
    not_after = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150, blank=True)
    sending_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=150, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["not_before", "id"],
                name="messages_waiting",
                condition=Q(state__in=("queued", "sending")),
            ),
            models.Index(
                fields=["location", "id"],
                name="messages_to_settle",
                condition=Q(state__in=("failed", "in_doubt"), settled_at=None),
            ),
            models.Index(fields=["patient", "-id"], name="messages_of_patient"),
            models.Index(fields=["thread", "id"], name="messages_of_thread"),
            models.Index(fields=["about_kind", "about_id"], name="messages_about"),
            models.Index(fields=["location", "-id"], name="messages_of_location"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False, sending_at__isnull=False),
                name="sent_means_sent_at",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("sending", "sent", "in_doubt")) | ~Q(address=""),
                name="sent_means_to_somebody",
            ),
        ]


class Template(Versioned):
    """The practice's own words for one kind, channel and language, in place of those in `words/`."""

    kind = models.CharField(max_length=16, choices=Kind)
    channel = models.CharField(max_length=5, choices=Channel)
    language = models.CharField(max_length=5, choices=Language)
    subject = models.CharField(max_length=120, blank=True)
    body = models.TextField()
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "channel", "language"], name="one_template_each")
        ]


class Policy(Versioned):
    """What the practice sends, and when: one row. Kinds in `off` are not sent at all, and are not written down.

    Texts go out between `text_from` and `text_to` on the patient's clock. `reminder_hours` says how long before a
    visit to remind. Visit types and locations whose very name would tell are spoken of by `neutral_name` alone.
    """

    off = models.JSONField(default=list)
    reminder_hours = models.JSONField(default=_reminders)
    text_from = models.TimeField(default=time(8))
    text_to = models.TimeField(default=time(21))
    neutral_name = models.CharField(max_length=80, default="your clinic")
    neutral_locations = models.JSONField(default=list)
    neutral_visit_types = models.JSONField(default=list)


class OptOut(models.Model):
    """Somebody said stop: nothing goes to this address any more, whoever's chart it stands on, until `ended_at`.

    `source` says how we know: "reply", "link", "desk"; `said` is what they wrote.
    """

    channel = models.CharField(max_length=5, choices=Channel)
    address = models.CharField(max_length=254)
    patient = models.ForeignKey(Patient, null=True, on_delete=models.SET_NULL, related_name="+")
    source = models.CharField(max_length=8)
    said = models.CharField(max_length=160, blank=True)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=150)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "address"], condition=Q(ended_at=None), name="one_opt_out_per_address"
            )
        ]


class Link(models.Model):
    """A link in a message by which a patient answers. Only a digest of it is kept, so that nobody can read it here.

    It confirms once, and cancels or moves once; after that it is closed. It dies with `expires_at`, and with the
    message it came in when a later one takes its place (`closed_at`).
    """

    message = models.ForeignKey(Message, null=True, on_delete=models.CASCADE, related_name="+")
    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="+")
    about_kind = models.CharField(max_length=40)
    about_id = models.BigIntegerField()
    actions = models.JSONField(default=list)
    digest = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=12, blank=True)  # cancel, reschedule, decline, or "overtaken"

    class Meta:
        indexes = [models.Index(fields=["about_kind", "about_id"], name="links_about")]


class Tally(models.Model):
    """How often something was asked for lately, a row each: a link opened, a number answered. Ends with `until`.

    `digest` is all that is kept of what it was. Rows whose time is over are removed every hour.
    """

    digest = models.CharField(max_length=64, unique=True)
    until = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField()
