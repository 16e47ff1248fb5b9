"""Rows of the appointment book: what the diary of each site and day says, as appointments, legs and claims."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random

from frontdesk.entrypoints.commands.demo import diary, layout
from frontdesk.entrypoints.commands.demo.patient_rows import Rows
from frontdesk.entrypoints.commands.demo.sink import moment
from frontdesk.kit.errors import Invalid
from frontdesk.kit.walltime import day_minutes, midnight_utc, to_utc, to_wall

APPOINTMENT = (
    "id", "patient_id", "visit_type_id", "location_id", "provider_id", "status", "starts", "ends", "wall", "fold", "zone",
    "internal_note", "patient_instructions", "cancel_reason_id", "cancelled_at", "booked_at", "booked_by",
)  # fmt: skip
LEG = ("id", "appointment_id", "resource_id", "seat", "starts", "ends")
CLAIM = ("resource_id", "seat", "cell", "leg_id")
SHEET = ("resource_id", "day", "taken")
STRIDE = 1024
"""Numbers kept free for the appointments, and again for the legs, of one site and day."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
REASONS = (
    *(("pt-busy",) * 8 + ("pt-sick",) * 7 + ("pt-transport",) * 4 + ("pt-better",) * 3 + ("pt-cost",) * 2),
    *(("prov-out",) * 4 + ("prov-late",) * 2 + ("org-weather", "org-error", "org-error")),
)
BOOKERS = ("Rosa Diaz", "Rosa Diaz", "Lena Park", "Sol Rivera", "Sam Wu")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a process needs to know to fill any day of any site: plain numbers, so that it can be sent to it."""

    seed: int
    zone: str
    today: date
    now: datetime
    locations: tuple[int, ...]
    providers: tuple[int, ...]
    site_of: tuple[int, ...]
    resources: dict[tuple[int, str], int]
    visit_types: dict[str, int]
    reasons: dict[str, int]
    holidays: frozenset[date]
    away: dict[int, tuple[date, date]]
    payers: tuple[int, ...]
    first_patient: int
    patients: int
    absent: frozenset[int]
    steady: float
    nurses: int
    extended: diary.Session | None = None

    def sessions(self, site: int, day: date) -> dict[int, tuple[diary.Session, ...]]:
        """Return who sees patients at a site on a day, and when."""
        if day in self.holidays:
            return {}
        working: dict[int, tuple[diary.Session, ...]] = {}
        for number, where in enumerate(self.site_of):
            first, last = self.away.get(number, (date.max, date.min))
            if where != site or first <= day <= last:
                continue
            usual = diary.usual_sessions(number, day.weekday())
            if day == self.today and self.extended is not None:
                usual = (self.extended,)
            if usual:
                working[number] = usual
        return working


def day_rows(plan: Plan, site: int, day: date, first_id: int) -> Rows:
    """Return the rows of one site's day; appointments and legs are numbered from `first_id`."""
    rng = Random(f"book-{plan.seed}-{site}-{day}")
    from_today = (day - plan.today).days
    sessions = plan.sessions(site, day)
    now = _minute(plan) if from_today == 0 else None
    hours = diary.Hours(day, sessions, diary.fill_for(from_today, plan.steady), now, from_today)
    rows: Rows = defaultdict(list)
    if not sessions:
        return rows
    clock = _Clock(day, plan.zone)
    patients = _patients(plan, rng)
    number = leg_number = first_id
    for entry in diary.fill_day(rng, hours, plan.nurses):
        starts, ends = clock.utc(entry.start), clock.utc(entry.start + entry.visit.minutes)
        if starts is None or ends is None or ends - starts != timedelta(minutes=entry.visit.minutes):
            continue  # the clocks change in the middle of it
        _appointment(rows, plan, rng, entry, number, next(patients), site, clock, starts, ends)
        leg_number = _legs(rows, plan, entry, number, site, starts, leg_number)
        number += 1
    _sheets(rows, day, clock)
    return rows


def _minute(plan: Plan) -> int:
    wall = to_wall(plan.now, plan.zone)
    return wall.hour * 60 + wall.minute


class _Clock:
    """Turns a minute of one day into UTC: by adding, but for the two days a year when that would be wrong."""

    def __init__(self, day: date, zone: str) -> None:
        self.day, self.zone = day, zone
        self.midnight = midnight_utc(day, zone)
        self.plain = day_minutes(day, zone) == 24 * 60

    def utc(self, minute: int) -> datetime | None:
        """Return the moment, None when the clocks skip it."""
        if self.plain:
            return self.midnight + timedelta(minutes=minute)
        try:
            return to_utc(self.wall(minute), self.zone)
        except Invalid:
            return None

    def wall(self, minute: int) -> datetime:
        """Return what the wall clock shows."""
        return datetime(self.day.year, self.day.month, self.day.day) + timedelta(minutes=minute)  # noqa: DTZ001


def _patients(plan: Plan, rng: Random) -> Iterator[int]:
    """Yield patients, each once a day."""
    seen = set(plan.absent)
    while True:
        number = rng.randrange(plan.patients)
        if number not in seen:
            seen.add(number)
            yield plan.first_patient + number


def _appointment(
    rows: Rows, plan: Plan, rng: Random, entry: diary.Entry, number: int, patient: int, site: int, clock: _Clock,
    starts: datetime, ends: datetime,
) -> None:  # fmt: skip
    booked = min(starts - _ahead(rng, entry), plan.now - timedelta(minutes=rng.randint(30, 900)))
    cancelled = entry.status == "cancelled"
    reason = plan.reasons[rng.choice(REASONS)]
    given_up = (
        min(starts - timedelta(hours=1 + rng.expovariate(1 / 40)), plan.now - timedelta(minutes=5))
        if cancelled
        else None
    )
    rows["appointment"].append(
        (
            number, patient, plan.visit_types[entry.visit.code], plan.locations[site],
            None if entry.provider is None else plan.providers[entry.provider], entry.status, moment(starts), moment(ends),
            clock.wall(entry.start).isoformat(timespec="minutes"), 0, plan.zone,
            rng.choice(layout.NOTES) if rng.random() < 0.12 else "", entry.visit.instructions,
            reason if cancelled else None, moment(max(given_up, booked)) if given_up else None, moment(booked),
            rng.choice(BOOKERS),
        )
    )  # fmt: skip


def _ahead(rng: Random, entry: diary.Entry) -> timedelta:
    """Return how long before its time a visit was booked. The longer ago, the sooner it is forgotten or given up."""
    draw = rng.random()
    if entry.status in diary.FREED:
        draw = max(draw, rng.random())
    return timedelta(hours=3 + entry.visit.ahead * 24 * draw**1.4)


def _legs(
    rows: Rows, plan: Plan, entry: diary.Entry, number: int, site: int, starts: datetime, leg: int
) -> int:
    """Add the legs of an appointment, and claims where it still holds its time; return the next leg's number."""
    for key, first, minutes, seat in entry.legs:
        resource = plan.resources[site, key]
        begins = starts + timedelta(minutes=first - entry.start)
        rows["leg"].append(
            (leg, number, resource, seat, moment(begins), moment(begins + timedelta(minutes=minutes)))
        )
        if entry.status not in diary.FREED:
            cell = cell_of(begins)
            rows["claim"] += [(resource, seat, cell + i, leg) for i in range(minutes // diary.CELL)]
        leg += 1
    return leg


def cell_of(at: datetime) -> int:
    """Return the five-minute cell, counted from 1970 in UTC, that begins at `at`."""
    return int((at - EPOCH).total_seconds()) // 300


def _sheets(rows: Rows, day: date, clock: "_Clock") -> None:
    """Add what the claims take of the day; what the templates leave open is the book's own to say."""
    first = cell_of(clock.midnight)
    taken: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for resource, seat, cell, _ in rows["claim"]:
        taken[resource][seat] |= 1 << (cell - first)
    for resource, seats in taken.items():
        shown = json.dumps({str(seat): f"{bits:x}" for seat, bits in seats.items()})
        rows["sheet"].append((resource, day.isoformat(), shown))
