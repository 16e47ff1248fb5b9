"""What is done with a message: taken back, sent again, settled; the card answers, and its row follows."""

from collections.abc import Callable

from django.http import Http404, HttpResponse

from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, done, page
from frontdesk.entrypoints.desk.messaging.outbox import card, stays_here
from frontdesk.entrypoints.desk.scheduling.panels import tell
from frontdesk.kit.errors import Invalid, Refused
from frontdesk.office.messaging import services as messaging


@desk_view(("POST",))
def deed(request: DeskRequest, message_id: int, verb: str) -> HttpResponse:
    """Do one thing with a message."""
    if verb not in VERBS:
        raise Http404
    do, words = VERBS[verb]
    do(request, message_id)
    if not request.is_fragment:
        return done(request, f"/messages/{message_id}", words)
    opened = messaging.open_message(request.actor, message_id=message_id)
    return tell(page(request, "desk/messaging/_done.html", {"c": card(request, opened)}), words)


@desk_view(("POST",))
def reply(request: DeskRequest, message_id: int) -> HttpResponse:
    """Answer a text in the patient's place, as a carrier would tell of it; only where none is set up."""
    opened = messaging.open_message(request.actor, message_id=message_id)
    said = request.POST.get("said", "").strip()[:160]
    if not stays_here(opened.line):
        raise Refused("Only a text that was kept here can be answered here.")
    if not said:
        msg = "Write what the patient would answer."
        raise Invalid(msg, fields={"said": msg})
    heard = messaging.hear(request.actor, channel="text", address=opened.line.address, said=said)
    words = f"They read: {heard.answer}" if heard and heard.answer else "Nothing is answered."
    if not request.is_fragment:
        return done(request, f"/messages/{message_id}", words)
    context = {"c": card(request, opened), "said": said, "answer": words}
    return tell(page(request, "desk/messaging/_done.html", context), words)


def _withdraw(request: DeskRequest, message_id: int) -> object:
    return messaging.withdraw(request.actor, message_id=message_id)


def _again(request: DeskRequest, message_id: int) -> object:
    return messaging.send_again(request.actor, message_id=message_id)


def _settle(request: DeskRequest, message_id: int) -> object:
    given = request.POST
    return messaging.settle(
        request.actor, message_id=message_id, how=given.get("how", ""), note=given.get("note", "")
    )


VERBS: dict[str, tuple[Callable[[DeskRequest, int], object], str]] = {
    "withdraw": (_withdraw, "Taken back."),
    "again": (_again, "It goes out again."),
    "settle": (_settle, "Settled."),
}
