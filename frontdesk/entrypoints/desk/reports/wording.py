"""How figures are put into words: values with their unit, how many they are of, and the change against before."""

from dataclasses import dataclass

from frontdesk.office.visits.queries.definitions import DAYS, MINUTES, RATE, USE, Report
from frontdesk.office.visits.queries.reports import Figures, Line


@dataclass(frozen=True, slots=True)
class Change:
    """A change against the period before: in words, and whether it is for the better (None: neither)."""

    words: str
    better: bool | None
    up: bool | None


def value(report: Report, line: Line) -> str:
    """Write a figure with its unit: 4.7%, 14 min, 3 days; a dash where there is nothing."""
    if line.value is None:
        return "over 90 days" if report.kind == DAYS and line.of else "–"
    if report.kind == RATE:
        return percent(line.value)
    if report.kind == USE:
        return f"{round(line.value * 100)}%"
    return f"{line.value:.0f} min" if report.kind == MINUTES else days(int(line.value))


def percent(share: float) -> str:
    """Write a share: 4.7%, but 0% and 100% without a point."""
    hundred = share * 100
    return f"{hundred:.0f}%" if hundred in {0, 100} else f"{hundred:.1f}%"


def days(number: int) -> str:
    """Write a number of days from today."""
    return {0: "today", 1: "1 day"}.get(number, f"{number} days")


def counted(report: Report, line: Line) -> str:
    """Write what a figure is of: 107 of 2,283."""
    if report.kind == MINUTES:
        return f"{line.of:,} visits" if line.of else "no visits"
    if report.kind == USE:
        return f"{hours(line.hits)} of {hours(line.of)} h"
    if report.kind == DAYS:
        return ""
    return f"{line.hits:,} of {line.of:,}"


def beside(report: Report, line: Line) -> str:
    """Write what stands beside a bar: of minutes how far the long waits go, of the rest what it is of."""
    if report.kind == MINUTES:
        return f"9 of 10 in {line.beyond} min" if line.beyond is not None else ""
    return counted(report, line)


def hours(minutes: int) -> str:
    """Write minutes as hours: 718."""
    return f"{round(minutes / 60):,}"


def only(report: Report, line: Line) -> str:
    """Say that a figure stands on few visits; nothing where there are enough."""
    if not line.small or report.kind in {USE, DAYS} or not line.of:
        return ""
    return f"only {line.of} {'visit' if line.of == 1 else 'visits'}"


def change(found: Figures) -> Change | None:
    """Return the change against the period before; None where there is nothing to compare with."""
    now, before = found.total.value, found.before.value if found.before else None
    if now is None or before is None:
        return None
    points = found.report.kind in {RATE, USE}
    by = round((now - before) * 100, 1) if points else now - before
    if not by:
        return Change("as in the period before", None, None)
    unit = ("point" if abs(by) == 1 else "points") if points else "min"
    amount = f"{abs(by):g} {unit} {'more' if by > 0 else 'less'}"
    return Change(f"{amount} than before", (by < 0) == found.report.less_is_better, by > 0)
