"""How payers answer: each connection in a month against what CAQH CORE asks, and the questions behind each figure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict

from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, page
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.reports import wording
from frontdesk.entrypoints.desk.reports.pictures import Mark
from frontdesk.entrypoints.desk.scheduling.days import add_months
from frontdesk.entrypoints.desk.scheduling.wording import short_day
from frontdesk.entrypoints.desk.templating import wall_time
from frontdesk.kit import clock
from frontdesk.kit.walltime import to_wall
from frontdesk.office.coverage import services as coverage
from frontdesk.office.coverage.queries.responses import PAYERS, Asked, Month, Which
from frontdesk.office.coverage.rules.response_times import (
    AVAILABLE,
    BATCH,
    NO_ANSWER,
    PROMISED,
    REAL_TIME,
    Responses,
)

MONTHS = 13
KINDS = {REAL_TIME: "in real time", BATCH: "by file"}
_FIRST, _NAME = "first", re.compile(r"[a-z0-9]{1,24}")


@dataclass(frozen=True, slots=True)
class Line:
    """One connection as the table shows it."""

    label: str
    share: str
    kept: bool
    cells: tuple[str, ...]
    missing: str
    href: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A question as the list behind a figure shows it."""

    day: str
    time: str
    payer: str
    why: str
    took: str
    outcome: str
    is_in_time: bool
    href: str


@desk_view()
def responses(request: DeskRequest) -> HttpResponse:
    """Show how each connection answered in a month."""
    month, months = _month(request)
    found = coverage.read_responses(request.actor, month=month)
    real = [one for one in found if one.kind == REAL_TIME]
    asked, in_time = sum(one.asked for one in real), sum(one.in_time for one in real)
    context = {
        "report": PAYERS,
        "month": f"{month.first:%Y-%m}",
        "months": months,
        "said": wording.percent(in_time / asked) if asked else "–",
        "counted": f"{in_time:,} of {asked:,} answered in real time within 20 seconds"
        if asked
        else "nothing was asked",
        "kept": not asked or in_time / asked >= PROMISED,
        "lines": [_line(one, month) for one in found],
        "marks": [_mark(one, month) for one in found],
        "promised": PROMISED * 100,
    }
    return page(request, "desk/reports/payers.html", context)


@desk_view()
def behind(request: DeskRequest) -> HttpResponse:
    """Show the questions behind a figure, a page at a time."""
    month, _ = _month(request)
    which, after = _which(request.GET), number(request.GET.get("after"))
    found, following = coverage.open_responses(request.actor, month=month, which=which, after=after)
    other = Which(which.connection, which.kind, not which.missing)
    bar = (
        " ".join([_name(which.connection), KINDS.get(which.kind, "")]).strip()
        if which.connection is not None
        else ""
    )
    context = {
        "report": PAYERS,
        "bar": bar,
        "missing": which.missing,
        "month_words": f"{month.first:%B %Y}",
        "lines": [_shown(one, month.zone, opens=request.actor.can("coverage.view")) for one in found],
        "next": _address(month, which, after=following) if following else "",
        "first": _address(month, which) if after else "",
        "other": _address(month, other),
        "back": f"/reports/payers?month={month.first:%Y-%m}",
    }
    return page(request, "desk/reports/payer_rows.html", context)


def _month(request: DeskRequest) -> tuple[Month, list[tuple[str, str]]]:
    """Return the month an address is about, this one where it names none that can be chosen, and those that can."""
    zone = request.location.zone
    this = clock.today(zone).replace(day=1)
    choices = [add_months(this, -back) for back in range(MONTHS)]
    known: dict[str, date] = {f"{one:%Y-%m}": one for one in choices}
    wanted = known.get(request.GET.get("month", ""), this)
    return Month(wanted, zone), [(code, f"{one:%B %Y}") for code, one in known.items()]


def _which(data: QueryDict) -> Which:
    way, kind = data.get("way", ""), data.get("kind", "")
    connection = "" if way == _FIRST else way if _NAME.fullmatch(way) else None
    return Which(connection, kind if kind in KINDS else "", not data.get("everybody"))


def _address(month: Month, which: Which, *, after: int | None = None) -> str:
    """Return the address of the questions behind a figure: the name of a connection, a month, ids."""
    given = {
        "month": f"{month.first:%Y-%m}",
        "way": None if which.connection is None else which.connection or _FIRST,
        "kind": which.kind,
        "everybody": "" if which.missing else "1",
        "after": after,
    }
    return "/reports/payers/rows?" + urlencode({name: value for name, value in given.items() if value})


def _line(one: Responses, month: Month) -> Line:
    there = wording.percent(one.availability) if one.availability is not None else "–"
    return Line(
        f"{_name(one.connection)}, {KINDS[one.kind]}",
        wording.percent(one.share or 0),
        (one.share or 0) >= PROMISED,
        (f"{one.asked:,}", f"{one.answered:,}", _took(one.median), _took(one.p95), there),
        _missing(one.unanswered),
        _address(month, Which(one.connection, one.kind)),
    )


def _mark(one: Responses, month: Month) -> Mark:
    at = round((one.share or 0) * 100, 2)
    note = f"{one.in_time:,} of {one.asked:,}"
    there = one.availability
    if there is not None and there < AVAILABLE:
        note += f", there {wording.percent(there)} of the hours"
    return Mark(
        f"{_name(one.connection)}, {KINDS[one.kind]}", wording.percent(one.share or 0), note, at, at,
        _address(month, Which(one.connection, one.kind)),
    )  # fmt: skip


def _shown(one: Asked, zone: str, *, opens: bool) -> Shown:
    at = to_wall(one.exchange.sent_at, zone)
    took = (one.exchange.done_at - one.exchange.sent_at).total_seconds()
    outcome = NO_ANSWER.get(one.exchange.code) or (
        "answered in time" if one.exchange.is_in_time else "answered late"
    )
    return Shown(
        short_day(at.date()), wall_time(at), one.payer, one.why, _took(took), outcome, one.exchange.is_in_time,
        f"/patients/{one.patient_id}/insurance/{one.policy_id}/answers/{one.id}" if opens else "",
    )  # fmt: skip


def _missing(found: Sequence[tuple[str, int]]) -> str:
    return ", ".join(f"{count:,} {NO_ANSWER[code]}" for code, count in found)


def _name(connection: str | None) -> str:
    return connection or "The usual connection"


def _took(seconds: float | None) -> str:
    """Write how long an answer took: 0.4 s, 12 min, 3.5 h."""
    if seconds is None:
        return "–"
    if seconds < 120:
        return f"{seconds:.1f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"
