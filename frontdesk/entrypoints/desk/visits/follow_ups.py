"""What the provider ordered for afterwards: noted, then booked from three offers, put on recall, or not wanted."""

from django.http import HttpResponse

from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, done
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.scheduling.panels import tell
from frontdesk.entrypoints.desk.scheduling.tokens import read_token
from frontdesk.entrypoints.desk.visits.card import show
from frontdesk.kit.errors import Invalid
from frontdesk.office.visits import services as visits

LONGEST = 104


@desk_view(("POST",))
def order(request: DeskRequest, appointment_id: int) -> HttpResponse:
    """Note what was ordered: a kind of visit in so many weeks."""
    weeks, kind = number(request.POST.get("weeks")), number(request.POST.get("visit_type"))
    if weeks is None or not 0 <= weeks <= LONGEST:
        raise Invalid(
            "In how many weeks? A number from 0 to 104.", fields={"weeks": "A number from 0 to 104."}
        )
    if kind is None:
        raise Invalid("Which kind of visit?", fields={"visit_type": "Choose one."})
    visits.order_follow_up(
        request.actor,
        appointment_id=appointment_id,
        visit_type_id=kind,
        weeks=weeks,
        provider_id=number(request.POST.get("provider")),
        note=request.POST.get("note", ""),
    )
    return _answer(request, appointment_id, "Follow-up noted.")


@desk_view(("POST",))
def settle(request: DeskRequest, appointment_id: int, follow_up_id: int) -> HttpResponse:
    """Make of it a booking, a recall, or a note why not."""
    wish: dict[str, object] = {}
    words = "On recall."
    if offer := request.POST.get("offer"):
        pick = read_token(offer)
        wish = {"starts": pick.starts, "provider_id": pick.provider_id, "location_id": pick.location_id}
        words = "Follow-up booked."
    elif request.POST.get("how") == "declined":
        wish, words = {"declined": request.POST.get("why", "").strip() or "patient declined"}, "Noted."
    visits.settle_follow_up(request.actor, follow_up_id=follow_up_id, **wish)  # type: ignore[arg-type]  # one dict, values of many kinds
    return _answer(request, appointment_id, words)


def _answer(request: DeskRequest, appointment_id: int, words: str) -> HttpResponse:
    if not request.is_fragment:
        return done(request, f"/visits/{appointment_id}", words)
    return tell(show(request, appointment_id), words)
