"""The book: a day by provider or room, its twin the list, a provider's week, the month's heat."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse

from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, page
from frontdesk.entrypoints.desk.scheduling.asking import number, visit_types
from frontdesk.entrypoints.desk.scheduling.laying import lay
from frontdesk.entrypoints.desk.scheduling.screens import Screen, jump, read_screen
from frontdesk.entrypoints.desk.scheduling.wording import how_many, short_day
from frontdesk.entrypoints.desk.templating import long_date
from frontdesk.office.practice.queries import providers
from frontdesk.office.scheduling import queries
from frontdesk.office.scheduling import services as scheduling
from frontdesk.office.scheduling.models import Resource
from frontdesk.office.scheduling.queries import DayGrid

# As many columns as a day is drawn with.
MOST_COLUMNS = 24


@desk_view()
def day(request: DeskRequest) -> HttpResponse:
    """Show a day of a location, a column for each provider or room."""
    return _day(request, "day", "desk/scheduling/schedule.html")


@desk_view()
def agenda(request: DeskRequest) -> HttpResponse:
    """Show the same day as a list, with the same actions."""
    return _day(request, "agenda", "desk/scheduling/agenda.html")


@desk_view()
def week(request: DeskRequest) -> HttpResponse:
    """Show the week of a provider, or of a room, a device or a nurse, a column for each day."""
    s = read_screen(request, "week")
    here = _resources(s)
    people = here if s.by == "provider" else []
    if (answer := jump(request, s, [(r.provider_id or 0, r.name) for r in people])) is not None:
        return answer
    chosen = next((r for r in here if _is_asked_for(s, r)), here[0] if here else None)
    s.columns_who = [(r.name, s.to(s.day, **_only(s, r)), r is chosen) for r in here]
    if chosen is None:
        return page(request, "desk/scheduling/week.html", {"s": s})
    s.provider_ids, s.note = (chosen.provider_id,) if chosen.provider_id else (), chosen.name
    s.room_id = None if s.by == "provider" else chosen.pk
    grid = queries.week_grid(chosen.pk, s.day - timedelta(days=s.day.weekday()))
    _seen(request, s, grid)
    shown = [c for c in grid.columns if c.open or c.blocks or c.day.weekday() < 5]
    _frame(s, grid)
    s.columns = [lay(c, grid, 0, name=short_day(c.day)) for c in shown]
    return page(request, "desk/scheduling/week.html", {"s": s})


@desk_view()
def month(request: DeskRequest) -> HttpResponse:
    """Show how many visits of a kind could still begin on each day of a month."""
    s = read_screen(request, "month")
    people = providers()
    s.names = {one.pk: one.name for one in people}
    if (answer := jump(request, s, s.names.items())) is not None:
        return answer
    _types(request, s)
    s.month = _month(s)
    return page(request, "desk/scheduling/month.html", {"s": s})


@desk_view()
def beside(request: DeskRequest) -> HttpResponse:
    """Show what stands beside the day: the month, and who is stranded."""
    s = read_screen(request, "day")
    _types(request, s)
    s.month = _month(s)
    stranded = queries.stranded(s.location.pk)
    words = f"{how_many(len(stranded), 'visit')} outside open hours" if stranded else ""
    return page(request, "desk/scheduling/_beside.html", {"s": s, "stranded": words})


def _day(request: DeskRequest, view: str, template: str) -> HttpResponse:
    s = read_screen(request, view)
    if s.everywhere:
        grid = queries.day_grid_of_all(s.day, s.location.pk, by=s.by, at=request.actor.sites)
    else:
        grid = queries.day_grid(s.day, s.location.pk, by=s.by)
    s.names = {c.provider_id: c.name for c in grid.columns if c.provider_id}
    if (answer := jump(request, s, s.names.items())) is not None:
        return answer
    _seen(request, s, grid)
    _frame(s, grid)
    wanted = [
        c
        for c in grid.columns
        if (c.provider_id in s.provider_ids if s.provider_ids else c.open or c.blocks or c.holds)
    ]
    if len(wanted) > MOST_COLUMNS:
        s.more = f"The first {MOST_COLUMNS} of {len(wanted)} columns. Name a provider to see others."
    s.columns = [lay(c, grid, n, place=s.everywhere) for n, c in enumerate(wanted[:MOST_COLUMNS])]
    return page(request, template, {"s": s})


def _frame(s: Screen, grid: DayGrid) -> None:
    s.from_hour, s.to_hour = grid.from_hour, grid.to_hour
    inside = grid.now_cell is not None and grid.from_hour * 12 <= grid.now_cell < grid.to_hour * 12
    s.now_cell = grid.now_cell - grid.from_hour * 12 if inside and grid.now_cell is not None else None
    s.closed = f"Closed: {grid.closed_for}." if grid.closed_for else ""


def _seen(request: DeskRequest, s: Screen, grid: DayGrid) -> None:
    """A look at the day is a look at everyone in it: put it on record."""
    names = [block.patient_id for column in grid.columns for block in column.blocks]
    scheduling.open_list(request.actor, name="day", location_id=s.location.pk, patient_ids=names)


def _resources(s: Screen) -> list[Resource]:
    rows = Resource.objects.filter(location=s.location, is_active=True).select_related("provider")
    if s.by == "provider":
        return sorted(
            rows.filter(kind="provider"), key=lambda r: r.provider.last_name if r.provider else r.name
        )
    return sorted(rows.exclude(kind="provider"), key=lambda r: (r.kind, r.name))


def _is_asked_for(s: Screen, one: Resource) -> bool:
    return one.provider_id in s.provider_ids if s.by == "provider" else one.pk == s.room_id


def _only(s: Screen, one: Resource) -> dict[str, Any]:
    return {"provider": (one.provider_id,)} if s.by == "provider" else {"room": one.pk, "provider": ()}


def _types(request: DeskRequest, s: Screen) -> None:
    s.types = [(one.pk, one.name) for one in visit_types()]
    wanted = number(request.GET.get("type"))
    usual = next(
        (pk for pk, name in s.types if name.lower().startswith("follow")), s.types[0][0] if s.types else None
    )
    s.type_id = wanted if wanted in dict(s.types) else usual


@dataclass(frozen=True, slots=True)
class HeatDay:
    """A day of the month: how many visits could still begin."""

    number: int
    away: bool
    heat: int = 0
    href: str = ""
    here: bool = False
    long: str = ""
    words: str = ""
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    """A month as a heat map."""

    name: str
    note: str
    label: str
    days: list[HeatDay]


def _month(s: Screen) -> Month | None:
    if s.type_id is None:
        return None
    first = s.day.replace(day=1)
    free = queries.month_heat(s.type_id, s.location.pk, first.year, first.month, s.provider_ids)
    most = max(free.values(), default=0) or 1
    begins = first - timedelta(days=(first.weekday() + 1) % 7)
    weeks = -(-((first - begins).days + len(free)) // 7)
    days = [_heat(s, begins + timedelta(days=n), free, most) for n in range(weeks * 7)]
    kind = dict(s.types)[s.type_id]
    return Month(f"{first:%B}", f"free: {kind}", f"{first:%B %Y}, free times for {kind}", days)


def _heat(s: Screen, at: date, free: dict[date, int], most: int) -> HeatDay:
    if at not in free:
        return HeatDay(at.day, away=True)
    count, past = free[at], at < s.today_is
    heat = 0 if not count else min(5, 1 + count * 4 // most)
    shown = "" if past else str(count) if count else "–"
    return HeatDay(
        at.day, away=False, heat=heat, href=s.to(at, view="day"), here=at == s.day, long=long_date(at),
        words="past" if past else f"{count} free" if count else "nothing free", shown=shown,
    )  # fmt: skip
