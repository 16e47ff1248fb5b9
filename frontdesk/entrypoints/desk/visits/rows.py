"""A visit as one line of the desk: when, who, what, what is missing, and the one verb that comes next."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from zlib import crc32

from django.template import engines

from frontdesk.entrypoints.desk.scheduling.wording import born
from frontdesk.entrypoints.desk.templating import wall_time
from frontdesk.kit.actor import Actor
from frontdesk.office.visits import queries, rules

GROUPS = (
    ("now", "Now"),
    ("next", "Next hour"),
    ("later", "Later"),
    ("here", "In the office"),
    ("done", "Done"),
)
# What is to be asked is amber once the patient stands there; before that nobody needs to act on it.
TONE = {"todo": "bad", "ask": "quiet", "unknown": "quiet", "ok": "good"}
ASKED = TONE | {"ask": "warn"}


@dataclass(frozen=True, slots=True)
class Verb:
    """What comes next for a visit: one POST, under Enter on its row and under a letter."""

    label: str
    to: str
    key: str
    permission: str


NEXT = {
    rules.SCHEDULED: Verb("Arrive", "arrive", "a", "visits.arrive"),
    rules.CONFIRMED: Verb("Arrive", "arrive", "a", "visits.arrive"),
    rules.ARRIVED: Verb("Check in", "check-in", "c", "visits.check_in"),
    rules.CHECKED_IN: Verb("Room", "room", "m", "visits.move"),
    rules.ROOMED: Verb("Provider in", "start", "e", "visits.move"),
    rules.WITH_PROVIDER: Verb("Finished", "finish", "e", "visits.move"),
    rules.CHECKOUT: Verb("Check out", "check-out", "o", "visits.check_out"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line as it is drawn. `wait` counts minutes from `since`; `said` is what a screen reader hears of a change."""

    id: int
    version: int
    patient_id: int
    group: str
    order: str
    rev: str
    clock: str
    half: str
    name: str
    about: str
    what: str
    where: str
    status: str
    since: str
    wait: str
    pace: str
    late: str
    ask_no_show: bool
    chips: tuple[tuple[str, str, str], ...]
    verb: Verb | None
    walk_in: bool
    left_unseen: bool
    companion: str

    @property
    def urgent(self) -> bool:
        """Say whether the desk should act on it before anything else: somebody stands there, or is late."""
        return self.status in {rules.ARRIVED, rules.CHECKOUT} or bool(self.late)

    @property
    def said(self) -> str:
        """Return the change in words: "Ana Ito: checked in"."""
        return f"{self.name}: {'left without being seen' if self.left_unseen else rules.WORDS[self.status].lower()}"


@lru_cache(maxsize=2000)
def drawn(one: Row) -> str:
    """Return a line as HTML. It follows from the row alone, so one that stands as it stood is not drawn again."""
    template = engines["jinja2"].env.get_template("desk/visits/_row.html")  # type: ignore[attr-defined]  # it has one
    html: str = template.module.line(one)
    return html


def row(line: queries.Line, by: Actor, now: datetime) -> Row:
    """Return a line as the desk draws it for somebody with these permissions."""
    written = wall_time(line.wall)
    verb = NEXT.get(line.status)
    group = rules.group_of(line.status, line.starts, now)
    counted = _counted(line, now)
    made = {
        "chips": tuple(
            (name, (ASKED if line.status in rules.HERE else TONE)[state], words)
            for name, state, words in rules.chips(line.findings)
        ),
        "pace": rules.pace(line.status, line.since, now),
        "late": _late(line, now),
        "ask_no_show": rules.no_show_suggested(line.status, line.starts, now),
    }
    order = f"{line.starts:%Y%m%d%H%M}{line.id:012}"
    facts = (line.version, line.status, group, line.room, line.companion, line.name, line.note, made)
    return Row(
        id=line.id,
        version=line.version,
        patient_id=line.patient_id,
        group=group,
        order=order,
        rev=f"{crc32(repr(facts).encode()):x}",
        clock=written[:-3],
        half=written[-2:],
        name=line.name,
        about=born(line.birth_date, line.wall.date()),
        what=" · ".join(part for part in (line.visit_type, line.provider) if part),
        where=line.room,
        status=line.status,
        since=counted.isoformat() if counted else "",
        wait=f"{rules.minutes(now - counted)} min" if counted else "",
        verb=verb if verb and by.can(verb.permission) else None,
        walk_in=line.is_walk_in,
        left_unseen=line.left_unseen,
        companion=line.companion,
        **made,  # type: ignore[arg-type]  # one dict, values of many kinds
    )


def _counted(line: queries.Line, now: datetime) -> datetime | None:
    """Return the moment a line's clock counts from: since when somebody stands in this stage."""
    return line.since if line.status in rules.HERE and line.since and line.since <= now else None


def _late(line: queries.Line, now: datetime) -> str:
    if line.status in rules.AHEAD:
        late = rules.minutes(now - line.starts)
        return "" if late < 1 else f"{late} min late" if late < 120 else "not here"
    if line.status in {rules.ARRIVED, rules.CHECKED_IN} and line.minutes_late >= rules.POLICY.ask_when_late:
        return f"came {line.minutes_late} min late"
    return ""
