"""The words that are sent: every kind, by text and e-mail, in each language; changed with the result in sight."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse

from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view, done, page
from frontdesk.entrypoints.desk.messaging.wording import CHANNELS, KINDS, LANGUAGES, PICTURES, moment
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.scheduling.wording import how_many
from frontdesk.kit.errors import Invalid, Refusal
from frontdesk.office.messaging import queries
from frontdesk.office.messaging import services as messaging
from frontdesk.office.messaging.queries import TemplateRow
from frontdesk.office.messaging.rules import PLACEHOLDERS, Words


@dataclass(frozen=True, slots=True)
class Cell:
    """One template in the list: whose words they are."""

    href: str
    about: str
    first: str
    is_own: bool
    changed: str


@desk_view()
def index(request: DeskRequest) -> HttpResponse:
    """Show every kind of message with its words, and which kinds are not sent."""
    _may_see(request)
    off, zone = set(queries.policy().off), request.location.zone
    rows: dict[str, list[Cell]] = {kind: [] for kind in KINDS}
    by_slot = {(one.kind, one.channel, one.language): one for one in queries.templates()}
    for kind in KINDS:
        for channel in CHANNELS:
            rows[kind] += [_cell(by_slot[kind, channel, language], zone) for language in LANGUAGES]
    lines = [(words, kind in off, rows[kind]) for kind, words in KINDS.items()]
    heads = [f"{way}, {language}" for way in CHANNELS.values() for language in LANGUAGES.values()]
    return page(request, "desk/messaging/templates.html", {"lines": lines, "heads": heads})


@desk_view(("GET", "POST"))
def edit(request: DeskRequest, kind: str, channel: str, language: str) -> HttpResponse:
    """Show one template with what a patient would read; keep the words, or go back to the shipped ones."""
    found = _found(request, kind, channel, language)
    if request.method == "GET":
        return _form(request, found, found.words)
    words = _typed(request)
    slot = {"kind": kind, "channel": channel, "language": language}
    try:
        if "reset" in request.POST:
            messaging.reset_template(request.actor, **slot)
        else:
            version = number(request.POST.get("version")) or 0
            messaging.set_template(
                request.actor, **slot, subject=words.subject, body=words.body, version=version
            )
    except Refusal as refusal:
        if refusal.kind == "not_permitted":
            raise
        return _form(request, found, words, refusal)
    said = "Back to the shipped words." if "reset" in request.POST else "Kept. The next message says this."
    return done(request, _href(found), said)


@desk_view(("POST",))
def preview(request: DeskRequest, kind: str, channel: str, language: str) -> HttpResponse:
    """Show what a patient would read if these words were kept; nothing is kept."""
    found = _found(request, kind, channel, language)
    context = _sampled(found, _typed(request))
    return page(request, "desk/messaging/template.html", context, block="preview")


def _form(
    request: DeskRequest, found: TemplateRow, words: Words, refusal: Refusal | None = None
) -> HttpResponse:
    context = _sampled(found, words) | {
        "version": found.version,
        "changed": moment(found.changed_at, request.location.zone),
        "changed_by": found.changed_by,
        "placeholders": list(PLACEHOLDERS.items()),
        "siblings": [
            (
                f"{way}, {tongue}",
                f"/messages/templates/{found.kind}/{channel}/{language}",
                (channel, language) == (found.channel, found.language),
            )
            for channel, way in CHANNELS.items()
            for language, tongue in LANGUAGES.items()
        ],
        "problem": refusal.sentence if refusal else "",
        "errors": refusal.fields if isinstance(refusal, Invalid) else {},
    }
    status = STATUS[refusal.kind] if refusal else 200
    return page(request, "desk/messaging/template.html", context, status=status)


def _sampled(found: TemplateRow, words: Words) -> dict[str, Any]:
    sample = queries.sample(found.kind, found.channel, found.language, words)
    letters = len(sample.words.body)
    return {
        "t": found,
        "kind": KINDS[found.kind],
        "channel": CHANNELS[found.channel],
        "language": LANGUAGES[found.language],
        "words": words,
        "sample": sample,
        "wrong": next(iter(sample.wrong.values()), ""),
        "length": f"{how_many(sample.segments, 'text message')}, {letters} letters"
        if sample.segments
        else "",
        "here": _href(found),
    }


def _found(request: DeskRequest, kind: str, channel: str, language: str) -> TemplateRow:
    _may_see(request)
    slot = (kind, channel, language)
    for one in queries.templates():
        if (one.kind, one.channel, one.language) == slot:
            return one
    raise Http404


def _may_see(request: DeskRequest) -> None:
    """A template holds nobody's data: who may see messages may see what they are made of."""
    messaging.open_list(request.actor, name="templates", patient_ids=())


def _typed(request: DeskRequest) -> Words:
    return Words(request.POST.get("subject", ""), request.POST.get("body", "").replace("\r\n", "\n"))


def _href(one: TemplateRow) -> str:
    return f"/messages/templates/{one.kind}/{one.channel}/{one.language}"


def _cell(one: TemplateRow, zone: str) -> Cell:
    return Cell(
        href=_href(one),
        about=f"{KINDS[one.kind]}, {CHANNELS[one.channel]}, {LANGUAGES[one.language]}",
        first=PICTURES[one.channel],
        is_own=one.version > 0,
        changed=f"{moment(one.changed_at, zone)} by {one.changed_by}" if one.version else "",
    )
