"""Where things stand in the day: the book's cells, counted from midnight, laid out from the first hour that is shown."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from frontdesk.entrypoints.desk.scheduling.tokens import write_token
from frontdesk.entrypoints.desk.scheduling.wording import born, how_many, left
from frontdesk.entrypoints.desk.templating import wall_time
from frontdesk.kit import clock
from frontdesk.kit.walltime import midnight_utc, to_wall
from frontdesk.office.scheduling.queries import Block, Column, DayGrid

CELL = timedelta(minutes=5)
HALF_HOUR = 6
LATE = timedelta(minutes=5)
MOVABLE = {"scheduled", "confirmed"}
MOST_LANES = 3


@dataclass(frozen=True, slots=True)
class Thing:
    """A visit, a free time, a hold, a template's tint or closed hours. `row` counts cells from the first hour shown."""

    what: str
    row: int
    cells: int
    words: str = ""
    tone: int = 0
    time: str = ""
    clock: str = ""
    half: str = ""
    until: str = ""
    href: str = ""
    id: int = 0
    name: str = ""
    about: str = ""
    kind: str = ""
    detail: str = ""
    status: str = ""
    flags: tuple[tuple[str, str], ...] = ()
    lane: int = 0
    lanes: int = 1
    moves: bool = False
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Laid:
    """One column as it is drawn: `things` for the grid, `lines` for its twin, the list."""

    id: int
    key: str
    name: str
    note: str
    tone: int
    day: str
    load: str
    out: str
    things: list[Thing]
    lines: list[Thing]


def lay(column: Column, grid: DayGrid, number: int, *, name: str = "", place: bool = False) -> Laid:
    """Lay out one column of the grid."""
    tools = _Tools(column, grid)
    visits = [tools.visit(block) for block in column.blocks]
    holds = [
        tools.span("held", h.row, h.cells, words=f"{h.held_by}, {left(h.expires_at) or 'over'}")
        for h in column.holds
    ]
    closed = list(tools.closed())
    ground = list(tools.tints()) + closed
    free = list(tools.free(HALF_HOUR))
    front = sorted([*visits, *holds, *free], key=lambda t: (t.row, t.lane))
    waits = sum(block.status in MOVABLE for block in column.blocks)
    out = (f"Out, {waits} to move" if waits else "Out") if not column.open and column.blocks else ""
    minutes = sum(one.minutes for one in free)
    load = (
        how_many(len(column.blocks), "visit") + (f" · {_length(minutes)} free" if minutes else "")
        if column.open
        else ""
    )
    return Laid(
        id=column.provider_id or column.resource_id,
        key=f"{column.resource_id}-{column.day:%m%d}",
        name=name or column.name,
        note=" · ".join(filter(None, (column.place if place else "", "" if load or out else "No hours"))),
        tone=number,
        day=column.day.isoformat(),
        load=load,
        out=out,
        things=[*ground, *front],
        lines=sorted([*visits, *holds, *tools.free(0), *closed], key=lambda t: (t.row, t.lane)),
    )


class _Tools:
    """What the laying of one column keeps asking: which moment a cell is, and where it stands."""

    def __init__(self, column: Column, grid: DayGrid) -> None:
        self.column, self.grid, self.location_id = column, grid, column.location_id
        self.midnight = midnight_utc(column.day, grid.zone)
        self.first, self.last = grid.from_hour * 12, grid.to_hour * 12
        self.now = clock.now()

    def moment(self, row: int) -> datetime:
        return self.midnight + row * CELL

    def span(self, what: str, row: int, cells: int, **more: Any) -> Thing:
        wall, ends = (to_wall(self.moment(at), self.grid.zone) for at in (row, row + cells))
        return Thing(
            what,
            row - self.first,
            cells,
            time=wall_time(wall),
            clock=f"{wall:%-I:%M}",
            half=f"{wall:%p}".lower(),
            until=wall_time(ends),
            minutes=cells * 5,
            **more,
        )

    def visit(self, block: Block) -> Thing:
        return self.span(
            "visit",
            block.row,
            block.cells,
            id=block.id,
            name=block.patient_name,
            about=born(block.birth_date, self.column.day, day_first=True),
            kind=block.visit_type,
            detail="interpreter" if block.interpreter else "",
            status=str(block.status),
            flags=tuple(self._flags(block)),
            lane=min(block.lane, MOST_LANES - 1),
            lanes=min(block.lanes, MOST_LANES),
            moves=block.status in MOVABLE,
        )

    def _flags(self, block: Block) -> Iterator[tuple[str, str]]:
        late = self.now - block.starts
        if block.status in MOVABLE and LATE < late < timedelta(hours=12):
            yield "bad", f"{int(late.total_seconds() // 60)} min late"
        if block.is_override:
            yield "warn", "over"

    def tints(self) -> Iterator[Thing]:
        for stretch in self.column.open:
            seats = f" × {stretch.seats}" if stretch.seats > 1 else ""
            yield self.span(
                "tint", stretch.row, stretch.cells, words=f"{stretch.lane}{seats}", tone=_tone(stretch.lane)
            )

    def closed(self) -> Iterator[Thing]:
        """Yield what no lane is open for, within the hours that are shown."""
        at = self.first
        for row, ends in _joined((s.row, s.row + s.cells) for s in self.column.open):
            if row > at:
                yield self.span("closed", at, row - at)
            at = max(at, ends)
        if at < self.last:
            yield self.span("closed", at, self.last - at)

    def free(self, step: int) -> Iterator[Thing]:
        """Yield the free times still to come, cut at each `step` cells so that each can be reached; 0 leaves them whole."""
        for row, count in self.column.free:
            begins = max(row, self._next_cell())
            for at, cells in _cut(begins, row + count - begins, step):
                token = write_token(self.moment(at), self.column.provider_id, self.location_id)
                yield self.span(
                    "slot", at, cells, href=f"/openings/slot?offer={token}&minutes={(row + count - at) * 5}"
                )

    def _next_cell(self) -> int:
        """Return the first cell of the day that has not begun."""
        return max(0, -((self.midnight - self.now) // CELL))


def _cut(begins: int, count: int, step: int) -> Iterator[tuple[int, int]]:
    at, ends = begins, begins + count
    while at < ends:
        upto = min(ends, (at // step + 1) * step) if step else ends
        yield at, upto - at
        at = upto


def _joined(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    begins = ends = -1
    for row, upto in sorted(spans):
        if row <= ends:
            ends = max(ends, upto)
            continue
        if ends >= 0:
            yield begins, ends
        begins, ends = row, upto
    if ends >= 0:
        yield begins, ends


def _tone(words: str) -> int:
    return sum(words.encode()) % 8


def _length(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest:02d}" if hours and rest else f"{hours} h" if hours else f"{rest} min"
