"""The reports: all at a glance, one with picture and table, the visits behind a bar, and both as files."""

from dataclasses import dataclass, replace

from django.http import HttpResponse

from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, page
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.reports import files, pictures, rows, wording
from frontdesk.entrypoints.desk.reports.asking import Filters, between, read_filters
from frontdesk.office.coverage.queries.responses import PAYERS
from frontdesk.office.payments.queries import REPORTS as MONEY
from frontdesk.office.scheduling.queries.reports import Ask
from frontdesk.office.scheduling.rules import same_length_before
from frontdesk.office.visits import services as visits
from frontdesk.office.visits.queries.definitions import (
    CUT_WORDS,
    DAYS,
    EFFECT,
    MINUTES,
    STAGE_WORDS,
    USE,
    Report,
)
from frontdesk.office.visits.queries.report_rows import Which
from frontdesk.office.visits.queries.reports import Figures, Line, report_of


@dataclass(frozen=True, slots=True)
class Tile:
    """A report at a glance."""

    report: Report
    href: str
    key: str
    said: str
    beside: list[str]
    only: str
    change: wording.Change | None
    marks: list[pictures.Mark]


@dataclass(frozen=True, slots=True)
class TableLine:
    """A line of the table beside the picture: the same figures, to be read."""

    label: str
    said: str
    cells: tuple[str, ...]
    only: str
    href: str


@desk_view()
def index(request: DeskRequest) -> HttpResponse:
    """Show every report at a glance."""
    filters = read_filters(request, request.GET)
    found = visits.read_reports(request.actor, ask=filters.ask)
    tiles = [_tile(one, n + 1, filters) for n, one in enumerate(found)]
    context = {"filters": filters, "tiles": tiles, "payers": PAYERS, "money": list(MONEY.values())}
    return page(request, "desk/reports/index.html", context)


@desk_view()
def report(request: DeskRequest, code: str) -> HttpResponse:
    """Show one report: its figure and definition, its picture, the table that says the same."""
    filters, stage = read_filters(request, request.GET), rows.stage_of(request.GET)
    found = visits.read_report(
        request.actor, code=code, ask=_ask(code, filters), cut=request.GET.get("cut", ""), stage=stage
    )
    given = found.report
    context = {
        "filters": filters,
        "report": given,
        "figures": found,
        "said": wording.value(given, found.total),
        "counted": wording.counted(given, found.total),
        **wording.compared(found.total),
        "only": wording.only(given, found.total),
        "change": wording.change(found),
        "before": between(*same_length_before(found.ask.first, found.ask.last)),
        "cuts": _cuts(found, filters),
        "stages": list(STAGE_WORDS.items()),
        "picture": pictures.picture(found, lambda line: _href(found, filters, line)),
        "heads": _heads(found),
        "lines": [_line(found, filters, line) for line in found.lines],
        "pairs": _pairs(found, filters) if given.kind == EFFECT else [],
        "all": _line(found, filters, found.total) if given.kind not in {DAYS, EFFECT} else None,
        "export": f"/reports/{code}/export?{filters.query(cut=found.cut, stage=stage)}",
        "back": f"/reports?{filters.query()}",
    }
    return page(request, "desk/reports/report.html", context)


@desk_view()
def behind(request: DeskRequest, code: str) -> HttpResponse:
    """Show the visits behind a bar, a page at a time."""
    given, filters, which = (
        report_of(code),
        read_filters(request, request.GET),
        rows.read_which(code, request.GET),
    )
    after = number(request.GET.get("after"))
    found, following = visits.open_report_rows(
        request.actor, ask=_ask(code, filters), which=which, after=after
    )
    stage = which.stage if which.stage != "seen" else ""
    context = {
        "filters": filters,
        "report": given,
        "which": which,
        "bar": rows.bar_words(given, which),
        "named": request.actor.can("visits.report_names"),
        "lines": [rows.shown(given, one) for one in found],
        "next": rows.address(code, filters, which, after=following) if following else "",
        "first": rows.address(code, filters, which) if after else "",
        "other": rows.address(code, filters, replace(which, hits_only=not which.hits_only)),
        "export": rows.address(code, filters, which).replace("/rows?", "/rows/export?"),
        "back": f"/reports/{code}?{filters.query(cut=which.cut, stage=stage)}",
    }
    return page(request, "desk/reports/rows.html", context)


@desk_view(("POST",))
def export(request: DeskRequest, code: str) -> HttpResponse:
    """Answer with a report's figures as a file."""
    filters = read_filters(request, request.GET)
    found = visits.export_report(
        request.actor,
        code=code,
        ask=_ask(code, filters),
        cut=request.GET.get("cut", ""),
        stage=rows.stage_of(request.GET),
    )
    return files.figures_file(found, filters)


@desk_view(("POST",))
def export_rows(request: DeskRequest, code: str) -> HttpResponse:
    """Answer with the visits behind a bar as a file."""
    filters, which = read_filters(request, request.GET), rows.read_which(code, request.GET)
    found = visits.export_report_rows(request.actor, ask=_ask(code, filters), which=which)
    return files.rows_file(found, code, filters, named=request.actor.can("visits.report_names"))


def _ask(code: str, filters: Filters) -> Ask:
    """Return the question; a visit type does not narrow a report that is not about visit types."""
    return filters.ask if report_of(code).by_visit_type else replace(filters.ask, visit_type_id=None)


def _tile(found: Figures, place: int, filters: Filters) -> Tile:
    given = found.report
    return Tile(
        given,
        f"/reports/{given.code}?{filters.query()}",
        str(place % 10),
        wording.value(given, found.total),
        _beside(found),
        wording.only(given, found.total),
        wording.change(found),
        pictures.mini(found),
    )


def _beside(found: Figures) -> list[str]:
    """Return what a tile says beside its figure, a line each: how far it goes, and how many it is of."""
    given, total = found.report, found.total
    if given.kind == DAYS:
        longest = found.lines[:1]
        return [f"longest {wording.value(given, one)}: {one.label}" for one in longest]
    if given.kind == EFFECT:
        return (
            wording.counted(given, total).split(", ") if total.beside is not None else ["nothing to compare"]
        )
    counted = wording.counted(given, total) + (
        f" {given.of_words}" if given.kind not in {USE, MINUTES} else ""
    )
    return [wording.beside(given, total), counted] if given.kind == MINUTES and total.of else [counted]


def _cuts(found: Figures, filters: Filters) -> list[tuple[str, str, bool, str]]:
    """Return the tabs: the ways a report can be cut, each under a number."""
    stage = found.stage if found.stage != "seen" else ""
    return [
        (
            CUT_WORDS[cut],
            f"/reports/{found.report.code}?{filters.query(cut=cut, stage=stage)}",
            cut == found.cut,
            str(n + 1),
        )
        for n, cut in enumerate(found.report.cuts)
    ]


def _href(found: Figures, filters: Filters, line: Line) -> str:
    """Return where a bar leads: to its visits, or to free times where it counts those."""
    if found.report.kind == DAYS:
        kind, _, who = line.key.partition(".")
        return f"/openings?type={kind}" + (f"&provider={who}" if who else "")
    return rows.address(
        found.report.code, filters, Which(found.report.code, found.cut, line.key, found.stage)
    )


def _heads(found: Figures) -> list[object]:
    given, first = found.report, CUT_WORDS[found.cut]
    if given.kind == MINUTES:
        return [first, ("Median", "num"), ("9 of 10 within", "num"), ("Visits", "num")]
    if given.kind == DAYS:
        return [first, ("Third next", "num")]
    if given.kind == USE:
        return [first, ("Booked", "num"), ("Hours booked", "num"), ("Missed", "num"), ("Open", "num")]
    if given.kind == EFFECT:
        return [first, "Reminded", ("Lost", "num"), ("Missed", "num"), ("Late", "num"), ("Of", "num")]
    share = "Of all" if found.cut in given.shares else "Rate"
    return [
        first,
        (share, "num"),
        (given.hit_words.removeprefix("were ").removeprefix("came ").capitalize(), "num"),
        ("Of", "num"),
    ]


def _line(found: Figures, filters: Filters, line: Line) -> TableLine:
    given = found.report
    if given.kind == MINUTES:
        cells: tuple[str, ...] = (f"{line.beyond} min" if line.beyond is not None else "–", f"{line.of:,}")
    elif given.kind == DAYS:
        cells = ()
    elif given.kind == USE:
        cells = (wording.hours(line.hits), wording.hours(line.part), wording.hours(line.of))
    elif given.kind == EFFECT:
        cells = (f"{line.hits - line.part:,}", f"{line.part:,}", f"{line.of:,}")
    else:
        cells = (f"{line.hits:,}", f"{line.of:,}")
    return TableLine(
        line.label,
        wording.value(given, line),
        cells,
        wording.only(given, line),
        _href(found, filters, line),
    )


def _pairs(found: Figures, filters: Filters) -> list[tuple[str, str, list[tuple[str, TableLine]]]]:
    """Return the lines that are held against each other: what they have in common, what lies between, and the lines."""
    return [
        (
            label,
            said,
            [("No" if one.key.endswith(".0") else "Yes", _line(found, filters, one)) for one in lines],
        )
        for (label, said), lines in pictures.paired(found.lines)
    ]
