"""The record of deeds, asked: who saw this patient, what did this person see; on a page, on paper and as a file."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpResponse, QueryDict

from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view, page
from frontdesk.entrypoints.desk.oversight import wording
from frontdesk.entrypoints.desk.oversight.asking import Question, read_question
from frontdesk.entrypoints.desk.patients.history import values
from frontdesk.entrypoints.desk.reports.files import safe
from frontdesk.entrypoints.desk.scheduling import asking
from frontdesk.kit.errors import Invalid
from frontdesk.kit.sensitivity import HIDDEN
from frontdesk.office.audit.queries import ON_A_PAGE, Entry
from frontdesk.office.oversight import services as oversight
from frontdesk.office.patients.models import Patient

HEADS = (
    *("number", "when", "who", "acting_as", "what", "outcome", "patient", "mrn", "about", "changed"),
    *("why", "from_where", "location"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One entry in words."""

    id: int
    when: str
    who: str
    acting_as: str
    deed: str
    refused: bool
    is_read: bool
    patient_id: int | None
    whose: str
    mrn: str
    about: str
    changed: str
    why: str
    where: str
    place: str


@desk_view()
def search(request: DeskRequest) -> HttpResponse:
    """Show what the record answers, newest first."""
    question = read_question(request, request.GET)
    before = asking.number(request.GET.get("before"))
    problem, status, found = "", 200, []
    try:
        found = oversight.search_record(request.actor, ask=question.ask, before=before)
    except Invalid as refusal:
        problem, status = refusal.sentence, STATUS[refusal.kind]
        question.errors.update(refusal.fields)
    context = {
        "question": question,
        "problem": problem,
        "lines": _lines(request, question, found),
        "deeds": sorted(wording.DEEDS.items(), key=lambda pair: pair[1]),
        "outcomes": list(wording.OUTCOMES.items()),
        "sources": list(wording.SOURCES.items()),
        "kinds": list(wording.KINDS.items()),
        "older": f"/audit?{question.query(before=found[-1].id)}" if len(found) == ON_A_PAGE else "",
        "newest": f"/audit?{question.query()}" if before else "",
        "file": f"/audit/export?{question.query()}",
    }
    return page(request, "desk/oversight/search.html", context, status=status)


@desk_view()
def entry(request: DeskRequest, number: int) -> HttpResponse:
    """Show one entry with what the deed found and what it left."""
    found = oversight.open_entry(request.actor, entry_id=number)
    question = read_question(request, QueryDict())
    context = {"line": _lines(request, question, [found])[0], "values": values(found.before, found.after)}
    return page(request, "desk/oversight/entry.html", context)


@desk_view(("POST",))
def export(request: DeskRequest) -> HttpResponse:
    """Answer with the entries as a file for a spreadsheet."""
    question = read_question(request, request.GET)
    found = oversight.export_record(request.actor, ask=question.ask)
    return _file(_lines(request, question, found), f"audit-{question.first}-{question.last}.csv")


def _lines(request: DeskRequest, question: Question, found: Sequence[Entry]) -> list[Line]:
    """Put entries into words; one query for whose records they are about."""
    numbers = {one.patient_id for one in found if one.patient_id}
    people = Patient.objects.filter(pk__in=numbers).defer("photo").in_bulk()
    sites = {site.pk: site.short_name for site in request.sites}
    return [_line(one, people.get(one.patient_id or 0), sites, question.zone) for one in found]


def _line(one: Entry, patient: Patient | None, sites: dict[int, str], zone: str) -> Line:
    purpose = str(one.extra.get("purpose", ""))
    return Line(
        id=one.id,
        when=wording.stamp(one.at, zone),
        who=one.actor_name or "Nobody signed in",
        acting_as=wording.role(one.acting_as),
        deed=wording.deed(one.action),
        refused=one.outcome != "done",
        is_read=one.is_read,
        patient_id=patient.pk if patient else None,
        whose=patient.legal_name if patient else HIDDEN if one.is_restricted else "",
        mrn=patient.mrn if patient else "",
        about=one.subject.partition(".")[2].replace(":", " ") if not patient else "",
        changed=wording.fields(one.changed),
        why=one.reason or purpose,
        where=wording.source(one.source),
        place=sites.get(one.location_id or 0, ""),
    )


def _file(lines: Iterable[Line], name: str) -> HttpResponse:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADS)
    for one in lines:
        outcome = "refused" if one.refused else "done"
        cells = (
            *(one.id, one.when, one.who, one.acting_as, one.deed, outcome, one.whose, one.mrn, one.about),
            *(one.changed, one.why, one.where, one.place),
        )
        writer.writerow([safe(cell) for cell in cells])
    answer = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
