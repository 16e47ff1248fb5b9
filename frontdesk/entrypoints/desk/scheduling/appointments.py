"""One appointment: its card, as a page and beside the book, and the deeds under its letters."""

from collections.abc import Callable

from django.http import HttpResponse

from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view, done, page
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.patients.section_form import read_base, write_base
from frontdesk.entrypoints.desk.scheduling.cards import Card, card
from frontdesk.entrypoints.desk.scheduling.panels import panel, tell
from frontdesk.entrypoints.desk.scheduling.readback import card_said
from frontdesk.kit.errors import Invalid, Refusal
from frontdesk.office.scheduling import services as scheduling
from frontdesk.office.scheduling.models import Appointment

NOTES = ("internal_note", "patient_instructions")


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
def notes(request: DeskRequest, appointment_id: int) -> HttpResponse:
    """Change the note among staff, and what the patient is told of this visit."""
    a = card(request, appointment_id)
    if request.method == "GET":
        return _notes_form(request, a)
    given = {name: request.POST.get(name, "").strip() for name in NOTES}
    try:
        made = scheduling.set_notes(
            request.actor, appointment_id=a.id, version=number(request.POST.get("version")), **given
        )
    except Refusal as refusal:
        newest = card(
            request, appointment_id
        )  # what somebody else wrote may be newer than what was read above
        return _notes_form(request, newest, refusal)
    return card_again(request, made, "Noted.")


def _notes_form(request: DeskRequest, a: Card, refusal: Refusal | None = None) -> HttpResponse:
    """Draw the two notes; after a refusal with what was typed, and what stands there now beside it.

    A note that was left as it had been drawn is shown as it is now: keeping them again must not take it back.
    """
    now = {"internal_note": a.internal_note, "patient_instructions": a.patient_instructions}
    base = read_base(request.POST.get("base", ""), NOTES)
    typed = {name: words for name, words in request.POST.items() if name in NOTES and words != base.get(name)}
    context = {
        "a": a,
        "base": write_base(now),
        "given": {**now, **typed},
        "now": [now[name] for name, words in typed.items() if refusal and words != now[name]],
        "problem": refusal.sentence if refusal else "",
        "errors": refusal.fields if isinstance(refusal, Invalid) else {},
    }
    status = STATUS[refusal.kind] if refusal else 200
    return panel(request, "desk/scheduling/notes_panel.html", context, title="Notes", status=status)


def _done(request: DeskRequest, deed: Callable[[], Appointment], words: str) -> HttpResponse:
    return card_again(request, deed(), words)


def card_again(request: DeskRequest, row: Appointment, words: str) -> HttpResponse:
    """Show the card as it now is; a page without scripts goes to it."""
    if not request.is_fragment:
        return done(request, f"/appointments/{row.pk}", words)
    if request.headers.get("HX-Target") != "sheet-body":
        return tell(HttpResponse(status=204), words)
    return tell(page(request, "desk/scheduling/card_panel.html", {"a": card(request, row.pk)}), words)
