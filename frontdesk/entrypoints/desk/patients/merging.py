"""The queue of charts that may be one person: looked at side by side, merged or kept apart, and undone."""

import json
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect

from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view, page
from frontdesk.entrypoints.desk.patients import wording
from frontdesk.entrypoints.desk.patients.typing import iso_words
from frontdesk.entrypoints.desk.templating import phone
from frontdesk.kit.errors import NotFound, NotPermitted, Refusal
from frontdesk.office.patients import services as patients
from frontdesk.office.patients.queries import PairRow, merge_queue, merge_queue_length
from frontdesk.office.scheduling.queries import last_and_next

# So many pairs stand on the page; the next come as these are worked.
AT_ONCE = 12
REASONS = ("Registered twice", "Name changed", "Misspelt or mistyped", "Taken over from another system")


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair of the queue in words: a line for each field, both values, whether they differ, and where."""

    id: int
    percent: int
    why: str
    first: int
    second: int
    names: tuple[str, str]
    rows: list[tuple[str, str, str, bool, list[tuple[str, bool]], list[tuple[str, bool]]]]


@desk_view()
def queue(request: DeskRequest) -> HttpResponse:
    """Show the pairs that wait, likeliest first."""
    _must_merge(request)
    return page(request, "desk/patients/merge_queue.html", _queue(request))


@desk_view(("GET", "POST"))
def merge(request: DeskRequest, pair_id: int) -> HttpResponse:
    """Ask which chart stays, then make the two one; the answer offers to undo it."""
    _must_merge(request)
    pair = next(iter(_pairs(request, pair_id=pair_id)), None)
    if pair is None:
        msg = "This pair has been worked already."
        raise NotFound(msg)
    if request.method == "GET":
        return _ask(request, pair)
    keep = pair.second if request.POST.get("keep") == str(pair.second) else pair.first
    drop = pair.first if keep == pair.second else pair.second
    reason = request.POST.get("reason", "").strip()
    try:
        made = patients.merge(request.actor, survivor_id=keep, duplicate_id=drop, reason=reason)
    except Refusal as refusal:
        return _ask(request, pair, refusal)
    context = {
        "merge": made.pk,
        "kept": keep,
        "name": pair.names[0 if keep == pair.first else 1],
        "moved": sum(len(ids) for ids in made.moved.values()),
    }
    return _tell(page(request, "desk/patients/merge_queue.html", context, block="merged"), "Merged.")


@desk_view(("POST",))
def apart(request: DeskRequest, pair_id: int) -> HttpResponse:
    """Say that the two are two people; the pair is not suggested again."""
    patients.dismiss_pair(request.actor, pair_id=pair_id)
    if not request.is_fragment:
        return HttpResponseRedirect("/patients/merge-queue")
    answer = page(request, "desk/patients/merge_queue.html", _queue(request, focus=True), block="pairs")
    answer["HX-Trigger"] = json.dumps({"said": {"words": "Noted: two different people.", "tone": "good"}})
    return answer


@desk_view(("POST",))
def undo(request: DeskRequest, merge_id: int) -> HttpResponse:
    """Part two charts again: everything that was moved goes back."""
    made = patients.unmerge(request.actor, merge_id=merge_id)
    if not request.is_fragment:
        request.session["said"] = "Undone. They are two charts again."
        return HttpResponseRedirect(f"/patients/{made.duplicate_id}/history")
    if request.POST.get("from") == "history":
        to = f"/patients/{made.survivor_id}/history"
        answer = HttpResponse()
        place = {"path": to, "target": "#page", "select": "#page", "swap": "outerHTML"}
        answer["HX-Location"] = json.dumps({**place, "headers": {"HX-Boosted": "true"}})
        answer["HX-Reswap"] = "none"
        return _tell(answer, "Undone. They are two charts again.")
    context = {"ids": (made.survivor_id, made.duplicate_id)}
    answer = page(request, "desk/patients/merge_queue.html", context, block="undone")
    return _tell(answer, "Undone. They are two charts again.")


def _queue(request: DeskRequest, *, focus: bool = False) -> dict[str, Any]:
    return {"pairs": _pairs(request), "count": merge_queue_length(), "focus": focus}


def _pairs(request: DeskRequest, *, pair_id: int | None = None) -> list[Pair]:
    found = merge_queue(AT_ONCE, pair_id=pair_id)
    charts = [side.id for pair in found for side in (pair.first, pair.second)]
    patients.open_merge_queue(request.actor, patient_ids=charts)
    visits = last_and_next(charts) if found else {}
    zone = request.location.zone
    return [_pair(one, visits, zone) for one in found]


def _pair(one: PairRow, visits: dict[int, Any], zone: str) -> Pair:
    """Put the chart that was registered first at the left; it is the one that is kept unless somebody says otherwise."""
    older, newer = sorted((one.first, one.second), key=lambda side: (side.fields["Registered"], side.id))
    rows = [
        (name, _value(name, value), _value(name, newer.fields[name]), name in one.differs)
        for name, value in older.fields.items()
        if value or newer.fields[name]
    ]
    for label, place in (("Last visit", 0), ("Next visit", 1)):
        values = [
            wording.short_date(visits.get(side.id, (None, None))[place], zone) for side in (older, newer)
        ]
        if any(values):
            rows.append((label, values[0], values[1], False))
    return Pair(
        id=one.id,
        percent=min(99, round(one.score * 100)),  # nobody can be quite sure before somebody has looked
        why=", ".join(one.why),
        first=older.id,
        second=newer.id,
        names=(older.fields["Name"], newer.fields["Name"]),
        rows=[(name, a, b, differs, parts(a, b), parts(b, a)) for name, a, b, differs in rows],
    )


def parts(text: str, other: str) -> list[tuple[str, bool]]:
    """Cut a value into runs, each with whether it differs from the other value; nothing alike differs as a whole."""
    found = SequenceMatcher(a=text, b=other, autojunk=False)
    if not text or not other or found.ratio() < 0.6:
        return [(text, True)] if text else []
    return [(text[a:b], kind != "equal") for kind, a, b, _, _ in found.get_opcodes() if b > a]


def _value(name: str, value: str) -> str:
    if name == "Sex":
        return wording.sex(value)
    if name == "Registered":
        return iso_words(value)
    return phone(value) if name == "Phone" else value


def _ask(request: DeskRequest, pair: Pair, refusal: Refusal | None = None) -> HttpResponse:
    context = {
        "pair": pair,
        "reasons": [(words, words) for words in REASONS],
        "problem": refusal.sentence if refusal else "",
    }
    status = STATUS[refusal.kind] if refusal else 200
    block = "panel" if request.is_fragment else None
    if block is None:
        return HttpResponseRedirect("/patients/merge-queue")
    return page(request, "desk/patients/merge_queue.html", context, block=block, status=status)


def _tell(answer: HttpResponse, words: str) -> HttpResponse:
    answer["HX-Trigger"] = json.dumps({"said": {"words": words, "tone": "good"}, "queue-changed": True})
    return answer


def _must_merge(request: DeskRequest) -> None:
    if not request.actor.can("patients.merge"):
        msg = "Your role does not allow this. Ask a lead or the practice manager."
        raise NotPermitted(msg, "patients.merge")
