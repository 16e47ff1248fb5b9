"""One appointment: its card, as a page and beside the book, and the deeds under its letters."""

from collections.abc import Callable

from django.http import HttpResponse

from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view, done, page
from frontdesk.entrypoints.desk.scheduling.asking import number
from frontdesk.entrypoints.desk.scheduling.cards import Card, card
from frontdesk.entrypoints.desk.scheduling.panels import panel, tell
from frontdesk.entrypoints.desk.scheduling.readback import card_said
from frontdesk.kit.errors import Invalid, Refusal
from frontdesk.office.practice.queries import providers
from frontdesk.office.scheduling import services as scheduling
from frontdesk.office.scheduling.models import Appointment


@desk_view()
def appointment(request: DeskRequest, appointment_id: int) -> HttpResponse:
    """Show who, what, when and where, what may be done, and what was."""
    a = card(request, appointment_id, opened=True)
    if request.is_fragment and request.headers.get("HX-Target") == "sheet-body":
        return page(request, "desk/scheduling/card_panel.html", {"a": a})
    return page(request, "desk/scheduling/appointment.html", {"a": a})


@desk_view()
def read_back(request: DeskRequest, appointment_id: int) -> HttpResponse:
    """Say the appointment, worded for the caller."""
    one = scheduling.open_appointment(request.actor, appointment_id=appointment_id)
    return panel(
        request, "desk/scheduling/booked_panel.html", {"r": card_said(request, one)}, title="Read back"
    )


@desk_view(("POST",))
def confirm(request: DeskRequest, appointment_id: int) -> HttpResponse:
    """The patient said they will come."""
    version = number(request.POST.get("version"))
    return _done(
        request,
        lambda: scheduling.confirm(request.actor, appointment_id=appointment_id, version=version),
        "Confirmed.",
    )


@desk_view(("POST",))
def no_show(request: DeskRequest, appointment_id: int) -> HttpResponse:
    """The patient did not come."""
    version = number(request.POST.get("version"))
    return _done(
        request,
        lambda: scheduling.mark_no_show(request.actor, appointment_id=appointment_id, version=version),
        "Marked as a no-show.",
    )


@desk_view(("POST",))
def undo(request: DeskRequest, appointment_id: int) -> HttpResponse:
    """Take back the last deed; of a moved visit, the old one comes back."""
    return _done(
        request, lambda: scheduling.undo(request.actor, appointment_id=appointment_id), "Taken back."
    )


@desk_view(("GET", "POST"))
def reassign(request: DeskRequest, appointment_id: int) -> HttpResponse:
    """Give the visit to another provider at the same time."""
    a = card(request, appointment_id)
    if request.method == "GET":
        return _reassign_form(request, a)
    try:
        wanted, why = number(request.POST.get("provider")), request.POST.get("reason", "").strip()
        if wanted is None or not why:
            missing = (
                {"provider": "Choose who takes it."}
                if wanted is None
                else {"reason": "Say why in a few words."}
            )
            raise Invalid("One thing is missing.", fields=missing)
        made = scheduling.reassign(
            request.actor,
            appointment_id=a.id,
            provider_id=wanted,
            version=number(request.POST.get("version")),
            override_reason=why,
        )
    except Refusal as refusal:
        return _reassign_form(request, a, refusal)
    return _card_again(request, made, "Reassigned.")


def _reassign_form(request: DeskRequest, a: Card, refusal: Refusal | None = None) -> HttpResponse:
    context = {
        "a": a,
        "providers": [(one.pk, one.name) for one in providers() if one.pk != a.provider_id],
        "chosen": request.POST.get("provider", ""),
        "reason": request.POST.get("reason", ""),
        "problem": refusal.sentence if refusal else "",
        "errors": refusal.fields if isinstance(refusal, Invalid) else {},
    }
    status = STATUS[refusal.kind] if refusal else 200
    return panel(request, "desk/scheduling/reassign_panel.html", context, title="Reassign", status=status)


def _done(request: DeskRequest, deed: Callable[[], Appointment], words: str) -> HttpResponse:
    return _card_again(request, deed(), words)


def _card_again(request: DeskRequest, row: Appointment, words: str) -> HttpResponse:
    """Show the card as it now is; a page without scripts goes to it."""
    if not request.is_fragment:
        return done(request, f"/appointments/{row.pk}", words)
    if request.headers.get("HX-Target") != "sheet-body":
        return tell(HttpResponse(status=204), words)
    return tell(page(request, "desk/scheduling/card_panel.html", {"a": card(request, row.pk)}), words)
