"""When the office is open: the hours of each weekday, and the days on which it is closed."""

import re
from dataclasses import dataclass, field
from datetime import time

from django.http import HttpResponse, QueryDict

from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view, done, page
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.scheduling.days import WEEKDAYS, read_day
from frontdesk.entrypoints.desk.scheduling.line import read_clock
from frontdesk.entrypoints.desk.scheduling.wording import short_day
from frontdesk.entrypoints.desk.templating import wall_time
from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid, NotPermitted, Refusal
from frontdesk.office.practice import queries as practice
from frontdesk.office.practice import services
from frontdesk.office.practice.services import Hours

SAYS = "Say it like 8:00 am – noon, 1:00 – 5:00 pm; empty is closed."


@dataclass(slots=True)
class Draft:
    """The two forms as they are typed, and what is wrong with them."""

    hours: list[str]
    day: str = ""
    name: str = ""
    problem: str = ""
    errors: dict[str, str] = field(default_factory=dict)


@desk_view(("GET", "POST"))
def hours(request: DeskRequest) -> HttpResponse:
    """Show the hours and closed days of this location; posted, keep the hours."""
    if not request.actor.can("practice.close_day"):
        msg = "Your role does not change opening hours. Ask a lead or the practice manager."
        raise NotPermitted(msg, "practice.close_day")
    if request.method == "GET":
        return _show(request, Draft(stored_hours(request.location.pk)))
    draft = Draft([request.POST.get(f"day-{n}", "").strip() for n in range(7)])
    try:
        services.set_hours(request.actor, location_id=request.location.pk, hours=read_hours(draft.hours))
    except Refusal as refusal:
        return _show(request, draft, refusal)
    return done(request, "/hours", "The hours are saved. The book follows in a moment.")


@desk_view(("POST",))
def closed(request: DeskRequest) -> HttpResponse:
    """Close a day, open one again, or take over a year's holidays."""
    data, by = request.POST, request.actor
    if holiday_id := number(data.get("reopen")):
        services.reopen_on(by, holiday_id=holiday_id)
        return done(request, "/hours", "That day is open again. The book follows in a moment.")
    if year := number(data.get("year")):
        made = services.add_federal_holidays(by, years=[year], state=request.location.state)
        return done(request, "/hours", f"{len(made)} holidays of {year} are entered.")
    try:
        return _close(request, data)
    except Refusal as refusal:
        draft = Draft(stored_hours(request.location.pk), data.get("day", ""), data.get("name", ""))
        return _show(request, draft, refusal)


def _close(request: DeskRequest, data: QueryDict) -> HttpResponse:
    day = read_day(data.get("day", ""), clock.today(request.location.zone))
    if day is None:
        raise Invalid("Say which day.", fields={"day": "Say which day: fri, 12/24."})
    place = None if data.get("everywhere") else request.location.pk
    services.close_on(request.actor, day=day, name=data.get("name", ""), location_id=place)
    return done(
        request, "/hours", f"Closed on {short_day(day)}. Who is booked then comes on the stranded list."
    )


def _show(request: DeskRequest, draft: Draft, refusal: Refusal | None = None) -> HttpResponse:
    if refusal is not None:
        draft.problem, draft.errors = refusal.sentence, refusal.fields if isinstance(refusal, Invalid) else {}
    today = clock.today(request.location.zone)
    closed_days = [
        (one.pk, short_day(one.day), one.name, one.location_id is None)
        for one in practice.closed_days(request.location.pk, today)
    ]
    context = {
        "d": draft, "days": list(enumerate(name.title() for name in WEEKDAYS)), "closed": closed_days, "says": SAYS,
        "year": today.year + 1, "may_set": request.actor.can("practice.change"), "sites": len(request.sites),
    }  # fmt: skip
    return page(
        request, "desk/scheduling/hours.html", context, status=STATUS[refusal.kind] if refusal else 200
    )


def stored_hours(location_id: int) -> list[str]:
    """Return the hours of each weekday as they are typed."""
    found: list[list[str]] = [[] for _ in range(7)]
    for row in practice.hours_of(location_id):
        found[row.weekday].append(f"{_said(row.opens)} – {_said(row.closes)}")
    return [", ".join(spans) for spans in found]


def _said(at: time) -> str:
    return "noon" if at == time(12) else wall_time(clock.now().replace(hour=at.hour, minute=at.minute))


def read_hours(typed: list[str]) -> list[Hours]:
    """Return the hours typed; raise `Invalid` beside each day that cannot be read."""
    found: list[Hours] = []
    wrong: dict[str, str] = {}
    for weekday, text in enumerate(typed):
        spans = [_span(part) for part in text.split(",") if part.strip()]
        if None in spans:
            wrong[f"day-{weekday}"] = SAYS
        found += [Hours(weekday, *span) for span in spans if span]
    if wrong:
        raise Invalid("Some hours cannot be read.", fields=wrong)
    return found


def _span(text: str) -> tuple[time, time] | None:
    ends = re.split(r"\s*(?:-|–|\bto\b)\s*", text.strip().lower())
    if len(ends) != 2:
        return None
    first, last = (read_clock(end.replace(" ", "")) for end in ends)
    return None if first is None or last is None else (first, last)
