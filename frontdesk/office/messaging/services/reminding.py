"""Reminders: those the policy asks for, each for its own moment, and one that somebody sends now."""

from collections.abc import Iterable

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.refs import Ref
from frontdesk.office.audit.services import record, service
from frontdesk.office.messaging import rules
from frontdesk.office.messaging.errors import AlreadyReminded, CannotSend
from frontdesk.office.messaging.models import Kind, Message
from frontdesk.office.messaging.queries.readers import leave_of
from frontdesk.office.messaging.queries.words import policy
from frontdesk.office.messaging.rules import Decision, Facts, Way
from frontdesk.office.messaging.services import _threads
from frontdesk.office.messaging.services._writing import write

State = Message.State
# Why a reminder that stands so needs no second one.
SAYS = {
    State.SENT: "Reminded already.",
    State.SENDING: "A reminder is going out just now.",
    State.IN_DOUBT: "A reminder may have gone out already. See Messages.",
    State.FAILED: "A reminder did not arrive. See Messages.",
}


@service("messaging.remind", permission="messaging.send")
def remind(by: Actor, /, *, patient_id: int, about: Ref, after: Facts, version: int | str) -> list[Message]:
    """Write the reminders of a visit that are still worth sending, each for its own moment, as the policy says."""
    asked = policy()
    if after.starts is None or Kind.REMINDER in asked.off or not after.stands:
        return []
    thread, now, made = _threads.thread_of(about, None, patient_id), clock.now(), []
    for hours, due, latest in rules.reminder_moments(after.starts, now, asked.reminder_hours):
        dedupe = f"reminder:{about}:{version}:{hours}"
        if Message.objects.filter(dedupe=dedupe).exists():
            continue
        made.append(
            write(by, thread, patient_id, "reminder", about, after, None, dedupe, (due, latest), asked)
        )
    record(
        by,
        subject=thread,
        patient_id=patient_id,
        after={"about": str(about), "reminders": [row.not_before for row in made]},
    )
    return made


@service("messaging.remind_now", permission="messaging.send")
def remind_now(by: Actor, /, *, patient_id: int, about: Ref, after: Facts, version: int | str) -> Message:
    """Send the reminder of a visit as soon as it may arrive, and once for how the visit stands.

    One that waits for its own moment goes out now in its place. In quiet hours it waits for the morning: `not_before`
    of the message says until when. Raises `AlreadyReminded`, and `CannotSend` with the reason.
    """
    thread, asked, now = _threads.thread_of(about, None, patient_id), policy(), clock.now()
    ends = rules.reminder_ends(after.starts) if after.starts else None
    rows = list(Message.objects.filter(about_kind=about.kind, about_id=about.id, kind=Kind.REMINDER))
    same = [row for row in rows if Facts.read(row.after).says_the_same(after)]
    for row in same:
        if row.state in SAYS:
            raise AlreadyReminded(SAYS[State(row.state)], row)
    decision = leave_of(patient_id, Kind.REMINDER, after, not_after=ends, rules=asked)
    if decision.way is None or not after.stands:
        raise CannotSend(decision.why or "The visit does not stand any more.", about)
    waiting = _soonest(same)
    if waiting is None:
        # The thread is locked, so no two get the same number.
        dedupe = f"reminder:{about}:{version}:desk:{len(rows)}"
        made = write(by, thread, patient_id, Kind.REMINDER, about, after, None, dedupe, (now, ends), asked)
    elif waiting.not_before <= (decision.at or now):
        raise AlreadyReminded("A reminder is on its way already.", waiting)
    else:
        made = _brought_forward(waiting, decision)
    record(
        by,
        subject=made,
        patient_id=patient_id,
        before={"not_before": waiting.not_before} if waiting else None,
        after={"kind": made.kind, "about": str(about), "state": made.state, "not_before": made.not_before},
    )
    return made


def _soonest(rows: Iterable[Message]) -> Message | None:
    waiting = [row for row in rows if row.state == State.QUEUED]
    return min(waiting, key=lambda row: row.not_before, default=None)


def _brought_forward(row: Message, decision: Decision) -> Message:
    """Let a reminder that waits go out as soon as it may, by the way that is open now."""
    way = decision.way or Way("", "")
    changes = {
        "not_before": decision.at or clock.now(),
        "channel": way.channel,
        "address": way.address,
        "why": "",
    }
    if not Message.objects.filter(pk=row.pk, state=State.QUEUED).update(**changes):
        raise AlreadyReminded(SAYS[State.SENDING], row)
    return Message.objects.get(pk=row.pk)
