"""A report's figures as a picture: bars, columns, a line or a heat map, with places in hundredths of the width.

Every picture has a table beside it that says the same; a colour never says anything alone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from frontdesk.entrypoints.desk.reports import wording
from frontdesk.office.visits.queries.definitions import (
    DAYS,
    EFFECT,
    MINUTES,
    RATE,
    USE,
    WEEKDAYS,
    Report,
    hour_words,
)
from frontdesk.office.visits.queries.reports import Figures, Line

Href = Callable[[Line], str]
UPRIGHT = {"hour", "weekday", "lead", "minutes"}
MOST = 25
STEPS = 6
ROOM, FEW = 14, 7


@dataclass(frozen=True, slots=True)
class Mark:
    """One bar, column or point. Measures are hundredths; `to` is where the lighter part ends (the p90, the missed).

    `short` is the figure where there is little room, and stands at `tip`; `above` is what the lighter part says. Of
    many points in a row only some are named. `is_other` is what the mark beside it is held against.
    """

    label: str
    said: str
    note: str
    at: float
    to: float
    href: str
    small: bool = False
    x: float = 0
    middle: float = 0
    width: float = 0
    short: str = ""
    tip: float = 0
    above: str = ""
    is_named: bool = True
    is_other: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of a heat map: its number, how dark it is (0 to 5), and what it says in full."""

    said: str
    step: int
    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two bars held against each other, and what lies between them in words."""

    label: str
    said: str
    marks: list[Mark]


@dataclass(frozen=True, slots=True)
class Picture:
    """What a page draws. `kind` is bars, columns, line, heat or pairs; `mean` is where the whole stands, None for nowhere."""

    kind: str
    marks: list[Mark] = field(default_factory=list)
    mean: float | None = None
    mean_said: str = ""
    solid: str = ""
    lighter: str = ""
    corner: str = ""
    heads: list[str] = field(default_factory=list)
    rows: list[tuple[str, list[Cell | None]]] = field(default_factory=list)
    hidden: int = 0
    pairs: list[Pair] = field(default_factory=list)

    def heights(self, which: str) -> str:
        """Return the points of a line: "at" or "to" of every mark, in hundredths, the top being 0."""
        return " ".join(f"{mark.middle:.2f},{100 - getattr(mark, which):.2f}" for mark in self.marks)

    def band(self) -> str:
        """Return the outline of what lies between the line and the lighter one."""
        back = " ".join(f"{mark.middle:.2f},{100 - mark.at:.2f}" for mark in reversed(self.marks))
        return f"{self.heights('to')} {back}"


def picture(found: Figures, href: Href) -> Picture:
    """Return the picture that suits a report and the way it is cut."""
    cut, report = found.cut, found.report
    if cut in {"week", "providers"} or (report.kind == DAYS and cut == "provider"):
        return _heat(found, href)
    if report.kind == EFFECT:
        return _pairs(found, href)
    upright = cut in UPRIGHT or cut == "day"
    kind = (
        "bars"
        if not upright
        else "line"
        if cut == "day" or (report.kind == MINUTES and cut == "hour")
        else "columns"
    )
    lines = found.lines if upright else found.lines[:MOST]
    top = _top(found, lines)
    marks = [_mark(report, line, n, len(lines), top, href, upright=upright) for n, line in enumerate(lines)]
    mean = found.total.value if cut not in {"stage", *report.shares} and report.kind != DAYS else None
    solid, lighter = _legend(report)
    return Picture(
        kind, marks, _part(mean, top) if mean is not None else None,
        f"all {wording.value(report, found.total)}" if mean is not None else "", solid, lighter,
        hidden=len(found.lines) - len(lines),
    )  # fmt: skip


def mini(found: Figures) -> list[Mark]:
    """Return the small picture of a tile: at most ten columns."""
    lines = found.lines[: 12 if found.report.kind == EFFECT else 10]
    top = _top(found, lines)
    marks = [_mark(found.report, line, n, len(lines), top, lambda _: "") for n, line in enumerate(lines)]
    if found.report.kind != EFFECT:
        return marks
    # The two of a pair stand together.
    nearer = [0.2 * mark.width * (-1 if mark.is_other else 1) for mark in marks]
    return [replace(mark, x=round(mark.x + by, 2)) for mark, by in zip(marks, nearer, strict=True)]


def _legend(report: Report) -> tuple[str, str]:
    if report.kind == MINUTES:
        return "median", "nine of ten wait no longer than"
    if report.kind == EFFECT:
        return "missed", "cancelled late"
    return ("seen or to be seen", "missed") if report.kind == USE else ("", "")


def _top(found: Figures, lines: Sequence[Line]) -> float:
    """Return what fills the picture: the greatest value, or what is all of it."""
    values = [v for line in lines for v in (line.value, line.beyond) if v]
    if found.report.kind == USE:
        return max([1.0, *values])
    whole = [found.total.value] if found.total.value and found.cut not in found.report.shares else []
    return max([*values, *whole], default=1.0)


def _mark(
    report: Report, line: Line, place: int, of: int, top: float, href: Href, *, upright: bool = True
) -> Mark:
    slot, measured = 100 / of, report.kind == MINUTES
    at, to = _part(line.value, top), _part(line.beyond if line.beyond is not None else line.value, top)
    if report.kind in {USE, EFFECT} and line.of:
        at = _part((line.hits - line.part) / line.of, top)
    return Mark(
        label=line.label,
        said=wording.value(report, line),
        note=wording.only(report, line) or ("" if upright and measured else wording.beside(report, line)),
        at=at,
        to=to,
        href=href(line),
        small=line.small and report.kind not in {USE, DAYS},
        x=round(place * slot + slot * 0.16, 2),
        middle=round(place * slot + slot / 2, 2),
        width=round(slot * 0.68, 2),
        short=_short(report, line),
        tip=at if measured else to,
        above=f"{line.beyond}" if upright and line.beyond is not None else "",
        is_named=of <= ROOM or place % -(-of // FEW) == 0,
        is_other=report.kind == EFFECT and line.key.endswith(".0"),
    )


def _part(value: float | None, top: float) -> float:
    return round(min(max((value or 0) / top, 0), 1) * 100, 2)


# ---- pairs and heat ------------------------------------------------------------------------------------------------------


def _pairs(found: Figures, href: Href) -> Picture:
    """Return for each stretch booked ahead the visits with a reminder, and below them those without."""
    top = _top(found, found.lines)
    pairs = []
    for (label, said), lines in paired(found.lines):
        marks = [_mark(found.report, one, 0, 1, top, href, upright=False) for one in lines]
        named = [replace(mark, label=mark.label.split(" · ")[1].capitalize()) for mark in marks]
        pairs.append(Pair(label, said, named))
    return Picture("pairs", [], None, "", *_legend(found.report), pairs=pairs)


def paired(lines: Sequence[Line]) -> list[tuple[tuple[str, str], list[Line]]]:
    """Return lines by what they have in common, with its words and what lies between the two."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.label.split(" · ")[0], []).append(line)
    return [((label, wording.difference(both)), both) for label, both in found.items()]


def _heat(found: Figures, href: Href) -> Picture:
    """Return a grid: weekdays by hours, providers by weekdays, visit types by providers."""
    known = {tuple(line.key.split(".")): line for line in found.lines}
    if found.cut == "week":
        hours = sorted({int(hour) for _, hour in known})
        across = (
            [(str(hour), hour_words(hour).replace(" ", "\u00a0")) for hour in range(hours[0], hours[-1] + 1)]
            if hours
            else []
        )
        down = [(str(n), name) for n, name in enumerate(WEEKDAYS) if any(day == str(n) for day, _ in known)]
    else:
        down = _named(found.lines, 0)
        across = (
            [(str(n), WEEKDAYS[n][:3]) for n in sorted({int(day) for _, day in known})]
            if found.cut == "providers"
            else _named(found.lines, 1)
        )
    values = [line.value for line in found.lines if line.value is not None]
    least, most = (min(values), max(values)) if values else (0, 0)

    def cell(row: str, column: str) -> Cell | None:
        line = known.get((row, column))
        if line is None:
            return None
        if line.value is None:
            step = STEPS - 1 if found.report.kind == DAYS else 0
        else:
            step = round((line.value - least) / (most - least) * (STEPS - 1)) if most > least else 0
        more = wording.only(found.report, line) or wording.counted(found.report, line)
        return Cell(
            _short(found.report, line),
            step,
            f"{line.label}, {wording.value(found.report, line)}" + (f", {more}" if more else ""),
            href(line),
        )

    rows = [(name, [cell(row, column) for column, _ in across]) for row, name in down]
    corner = {"week": "Weekday", "providers": "Provider"}.get(found.cut, "Visit type")
    return Picture("heat", corner=corner, heads=[name for _, name in across], rows=rows)


def _named(lines: Sequence[Line], place: int) -> list[tuple[str, str]]:
    """Return the keys of one side with their words, in order of the words."""
    names = {line.key.split(".")[place]: line.label.split(" · ")[place] for line in lines}
    return sorted(names.items(), key=lambda pair: pair[1])


def _short(report: Report, line: Line) -> str:
    if line.value is None:
        return "90+" if report.kind == DAYS else "–"
    if report.kind in {RATE, EFFECT}:
        return wording.percent(line.value)
    return f"{round(line.value * 100)}%" if report.kind == USE else f"{line.value:.0f}"
