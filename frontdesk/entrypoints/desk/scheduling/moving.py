"""Move a visit: a letter for the reason, a number for the time, Enter. Dragging and the hold tray end in the same panel."""

from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any

from django.http import HttpResponse
from django.utils.http import urlencode

from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.referrals.cautions import before_moving, taken_up
from frontdesk.entrypoints.desk.scheduling.cards import Card, card
from frontdesk.entrypoints.desk.scheduling.days import read_day
from frontdesk.entrypoints.desk.scheduling.openings import Time, apart, time_of
from frontdesk.entrypoints.desk.scheduling.panels import panel, tell
from frontdesk.entrypoints.desk.scheduling.people import person
from frontdesk.entrypoints.desk.scheduling.readback import moved, moved_series
from frontdesk.entrypoints.desk.scheduling.reasons import reason, reason_groups
from frontdesk.entrypoints.desk.scheduling.tokens import Pick, read_token
from frontdesk.entrypoints.desk.scheduling.tray import put_down
from frontdesk.entrypoints.desk.scheduling.wording import left, said_day, said_time, short_day
from frontdesk.entrypoints.desk.templating import wall_time
from frontdesk.kit import clock
from frontdesk.kit.errors import Conflict, Refusal
from frontdesk.kit.walltime import to_wall
from frontdesk.office.practice.queries import providers
from frontdesk.office.scheduling import services as scheduling
from frontdesk.office.scheduling.models import Hold
from frontdesk.office.scheduling.services import OpeningsAsk

PARTS = {"am": (None, time(12)), "pm": (time(12), None)}


@dataclass(frozen=True, slots=True)
class Move:
    """A visit about to move: the words to say, old beside new, and the kept time."""

    token: str
    say: str
    changes: list[tuple[str, str, str]]
    hold_id: int | str
    left: str
    reason_code: str
    problem: str = ""
    override: bool = False
    scope: str = "this"
    may_skip: bool = False
    warnings: tuple[str, ...] = ()


@desk_view(("GET", "POST"))
def reschedule(request: DeskRequest, appointment_id: int) -> HttpResponse:
    """Ask why, then offer times near the old one; posted, move the visit."""
    a = card(request, appointment_id)
    if request.method == "POST":
        return _move(request, a)
    why, same = reason(request.GET.get("reason_code", "")), not request.GET.get("any")
    context: dict[str, Any] = {
        "a": a, "reason": why, "same": same, "groups": reason_groups(), "errors": {}, "carried_query": "",
        "from_text": request.GET.get("from", ""), "part": request.GET.get("part", ""), "offers": [], "toggle": "",
    }  # fmt: skip
    if why:
        again = {
            "reason_code": why.code,
            "from": context["from_text"],
            "part": context["part"],
            **({"any": 1} if same else {}),
        }
        context["toggle"] = f"/appointments/{a.id}/reschedule?{urlencode(again)}"
        context["offers"] = _near(request, a, context, same=same)
    return panel(request, "desk/scheduling/reschedule_panel.html", context, title="Reschedule")


@desk_view(("POST",))
def keep(request: DeskRequest, appointment_id: int) -> HttpResponse:
    """Keep the chosen new time and set it beside the old one."""
    a, pick = card(request, appointment_id), read_token(request.POST.get("offer", ""))
    return _panel(request, a, _words(request, a, pick, _hold(request, a, pick)))


@desk_view(("GET", "POST"))
def drop(request: DeskRequest, appointment_id: int) -> HttpResponse:
    """A visit was put down on a free time, dragged or carried by keyboard: nothing moves before it is agreed to."""
    data = request.POST if request.method == "POST" else request.GET
    a, pick = (
        card(request, appointment_id),
        read_token(data.get("href", "").partition("offer=")[2].partition("&")[0]),
    )
    return _panel(request, a, _words(request, a, pick, _hold(request, a, pick)))


def _near(request: DeskRequest, a: Card, context: dict[str, object], *, same: bool) -> list[Time]:
    """Return times from a little before the old one on, nearest to its hour first within the earliest days."""
    today = clock.today(a.zone)
    begins = read_day(str(context["from_text"]), today)
    if context["from_text"] and begins is None:
        context["errors"] = {"from": "That is not a day. Try fri, +2w or 3/14."}
    first, last = PARTS.get(str(context["part"]), (None, None))
    ask = OpeningsAsk(
        visit_type_id=a.visit_type_id,
        patient_id=a.patient_id,
        provider_ids=(a.provider_id,) if same and a.provider_id else (),
        location_ids=(a.location_id,) if same else (),
        from_day=begins or max(today, a.wall.date() - timedelta(days=0)),
        to_day=(begins or max(today, a.wall.date())) + timedelta(days=42),
        time_from=first,
        time_to=last,
        limit=24,
        moving=True,
    )
    found = scheduling.find_openings(request.actor, ask=ask).offers
    others = [one for one in found if (one.starts, one.provider_id) != (a.starts, a.provider_id)]
    return [time_of(one, [(site.pk, site.short_name) for site in request.sites]) for one in apart(others, 6)]


def _move(request: DeskRequest, a: Card) -> HttpResponse:
    """Move the visit to the time that was kept for it."""
    pick, data = read_token(request.POST.get("offer", "")), request.POST
    kept = _own(request, number(data.get("hold")) or 0)
    wish: dict[str, Any] = {
        "appointment_id": a.id,
        "starts": pick.starts,
        "provider_id": pick.provider_id,
        "location_id": pick.location_id,
        "reason_code": data.get("reason_code", ""),
        "hold_id": kept.pk if kept else None,
        "version": number(data.get("version")),
    }
    scope = data.get("scope", "this")
    try:
        if a.series and scope in {"following", "all"}:
            many = scheduling.reschedule_series(
                request.actor, **wish, scope=scope, skip_conflicts=bool(data.get("skip"))
            )
            put_down(request, a.id)
            taken_up(request, *many)
            return tell(
                panel(request, "desk/scheduling/booked_panel.html", {"r": moved_series(request, many)})
            )
        made = scheduling.reschedule(
            request.actor, **wish, override_reason=data.get("override_reason", "").strip()
        )
    except (Conflict, Refusal) as refusal:
        words = _words(request, a, pick, kept, problem=refusal)
        return _panel(request, a, words, status=STATUS[refusal.kind])
    put_down(request, a.id)
    taken_up(request, made)
    return tell(panel(request, "desk/scheduling/booked_panel.html", {"r": moved(request, made)}))


def _panel(request: DeskRequest, a: Card, m: Move, status: int = 200) -> HttpResponse:
    context = {"a": a, "m": m, "groups": reason_groups()}
    return panel(request, "desk/scheduling/move_panel.html", context, title="Move a visit", status=status)


def _hold(request: DeskRequest, a: Card, pick: Pick) -> Hold | None:
    """Keep the new time; where it overlaps the visit's own old time there is nothing to keep it from."""
    try:
        kept: Hold = scheduling.hold(
            request.actor,
            visit_type_id=a.visit_type_id,
            location_id=pick.location_id,
            provider_id=pick.provider_id,
            starts=pick.starts,
        )
    except Conflict:
        overlaps = pick.provider_id == a.provider_id and abs(pick.starts - a.starts) < timedelta(
            minutes=a.minutes
        )
        if not overlaps:
            raise
        return None
    return kept


def _own(request: DeskRequest, hold_id: int) -> Hold | None:
    return next((one for one in scheduling.holds_of(request.actor) if one.pk == hold_id), None)


def _words(
    request: DeskRequest, a: Card, pick: Pick, kept: Hold | None, problem: Refusal | None = None
) -> Move:
    who, data = person(request, a.patient_id), request.POST or request.GET
    wall = to_wall(pick.starts, a.zone)
    names = {one.pk: one for one in providers()}
    to = names.get(pick.provider_id or 0)
    sites = {site.pk: site.name for site in request.sites}
    changes = [
        ("Day", short_day(a.wall.date()), short_day(wall.date())),
        ("Time", wall_time(a.wall), wall_time(wall)),
        ("With", a.who, to.name if to else ""),
    ]
    if len(sites) > 1:
        changes.append(("Where", a.place, sites.get(pick.location_id, "")))
    overridable = problem is not None and problem.code in {
        "NotOpen",
        "OnTimeOff",
        "WrongVisitType",
        "SlotTaken",
        "PatientBookedThen",
    }
    scope = data.get("scope", "this") if a.series else "this"
    return Move(
        token=data.get("offer", "") or _token_of(data.get("href", "")),
        say=f"{who.to} can move {'the visit' if who.minor else 'you'} to {said_day(wall.date())} at {said_time(wall)}{f' with {to.spoken_name}' if to else ''}. Shall I?",
        changes=changes,
        hold_id=kept.pk if kept else "",
        left=left(kept.expires_at) if kept else "",
        reason_code=data.get("reason_code", ""),
        problem=problem.sentence if problem else "",
        override=bool(overridable and _may_override(request) and scope == "this"),
        scope=scope,
        may_skip=problem is not None and scope != "this",
        warnings=before_moving(request, a.id, wall.date()),
    )


def _may_override(request: DeskRequest) -> bool:
    return any(
        request.actor.can(f"scheduling.override_{rule}") for rule in ("capacity", "visit_type", "time_off")
    )


def _token_of(href: str) -> str:
    return href.partition("offer=")[2].partition("&")[0]
