"""Cash that goes out of an open drawer or into it, and the drawer that changes hands."""

from collections.abc import Mapping

from django.http import Http404, HttpResponse

from frontdesk.entrypoints.desk.drawers import counts
from frontdesk.entrypoints.desk.forms import Field, Form, Panel, draw, draw_again
from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view, done, page
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.kit.errors import Invalid, NotFound, NotPermitted, Refusal
from frontdesk.kit.money import dollars
from frontdesk.office.payments import queries
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.errors import NoSuchDrawer
from frontdesk.office.payments.models import DrawerSession
from frontdesk.office.payments.rules import over_or_short, read_cents

AMOUNT = Field("amount", "Amount", needed=True, width="m", hint="Dollars")
PANELS: dict[str, tuple[str, str, tuple[Field, ...]]] = {
    "out": (
        "Pay out", "For the practice: stamps, light bulbs. Keep the receipt with the drawer.",
        (AMOUNT, Field("to", "To whom", needed=True, width="m"), Field("what", "What for", needed=True)),
    ),
    "in": (
        "Put in", "Money of the practice that comes into the drawer; what a patient pays is taken as a payment.",
        (AMOUNT, Field("what", "Where it comes from", needed=True)),
    ),
    "change": ("Change from the safe", "Put in only: what is swapped for other bills is no move.", (AMOUNT, Field("what", "Note"))),
    "drop": (
        "Drop in the safe", "It goes to the bank with this drawer’s deposit.",
        (AMOUNT, Field("to", "Who took it there", width="m"), Field("what", "Bag or note", width="m")),
    ),
}  # fmt: skip
DONE = {"out": "paid out", "in": "put in", "change": "taken from the safe", "drop": "dropped in the safe"}


@desk_view(("GET", "POST"))
def move(request: DeskRequest, session_id: int, kind: str) -> HttpResponse:
    """Move cash of a drawer."""
    session = of_here(request, session_id)
    if kind not in PANELS:
        raise Http404
    title, note, fields = PANELS[kind]
    shown = Panel(title, (Form(kind, "", title, fields),), note=f"{session.drawer.name}. {note}")
    if request.method == "GET":
        return draw(request, shown)
    data = request.POST
    try:
        cents = read_cents(data.get("amount", ""), "amount") or 0
        payments.move_cash(
            request.actor,
            session_id=session_id,
            kind=kind,
            cents=cents,
            to=data.get("to", ""),
            what=data.get("what", ""),
        )
    except Refusal as refusal:
        return draw_again(request, shown, refusal)
    return done(request, "/drawer", f"{dollars(cents)} {DONE[kind]}.")


@desk_view(("GET", "POST"))
def hand_over(request: DeskRequest, session_id: int) -> HttpResponse:
    """Hand a drawer over to a colleague: counted by both, who takes it signs with their own password."""
    session = of_here(request, session_id)
    if request.method == "GET":
        return _form(request, session, {})
    data = request.POST
    try:
        to = number(data.get("to"))
        if to is None:
            msg = "Choose the colleague who takes it over."
            raise Invalid(msg, fields={"to": msg})
        moved = payments.hand_over(
            request.actor, session_id=session_id, to_id=to, password=data.get("password", ""),
            counts=counts.read(data), what=data.get("what", ""),
        )  # fmt: skip
    except (NotPermitted, NotFound):
        raise
    except Refusal as refusal:
        return _form(request, session, data, refusal)
    return done(
        request,
        "/drawer",
        f"{session.drawer.name} is {moved.to}’s now. Counted {dollars(moved.cents)}, {over_or_short(moved.over)}.",
    )


def of_here(request: DeskRequest, session_id: int) -> DrawerSession:
    """Return a session of a site where one works. Raises `NoSuchDrawer`."""
    session = queries.session_of(session_id)
    if session is None or not request.actor.works_at(session.drawer.location_id):
        msg = "There is no such drawer."
        raise NoSuchDrawer(msg)
    return session


def _form(
    request: DeskRequest, session: DrawerSession, typed: Mapping[str, str], refusal: Refusal | None = None
) -> HttpResponse:
    people = [(one.pk, one.display_name or one.username) for one in queries.takers(session)]
    context = {
        "session": session,
        "people": people,
        "typed": typed,
        "kinds": counts.kinds(typed, refusal),
        "problem": refusal.sentence if refusal else "",
        "errors": counts.errors_of(refusal),
    }
    return page(
        request, "desk/drawers/hand_over.html", context, status=STATUS[refusal.kind] if refusal else 200
    )
