"""The drawers of a site: which is open and whose, what moved in one's own, and opening one."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpResponse

from frontdesk.entrypoints.desk.drawers import counts
from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view, done, page
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.scheduling.wording import short_day
from frontdesk.entrypoints.desk.templating import wall_time
from frontdesk.kit.errors import Invalid, NotFound, NotPermitted, Refusal
from frontdesk.kit.money import dollars
from frontdesk.kit.walltime import to_wall
from frontdesk.office.payments import queries
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.models import DrawerMove
from frontdesk.office.payments.queries import Shown
from frontdesk.office.payments.rules import over_or_short

MOVES = (
    ("out", "Pay out", "o", "log-out"),
    ("in", "Put in", "i", "plus"),
    ("change", "Change from the safe", "s", "refresh-cw"),
    ("drop", "Drop in the safe", "u", "lock"),
)


@dataclass(frozen=True, slots=True)
class Moved:
    """A move of cash as the list shows it."""

    time: str
    what: str
    about: str
    cents: str
    by: str


@desk_view()
def drawer(request: DeskRequest) -> HttpResponse:
    """Show the drawers of the site, and what moved in those that are open."""
    place = request.location
    found = queries.drawers(place.pk)
    mine = next((one for one in found if one.session_id and one.keeper_id == request.person.pk), None)
    leads = request.actor.can("payments.sign_off")
    shown = [
        (one, said(one, place.zone), one is mine or (leads and one.session_id is not None)) for one in found
    ]
    moves = queries.moves_of(one.session_id for one in found if one.session_id)
    context = {
        "drawers": shown,
        "mine": mine,
        "moves": {
            one.id: [_moved(each, place.zone) for each in moves if each.session_id == one.session_id]
            for one in found
        },
        "kinds": MOVES,
        "closed_days": len(queries.open_days(place.pk, queries.business_day(place.pk))),
    }
    return page(request, "desk/drawers/drawer.html", context)


@desk_view(("GET", "POST"))
def open_one(request: DeskRequest) -> HttpResponse:
    """Open a drawer with its float counted; `next` is where one wanted to take money."""
    to = _back(request.GET.get("next", "") or request.POST.get("next", ""))
    if request.method == "GET":
        return _form(request, request.GET, to)
    try:
        pk = number(request.POST.get("drawer"))
        if pk is None:
            msg = "Choose a drawer."
            raise Invalid(msg, fields={"drawer": msg})
        session = payments.open_drawer(
            request.actor,
            drawer_id=pk,
            counts=counts.read(request.POST),
            witness=request.POST.get("witness", ""),
        )
    except (NotPermitted, NotFound):
        raise
    except Refusal as refusal:
        return _form(request, request.POST, to, refusal)
    opened = f"{session.drawer.name} is open with {dollars(session.float_cents)}."
    if session.float_over:
        opened += f" The last close left {dollars(session.float_cents - session.float_over)}: {over_or_short(session.float_over)} is noted."
    return done(request, to or "/drawer", opened)


def said(one: Shown, zone: str) -> str:
    """Say whose a drawer is: "open, Rosa since 7:32 am"; "closed"."""
    if one.session_id is None or one.since is None:
        return "closed"
    return f"open, {one.keeper} since {wall_time(to_wall(one.since, zone))}"


def tills(request: DeskRequest) -> list[str]:
    """Return the drawers of the site in words, for the desk's own page: "Drawer 1 open, Rosa since 7:32 am"; two queries."""
    if not request.actor.can("payments.drawer"):
        return []
    place = request.location
    found = queries.drawers(place.pk)
    told = [f"{one.name} {said(one, place.zone)}" for one in found if one.session_id]
    return told or (["No drawer is open"] if found else [])


def _form(
    request: DeskRequest, typed: Mapping[str, str], to: str, refusal: Refusal | None = None
) -> HttpResponse:
    free = [(one.id, one.name) for one in queries.drawers(request.location.pk) if one.session_id is None]
    context = {
        "free": free,
        "typed": typed,
        "kinds": counts.kinds(typed, refusal),
        "to": to,
        "problem": refusal.sentence if refusal else "",
        "errors": counts.errors_of(refusal),
    }
    return page(request, "desk/drawers/open.html", context, status=STATUS[refusal.kind] if refusal else 200)


def _moved(one: DrawerMove, zone: str) -> Moved:
    at = to_wall(one.at, zone)
    about = " · ".join(filter(None, [one.to, one.what]))
    if one.kind == DrawerMove.Kind.HAND_OVER:
        about = " · ".join(filter(None, [f"to {one.to}", f"counted, {over_or_short(one.over)}", one.what]))
    return Moved(
        f"{short_day(at.date())}, {wall_time(at)}",
        one.get_kind_display(),
        about,
        dollars(one.cents),
        one.by_name,
    )


def _back(to: str) -> str:
    """Return an address of our own to go back to, "" for any other."""
    return to if to.startswith("/") and not to.startswith("//") and "\\" not in to else ""
