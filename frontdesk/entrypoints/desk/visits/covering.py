"""The insurance of a visit on its card: how it stands, its payers asked by one key, the answer followed until it is there."""

from django.http import HttpResponse

from frontdesk.entrypoints.desk.coverage.verdicts import covered
from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, done, page
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.scheduling.panels import tell
from frontdesk.entrypoints.desk.visits.card import show
from frontdesk.kit.errors import NotFound
from frontdesk.office.coverage.queries import still_waits
from frontdesk.office.scheduling import services as scheduling
from frontdesk.office.visits import queries
from frontdesk.office.visits import services as visits


@desk_view(("POST",))
def verify(request: DeskRequest, appointment_id: int) -> HttpResponse:
    """Ask the payers of a visit's patient; answer with the card."""
    asked = visits.verify(request.actor, appointment_id=appointment_id)
    words = "The payer is being asked." if asked else "There is no insurance to ask about for this visit."
    if not request.is_fragment:
        return done(request, f"/visits/{appointment_id}", words)
    return tell(show(request, appointment_id), words, changed=False, tone="info")


@desk_view()
def cover(request: DeskRequest, appointment_id: int) -> HttpResponse:
    """Answer with how a visit is covered once the question `asked` is settled; until then with nothing, and no look on record."""
    asked = number(request.GET.get("asked"))
    if asked and still_waits(request.actor, asked):
        return HttpResponse(status=204)
    scheduling.open_appointment(request.actor, appointment_id=appointment_id, bare=True)
    line = queries.line_of(request.actor, appointment_id)
    if line is None:
        msg = "That visit was cancelled."
        raise NotFound(msg)
    context = {"s": covered(line.cover, line.zone), "l": line, "settled": True}
    return page(request, "desk/visits/_cover.html", context)
