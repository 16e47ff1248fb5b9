"""Restricted records: opened with a reason for an hour, put back by one key, looked at by a privacy officer; labels."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view, done, page
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.scheduling.wording import when
from frontdesk.kit.errors import Invalid, NotFound, Refusal
from frontdesk.kit.sensitivity import LABELS, codes
from frontdesk.office.patients import queries
from frontdesk.office.patients import services as patients
from frontdesk.office.patients.models import BrokenGlass
from frontdesk.office.practice import services as practice
from frontdesk.office.practice.queries import providers
from frontdesk.office.scheduling import services as scheduling
from frontdesk.office.scheduling.queries import visit_types

SHOWN = 50
KINDS = {"visit_type": "Kinds of visit", "provider": "Providers", "location": "Locations"}
REASONS = [(code, words) for code, words in BrokenGlass.Reason.choices]


@dataclass(frozen=True, slots=True)
class Line:
    """A broken glass in words."""

    id: int
    patient_id: int
    patient: str
    who: str
    why: str
    words: str
    labels: str
    at: str
    until: str
    own: bool
    verdict: str
    note: str
    reviewed: str


@desk_view(("GET", "POST"))
def glass(request: DeskRequest, patient_id: int) -> HttpResponse:
    """Ask why a restricted record is opened; posted, open it for an hour."""
    if queries.labels_of(patient_id) is None:
        msg = "There is no such patient."
        raise NotFound(msg)
    data, refusal = request.POST, None
    if request.method == "POST":
        try:
            patients.break_glass(
                request.actor,
                patient_id=patient_id,
                reason=data.get("reason", ""),
                words=data.get("words", ""),
            )
        except Refusal as refused:
            refusal = refused
        else:
            words = "Open to you for sixty minutes. The privacy officer is told."
            return done(request, f"/patients/{patient_id}", words)
    context = {
        "patient_id": patient_id,
        "reasons": REASONS,
        "data": data,
        "problem": refusal.sentence if refusal else "",
        "errors": refusal.fields if isinstance(refusal, Invalid) else {},
    }
    status = STATUS[refusal.kind] if refusal else 200
    return page(request, "desk/patients/glass.html", context, status=status)


@desk_view(("POST",))
def put_back(request: DeskRequest, patient_id: int) -> HttpResponse:
    """Close a restricted record to oneself again before the hour is over."""
    patients.end_glass(request.actor, patient_id=patient_id)
    return done(request, "/", "The record is restricted again.")


@desk_view()
def broken(request: DeskRequest) -> HttpResponse:
    """Show who broke which glass: those nobody has looked at, or those somebody has."""
    seen, before = request.GET.get("show") == "reviewed", number(request.GET.get("before"))
    rows = queries.broken(to_review=not seen, before=before, limit=SHOWN)
    patients.open_glass_list(request.actor, patient_ids=[row.patient_id for row in rows])
    lines = [_line(request, row) for row in rows]
    last = rows[-1].pk if len(rows) == SHOWN else 0
    context = {
        "rows": lines,
        "seen": seen,
        "verdicts": list(patients.VERDICTS.items()),
        "more": f"/privacy/glass?before={last}" + ("&show=reviewed" if seen else "") if last else "",
    }
    return page(request, "desk/patients/broken.html", context)


@desk_view(("POST",))
def review(request: DeskRequest, glass_id: int) -> HttpResponse:
    """Keep what a privacy officer thinks of a broken glass."""
    patients.review_glass(
        request.actor,
        glass_id=glass_id,
        verdict=request.POST.get("verdict", ""),
        note=request.POST.get("note", ""),
    )
    return done(request, "/privacy/glass", "Noted.")


@desk_view(("GET", "POST"))
def labels(request: DeskRequest, patient_id: int) -> HttpResponse:
    """Show and keep which labels a record bears."""
    chart = patients.open_chart(request.actor, patient_id, purpose="labels")
    if request.method == "POST":
        patients.label_patient(
            request.actor,
            patient_id=chart.patient.pk,
            labels=request.POST.getlist("label"),
            version=number(request.POST.get("version")),
        )
        return done(request, f"/patients/{chart.patient.pk}", "The labels are kept.")
    context: dict[str, Any] = {
        "patient": chart.patient,
        "labels": list(LABELS.items()),
        "borne": codes(chart.patient.labels),
    }
    return page(request, "desk/patients/labels.html", context)


@desk_view(("GET", "POST"))
def things(request: DeskRequest) -> HttpResponse:
    """Show what else bears labels: kinds of visit, providers, locations; posted, keep those of one."""
    if request.method == "POST":
        kind, pk = request.POST.get("kind", ""), number(request.POST.get("id")) or 0
        if kind not in KINDS:
            msg = "Choose what bears the labels."
            raise Invalid(msg)
        given = request.POST.getlist("label")
        if kind == "visit_type":
            scheduling.label_visit_type(request.actor, visit_type_id=pk, labels=given)
        elif kind == "provider":
            practice.label_provider(request.actor, provider_id=pk, labels=given)
        else:
            practice.label_location(request.actor, location_id=pk, labels=given)
        return done(request, "/privacy/labels", "The labels are kept.")
    found = {
        "visit_type": [(one.pk, one.name, codes(one.labels)) for one in visit_types()],
        "provider": [(one.pk, one.name, codes(one.labels)) for one in providers()],
        "location": [(one.pk, one.name, codes(one.labels)) for one in request.sites],
    }
    kinds = [(kind, words, found[kind]) for kind, words in KINDS.items()]
    return page(request, "desk/patients/things.html", {"kinds": kinds, "labels": list(LABELS.items())})


def _line(request: DeskRequest, row: BrokenGlass) -> Line:
    zone = request.location.zone
    return Line(
        id=row.pk,
        patient_id=row.patient_id,
        patient=row.patient.name,
        who=row.user_name,
        why=row.get_reason_display(),
        words=row.words,
        labels=", ".join(LABELS[code] for code in sorted(codes(row.labels)) if code in LABELS)
        or "A visit, its provider or its place",
        at=when(row.at, zone),
        until="put back early" if row.ended_at else when(row.until, zone),
        own=row.user_id == request.person.pk,
        verdict=patients.VERDICTS.get(row.verdict, ""),
        note=row.verdict_note,
        reviewed=f"{row.reviewed_by}, {when(row.reviewed_at, zone)}" if row.reviewed_at else "",
    )
