"""Reports as files: one head row, real numbers, and no cell that a spreadsheet would take for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from frontdesk.entrypoints.desk.reports.asking import Filters
from frontdesk.entrypoints.desk.reports.rows import status_words
from frontdesk.kit.straight import straight
from frontdesk.office.visits.queries.definitions import CUT_WORDS, DAYS, EFFECT, MINUTES, RATE
from frontdesk.office.visits.queries.report_rows import Row
from frontdesk.office.visits.queries.reports import Figures, Line

Cell = str | int | float | None
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe(value: Cell) -> Cell:
    """Return a cell as it may stand in a file: text that begins like a formula is kept text by an apostrophe."""
    text: Cell = straight(value)
    return f"'{text}" if isinstance(text, str) and text.startswith(FORMULA) else text


def figures_file(found: Figures, filters: Filters) -> HttpResponse:
    """Answer with a report's lines."""
    kind = found.report.kind
    if kind == EFFECT:
        return _effect_file(found, filters)
    heads = {
        RATE: ("share", "visits", "of"),
        MINUTES: ("median_minutes", "p90_minutes", "visits"),
        DAYS: ("days",),
    }.get(kind, ("share", "booked_minutes", "missed_minutes", "open_minutes"))
    lines: list[Sequence[Cell]] = []
    for one in [*found.lines, found.total]:
        share = _share(one.value)
        lines.append(
            {
                RATE: (one.label, share, one.hits, one.of),
                MINUTES: (one.label, one.value, one.beyond, one.of),
                DAYS: (one.label, one.value),
            }.get(kind, (one.label, share, one.hits, one.part, one.of))
        )
    return _file((CUT_WORDS[found.cut], *heads), lines, f"{found.report.code}-{found.cut}", filters)


def _effect_file(found: Figures, filters: Filters) -> HttpResponse:
    """Answer with what was lost with and without a reminder; the two like for like at the end, which have no visits of their own."""
    heads = (CUT_WORDS[found.cut], "reminder", "share", "lost", "missed", "cancelled_late", "visits")
    lines: list[Sequence[Cell]] = [
        (*_halves(one), _share(one.value), one.hits, one.hits - one.part, one.part, one.of)
        for one in found.lines
    ]
    if found.total.beside is not None:
        both = (("reminded", found.total.value), ("not reminded", found.total.beside))
        lines += [("Like for like", words, _share(share), None, None, None, None) for words, share in both]
    return _file(heads, lines, f"{found.report.code}-{found.cut}", filters)


def _halves(line: Line) -> list[str]:
    return line.label.split(" · ")


def _share(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def rows_file(rows: Iterable[Row], code: str, filters: Filters, *, named: bool) -> HttpResponse:
    """Answer with the visits behind a figure; the patients' names only for those who may see them."""
    who = ("patient",) if named else ()
    heads = (
        "visit",
        "day",
        "time",
        *who,
        "visit_type",
        "provider",
        "status",
        "minutes",
        "booked_minutes_ahead",
        "reason",
    )
    lines = [
        (row.id, row.wall[:10], row.wall[11:16], *((row.name,) if named else ()), row.visit_type, row.provider,
         status_words(row.status), row.minutes, row.ahead, row.reason)
        for row in rows
    ]  # fmt: skip
    return _file(heads, lines, f"{code}-visits", filters)


def _file(heads: Sequence[str], lines: Iterable[Sequence[Cell]], name: str, filters: Filters) -> HttpResponse:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([safe(head) for head in heads])
    writer.writerows([safe(cell) for cell in line] for line in lines)
    answer = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}-{filters.first}-{filters.last}.csv"'
    return answer
