"""Cancel a visit: whose reason it is and which in one letter, then Enter; rebooking is the next key."""

from typing import Any

from django.http import HttpResponse

from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.scheduling.cards import Card, card
from frontdesk.entrypoints.desk.scheduling.panels import panel, tell
from frontdesk.entrypoints.desk.scheduling.readback import cancelled
from frontdesk.entrypoints.desk.scheduling.reasons import reason_groups
from frontdesk.kit.errors import Invalid, NotFound, Refusal
from frontdesk.office.scheduling import services as scheduling
from frontdesk.office.scheduling.models import Appointment

SCOPES = ("this", "following", "all")


@desk_view(("GET", "POST"))
def cancel(request: DeskRequest, appointment_id: int) -> HttpResponse:
    """Show the reasons, and cancel for the one that was chosen."""
    a = card(request, appointment_id)
    if request.method == "GET":
        return _form(request, a)
    try:
        return _cancel(request, a)
    except Refusal as refusal:
        if isinstance(refusal, NotFound):
            raise
        return _form(request, a, refusal)


def _cancel(request: DeskRequest, a: Card) -> HttpResponse:
    reason = request.POST.get("reason_code", "")
    if not reason:
        raise Invalid("Press the letter of the reason first.", fields={"reason_code": "Choose a reason."})
    scope = request.POST.get("scope", "this")
    wish: dict[str, Any] = {
        "appointment_id": a.id,
        "reason_code": reason,
        "note": request.POST.get("note", "").strip(),
    }
    gone: list[Appointment]
    if a.series and scope in SCOPES[1:]:
        gone = scheduling.cancel_series(request.actor, **wish, scope=scope)
    else:
        gone = [scheduling.cancel(request.actor, **wish, version=number(request.POST.get("version")))]
    return tell(panel(request, "desk/scheduling/booked_panel.html", {"r": cancelled(request, gone)}))


def _form(request: DeskRequest, a: Card, refusal: Refusal | None = None) -> HttpResponse:
    context = {
        "a": a,
        "groups": reason_groups(),
        "chosen": request.POST.get("reason_code", ""),
        "scope": request.POST.get("scope", "this"),
        "note": request.POST.get("note", ""),
        "late": a.late_words,
        "problem": refusal.sentence if refusal else "",
        "errors": refusal.fields if isinstance(refusal, Invalid) else {},
    }
    status = STATUS[refusal.kind] if refusal else 200
    return panel(request, "desk/scheduling/cancel_panel.html", context, title="Cancel a visit", status=status)
