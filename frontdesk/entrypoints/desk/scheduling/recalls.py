"""Recalls: who is due for a visit and has none booked; calling through the list, booking from it."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse

from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view, done, page
from frontdesk.entrypoints.desk.scheduling.asking import number, read_conditions
from frontdesk.entrypoints.desk.scheduling.attempts import Tried, tried_about
from frontdesk.entrypoints.desk.scheduling.days import add_months
from frontdesk.entrypoints.desk.scheduling.panels import panel, tell
from frontdesk.entrypoints.desk.scheduling.wording import how_many, short_day
from frontdesk.entrypoints.desk.templating import us_date
from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid, Refusal
from frontdesk.office.practice.queries import providers
from frontdesk.office.scheduling import queries
from frontdesk.office.scheduling import services as scheduling
from frontdesk.office.scheduling.models import Recall

SPANS = (("now", "Due now"), ("1m", "Within a month"), ("3m", "Within three months"))


@dataclass(frozen=True, slots=True)
class Line:
    """One who is due, as the list shows them."""

    id: int
    patient_id: int
    name: str
    birth: str
    what: str
    who: str
    due: str
    late: str
    reason: str
    book: str
    tries: list[Tried]


@desk_view()
def recalls(request: DeskRequest) -> HttpResponse:
    """Show who is due, longest overdue first."""
    today, span = clock.today(request.location.zone), request.GET.get("span", "now")
    until = {"1m": add_months(today, 1), "3m": add_months(today, 3)}.get(span, today)
    wanted = number(request.GET.get("provider"))
    rows = queries.recalls_due(until, provider_id=wanted)
    scheduling.open_list(
        request.actor, name="recalls", location_id=None, patient_ids=[one.patient_id for one in rows]
    )
    tries = tried_about([f"scheduling.recall:{one.pk}" for one in rows], request.location.zone)
    lines = [_line(one, today, tries[f"scheduling.recall:{one.pk}"]) for one in rows]
    context = {
        "lines": lines, "span": span if span in dict(SPANS) else "now", "spans": SPANS, "provider": wanted or "",
        "providers": [(one.pk, one.name) for one in providers()],
        "note": f"{how_many(len(lines), 'patient')} due by {short_day(until)}",
    }  # fmt: skip
    return page(request, "desk/scheduling/recalls.html", context)


@desk_view(("GET", "POST"))
def add(request: DeskRequest) -> HttpResponse:
    """Note that someone is due for a visit by a day."""
    data = request.GET if request.method == "GET" else request.POST
    f = read_conditions(request, data)
    if request.method == "GET":
        return _form(request, f)
    try:
        missing = {**({} if f.patient else {"patient": "Choose the patient."}), **({} if f.type_id else {"type": "Choose the visit."}), **({} if f.to_day else {"to": "Say by which day: +6m, 9/1."})}  # fmt: skip
        if f.patient is None or not f.type_id or f.to_day is None:
            raise Invalid("Something is missing.", fields=missing)
        scheduling.add_recall(
            request.actor,
            patient_id=f.patient.id,
            visit_type_id=f.type_id,
            due=f.to_day,
            provider_id=f.provider_id,
            reason=data.get("reason", "").strip(),
        )
    except Refusal as refusal:
        return _form(request, f, refusal)
    return (
        tell(HttpResponse(status=204), "On the recall list.", close=True)
        if request.is_fragment
        else done(request, "/recalls")
    )


@desk_view(("POST",))
def close(request: DeskRequest, recall_id: int) -> HttpResponse:
    """Take a recall off the list without a visit."""
    scheduling.close_recall(request.actor, recall_id=recall_id, reason=request.POST.get("reason", "").strip())
    return (
        tell(HttpResponse(status=204), "Taken off the list.", close=True)
        if request.is_fragment
        else done(request, "/recalls")
    )


def _line(one: Recall, today: date, tries: list[Tried]) -> Line:
    overdue = (today - one.due).days
    return Line(
        id=one.pk,
        patient_id=one.patient_id,
        name=one.patient.name,
        birth=us_date(one.patient.birth_date),
        what=one.visit_type.name,
        who=one.provider.spoken_name if one.provider else "anyone",
        due=short_day(one.due),
        late=f"{how_many(overdue, 'day')} overdue" if overdue > 0 else "",
        reason=one.reason,
        book=f"/patients/{one.patient_id}/book?type={one.visit_type_id}"
        + (f"&provider={one.provider_id}" if one.provider_id else ""),
        tries=tries,
    )


def _form(request: DeskRequest, f: object, refusal: Refusal | None = None) -> HttpResponse:
    context = {
        "f": f,
        "reason": request.POST.get("reason", ""),
        "problem": refusal.sentence if refusal else "",
        "errors": refusal.fields if isinstance(refusal, Invalid) else {},
    }
    status = STATUS[refusal.kind] if refusal else 200
    return panel(request, "desk/scheduling/recall_panel.html", context, title="Add a recall", status=status)
