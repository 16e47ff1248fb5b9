"""A visit as a card of the board: how long in its stage, where, and the one verb that takes it on; and for the wall."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

from frontdesk.entrypoints.desk.scheduling.wording import age
from frontdesk.entrypoints.desk.templating import wall_time
from frontdesk.entrypoints.desk.visits.rows import NEXT, Verb
from frontdesk.kit.actor import Actor
from frontdesk.office.practice.models import Room
from frontdesk.office.visits import queries, rules

STAGES = (
    ("expected", "Expected next"),
    (rules.ARRIVED, "Arrived"),
    (rules.CHECKED_IN, "Checked in"),
    (rules.ROOMED, "Roomed"),
    (rules.WITH_PROVIDER, "With provider"),
    (rules.CHECKOUT, "Ready to check out"),
)
WAITING, LEAVING = "waiting", "leaving"
LONG_GONE = 120  # minutes after which somebody who did not come is no longer expected next
# How a stage goes, in words and a picture: (words, tone, picture).
PACE = {
    "slow": ("Longer than usual", "warn", "hourglass"),
    "stuck": ("Too long: look in", "bad", "circle-alert"),
}


@dataclass(frozen=True, slots=True)
class Card:
    """One card. `where` says "in Exam 2" or "Exam 2 planned"; `wait` counts minutes from `since`."""

    id: int
    version: int
    patient_id: int
    group: str
    order: str
    rev: str
    time: str
    name: str
    about: str
    what: str
    provider: str
    where: str
    status: str
    since: str
    wait: str
    pace: str
    late: str
    verb: Verb | None
    initials: str

    @property
    def said(self) -> str:
        """Return the change in words: "Ana Ito: roomed"."""
        return f"{self.name}: {rules.WORDS[self.status].lower()}"

    @property
    def told(self) -> tuple[str, str, str] | None:
        """Return how the stage goes as words, tone and picture; None while it goes as it should."""
        return PACE.get(self.pace)


def card(line: queries.Line, by: Actor, now: datetime, *, by_room: bool) -> Card:
    """Return a visit as the board draws it for somebody with these permissions; in group "" it is on no board."""
    verb = NEXT.get(line.status)
    group = _room_group(line) if by_room else _stage(line, now)
    since = line.since if line.status in rules.HERE and line.since and line.since <= now else None
    made = {
        "pace": rules.pace(line.status, line.since, now),
        "late": _late(line, now),
        "where": _where(line),
        "provider": line.provider,
        "what": line.visit_type,
    }
    facts = (line.version, line.status, group, line.name, made)
    return Card(
        id=line.id,
        version=line.version,
        patient_id=line.patient_id,
        group=group,
        order=f"{(since or line.starts):%Y%m%d%H%M%S}{line.id:012}",
        rev=f"{crc32(repr(facts).encode()):x}",
        time=wall_time(line.wall),
        name=line.name,
        about=age(line.birth_date, line.wall.date()),
        status=line.status,
        since=since.isoformat() if since else "",
        wait=f"{rules.minutes(now - since)} min" if since else "",
        verb=verb if verb and by.can(verb.permission) else None,
        initials=line.initials,
        **made,
    )


@dataclass(frozen=True, slots=True)
class Column:
    """A stage or a room, with the cards in it in the order of how long they are there."""

    code: str
    words: str
    cards: list[Card]


def columns(cards: Sequence[Card], rooms: Sequence[Room] | None) -> list[Column]:
    """Return the stages in order; with `rooms` a row for each room instead, between those who wait and those who leave."""
    heads = (
        STAGES
        if rooms is None
        else (
            (WAITING, "Waiting for a room"),
            *((f"room-{room.pk}", room.name) for room in rooms),
            (LEAVING, "Ready to check out"),
        )
    )
    held: dict[str, list[Card]] = {code: [] for code, _ in heads}
    for one in sorted(cards, key=lambda one: one.order):
        if one.group in held:
            held[one.group].append(one)
    return [Column(code, words, held[code]) for code, words in heads]


def _stage(line: queries.Line, now: datetime) -> str:
    if line.status in rules.HERE:
        return line.status
    soon = rules.group_of(line.status, line.starts, now) in {"now", "next"}
    return "expected" if soon and rules.minutes(now - line.starts) < LONG_GONE else ""


def _room_group(line: queries.Line) -> str:
    if line.status not in rules.HERE:
        return ""
    if line.status == rules.CHECKOUT:
        return LEAVING
    return f"room-{line.room_id}" if line.room_id else WAITING


def _where(line: queries.Line) -> str:
    if not line.room or line.status == rules.CHECKOUT:
        return ""
    return f"in {line.room}" if line.status in {rules.ROOMED, rules.WITH_PROVIDER} else f"{line.room} planned"


def _late(line: queries.Line, now: datetime) -> str:
    late = rules.minutes(now - line.starts) if line.status in rules.AHEAD else 0
    return f"{late} min late" if late >= 1 else ""
