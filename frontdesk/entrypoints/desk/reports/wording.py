"""How figures are put into words: values with their unit, how many they are of, and the change against before."""

from collections.abc import Sequence
from dataclasses import dataclass

from frontdesk.office.visits.queries.definitions import DAYS, EFFECT, MINUTES, RATE, USE, Report
from frontdesk.office.visits.queries.reports import Figures, Line


@dataclass(frozen=True, slots=True)
class Change:
    """A change against the period before: in words, and whether it is for the better (None: neither)."""

    words: str
    better: bool | None
    up: bool | None


def value(report: Report, line: Line) -> str:
    """Write a figure with its unit: 4.7%, 14 min, 3 days; a dash where there is nothing.

    A share that is held against another is written as what lies between them: −5.2 points.
    """
    if line.value is None:
        return "over 90 days" if report.kind == DAYS and line.of else "–"
    if line.beside is not None:
        return f"{_sign(line.value, line.beside)}{points(line.value, line.beside)} points"
    if report.kind in {RATE, EFFECT}:
        return percent(line.value)
    if report.kind == USE:
        return f"{round(line.value * 100)}%"
    return f"{line.value:.0f} min" if report.kind == MINUTES else days(int(line.value))


def percent(share: float) -> str:
    """Write a share: 4.7%, but 0% and 100% without a point."""
    hundred = share * 100
    return f"{hundred:.0f}%" if hundred in {0, 100} else f"{hundred:.1f}%"


def points(share: float, beside: float) -> str:
    """Write what lies between two shares, in hundredths: 5.2."""
    return f"{abs(round((share - beside) * 100, 1)):g}"


def _sign(share: float, beside: float) -> str:
    return "" if points(share, beside) == "0" else "−" if share < beside else "+"


def days(number: int) -> str:
    """Write a number of days from today."""
    return {0: "today", 1: "1 day"}.get(number, f"{number} days")


def counted(report: Report, line: Line) -> str:
    """Write what a figure is of: 107 of 2,283; of a share held against another, what the two are."""
    if line.beside is not None and line.value is not None:
        return f"{percent(line.value)} with a reminder, {percent(line.beside)} without"
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
    """Say that a figure stands on few visits, or that a difference is no greater than chance; else nothing."""
    if line.value is not None and line.beside is not None and abs(line.value - line.beside) <= line.give:
        return "may be chance"
    if not line.small or report.kind in {USE, DAYS} or not line.of:
        return ""
    return f"only {line.of} {'visit' if line.of == 1 else 'visits'}"


def compared(line: Line) -> dict[str, str]:
    """Return the two shares of a comparison, and how far their difference may be chance, for the head of a page."""
    if line.beside is None or line.value is None:
        return {}
    return {
        "lost_with": percent(line.value),
        "lost_without": percent(line.beside),
        "give": f"{line.give * 100:.1f}",
    }


def difference(lines: Sequence[Line]) -> str:
    """Say what lies between the share of the reminded and that of the others, or that there is but one of them."""
    if len(lines) < 2:
        return "nobody was reminded" if lines[0].key.endswith(".0") else "everybody was reminded"
    share, beside = (line.value or 0 for line in lines)
    by = points(share, beside)
    if by == "0":
        return "the same"
    return f"{by} {'point' if by == '1' else 'points'} {'less' if share < beside else 'more'}"


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
