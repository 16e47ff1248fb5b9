"""A patient's privacy record: what they asked, what was told, who may speak, and the notice they were given."""

from typing import Any

from django.http import Http404, HttpResponse

from frontdesk.entrypoints.desk.forms import draw
from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, done, refused
from frontdesk.entrypoints.desk.http import page as drawn
from frontdesk.entrypoints.desk.patients.frame import frame, open_unmerged
from frontdesk.entrypoints.desk.patients.record import moved
from frontdesk.entrypoints.desk.patients.wording import moment
from frontdesk.entrypoints.desk.privacy import wording
from frontdesk.entrypoints.desk.privacy.sheets import SHEETS
from frontdesk.kit import clock
from frontdesk.kit.errors import NotFound, NotPermitted, Refusal
from frontdesk.office.patients import services as patients
from frontdesk.office.patients.services import Chart
from frontdesk.office.privacy import queries
from frontdesk.office.privacy import services as privacy
from frontdesk.office.privacy.rules import part_two
from frontdesk.office.privacy.rules.clocks import HOWS


@desk_view()
def tab(request: DeskRequest, patient_id: int) -> HttpResponse:
    """Show a patient's privacy record."""
    chart = patients.open_chart(request.actor, patient_id, purpose="record: privacy")
    if chart.patient.pk != patient_id:
        return moved(request, chart, "/privacy")
    privacy.open_record(request.actor, patient_id=patient_id)
    day, zone, home = (
        clock.today(request.location.zone),
        request.location.zone,
        f"/patients/{patient_id}/privacy",
    )
    context = frame(request, chart, "/privacy") | {
        "home": home,
        "notice": _notice(request, patient_id),
        "asked": [wording.asked(one, day, home) for one in queries.requests_of(patient_id)],
        "disclosures": [wording.disclosure(one, day, home) for one in queries.disclosures_of(patient_id)],
        "consents": [wording.consent(one, day, home) for one in queries.consents_of(patient_id)],
        "part_two": part_two.is_labelled(chart.patient.labels),
        "restrictions": [wording.restriction(one, home) for one in queries.restrictions_of(patient_id)],
        "papers": [wording.paper(one, home) for one in queries.papers_on_file(patient_id)],
        "verifications": [wording.verification(one, zone) for one in queries.verifications_of(patient_id)],
        "has_phrase": queries.has_phrase(patient_id),
        "confidential": _confidential(chart),
        "disagreements": queries.disagreements_of(patient_id),
    }
    return drawn(request, "desk/privacy/patient.html", context)


@desk_view(("GET", "POST"))
def sheet(request: DeskRequest, patient_id: int, name: str) -> HttpResponse:
    """Show a form that adds something, and do what it says."""
    if name not in SHEETS:
        raise Http404
    one = SHEETS[name]
    open_unmerged(request, patient_id, f"privacy: {name}")
    if not request.actor.can(one.permission):
        msg = "Your role does not allow this. Ask a lead or the privacy officer."
        return refused(request, NotPermitted(msg, one.permission))
    if request.method == "GET":
        return draw(request, one.shown(request, patient_id), patient_id=patient_id)
    try:
        words = one.act(request, patient_id, request.POST)
    except Refusal as refusal:
        if isinstance(refusal, NotPermitted | NotFound):
            raise
        return draw(request, one.shown(request, patient_id), patient_id=patient_id, refusal=refusal)
    return done(request, f"/patients/{patient_id}/privacy", words)


def _notice(request: DeskRequest, patient_id: int) -> dict[str, Any]:
    """Say how the patient answered the notice that holds: words, tone, whether something is still to be done."""
    notice = queries.current_notice(clock.today(request.location.zone))
    if notice is None:
        return {"words": "No notice is published yet", "tone": "quiet", "about": "", "todo": False}
    found = queries.answer_of(patient_id, notice)
    if found is None:
        return {"words": "Not answered yet", "tone": "warn", "about": f"Version {notice.label}", "todo": True}
    about = f"Version {found.notice.label}, {moment(found.at, request.location.zone)}, {found.by_name}"
    return {
        "words": HOWS[found.how],
        "tone": "good" if found.how == "signed" else "warn",
        "about": f"{about}{f': {found.reason}' if found.reason else ''}",
        "todo": found.how != "signed",
    }


def _confidential(chart: Chart) -> list[tuple[str, str]]:
    """Return where a patient wants to be reached and nowhere else, as it stands in their record."""
    patient = chart.patient
    found = [("Asked for", patient.confidential_note or "Yes")] if patient.confidential else []
    found += [
        ("Reach them at", one.value) for one in chart.contacts if one.is_confidential and one.ends is None
    ]
    found += [
        ("Write to", ", ".join(part for part in (one.line, one.line2, one.city, one.state, one.zip) if part))
        for one in chart.addresses
        if one.use == "confidential" and one.ends is None
    ]
    return found
