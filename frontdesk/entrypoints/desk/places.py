"""The locations of the practice: where each is, in which time zone, and when it is open."""

from typing import Any

from django.http import HttpResponse

from frontdesk.entrypoints.desk.forms import Field, Form, Panel, draw, texts
from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view, done, page
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.opening import ZONES
from frontdesk.entrypoints.desk.scheduling.days import WEEKDAYS
from frontdesk.entrypoints.desk.scheduling.hours import SAYS, read_hours, stored_hours
from frontdesk.kit.errors import Invalid, NotFound, NotPermitted, Refusal
from frontdesk.office.practice import queries
from frontdesk.office.practice import services as practice
from frontdesk.office.practice.models import Location
from frontdesk.office.scheduling import services as scheduling

FIELDS = ("name", "short_name", "phone", "line", "city", "state", "zip", "zone", "directions")
USUAL = ["8:00 am – 5:00 pm"] * 5 + ["", ""]


@desk_view()
def places(request: DeskRequest) -> HttpResponse:
    """Show every location."""
    _must_change(request)
    return page(request, "desk/places/places.html", {"zones": dict(ZONES)})


@desk_view(("GET", "POST"))
def organisation(request: DeskRequest) -> HttpResponse:
    """Show the practice itself in the side panel: its name, telephone and NPI; posted, keep them."""
    _must_change(request)
    known = queries.practice()
    if known is None:
        msg = "The practice is not set up yet."
        raise NotFound(msg)
    asked = "The practice's own, of type 2: payers are asked under it"
    fields = (
        Field("name", "Name", needed=True, value=known.name, width="l"),
        Field("phone", "Telephone", value=known.phone, width="m"),
        Field("npi", "NPI", hint=asked, value=known.npi, width="m"),
    )
    shown = Panel("The practice", (Form("change", "", "Save", fields),))
    if request.method == "GET":
        return draw(request, shown, version=known.version)
    try:
        given = texts(request.POST, ("name", "phone", "npi"))
        practice.change_practice(request.actor, version=number(request.POST.get("version")) or 0, **given)
    except Refusal as refusal:
        return draw(request, shown, version=known.version, refusal=refusal)
    return done(request, "/locations", "The practice is saved.")


@desk_view(("GET", "POST"))
def edit(request: DeskRequest, location_id: int | None = None) -> HttpResponse:
    """Show one location, or an empty form for a new one; posted, keep it."""
    _must_change(request)
    known = queries.location(location_id) if location_id else None
    if location_id and (known is None or not request.actor.works_at(location_id)):
        msg = "There is no such location."
        raise NotFound(msg)
    if request.method == "GET":
        given = {name: getattr(known, name) for name in FIELDS} if known else {"zone": request.location.zone}
        return _form(request, known, given, stored_hours(known.pk) if known else USUAL)
    given = {name: request.POST.get(name, "").strip() for name in FIELDS}
    typed = [request.POST.get(f"day-{n}", "").strip() for n in range(7)]
    try:
        made = _kept(request, known, given, typed)
    except Refusal as refusal:
        return _form(request, known, given, typed, refusal)
    if known:
        return done(request, "/locations", f"{made.name} is saved. The book follows in a moment.")
    request.session["location_id"] = made.pk
    return done(
        request, "/resources/new", f"{made.name} is added, and you work there now. Who can be booked?"
    )


def _kept(request: DeskRequest, known: Location | None, given: dict[str, str], typed: list[str]) -> Location:
    hours = read_hours(typed)
    given = {**given, "short_name": given["short_name"] or given["name"][:24]}
    if known is None:
        return practice.add_location(request.actor, hours=hours, **given)
    return scheduling.change_location(
        request.actor,
        location_id=known.pk,
        hours=hours,
        version=number(request.POST.get("version")) or 0,
        **given,
    )


def _form(
    request: DeskRequest,
    known: Location | None,
    given: dict[str, Any],
    typed: list[str],
    refusal: Refusal | None = None,
) -> HttpResponse:
    zone = given.get("zone", "")
    context = {
        "known": known,
        "given": {name: given.get(name, "") for name in FIELDS},
        "hours": typed,
        "days": list(enumerate(name.title() for name in WEEKDAYS)),
        "says": SAYS,
        "zones": ZONES if zone in dict(ZONES) or not zone else [*ZONES, (zone, zone)],
        "problem": refusal.sentence if refusal else "",
        "errors": refusal.fields if isinstance(refusal, Invalid) else {},
    }
    return page(request, "desk/places/place.html", context, status=STATUS[refusal.kind] if refusal else 200)


def _must_change(request: DeskRequest) -> None:
    if not request.actor.can("practice.change"):
        msg = "Your role does not change locations. Ask the practice manager."
        raise NotPermitted(msg, "practice.change")
