"""How a message and what became of it are put into words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from frontdesk.entrypoints.desk.scheduling.wording import short_day, when
from frontdesk.entrypoints.desk.templating import phone, us_date, wall_time
from frontdesk.kit import clock
from frontdesk.kit.money import dollars
from frontdesk.kit.walltime import to_wall
from frontdesk.office.messaging.queries import Line
from frontdesk.office.messaging.rules import Facts

KINDS = {
    "confirmation": "Confirmation",
    "reminder": "Reminder",
    "rescheduled": "New time",
    "reassigned": "New provider",
    "cancelled": "Cancellation",
    "restored": "On again",
    "running_late": "Running late",
    "waitlist_offer": "Waitlist offer",
    "recall": "Recall",
    "receipt": "Receipt",
    "pay_link": "Payment link",
}
CHANNELS = {"text": "Text", "email": "E-mail"}
LANGUAGES = {"en": "English", "es": "Spanish"}
PICTURES = {"text": "message-square", "email": "mail", "": "ban"}
STATES = {
    "queued": ("Waiting", "quiet", "clock"),
    "sending": ("Going out", "quiet", "refresh-cw"),
    "sent": ("Sent", "good", "check"),
    "failed": ("Failed", "bad", "circle-alert"),
    "in_doubt": ("In doubt", "warn", "triangle-alert"),
    "withdrawn": ("Withdrawn", "quiet", "undo-2"),
    "held": ("Held back", "quiet", "ban"),
}
# Where no carrier is set up the message's row is the outbox, and nobody has received anything.
KEPT = ("Kept here", "warn", "lock")


@dataclass(frozen=True, slots=True)
class Row:
    """One message in a list."""

    id: int
    patient_id: int
    name: str
    at: str
    day: str
    kind: str
    about: str
    to: str
    channel: str
    picture: str
    state: str
    tone: str
    mark: str
    why: str
    code: str
    is_settled: bool


def row(line: Line, zone: str, todo: str = "") -> Row:
    """Return a line of a list in words; `todo` is what somebody must do about it."""
    moment = line.sent_at or (line.not_before if line.state == "queued" else line.made_at)
    wall = to_wall(moment, zone)
    words, tone, mark = KEPT if is_kept(line) else STATES[line.state]
    if line.settled_by:
        words, tone, mark = f"{words}, settled", "quiet", "check"
    return Row(
        id=line.id,
        patient_id=line.patient_id,
        name=line.patient_name,
        at=wall_time(wall),
        day=short_day(wall.date()),
        kind=KINDS.get(line.kind, line.kind),
        about=about(line.after),
        to=phone(line.address),
        channel=CHANNELS.get(line.channel, "No way"),
        picture=PICTURES.get(line.channel, "ban"),
        state=words,
        tone=tone,
        mark=mark,
        why="" if line.settled_by else todo or why(line, zone),
        code=line.state,
        is_settled=bool(line.settled_by),
    )


def is_kept(line: Line) -> bool:
    """Say whether a message went nowhere because nothing that carries it is set up."""
    return line.state == "sent" and line.via == "outbox"


def why(line: Line, zone: str) -> str:
    """Say why a message stands as it does, where that is not plain."""
    if line.state == "queued" and line.not_before > clock.now():
        return f"Waits until {when(line.not_before, zone)}"
    return line.why if line.state in {"failed", "in_doubt", "withdrawn", "held", "queued"} else ""


def about(facts: Facts) -> str:
    """Say what a message tells of, in few words."""
    if facts.starts is not None:
        return f"visit {when(facts.starts, facts.zone)}"
    if facts.cents:
        return f"number {facts.receipt}" if facts.receipt else f"until {moment(facts.until, facts.zone)}"
    return f"due {facts.due:%B %Y}" if facts.due else ""


_TOLD: tuple[tuple[str, Callable[[Facts], str]], ...] = (
    ("When", lambda f: when(f.starts, f.zone) if f.starts else ""),
    ("With", lambda f: f.provider),
    ("Where", lambda f: "" if f.cents else f.place),
    ("Amount", lambda f: dollars(f.cents) if f.cents else ""),
    ("Paid on", lambda f: us_date(f.paid_on)),
    ("Paid with", lambda f: f.paid_with),
    ("Can be paid until", lambda f: moment(f.until, f.zone)),
)


def changes(before: Facts | None, after: Facts) -> list[tuple[str, str, str]]:
    """Return what a message says has changed: name, before, after; all of it where nothing was said before."""
    lines = []
    for name, say in _TOLD:
        was, now = (say(before) if before else ""), say(after)
        if was or now:
            lines.append((name, was, now))
    if not after.stands:
        lines.append(("Takes place", "", "no, it is cancelled"))
    return lines


def moment(at: datetime | None, zone: str) -> str:
    """Write a moment, nothing for none."""
    return when(at, zone) if at else ""
