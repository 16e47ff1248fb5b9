"""A series that meets conflicts: each date is listed, and left out or given a time near it, before anything is booked."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse

from frontdesk.entrypoints.desk.http import DeskRequest
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.referrals.cautions import taken_up
from frontdesk.entrypoints.desk.scheduling.panels import panel, tell
from frontdesk.entrypoints.desk.scheduling.people import person
from frontdesk.entrypoints.desk.scheduling.readback import series_booked
from frontdesk.entrypoints.desk.scheduling.tokens import read_token, write_token
from frontdesk.entrypoints.desk.scheduling.wording import how_many, short_day
from frontdesk.entrypoints.desk.templating import wall_time
from frontdesk.entrypoints.desk.visits.choosing_payer import INSURANCE
from frontdesk.kit.errors import Conflict, Refusal
from frontdesk.office.scheduling import services as scheduling
from frontdesk.office.scheduling.models import Hold
from frontdesk.office.scheduling.services import Planned
from frontdesk.office.visits import services as visits

# What the form sends of a date that is left out.
LEFT_OUT = "out"


@dataclass(frozen=True, slots=True)
class Date:
    """One visit of the series: when, why not then, and what else there is; `chosen` is what its field holds."""

    field: str
    when: str
    why: str
    choices: list[tuple[str, str]]
    chosen: str


def book_series(
    request: DeskRequest, wish: dict[str, Any], kept: Hold | None, paid: dict[str, Any]
) -> HttpResponse:
    """Book a series, `paid` for as was chosen; when a date cannot be had, list the dates first and book nothing."""
    data = request.POST
    rhythm: dict[str, Any] = {
        "every_weeks": number(data.get("every")) or 1,
        "times": number(data.get("times")) or 1,
        "hold_id": kept.pk if kept else None,
    }
    try:
        plain = paid["how"] == INSURANCE
        book = scheduling.book_series if plain else visits.book_series
        given = {} if plain else paid
        made = book(request.actor, **given, **wish, **rhythm, instead=_instead(request))
    except (Conflict, Refusal) as refusal:
        asked = ("patient_id", "visit_type_id", "location_id", "provider_id", "starts")
        plan = scheduling.plan_series(request.actor, **{name: wish[name] for name in asked}, **rhythm)
        if all(one.refusal for one in plan):
            raise
        return _conflicts(request, wish, plan, refusal)
    taken_up(request, *made)
    return tell(panel(request, "desk/scheduling/booked_panel.html", {"r": series_booked(request, made)}))


def _instead(request: DeskRequest) -> dict[int, datetime | None]:
    """Read what was chosen for each date that cannot be had."""
    found: dict[int, datetime | None] = {}
    for name, value in request.POST.items():
        which = number(name.removeprefix("date-"))
        if name.startswith("date-") and which is not None and isinstance(value, str):
            found[which] = None if value == LEFT_OUT else read_token(value).starts
    return found


def _conflicts(
    request: DeskRequest, wish: dict[str, Any], plan: tuple[Planned, ...], refusal: Refusal
) -> HttpResponse:
    dates = [_date(request, n, one) for n, one in enumerate(plan)]
    clear = sum(not one.why for one in dates)
    again = any(name.startswith("date-") for name in request.POST)
    context = {
        "dates": dates,
        "who": person(request, wish["patient_id"]),
        "carried": [(k, v) for k, v in request.POST.items() if not k.startswith(("date-", "_", "csrf"))],
        "title": f"{how_many(len(dates) - clear, 'date')} of {len(dates)} cannot be had",
        "problem": refusal.sentence if again else "",
    }
    return panel(request, "desk/scheduling/series_panel.html", context, status=409)


def _date(request: DeskRequest, which: int, one: Planned) -> Date:
    free = [
        (
            write_token(o.starts, o.provider_id, o.location_id),
            f"{short_day(o.wall.date())} at {wall_time(o.wall)}",
        )
        for o in one.instead
    ]
    field = f"date-{which}"
    choices = [*free, (LEFT_OUT, "Leave this one out")] if one.refusal else []
    chosen = request.POST.get(field, "")
    first = choices[0][0] if choices else ""
    return Date(
        field,
        f"{short_day(one.wall.date())} at {wall_time(one.wall)}",
        one.refusal,
        choices,
        chosen if chosen in dict(choices) else first,
    )
