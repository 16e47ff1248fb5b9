"""A patient's social security number: written on a page of its own, shown whole once somebody has said what for."""

from typing import Any

from django.http import HttpResponse

from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view, done, page
from frontdesk.entrypoints.desk.patients.frame import open_unmerged
from frontdesk.entrypoints.desk.patients.section_form import read_version
from frontdesk.kit.errors import Invalid, NotFound
from frontdesk.office.patients import services as patients
from frontdesk.office.patients.queries import ssn_shown, ssn_version


@desk_view(("GET", "POST"))
def change(request: DeskRequest, patient_id: int) -> HttpResponse:
    """Ask for the number; posted, keep it, or take it away when the field was emptied."""
    chart = open_unmerged(request, patient_id, "social security number")
    context: dict[str, Any] = {
        "patient": chart.patient,
        "shown": ssn_shown(request.actor, patient_id),
        "version": ssn_version(patient_id),
        "typed": "",
        "errors": {},
    }
    if request.method == "GET":
        return page(request, "desk/patients/ssn.html", context)
    taken_away = request.POST.get("gone") == "yes"
    typed = "" if taken_away else request.POST.get("ssn", "").strip()[:40]
    if not typed and not taken_away:
        context["errors"] = {"ssn": "Write the number as it was said: 123-45-6789."}
        return page(request, "desk/patients/ssn.html", context, status=STATUS[Invalid.kind])
    try:
        patients.change_ssn(
            request.actor, patient_id=patient_id, number=typed, version=read_version(request.POST)
        )
    except Invalid as refusal:
        context |= {"typed": typed, "errors": refusal.fields}
        return page(request, "desk/patients/ssn.html", context, status=STATUS[refusal.kind])
    words = "The number is taken off the record." if taken_away else "The number is kept, sealed."
    return done(request, f"/patients/{patient_id}/person", words)


@desk_view(("GET", "POST"))
def reveal(request: DeskRequest, patient_id: int) -> HttpResponse:
    """Ask what the whole number is needed for; posted, show it, this once."""
    chart = open_unmerged(request, patient_id, "social security number")
    shown = ssn_shown(request.actor, patient_id)
    if not shown:
        msg = "There is no social security number on this record."
        raise NotFound(msg)
    context: dict[str, Any] = {
        "patient": chart.patient,
        "shown": shown,
        "whole": "",
        "typed": request.POST.get("reason", ""),
        "errors": {},
    }
    status = 200
    if request.method == "POST":
        try:
            context["whole"] = patients.reveal_ssn(
                request.actor, patient_id=patient_id, reason=request.POST.get("reason", "")
            )
        except Invalid as refusal:
            context["errors"], status = refusal.fields, STATUS[refusal.kind]
    return page(request, "desk/patients/ssn_whole.html", context, status=status)
