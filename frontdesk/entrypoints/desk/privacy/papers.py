"""What leaves the privacy desk on paper or as a file: the accounting of disclosures, and the whole record."""

from typing import Any

from django.http import Http404, HttpResponse

from frontdesk.entrypoints.desk.http import DeskRequest, desk_view
from frontdesk.entrypoints.desk.patients.frame import open_unmerged
from frontdesk.entrypoints.desk.templating import us_date
from frontdesk.entrypoints.desk.visits.papers import office_of, pdf
from frontdesk.exchange.records.zipped import zipped
from frontdesk.kit import clock
from frontdesk.office.patients.models import Patient
from frontdesk.office.privacy import services as privacy
from frontdesk.office.privacy.models import Disclosure, RecordRequest
from frontdesk.office.privacy.rules import part_two, telling
from frontdesk.ui.paper import Column, Sheet

COLUMNS = (
    Column("Date", 1.2),
    Column("To", 2.4),
    Column("What was disclosed", 2.6),
    Column("Purpose and ground", 2.6),
)


@desk_view()
def accounting(request: DeskRequest, patient_id: int) -> HttpResponse:
    """Print the accounting of a patient's disclosures, six years back."""
    chart = open_unmerged(request, patient_id, "accounting of disclosures")
    found = privacy.account(request.actor, patient_id=patient_id)
    office = office_of(request.location)
    return pdf("accounting", _draw(found, chart.patient, office.as_of, request))


@desk_view(("POST",))
def record(request: DeskRequest, patient_id: int) -> HttpResponse:
    """Answer with the whole record in one ZIP, under a name that says nothing of whose it is."""
    open_unmerged(request, patient_id, "whole record")
    found = privacy.export_record(request.actor, **_asked(request, patient_id))
    practice = office_of(request.location).practice
    answer = HttpResponse(zipped(found, practice, clock.now()), content_type="application/zip")
    answer["Content-Disposition"] = 'attachment; filename="patient-record.zip"'
    answer["Cache-Control"] = "no-store"
    return answer


def _asked(request: DeskRequest, patient_id: int) -> dict[str, Any]:
    given = {name: request.POST.get(name, "") for name in ("reason", "recipient")}
    return {"patient_id": patient_id, "basis": request.POST.get("basis") or "individual", **given}


@desk_view()
def disclosure(request: DeskRequest, patient_id: int, row_id: int) -> HttpResponse:
    """Print the sheet that goes with what was disclosed: what may be done with it, and what the patient says to it."""
    chart = open_unmerged(request, patient_id, "the paper of a disclosure")
    privacy.open_record(request.actor, patient_id=patient_id)
    found = (
        Disclosure.objects.select_related("consent")
        .filter(pk=row_id, patient_id=patient_id, retracted_at=None)
        .first()
    )
    if found is None:
        raise Http404
    office = office_of(request.location)
    return pdf("disclosure", _draw_disclosure(found, chart.patient, office.as_of, request))


def _draw_disclosure(found: Disclosure, patient: Patient, as_of: str, request: DeskRequest) -> bytes:
    foot = f"Confidential. {part_two.SHORT}" if found.part_two else "Confidential"
    sheet = Sheet("Disclosure", as_of=as_of, foot=foot, made=clock.now())
    sheet.paragraph(
        f"To: {', '.join(part for part in (found.recipient, found.address) if part)}", size=14, bold=True
    )
    sheet.ln(2)
    sheet.facts(
        [
            ("About", f"{patient.legal_name}, born {us_date(patient.birth_date)}"),
            ("Day", us_date(found.on)),
            ("What", found.what),
            ("For", found.purpose),
            ("Ground", telling.BASES[found.basis].words),
            ("Sent by", f"{request.location.name}, {request.location.phone}"),
        ]
    )
    if found.part_two:
        sheet.heading("Notice to whoever receives this record (42 CFR 2.32)")
        sheet.paragraph(part_two.STATEMENT)
        if found.consent:
            sheet.paragraph(f"It is disclosed by this consent. {part_two.scope_of(found.consent)}", bold=True)
    for one in RecordRequest.objects.filter(pk__in=found.statements, patient_id=found.patient_id):
        sheet.heading("The patient disagrees with what stands in the record")
        sheet.paragraph(f"{one.about or one.what}: {one.disagreement}", bold=True)
    return sheet.bytes()


def _draw(found: privacy.Accounting, patient: Patient, as_of: str, request: DeskRequest) -> bytes:
    sheet = Sheet("Accounting of disclosures", as_of=as_of, foot="Confidential", made=clock.now())
    sheet.paragraph(patient.legal_name, size=16, bold=True)
    sheet.paragraph(f"Born {us_date(patient.birth_date)} · MRN {patient.mrn}", size=11)
    sheet.ln(2)
    sheet.paragraph(
        f"What was disclosed from {us_date(found.first)} to {us_date(found.last)}, other than for treatment, payment "
        "and health care operations, to the patient, or with the patient's authorization (45 CFR 164.528).",
        quiet=True,
    )
    sheet.ln(2)
    if not found.lines:
        sheet.paragraph("There were none.", bold=True)
        return sheet.bytes()
    sheet.rows(COLUMNS, [_cells(line) for line in found.lines])
    sheet.paragraph(f"For questions: {request.location.name}, {request.location.phone}", quiet=True)
    return sheet.bytes()


def _cells(line: telling.Line) -> tuple[str, str, str, str]:
    one, days = line.first, us_date(line.first.on)
    if line.times > 1:
        days = f"{days} to {us_date(line.last_on)}, {line.times} times"
    to = "\n".join(part for part in (one.recipient, one.address) if part)
    return days, to, one.what, f"{one.purpose}\n{telling.BASES[one.basis].words}"
