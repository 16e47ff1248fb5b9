"""Verify who is speaking: they state it, the program compares, the record keeps by what they were known."""

from typing import Any

from django.http import HttpResponse, QueryDict

from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view, done
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.patients.frame import open_unmerged
from frontdesk.entrypoints.desk.privacy import wording
from frontdesk.entrypoints.desk.scheduling.panels import panel, tell
from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid, Refusal
from frontdesk.office.patients.services import Chart
from frontdesk.office.privacy import queries
from frontdesk.office.privacy import services as privacy
from frontdesk.office.privacy.models import Verification
from frontdesk.office.privacy.rules import identity

TYPED = ("name", "birth_date", "address", "phone", "mrn")


@desk_view(("GET", "POST"))
def verify(request: DeskRequest, patient_id: int) -> HttpResponse:
    """Ask who is speaking and what they state, and say what came of it."""
    chart = open_unmerged(request, patient_id, "verify who is speaking")
    if request.method == "GET":
        return _panel(request, chart)
    data = request.POST
    kind, _, row = data.get("speaker", "").partition(":")
    try:
        made = privacy.verify(
            request.actor,
            patient_id=patient_id,
            speaker=kind,
            related_id=None if kind == "representative" else number(row),
            paper_id=number(row) if kind == "representative" else None,
            name=data.get("speaker_name", ""),
            channel=data.get("channel", ""),
            said=_said(data),
            ticked=data.getlist("ticked"),
            only_message=bool(data.get("only")),
        )
    except Refusal as refusal:
        return _panel(request, chart, refusal=refusal)
    words, tone = wording.outcome(made)
    if not request.is_fragment:
        return done(request, f"/patients/{patient_id}", f"{words}. {made.why}")
    return tell(_panel(request, chart, made=made), f"{words}. {made.why}", tone=tone)


@desk_view(("POST",))
def end(request: DeskRequest, patient_id: int) -> HttpResponse:
    """End the call: whoever speaks next is asked again."""
    open_unmerged(request, patient_id, "end of a call")
    privacy.end_call(request.actor, patient_id=patient_id)
    if not request.is_fragment:
        return done(request, f"/patients/{patient_id}", "The call is over.")
    return tell(HttpResponse(status=204), "The call is over.", close=True)


def _said(data: QueryDict) -> dict[str, str]:
    """Return what was typed. The phrase's field is named like a password: no fingerprint of a form is made of it."""
    return {name: data.get(f"said_{name}", "") for name in TYPED} | {
        "phrase": data.get("password_phrase", "")
    }


def _panel(
    request: DeskRequest,
    chart: Chart,
    *,
    made: Verification | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    patient, zone = chart.patient, request.location.zone
    stands = made or queries.standing(request.actor.id, patient.pk)
    context: dict[str, Any] = {
        "patient": patient,
        "stands": stands and _stands(stands, zone),
        "is_new": made is not None,
        "speakers": _speakers(request, chart),
        "channels": (("phone", "On the telephone"), ("in_person", "At the desk")),
        "on_file": _on_file(chart),
        "has_phrase": queries.has_phrase(patient.pk),
        "data": request.POST if refusal else {},
        "problem": refusal.sentence if refusal else "",
        "errors": refusal.fields if isinstance(refusal, Invalid) else {},
    }
    status = STATUS[refusal.kind] if refusal else 200
    return panel(
        request, "desk/privacy/verify_panel.html", context, title="Verify who is speaking", status=status
    )


def _stands(one: Verification, zone: str) -> dict[str, str]:
    _, tone = wording.outcome(one)
    topics = f"May be told of {identity.spoken(one.topics)}." if one.topics else ""
    return {
        "title": wording.standing(one, zone),
        "tone": tone,
        "who": wording.speaker(one),
        "why": "" if one.why == "The patient." else one.why,
        "topics": topics,
    }


def _speakers(request: DeskRequest, chart: Chart) -> list[tuple[str, str, str]]:
    """Return who may be speaking: value, name, and what they are."""
    day = clock.today(request.location.zone)
    found = [("patient", "The patient", "")]
    for one in chart.people:
        role = identity.SPEAKERS.get(one.role, one.role)
        person = one.person
        name = " ".join(part for part in (one.first, one.last) if part) or (person.name if person else "")
        about = f"{role}, {one.relationship}" if one.relationship else role
        found.append((f"{one.role}:{one.pk}", name, about))
    for paper in queries.acting_papers(chart.patient.pk, day):
        name = " ".join(part for part in (paper.first, paper.last) if part)
        found.append((f"representative:{paper.pk}", name, f"Legal representative: {paper.document}"))
    return [*found, ("other", "Somebody else", "not on the record")]


def _on_file(chart: Chart) -> dict[str, str]:
    """Return what a tick uncovers: the name and the address, to be compared with what was heard."""
    home = next((one for one in chart.addresses if one.ends is None and one.line), None)
    address = ", ".join(part for part in (home.line, home.city, home.state) if part) if home else ""
    return {"name": chart.patient.legal_name, "address": address}
