"""Figures of the book over a stretch of days: counted and grouped by the database, one statement a figure.

A figure is a `Source`: which visits count, and of those what is asked (whether something is so, or how many minutes).
Minutes come back as how often each whole minute occurred, so that a year of a large practice is a few hundred rows.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import connection

from frontdesk.kit.rows import fetch, marks
from frontdesk.office.scheduling.rules import LEADS, Rate

Histogram = dict[int, int]
Key = tuple[Any, ...]
DAY = timedelta(days=1)
BOOKED = "scheduling_appointment a JOIN scheduling_visittype t ON t.id = a.visit_type_id"
MOVED = "EXISTS (SELECT 1 FROM scheduling_appointment n WHERE n.replaces_id = a.id)"


@dataclass(frozen=True, slots=True)
class Ask:
    """Which visits a report is about: by the wall day of their time, both days included. Empty means any."""

    first: date
    last: date
    location_ids: tuple[int, ...] = ()
    provider_id: int | None = None
    visit_type_id: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure comes from, as parts of a statement: `hit` is a condition, `minutes` a whole number."""

    base: str
    hit: str = ""
    minutes: str = ""
    tables: str = BOOKED


def no_shows() -> Source:
    """Count those who did not come, of the visits whose time has come and whose end is known."""
    return Source("a.status NOT IN ('cancelled', 'scheduled', 'confirmed')", "a.status = 'no_show'")


def late_cancellations() -> Source:
    """Count the visits given up too late to be given to others, of all that were booked and not moved."""
    ahead = f"{minutes_between('a.cancelled_at', 'a.starts')} < t.late_cancel_hours * 60"
    return Source(f"NOT {MOVED}", f"a.status = 'cancelled' AND {ahead}")


def moved() -> Source:
    """Count the visits that were moved to another time, of all that were booked."""
    return Source("1 = 1", MOVED)


def only_hits(source: Source) -> Source:
    """Return the source of what makes up the hits: of late cancellations, by which reason."""
    return Source(f"{source.base} AND {source.hit}", source.hit, source.minutes, source.tables)


# ---- how a figure is cut ---------------------------------------------------------------------------------------


def minutes_between(earlier: str, later: str) -> str:
    """Return the whole minutes from one column of moments to another, towards nought; seconds' fractions do not count."""
    if connection.vendor == "postgresql":
        return f"CAST(TRUNC(EXTRACT(EPOCH FROM (DATE_TRUNC('second', {later}) - DATE_TRUNC('second', {earlier}))) / 60) AS INTEGER)"
    return f"(CAST(STRFTIME('%%s', {later}) AS INTEGER) - CAST(STRFTIME('%%s', {earlier}) AS INTEGER)) / 60"


def _weekday() -> str:
    if connection.vendor == "postgresql":
        return "CAST(EXTRACT(ISODOW FROM CAST(SUBSTR(a.wall, 1, 10) AS DATE)) AS INTEGER) - 1"
    return "(CAST(STRFTIME('%%w', SUBSTR(a.wall, 1, 10)) AS INTEGER) + 6) %% 7"


def _lead() -> str:
    days = f"({minutes_between('a.booked_at', 'a.starts')}) / 1440"
    steps = " ".join(
        f"WHEN {days} <= {upto} THEN {n}" for n, (_, _, upto) in enumerate(LEADS) if upto is not None
    )
    return f"CASE {steps} ELSE {len(LEADS) - 1} END"


CUTS: dict[str, Callable[[], str]] = {
    "provider": lambda: "a.provider_id",
    "type": lambda: "a.visit_type_id",
    "weekday": _weekday,
    "hour": lambda: "CAST(SUBSTR(a.wall, 12, 2) AS INTEGER)",
    "day": lambda: "SUBSTR(a.wall, 1, 10)",
    "reason": lambda: "a.cancel_reason_id",
    "initiator": lambda: (
        "(SELECT c.initiator FROM scheduling_cancelreason c WHERE c.id = a.cancel_reason_id)"
    ),
    "lead": _lead,
}


def where(ask: Ask) -> tuple[str, list[object]]:
    """Return the condition on the visits asked about, and its values.

    The moments let the index do its work, whatever zone a site lies in; the wall day is what is meant.
    """
    midnight = time(tzinfo=UTC)
    begin, end = datetime.combine(ask.first - DAY, midnight), datetime.combine(ask.last + 2 * DAY, midnight)
    at = marks(len(ask.location_ids)) if ask.location_ids else "SELECT id FROM practice_location"
    values: list[object] = [
        *ask.location_ids,
        begin,
        end,
        ask.first.isoformat(),
        (ask.last + DAY).isoformat(),
    ]
    words = f"a.location_id IN ({at}) AND a.starts >= %s AND a.starts < %s AND a.wall >= %s AND a.wall < %s"
    for column, wanted in (("provider_id", ask.provider_id), ("visit_type_id", ask.visit_type_id)):
        if wanted is not None:
            words += f" AND a.{column} = %s"
            values.append(wanted)
    return words, values


def expression(cut: str, more: Mapping[str, str] | None = None) -> str:
    """Return what a figure is grouped by; several cuts are joined with "+"."""
    return ", ".join((more or {}).get(one) or CUTS[one]() for one in cut.split("+"))


def rates(source: Source, ask: Ask, cut: str, more: Mapping[str, str] | None = None) -> dict[Key, Rate]:
    """Return for each key of a cut how often it was so, of how many; one statement."""
    keys, (condition, values) = expression(cut, more), where(ask)
    rows = fetch(
        f"SELECT {keys}, SUM(CASE WHEN {source.hit} THEN 1 ELSE 0 END), COUNT(*) FROM {source.tables} "  # noqa: S608 - our own columns
        f"WHERE {condition} AND {source.base} GROUP BY {_places(cut)}",
        values,
    )
    return {tuple(key): Rate(int(hits), of) for *key, hits, of in rows}


def rate(source: Source, ask: Ask) -> Rate:
    """Return how often it was so in all."""
    return sum(rates(source, ask, "all", {"all": "1"}).values(), Rate())


def histograms(
    source: Source, ask: Ask, cut: str, more: Mapping[str, str] | None = None
) -> dict[Key, Histogram]:
    """Return for each key of a cut how often each number of minutes came; one statement."""
    keys, (condition, values) = expression(cut, more), where(ask)
    rows = fetch(
        f"SELECT {keys}, {source.minutes} AS minutes, COUNT(*) FROM {source.tables} "  # noqa: S608 - our own columns
        f"WHERE {condition} AND {source.base} GROUP BY {_places(cut)}, {1 + len(cut.split('+'))}",
        values,
    )
    found: dict[Key, Histogram] = defaultdict(dict)
    for *key, minutes, times in rows:
        found[tuple(key)][int(minutes)] = times
    return dict(found)


def histogram(source: Source, ask: Ask) -> Histogram:
    """Return how often each number of minutes came in all."""
    return histograms(source, ask, "all", {"all": "1"}).get((1,), {})


def _places(cut: str) -> str:
    return ", ".join(str(n + 1) for n in range(len(cut.split("+"))))
