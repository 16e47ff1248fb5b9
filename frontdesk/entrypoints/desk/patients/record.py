"""A patient's record: banner and tabs; every tab is a page of its own with an address that can be kept."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.http import HttpResponse, HttpResponseRedirect

from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, page
from frontdesk.entrypoints.desk.patients import wording
from frontdesk.entrypoints.desk.patients.frame import GONE, frame
from frontdesk.entrypoints.desk.patients.sections import SECTIONS, card_context, still_right
from frontdesk.entrypoints.desk.scheduling.wording import age
from frontdesk.entrypoints.desk.templating import us_date
from frontdesk.kit import clock
from frontdesk.office.patients import services as patients
from frontdesk.office.patients.queries import family_of
from frontdesk.office.patients.services import Chart
from frontdesk.office.scheduling.queries import Visit

EDITED = ("person", "contacts", "alerts")


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One visit of the timeline, in words."""

    id: int
    when: str
    status: str
    what: str
    reason: str
    is_next: bool = False


@desk_view()
def overview(request: DeskRequest, patient_id: int) -> HttpResponse:
    """Show what matters first: the visits, and each section with when it was last confirmed."""
    return _tab(request, patient_id, "", "overview")


@desk_view()
def person(request: DeskRequest, patient_id: int) -> HttpResponse:
    """Show who the patient is."""
    return _tab(request, patient_id, "/person", "person")


@desk_view()
def contacts(request: DeskRequest, patient_id: int) -> HttpResponse:
    """Show how to reach them and who may speak for them."""
    return _tab(request, patient_id, "/contacts", "contacts")


@desk_view()
def alerts(request: DeskRequest, patient_id: int) -> HttpResponse:
    """Show what colleagues should know."""
    return _tab(request, patient_id, "/alerts", "alerts")


@desk_view()
def visits(request: DeskRequest, patient_id: int) -> HttpResponse:
    """Show all visits, those that were cancelled and missed too."""
    return _tab(request, patient_id, "/visits", "visits")


def lines(found: list[Visit], now: datetime) -> tuple[list[VisitLine], list[VisitLine]]:
    """Return coming visits, soonest first, and past ones, newest first."""
    coming = [_line(v) for v in reversed(found) if v.starts >= now]
    past = [_line(v) for v in found if v.starts < now]
    first = next((n for n, v in enumerate(coming) if v.status not in GONE), None)
    if first is not None:
        coming[first] = replace(coming[first], is_next=True)
    return coming, past


def _line(visit: Visit) -> VisitLine:
    with_whom = f" with {visit.provider}" if visit.provider else ""
    return VisitLine(
        id=visit.id,
        when=wording.moment(visit.starts, visit.zone),
        status=visit.status,
        what=f"{visit.visit_type}{with_whom}, {visit.location}, {visit.minutes} min",
        reason=visit.reason,
    )


def _tab(request: DeskRequest, patient_id: int, path: str, name: str) -> HttpResponse:
    chart = patients.open_chart(request.actor, patient_id, purpose=f"record: {name}")
    if chart.patient.pk != patient_id:
        return moved(request, chart, path)
    context = frame(request, chart, path)
    context["coming"], context["past"] = lines(context["found"], clock.now())
    context["to_come"] = [one for one in context["coming"] if one.status not in GONE]
    edit = request.GET.get("edit", "")
    if name == "overview":
        context |= {"right": still_right(request, chart), "focus": False}
        context["family"] = _family(request, chart.patient.pk)
    for code in SECTIONS if name in EDITED else ():
        context |= {code: card_context(request, chart, code, edit=edit)}
    return page(request, f"desk/patients/{name}.html", context)


def _family(request: DeskRequest, patient_id: int) -> list[tuple[int, str, str]]:
    """Return who else is reached under the same telephone: id, name, date of birth and age."""
    today = clock.today(request.location.zone)
    return [
        (one.pk, one.name, f"{us_date(one.birth_date)} · {age(one.birth_date, today)}")
        for one in family_of(patient_id)[:8]
    ]


def moved(request: DeskRequest, chart: Chart, path: str) -> HttpResponse:
    """Send whoever opens a merged chart to the one that it is part of."""
    request.session["said"] = "This chart was merged. You are looking at the one it is part of."
    return HttpResponseRedirect(f"/patients/{chart.patient.pk}{path}")
