"""The names of a site's drawers, and how the practice closes."""

from django.http import HttpResponse

from frontdesk.entrypoints.desk.forms import Field, Form, Panel, draw, draw_again
from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, done
from frontdesk.kit.errors import Refusal
from frontdesk.kit.money import dollars
from frontdesk.office.payments import queries
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.errors import NoSuchDrawer
from frontdesk.office.payments.models import Drawer
from frontdesk.office.payments.rules import read_cents


@desk_view(("GET", "POST"))
def names(request: DeskRequest) -> HttpResponse:
    """Add a drawer of this site."""
    fields = (Field("name", "Name", needed=True, hint="As people call it: Drawer 1, Front window"),)
    shown = Panel("Add a drawer", (Form("add", "", "Add", fields),), note=request.location.name)
    if request.method == "GET":
        return draw(request, shown)
    try:
        made = payments.name_drawer(
            request.actor, location_id=request.location.pk, name=request.POST.get("name", "")
        )
    except Refusal as refusal:
        return draw_again(request, shown, refusal)
    return done(request, "/drawer", f"{made.name} is added.")


@desk_view(("GET", "POST"))
def name(request: DeskRequest, drawer_id: int) -> HttpResponse:
    """Give a drawer another name, or take it out of use."""
    row = Drawer.objects.filter(pk=drawer_id).first()
    if row is None or not request.actor.works_at(row.location_id):
        msg = "There is no such drawer."
        raise NoSuchDrawer(msg)
    fields = (
        Field("name", "Name", needed=True, value=row.name),
        Field("gone", "Out of use", kind="check", value="" if row.is_active else "on"),
    )
    shown = Panel(row.name, (Form("change", "", "Save", fields),))
    if request.method == "GET":
        return draw(request, shown)
    try:
        made = payments.name_drawer(
            request.actor, location_id=row.location_id, drawer_id=drawer_id, name=request.POST.get("name", ""),
            is_active="gone" not in request.POST,
        )  # fmt: skip
    except Refusal as refusal:
        return draw_again(request, shown, refusal)
    return done(request, "/drawer", f"{made.name} is saved.")


@desk_view(("GET", "POST"))
def rule(request: DeskRequest) -> HttpResponse:
    """Say from what on over or short needs a second person, what usually stays, and where deposits go."""
    kept = queries.close_rule()
    second = "From this much over or short on, a reason and a lead or manager are asked for"
    fields = (
        Field("threshold", "Over or short", hint=second, needed=True, value=dollars(kept.threshold_cents), width="m"),
        Field("float", "Stays in the drawer", hint="Offered at the close", needed=True, value=dollars(kept.float_cents), width="m"),
        Field("bank", "Bank account", hint="As the deposit slip names it", value=kept.bank),
    )  # fmt: skip
    shown = Panel("How a day is closed", (Form("rule", "", "Save", fields),))
    if request.method == "GET":
        return draw(request, shown)
    data = request.POST
    try:
        payments.set_close_rule(
            request.actor, threshold_cents=read_cents(data.get("threshold", ""), "threshold") or 0,
            float_cents=read_cents(data.get("float", ""), "float") or 0, bank=data.get("bank", ""),
        )  # fmt: skip
    except Refusal as refusal:
        return draw_again(request, shown, refusal)
    return done(request, "/drawer", "Saved.")
