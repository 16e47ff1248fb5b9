"""Visitors who are no patients: signed in with a badge, their host told, signed out; and who is in the building."""

from dataclasses import dataclass

from django.http import HttpResponse

from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view, done
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.scheduling.panels import panel, tell
from frontdesk.entrypoints.desk.templating import wall_time
from frontdesk.kit.errors import Invalid, Refusal
from frontdesk.kit.walltime import to_wall
from frontdesk.office.accounts.queries import colleagues
from frontdesk.office.visits import queries
from frontdesk.office.visits import services as visits
from frontdesk.office.visits.models import Visitor


@dataclass(frozen=True, slots=True)
class Guest:
    """A visitor as the list shows them. `told` says whether the host knows, in words."""

    id: int
    badge: int
    name: str
    about: str
    host: str
    since: str
    told: str
    untold: bool


@desk_view(("GET", "POST"))
def visitors(request: DeskRequest) -> HttpResponse:
    """Sign somebody in, beside the list of those who are here."""
    if request.method == "GET":
        return _panel(request)
    data = request.POST
    try:
        made = visits.sign_in_visitor(
            request.actor,
            location_id=request.location.pk,
            name=data.get("name", ""),
            organization=data.get("organization", ""),
            purpose=data.get("purpose", ""),
            host=data.get("host", ""),
            host_id=number(data.get("host_id")),
        )
    except Refusal as refusal:
        return _panel(request, refusal=refusal)
    words = f"{made.name} has badge {made.badge}."
    if not request.is_fragment:
        return done(request, "/visitors", words)
    return tell(_panel(request, badge=made), words)


@desk_view(("POST",))
def visitor(request: DeskRequest, visitor_id: int, verb: str) -> HttpResponse:
    """Sign somebody out, or note that their host knows."""
    if verb == "out":
        words = f"Badge {visits.sign_out_visitor(request.actor, visitor_id=visitor_id).badge} is back."
    else:
        visits.tell_host(request.actor, visitor_id=visitor_id)
        words = "Noted."
    if not request.is_fragment:
        return done(request, "/visitors", words)
    if request.POST.get("from") == "desk":
        return tell(HttpResponse(status=200), words)
    return tell(_panel(request), words)


def _panel(
    request: DeskRequest, *, refusal: Refusal | None = None, badge: Visitor | None = None
) -> HttpResponse:
    here = queries.visitors_in(request.location.pk)
    visits.open_visitors(request.actor, location_id=request.location.pk, number=len(here))
    context = {
        "guests": [_guest(one, request.location.zone) for one in here],
        "staff": [(one.pk, one.display_name) for one in colleagues()],
        "data": request.POST if refusal else {},
        "badge": badge,
        "problem": refusal.sentence if refusal else "",
        "errors": refusal.fields if isinstance(refusal, Invalid) else {},
    }
    status = STATUS[refusal.kind] if refusal else 200
    return panel(request, "desk/visits/visitors_panel.html", context, title="Visitors", status=status)


def _guest(one: Visitor, zone: str) -> Guest:
    told = wall_time(to_wall(one.host_told_at, zone)) if one.host_told_at else ""
    return Guest(
        id=one.pk,
        badge=one.badge,
        name=one.name,
        about=" · ".join(part for part in (one.organization, one.purpose) if part),
        host=one.host,
        since=wall_time(to_wall(one.in_at, zone)),
        told=f"knows since {told}" if told else "",
        untold=bool(one.host) and not told,
    )
