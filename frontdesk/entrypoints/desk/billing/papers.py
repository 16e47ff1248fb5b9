"""A patient's estimates and Medicare notices, and a question about cost noted."""

from django.http import HttpResponse

from frontdesk.entrypoints.desk.billing.notice_words import line
from frontdesk.entrypoints.desk.billing.worklist import item
from frontdesk.entrypoints.desk.forms import Field, Form, Panel, draw, draw_again
from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, done, page
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.patients.frame import frame, open_unmerged
from frontdesk.entrypoints.desk.patients.record import moved
from frontdesk.entrypoints.desk.scheduling.wording import short_day
from frontdesk.entrypoints.desk.templating import wall_time
from frontdesk.kit.errors import Refusal
from frontdesk.kit.sensitivity import hidden, sees
from frontdesk.kit.walltime import to_wall
from frontdesk.office.billing import queries
from frontdesk.office.billing import services as billing
from frontdesk.office.patients import services as patients
from frontdesk.office.scheduling.models import Appointment
from frontdesk.office.scheduling.queries import visit_types


@desk_view()
def tab(request: DeskRequest, patient_id: int) -> HttpResponse:
    """Show the papers of a patient."""
    chart = patients.open_chart(request.actor, patient_id, purpose="record: estimates")
    if chart.patient.pk != patient_id:
        return moved(request, chart, "/estimates")
    estimates, abns = billing.open_papers(request.actor, patient_id=patient_id)
    context = frame(request, chart, "/money") | {  # they stand under Money
        "estimates": [(item(one), one.newest_id) for one in estimates],
        "abns": [line(one) for one in abns if not _is_hidden(one.appointment)],
        "home": f"/patients/{patient_id}/estimates",
    }
    return page(request, "desk/billing/papers.html", context)


@desk_view(("GET", "POST"))
def ask(request: DeskRequest, patient_id: int) -> HttpResponse:
    """Note that somebody asked what it costs: an estimate is due three business days after."""
    open_unmerged(request, patient_id, "estimates: a question")
    ahead = [
        row
        for row in Appointment.objects.filter(pk__in=queries.visits_ahead(patient_id)).select_related("visit_type")
        if sees(request.actor, row.visit_type.labels)
    ]  # fmt: skip
    begin = f"visit-{number(request.GET.get('for'))}" if request.GET.get("for") else "none"
    visits = tuple((f"visit-{row.pk}", _words(row)) for row in ahead)
    kinds = tuple((f"type-{one.pk}", f"A visit not booked yet: {one.name}") for one in visit_types() if sees(request.actor, one.labels))  # fmt: skip
    fields = (
        Field("about", "About", "select", (*visits, *kinds, ("none", "Something else")), value=begin, width="l"),
        Field("words", "What they asked", hint="In their words: “What does the ultrasound cost?”", width="l"),
    )  # fmt: skip
    panel = Panel(
        "They asked what it costs",
        (Form("ask", "", "An estimate is due", fields),),
        "Without insurance, or not using it: any question about cost asks for a Good Faith Estimate",
    )
    if request.method == "GET":
        return draw(request, panel, patient_id=patient_id)
    kind, _, pk = request.POST.get("about", "").partition("-")
    try:
        made = billing.note_question(
            request.actor, patient_id=patient_id, location_id=request.location.pk, words=request.POST.get("words", ""),
            appointment_id=number(pk) if kind == "visit" else None,
            visit_type_id=number(pk) if kind == "type" and f"type-{pk}" in dict(kinds) else None,
        )  # fmt: skip
    except Refusal as refusal:
        return draw_again(request, panel, refusal, patient_id=patient_id)
    return done(request, f"/estimates/{made.pk}", "Noted. Write it now, or find it on the list.")


def _words(row: Appointment) -> str:
    wall = to_wall(row.starts, row.zone)
    return f"{short_day(wall.date())}, {wall_time(wall)}: {row.visit_type.name}"


def _is_hidden(visit: Appointment) -> bool:
    labels = (visit.visit_type.labels, visit.location.labels, visit.provider.labels if visit.provider else "")
    return hidden(*labels, patient_id=visit.patient_id)
