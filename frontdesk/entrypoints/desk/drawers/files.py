"""Day sheet and month as files: real numbers in dollars, and no cell that a spreadsheet would take for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from frontdesk.entrypoints.desk.reports.files import Cell, safe
from frontdesk.office.payments.models import DayLock, MonthLock

HEADS = ("part", "name", "charges", "payments", "adjustments", "count", "debit", "credit")


def day_file(lock: DayLock) -> HttpResponse:
    """Answer with a day sheet: by provider, by tender, by adjustment, the totals and the trial balance, a part after the other."""
    found = lock.figures
    lines: list[Sequence[Cell]] = [
        ("provider", name, _d(charges), _d(paid), _d(adjusted), None, None, None)
        for name, charges, paid, adjusted in found["providers"]
    ]
    lines += [
        ("tender", name, None, _d(cents), None, many, None, None) for name, many, cents in found["tenders"]
    ]
    lines += [
        ("adjustment", code, None, None, _d(cents), None, None, None) for code, cents in found["adjustments"]
    ]
    totals = found["totals"]
    lines.append(
        (
            "total",
            "",
            _d(totals["charges"]),
            _d(totals["payments"]),
            _d(totals["adjustments"]),
            None,
            None,
            None,
        )
    )
    lines += [
        ("trial balance", kind, None, None, None, None, _d(debit), _d(credit))
        for kind, debit, credit in found["trial"]
    ]
    return _file(HEADS, lines, f"day-{lock.day}")


def month_file(month: MonthLock) -> HttpResponse:
    """Answer with a month: its days, and what was owed before and after."""
    lines: list[Sequence[Cell]] = [("opening", None, None, None, _d(month.opening))]
    owed = month.opening
    for day, charges, payments, adjustments in month.figures:
        owed += charges - payments - adjustments
        lines.append((day, _d(charges), _d(payments), _d(adjustments), _d(owed)))
    lines.append(("closing", _d(month.charges), _d(month.payments), _d(month.adjustments), _d(month.closing)))
    return _file(("day", "charges", "payments", "adjustments", "owed"), lines, f"month-{month.first:%Y-%m}")


def _d(cents: int) -> float:
    return cents / 100


def _file(heads: Sequence[str], lines: Iterable[Sequence[Cell]], name: str) -> HttpResponse:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(heads)
    writer.writerows([safe(cell) for cell in line] for line in lines)
    answer = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer
