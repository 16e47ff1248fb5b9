"""The visits behind a bar: which they are, what the report measured of each, and on to the visit itself."""

from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict

from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.reports.asking import Filters
from frontdesk.entrypoints.desk.scheduling.wording import how_many, short_day
from frontdesk.entrypoints.desk.templating import wall_time
from frontdesk.kit.errors import Invalid
from frontdesk.office.visits.queries.definitions import ARRIVALS, CUT_WORDS, STAGE_WORDS, Report
from frontdesk.office.visits.queries.report_rows import Row, Which
from frontdesk.office.visits.queries.reports import JOINED, NONE, labels
from frontdesk.office.visits.rules import WORDS


@dataclass(frozen=True, slots=True)
class Shown:
    """A visit as the list shows it."""

    id: int
    patient_id: int
    day: str
    time: str
    name: str
    what: str
    who: str
    status: str
    figure: str
    reason: str


def read_which(code: str, data: QueryDict) -> Which:
    """Return which bar an address is about."""
    return Which(
        code,
        cut=data.get("cut", "")[:20],
        key=data.get("key", "all")[:60] or "all",
        stage=stage_of(data),
        hits_only=not data.get("everybody"),
    )


def stage_of(data: QueryDict) -> str:
    """Return the stage of the waits an address is about."""
    wanted = data.get("stage", "seen")
    return wanted if wanted in STAGE_WORDS else "seen"


def bar_words(report: Report, which: Which) -> str:
    """Say in words which bar it is: "Booked ahead: 2–4 weeks"; raise `Invalid` for a weekday or an hour there is not."""
    try:
        return _words(report, which)
    except (IndexError, KeyError, ValueError):
        msg = "That report has no such bar."
        raise Invalid(msg) from None


def _words(report: Report, which: Which) -> str:
    if which.key == "all":
        return ""
    if which.cut == "stage":
        return STAGE_WORDS[which.key]
    if which.cut == "minutes":
        return ARRIVALS[int(which.key)][0]
    whole = JOINED.get(which.cut, which.cut)
    key = tuple(
        None if part == NONE else number(part) if part.isdecimal() else part for part in which.key.split(".")
    )
    stage = f" · {STAGE_WORDS[which.stage]}" if report.code == "waits" and which.stage != "seen" else ""
    return f"{CUT_WORDS[which.cut]}: {labels(whole)(key)}{stage}"


def shown(report: Report, row: Row) -> Shown:
    """Return a visit as the list shows it."""
    at = datetime.fromisoformat(row.wall)
    return Shown(
        row.id, row.patient_id, short_day(at.date()), wall_time(at), row.name, row.visit_type,
        row.provider or "No provider", row.status, figure(report, row), row.reason,
    )  # fmt: skip


def figure(report: Report, row: Row) -> str:
    """Say what the report measured of a visit."""
    if report.code == "patient-lateness" and row.minutes is not None:
        late = row.minutes
        return f"{late} min late" if late > 0 else f"{-late} min early" if late < 0 else "on time"
    if row.minutes is not None:
        return f"here for {row.minutes} min" if report.code == "left-unseen" else f"{row.minutes} min"
    if row.given_up is not None and report.code in {"late-cancellations", "moved", "reminder-effect"}:
        cancelled = "cancelled " if report.code == "reminder-effect" else ""
        return (
            f"{cancelled}{long(row.given_up)} before" if row.given_up >= 0 else f"{cancelled}after its time"
        )
    return f"booked {long(row.ahead)} ahead" if row.ahead > 0 else "booked on the spot"


def long(minutes: int) -> str:
    """Write a span in its largest fitting unit: 25 minutes, 3 hours, 12 days."""
    if minutes < 120:
        return how_many(minutes, "minute")
    return how_many(minutes // 60, "hour") if minutes < 2880 else how_many(minutes // 1440, "day")


def status_words(code: str) -> str:
    """Return the words of a visit's status."""
    return WORDS.get(code, code)


def address(code: str, filters: Filters, which: Which, **more: object) -> str:
    """Return the address of the visits behind a bar; ids and codes only."""
    stage = which.stage if which.stage != "seen" else ""
    query = filters.query(
        cut=which.cut, key=which.key, stage=stage, everybody="" if which.hits_only else "1", **more
    )
    return f"/reports/{code}/rows?{query}"
