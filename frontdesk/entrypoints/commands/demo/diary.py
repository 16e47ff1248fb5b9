"""Fill a day's book at one site: who is seen when, by whom, with which rooms and machines, and how far each visit is.

Pure: minutes of the day on the site's wall clock, numbers for providers; the loader turns these into rows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from frontdesk.entrypoints.commands.demo.draw import Urn
from frontdesk.entrypoints.commands.demo.layout import BY_CODE, VISITS, Visit

CELL = 5
OPENS, CLOSES = 8 * 60, 17 * 60
LUNCH = (12 * 60, 13 * 60)
EVENING = 19 * 60
FREED = {"cancelled", "no_show"}
"""Statuses whose time may be given to someone else."""
_WITHOUT = [v for v in VISITS if v.steps[-1].needs != "provider"]
LANES = {
    "General": tuple(v.code for v in VISITS if v.steps[-1].needs == "provider"),
    "Long visits": ("new", "physical"),
    "Same-day sick": ("sick",),
    "Nurse": ("nurse", "procedure"),
    "Ultrasound": ("ultrasound",),
}
"""The lanes of the templates, and the visit types each is for."""
SEATS = {"Same-day sick": 2}
"""How many at a time where it is not one: the lane in which a provider may be overbooked."""
_DRAWS = {
    lane: Urn([BY_CODE[code] for code in codes], [BY_CODE[code].share for code in codes])
    for lane, codes in LANES.items()
}


@dataclass(slots=True)
class Entry:
    """A visit to be: its type, when it starts (minute of the day), who sees them, and how far it is."""

    visit: Visit
    start: int
    provider: int | None
    status: str
    legs: list[tuple[str, int, int, int]]
    """What is held: (key of the resource, first minute, minutes, seat)."""


@dataclass(frozen=True, slots=True)
class Session:
    """From `start` to `end` (minutes of the day) a provider sees patients, of the visit types of `lane`."""

    start: int
    end: int
    lane: str = "General"


@dataclass(frozen=True, slots=True)
class Hours:
    """A site's sessions on one day, by provider, and its present minute when the day is today."""

    day: date
    sessions: dict[int, tuple[Session, ...]]
    fill: float
    now: int | None = None
    days_from_today: int = 0


def usual_sessions(provider: int, weekday: int) -> tuple[Session, ...]:
    """Return when a provider works on a weekday: four days, one of them with a late evening."""
    if weekday > 4 or weekday == (provider * 2 + 1) % 7:
        return ()
    late = weekday == provider % 5
    start = OPENS + (60 if late else 0)
    return (
        Session(start, 10 * 60),
        Session(10 * 60, 11 * 60 + 20, "Long visits"),
        Session(11 * 60 + 20, LUNCH[0]),
        Session(LUNCH[1], 14 * 60, "Same-day sick"),
        Session(14 * 60, EVENING if late else CLOSES),
    )


def extended_sessions(now: int) -> tuple[Session, ...]:
    """Return a session shaped round the present minute, for a demo started outside usual hours."""
    return (Session(max(0, now - 5 * 60) // 30 * 30, min(24 * 60 - 30, now + 6 * 60) // 30 * 30),)


def fill_day(rng: Random, hours: Hours, nurses: int) -> Iterator[Entry]:
    """Yield the day's entries. No seat of a resource is held twice at a time (cancelled ones hold nothing)."""
    busy: dict[tuple[str, int], int] = {}
    for provider, sessions in hours.sessions.items():
        for session in sessions:
            for seat in range(SEATS.get(session.lane, 1)):
                yield from _fill_session(rng, hours, provider, session, busy, nurses, seat)
    spans = [session for sessions in hours.sessions.values() for session in sessions]
    if spans:
        first, last = max(OPENS, min(s.start for s in spans)), max(s.end for s in spans)
        yield from _fill_others(
            rng, hours, first if hours.now is None else min(s.start for s in spans), last, busy, nurses
        )


def _fill_session(
    rng: Random,
    hours: Hours,
    provider: int,
    session: Session,
    busy: dict[tuple[str, int], int],
    nurses: int,
    seat: int,
) -> Iterator[Entry]:
    at = session.start
    fill = hours.fill if seat == 0 else hours.fill * 0.4
    while at < session.end - 10:
        if rng.random() > fill:
            at += rng.choice((10, 15, 20, 20, 40))
            continue
        visit = _DRAWS[session.lane].draw(rng)
        entry = _place(rng, hours, visit, at, provider, session.end, busy, nurses, seat)
        if entry is None and session.lane == "General":
            entry = _place(rng, hours, BY_CODE["sick"], at, provider, session.end, busy, nurses, seat)
        if entry is None:
            return
        yield entry
        at += entry.visit.minutes if entry.status != "cancelled" or rng.random() < 0.3 else 0


def _fill_others(
    rng: Random, hours: Hours, start: int, end: int, busy: dict[tuple[str, int], int], nurses: int
) -> Iterator[Entry]:
    """Visits that no provider takes part in: ultrasounds, nurse visits."""
    for visit in _WITHOUT:
        at = start
        while at < end - visit.minutes:
            if rng.random() < hours.fill * 0.5:
                entry = _place(rng, hours, visit, at, None, end, busy, nurses)
                if entry:
                    yield entry
            at += 30


def _place(
    rng: Random,
    hours: Hours,
    visit: Visit,
    at: int,
    provider: int | None,
    end: int,
    busy: dict[tuple[str, int], int],
    nurses: int,
    seat: int = 0,
) -> Entry | None:
    if at + visit.minutes > end:
        return None
    legs = []
    for step in visit.steps:
        in_seat = seat if step.needs == "provider" else 0
        key = _resource(rng, step.needs, provider, nurses, busy, at + step.offset, step.minutes, in_seat)
        if key is None:
            return None
        legs.append((key, at + step.offset, step.minutes, in_seat))
    status = _status(rng, hours, at, visit)
    if status not in FREED:
        for key, first, minutes, in_seat in legs:
            busy[key, in_seat] = busy.get((key, in_seat), 0) | mask(first, minutes)
    return Entry(visit, at, provider, status, legs)


def _resource(
    rng: Random,
    needs: str,
    provider: int | None,
    nurses: int,
    busy: dict[tuple[str, int], int],
    first: int,
    minutes: int,
    seat: int,
) -> str | None:
    """Return a resource of the kind that is free then, or None."""
    keys: Sequence[str] = (f"provider:{provider}",)
    if needs == "nurse":
        turn = rng.randrange(nurses)
        keys = [f"nurse:{(turn + i) % nurses}" for i in range(nurses)]
    elif needs != "provider":
        keys = (needs,)
    wanted = mask(first, minutes)
    return next((key for key in keys if not busy.get((key, seat), 0) & wanted), None)


def mask(first: int, minutes: int) -> int:
    """Return the five-minute cells of a span as bits of a number."""
    return ((1 << (minutes // CELL)) - 1) << (first // CELL)


def _status(rng: Random, hours: Hours, at: int, visit: Visit) -> str:
    draw = rng.random()
    if hours.days_from_today < 0:
        return _status_past(draw, hours.day.weekday(), at, visit)
    if hours.days_from_today > 0 or hours.now is None:
        if draw < 0.03:
            return "cancelled"
        return "confirmed" if rng.random() < (0.7 if hours.days_from_today <= 3 else 0.12) else "scheduled"
    return _status_today(draw, at - hours.now, visit.minutes)


def _status_past(draw: float, weekday: int, at: int, visit: Visit) -> str:
    """Return how a visit ended: early mornings, Mondays and the last hour of Friday are missed most."""
    missed = visit.missed * (1.35 if at < OPENS + 60 else 1.0) * (1.3 if weekday == 0 else 1.0)
    if weekday == 4 and at >= CLOSES - 120:
        missed *= 1.5
    return "no_show" if draw < missed else "cancelled" if draw < missed + 0.07 else "done"


def _status_today(draw: float, ahead: int, minutes: int) -> str:
    """Return how far a visit is that starts `ahead` minutes from now (negative: it has begun)."""
    if ahead + minutes < -40:
        return "done" if draw < 0.9 else "no_show" if draw < 0.95 else "cancelled"
    if ahead + minutes < -10:
        return "done" if draw < 0.5 else "checkout" if draw < 0.85 else "no_show"
    if ahead + minutes <= 5:
        return "with_provider" if draw < 0.55 else "checkout" if draw < 0.8 else "roomed"
    if ahead <= -5:
        return "with_provider" if draw < 0.45 else "roomed" if draw < 0.8 else "checked_in"
    if ahead <= 10:
        return "checked_in" if draw < 0.45 else "arrived" if draw < 0.8 else "confirmed"
    if ahead <= 25:
        return "arrived" if draw < 0.25 else "confirmed" if draw < 0.8 else "scheduled"
    return "cancelled" if draw < 0.03 else "confirmed" if draw < 0.75 else "scheduled"


def fill_for(days_from_today: int, steady: float = 0.0) -> float:
    """Return how full the book is so many days from today; `steady` says the same for all days ahead."""
    if days_from_today <= 0:
        return 0.93
    if steady:
        return steady
    return max(0.3, 0.9 - days_from_today * 0.012)
