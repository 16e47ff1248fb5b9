"""The verbs of the visit day under their keys: each is one POST, answered with the card as it then stands."""

from collections.abc import Callable

from django.http import HttpResponse

from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, done
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.scheduling.panels import tell
from frontdesk.entrypoints.desk.visits.card import show
from frontdesk.kit.errors import NotFound
from frontdesk.office.scheduling import services as scheduling
from frontdesk.office.visits import services as visits
from frontdesk.office.visits.errors import OpenFollowUp, Unidentified, WrongSite

Deed = Callable[[DeskRequest, int, int | None], str]


def _arrive(request: DeskRequest, pk: int, version: int | None) -> str:
    visit = visits.arrive(
        request.actor,
        appointment_id=pk,
        version=version,
        companion=request.POST.get("companion", ""),
        other_site=request.POST.get("other_site", ""),
    )
    late = visit.minutes_late
    return f"Arrived, {late} minutes late." if late >= 1 else "Arrived."


def _check_in(request: DeskRequest, pk: int, version: int | None) -> str:
    promised = number(request.POST.get("promised"))
    visits.check_in(request.actor, appointment_id=pk, version=version, promised_minutes=promised)
    return "Checked in."


def _room(request: DeskRequest, pk: int, version: int | None) -> str:
    visit = visits.room(
        request.actor, appointment_id=pk, room_id=number(request.POST.get("room")), version=version
    )
    return f"In {visit.room.name}." if visit.room else "In a room."


def _start(request: DeskRequest, pk: int, version: int | None) -> str:
    visits.start(request.actor, appointment_id=pk, version=version)
    return "With the provider."


def _finish(request: DeskRequest, pk: int, version: int | None) -> str:
    visits.finish(request.actor, appointment_id=pk, version=version)
    return "Ready to check out."


def _check_out(request: DeskRequest, pk: int, version: int | None) -> str:
    visits.check_out(request.actor, appointment_id=pk, version=version)
    return "Checked out."


def _leave(request: DeskRequest, pk: int, version: int | None) -> str:
    visits.leave(
        request.actor, appointment_id=pk, version=version, reason=request.POST.get("reason", "").strip()
    )
    return "Left without being seen."


def _no_show(request: DeskRequest, pk: int, version: int | None) -> str:
    scheduling.mark_no_show(request.actor, appointment_id=pk, version=version)
    return "Marked as a no-show."


def _undo(request: DeskRequest, pk: int, _version: int | None) -> str:
    visits.undo(request.actor, appointment_id=pk)
    return "Taken back."


def _correct(request: DeskRequest, pk: int, version: int | None) -> str:
    visits.correct(
        request.actor,
        appointment_id=pk,
        version=version,
        status=request.POST.get("status", ""),
        reason=request.POST.get("reason", ""),
    )
    return "Corrected."


DEEDS: dict[str, Deed] = {
    "arrive": _arrive,
    "check-in": _check_in,
    "room": _room,
    "start": _start,
    "finish": _finish,
    "check-out": _check_out,
    "leave": _leave,
    "no-show": _no_show,
    "undo": _undo,
    "correct": _correct,
}


@desk_view(("POST",))
def deed(request: DeskRequest, appointment_id: int, name: str) -> HttpResponse:
    """Take a visit one step on, or back, and answer with its card."""
    if name not in DEEDS:
        raise NotFound("There is no such step.")
    try:
        words = DEEDS[name](request, appointment_id, number(request.POST.get("version")))
    except (Unidentified, OpenFollowUp) as refusal:
        # Not a wrong key but the next thing to do: the card says which, and has the focus there.
        return _answer(request, appointment_id, refusal.sentence, tone="info", changed=False)
    except WrongSite as refusal:
        return show(request, appointment_id, elsewhere=refusal.sentence)
    return _answer(request, appointment_id, words)


@desk_view(("POST",))
def settle(request: DeskRequest, appointment_id: int, item: str) -> HttpResponse:
    """Settle a line of the check-in list, or open it again."""
    if request.POST.get("again"):
        visits.unsettle(request.actor, appointment_id=appointment_id, item=item)
        return _answer(request, appointment_id, "Open again.")
    made = visits.settle(
        request.actor,
        appointment_id=appointment_id,
        item=item,
        answer=request.POST.get("answer", ""),
        how=request.POST.get("how", ""),
    )
    return _answer(request, appointment_id, f"{item.replace('_', ' ').capitalize()}: {made.answer}.")


@desk_view(("POST",))
def note(request: DeskRequest, appointment_id: int) -> HttpResponse:
    """Keep who came along, and a word about the visit."""
    visits.set_note(
        request.actor,
        appointment_id=appointment_id,
        companion=request.POST.get("companion"),
        note=request.POST.get("note"),
    )
    return _answer(request, appointment_id, "Noted.")


@desk_view(("POST",))
def plan_room(request: DeskRequest, appointment_id: int) -> HttpResponse:
    """Keep a room in mind, or change the one somebody is in."""
    visits.plan_room(request.actor, appointment_id=appointment_id, room_id=number(request.POST.get("room")))
    return _answer(request, appointment_id, "Room noted.")


def _answer(
    request: DeskRequest, appointment_id: int, words: str, *, tone: str = "good", changed: bool = True
) -> HttpResponse:
    if not request.is_fragment:
        return done(request, f"/visits/{appointment_id}", words)
    return tell(show(request, appointment_id), words, changed=changed, tone=tone)
