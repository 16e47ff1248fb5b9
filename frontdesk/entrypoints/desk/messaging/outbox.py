"""The outbox: what needs somebody first, then everything that was written, one message open beside the list."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse

from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, page
from frontdesk.entrypoints.desk.messaging import wording
from frontdesk.entrypoints.desk.messaging.wording import CHANNELS, KINDS, LANGUAGES, STATES, Row, row
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.templating import phone
from frontdesk.exchange.texting.gateway import gateway
from frontdesk.office.messaging import queries
from frontdesk.office.messaging import services as messaging
from frontdesk.office.messaging.queries import Filters, Line, Opened
from frontdesk.office.messaging.rules import segments

SHOWN = 40
PLACES = (("", "Everywhere"), ("here", "Here"))


@dataclass(frozen=True, slots=True)
class Verb:
    """Something to do with a message, under a letter."""

    key: str
    label: str
    to: str
    picture: str
    how: str = ""
    variant: str = "plain"


@dataclass(frozen=True, slots=True)
class Card:
    """One message as the card shows it."""

    row: Row
    opened: Opened
    language: str
    pieces: int
    changed: list[tuple[str, str, str]]
    has_before: bool
    history: list[tuple[str, str, str]]
    verbs: list[Verb]
    note: str
    contacts: str
    visit: str
    money: tuple[str, str] | None
    may_answer: bool


@desk_view()
def messages(request: DeskRequest) -> HttpResponse:
    """Show what needs somebody, and below it everything that was written, newest first."""
    asked = {name: request.GET.get(name, "") for name in ("state", "kind", "channel", "where")}
    before, zone = number(request.GET.get("before")), request.location.zone
    found = queries.outbox(_filters(request, asked), before=before, limit=SHOWN)
    first = before is None and not any(asked.values())
    todo = queries.failures(sites=request.actor.sites, limit=SHOWN) if first else []
    needs = {one.line.id for one in todo}
    lines = [line for line in found.lines if line.id not in needs]
    messaging.open_list(
        request.actor,
        name="outbox",
        location_id=request.location.pk,
        patient_ids=[line.patient_id for line in (*lines, *(one.line for one in todo))],
    )
    context = {
        "todo": [row(one.line, zone, one.todo) for one in todo],
        "rows": [row(line, zone) for line in lines],
        "asked": asked,
        "first": first,
        "states": [(code, words) for code, (words, _, _) in STATES.items()],
        "kinds": list(KINDS.items()),
        "channels": list(CHANNELS.items()),
        "places": PLACES,
        "older": _address(asked, found.before) if found.before else "",
        "newest": _address(asked, None) if before else "",
        "silent": silent(),
    }
    return page(request, "desk/messaging/messages.html", context)


@desk_view()
def message(request: DeskRequest, message_id: int) -> HttpResponse:
    """Show one message: beside the list, or as a page of its own."""
    return show(request, message_id)


def show(request: DeskRequest, message_id: int) -> HttpResponse:
    """Return the card alone, or as a page."""
    context = {"c": card(request, messaging.open_message(request.actor, message_id=message_id))}
    template = "desk/messaging/_card.html" if request.is_fragment else "desk/messaging/message.html"
    return page(request, template, context)


def card(request: DeskRequest, opened: Opened) -> Card:
    """Return the card of a message that was opened."""
    line, zone = opened.line, request.location.zone
    is_visit = line.about.kind == "scheduling.appointment"
    return Card(
        row=row(line, zone),
        opened=opened,
        language=LANGUAGES.get(line.language, line.language),
        pieces=segments(opened.reads.body) if line.channel == "text" else 0,
        changed=wording.changes(line.before, line.after),
        has_before=line.before is not None,
        history=_history(opened, zone),
        verbs=_verbs(request, opened),
        note=_note(opened),
        contacts=f"/patients/{line.patient_id}/contacts" if _needs(opened) else "",
        visit=f"/appointments/{line.about.id}" if is_visit else "",
        money=_money(request, line),
        may_answer=stays_here(line) and request.actor.can("messaging.opt_out"),
    )


def _money(request: DeskRequest, line: Line) -> tuple[str, str] | None:
    """Return the words and address of what a message about money is about, for who may see it."""
    about, may = line.about, request.actor.can
    if about.kind == "payments.payment" and may("payments.view"):
        return "The receipt", f"/payments/{about.id}"
    if about.kind == "payments.cardcharge" and may("payments.take"):
        return "The payment link", f"/payments/cards/{about.id}"
    return None


def stays_here(line: Line) -> bool:
    """Say whether an answer can be tried here in the patient's place: a text that was kept, and no carrier."""
    return line.channel == "text" and wording.is_kept(line) and gateway().name == "outbox"


def silent() -> str:
    """Say, in words, what does not leave this machine because nothing that carries it is set up."""
    mail, texts = settings.MAIL is not None, gateway().name != "outbox"
    if mail and texts:
        return ""
    what, kept = {
        (False, False): ("mail server and no carrier for texts", "messages"),
        (False, True): ("mail server", "e-mails"),
        (True, False): ("carrier for texts", "texts"),
    }[mail, texts]
    return f"No {what} is set up: {kept} stay in this list, and nobody receives them."


def _filters(request: DeskRequest, asked: dict[str, str]) -> Filters:
    return Filters(
        states=(asked["state"],) if asked["state"] in STATES else (),
        kinds=(asked["kind"],) if asked["kind"] in KINDS else (),
        channel=asked["channel"] if asked["channel"] in CHANNELS else "",
        location_id=request.location.pk if asked["where"] == "here" else None,
        sites=request.actor.sites,
    )


def _address(asked: dict[str, str], before: int | None) -> str:
    given: dict[str, Any] = {name: value for name, value in asked.items() if value}
    if before:
        given["before"] = before
    return f"/messages?{urlencode(given)}" if given else "/messages"


def _needs(opened: Opened) -> bool:
    return opened.line.state in {"failed", "in_doubt"} and opened.settled_at is None


def _verbs(request: DeskRequest, opened: Opened) -> list[Verb]:
    state, may, found = opened.line.state, request.actor.can, []
    if (_needs(opened) or state == "held") and may("messaging.settle"):
        found.append(Verb("a", "Send again", "again", "repeat", variant="primary"))
    if _needs(opened) and may("messaging.settle"):
        found.append(Verb("t", "Told another way", "settle", "phone", how="told"))
        if state == "in_doubt":
            found.append(Verb("o", "It had gone out", "settle", "check", how="went_out"))
        found.append(Verb("n", "Not needed", "settle", "ban", how="not_needed", variant="quiet"))
    if state in {"queued", "held"} and may("messaging.withdraw"):
        found.append(Verb("x", "Take back", "withdraw", "undo-2", variant="danger"))
    return found


def _note(opened: Opened) -> str:
    line = opened.line
    if wording.is_kept(line):
        carrier = "carrier for texts" if line.channel == "text" else "mail server"
        return (
            f"Nobody has received this: no {carrier} is set up. These are the words that would have gone out."
        )
    if opened.is_draft and line.state in {"queued", "held"}:
        return "These are the words as they would go out now."
    if opened.is_draft:
        return "It never went out. These are the words it would have had."
    return ""


def _history(opened: Opened, zone: str) -> list[tuple[str, str, str]]:
    line, at = opened.line, wording.moment
    told = phone(line.address)
    steps = [
        ("Written", at(line.made_at, zone), opened.made_by),
        (
            "Handed over" if line.state != "sending" else "Going out",
            at(opened.sending_at, zone),
            f"to {told}",
        ),
        ("Taken", at(line.sent_at, zone), "kept here, not sent" if line.via == "outbox" else line.via),
    ]
    if line.state in {"failed", "in_doubt", "withdrawn", "held"}:
        steps.append((STATES[line.state][0], at(opened.ended_at, zone), line.why))
    steps.append(("Settled", at(opened.settled_at, zone), line.settled_by))
    return [step for step in steps if step[1]][::-1]
