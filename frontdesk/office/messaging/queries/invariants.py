"""What must always be true of messages, proved from their rows; at most `SHOWN` breaches each, as row ids."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import islice

from django.db.models import Count, F, OuterRef, Q, Subquery

from frontdesk.kit import clock
from frontdesk.office.messaging.models import Message, OptOut, Thread
from frontdesk.office.messaging.rules import NOTICES

SHOWN = 100
State = Message.State


def invariants() -> dict[str, Callable[[], list[str]]]:
    """Return the proofs by name; each returns its breaches, none when all is well."""
    proofs = {
        "messaging.nothing_hangs_in_the_dot": _nothing_hangs,
        "messaging.one_notice_waits_per_matter": _one_notice_waits,
        "messaging.calendar_sequences_grow": _sequences_grow,
        "messaging.nothing_went_to_who_said_stop": _nothing_after_stop,
        "messaging.what_waits_was_never_in_the_dot": _waiting_is_clean,
    }
    return {name: lambda proof=proof: list(islice(proof(), SHOWN)) for name, proof in proofs.items()}  # type: ignore[misc]  # the default binds the loop variable


def _nothing_hangs() -> Iterator[str]:
    """What was in the dot when a worker died is in doubt a few minutes later, and comes back as work."""
    since = clock.now() - timedelta(minutes=30)
    for pk in Message.objects.filter(state=State.SENDING, lease_until__lt=since).values_list("pk", flat=True):
        yield f"message {pk} has been going out for half an hour"


def _one_notice_waits() -> Iterator[str]:
    rows = Message.objects.filter(state=State.QUEUED, kind__in=NOTICES).values("thread")
    for thread in rows.annotate(n=Count("pk")).filter(n__gt=1).values_list("thread", flat=True):
        yield f"thread {thread}: two notices of how one visit stands wait at once"


def _sequences_grow() -> Iterator[str]:
    """An older update may not carry the number of a newer one: the patient's calendar would believe the wrong one."""
    notices = Message.objects.filter(kind__in=NOTICES)
    earlier = notices.filter(thread=OuterRef("thread"), pk__lt=OuterRef("pk")).order_by("-pk")
    rows = notices.annotate(last=Subquery(earlier.values("sequence")[:1])).filter(last__gte=F("sequence"))
    for pk in rows.values_list("pk", flat=True):
        yield f"message {pk}: its calendar number does not follow the one before"
    for pk in Thread.objects.filter(message_numbers_behind()).values_list("pk", flat=True):
        yield f"thread {pk}: its next calendar number was given already"


def message_numbers_behind() -> Q:
    """Return the condition that a thread would give a number twice."""
    last = Message.objects.filter(thread=OuterRef("pk"), kind__in=NOTICES).order_by("-sequence")
    return Q(next_sequence__lte=Subquery(last.values("sequence")[:1]))


def _nothing_after_stop() -> Iterator[str]:
    stops = OptOut.objects.filter(
        Q(ended_at=None) | Q(ended_at__gt=OuterRef("sending_at")),
        channel=OuterRef("channel"),
        address=OuterRef("address"),
        at__lt=OuterRef("sending_at"),
    )
    rows = Message.objects.filter(state__in=(State.SENT, State.SENDING, State.IN_DOUBT))
    stopped = rows.annotate(stop=Subquery(stops.values("pk")[:1])).exclude(stop=None)
    for pk in stopped.values_list("pk", flat=True):
        yield f"message {pk} went to an address after a stop"


def _waiting_is_clean() -> Iterator[str]:
    rows = Message.objects.filter(state__in=(State.QUEUED, State.HELD, State.WITHDRAWN))
    for pk in rows.exclude(sending_at=None).values_list("pk", flat=True):
        yield f"message {pk} waits, though it was going out before"
