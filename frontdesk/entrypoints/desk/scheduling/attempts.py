"""Trying to reach people: what came of it, who tried and when, beside every list that is called through."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse

from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, done
from frontdesk.entrypoints.desk.scheduling.panels import panel, tell
from frontdesk.entrypoints.desk.scheduling.people import person
from frontdesk.entrypoints.desk.scheduling.wording import when
from frontdesk.entrypoints.desk.templating import phone
from frontdesk.kit.errors import Invalid
from frontdesk.office.scheduling import queries
from frontdesk.office.scheduling import services as scheduling

OUTCOMES = (("reached", "Reached", "r"), ("voicemail", "Left a message", "m"), ("no_answer", "No answer", "n"), ("texted", "Sent a text", "t"), ("wrong_number", "Wrong number", "w"))  # fmt: skip
KINDS = {
    "visit": "scheduling.appointment",
    "waitlist": "scheduling.waitlistentry",
    "recall": "scheduling.recall",
    "rescue": "scheduling.rescueitem",
}


@dataclass(frozen=True, slots=True)
class Tried:
    """One attempt in words."""

    words: str
    at: str
    by: str
    note: str


def tried_about(refs: Sequence[str], zone: str) -> dict[str, list[Tried]]:
    """Return the attempts about each of `refs`, newest first, in words."""
    words = {code: said for code, said, _ in OUTCOMES}
    found = queries.attempts_about(refs)
    return {
        ref: [Tried(words.get(t.outcome, t.outcome), when(t.at, zone), t.by_name, t.note) for t in them]
        for ref, them in found.items()
    }


@desk_view(("GET", "POST"))
def attempt(request: DeskRequest, kind: str, row_id: int, patient_id: int) -> HttpResponse:
    """Ask what came of a call, and keep it."""
    if kind not in KINDS:
        raise Invalid("An attempt is about a visit, or about someone who waits, is due or lost their time.")
    who, about = person(request, patient_id), f"{KINDS[kind]}:{row_id}"
    if request.method == "POST" and request.POST.get("outcome") in {code for code, _, _ in OUTCOMES}:
        scheduling.log_attempt(
            request.actor,
            about=about,
            patient_id=patient_id,
            outcome=request.POST["outcome"],
            number=who.phone,
            note=request.POST.get("note", ""),
        )
        answer = HttpResponse(status=204)
        return (
            tell(answer, "Noted.", close=True)
            if request.is_fragment
            else done(request, "/waitlist", "Noted.")
        )
    tries = tried_about([about], request.location.zone)[about]
    context = {
        "who": who,
        "number": phone(who.phone),
        "outcomes": OUTCOMES,
        "tries": tries,
        "here": request.path,
        "asked": request.method == "POST",
    }
    return panel(
        request,
        "desk/scheduling/attempt_panel.html",
        context,
        title="A call",
        status=422 if request.method == "POST" else 200,
    )
