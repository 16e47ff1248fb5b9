"""Cases of a patient: open one, correct it, note a denial, close it."""

import re
from datetime import datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import Http404, HttpResponse, QueryDict

from frontdesk.entrypoints.desk.coverage.case_words import card, dollars
from frontdesk.entrypoints.desk.coverage.patient import payer_typed
from frontdesk.entrypoints.desk.coverage.wording import shown
from frontdesk.entrypoints.desk.forms import Field, Form, Panel, days, draw, draw_again, texts
from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, done
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.patients.frame import open_unmerged
from frontdesk.entrypoints.desk.templating import us_date
from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid, Refusal
from frontdesk.office.coverage import services as coverage
from frontdesk.office.coverage.models import Case
from frontdesk.office.scheduling.models import Appointment
from frontdesk.office.visits import services as visits

_TEXTS = (
    *(
        "kind",
        "injury",
        "claim_number",
        "adjuster",
        "adjuster_phone",
        "adjuster_fax",
        "employer",
        "employer_contact",
    ),
    *("state", "first_report", "authorization", "attorney", "police_report", "note"),
)
PROPOSED = "proposed"
ORDERS = ((PROPOSED, "As the law of the state has it"), *Case.Order.choices)


@desk_view(("GET", "POST"))
def add(request: DeskRequest, patient_id: int) -> HttpResponse:
    """Show the form that opens a case, and open it; where it was asked for from a visit, it pays for that visit."""
    open_unmerged(request, patient_id, "insurance: add case")
    visit = number(request.GET.get("visit"))
    action = f"{request.path}?visit={visit}" if visit else ""
    ask = Panel(
        "Open a case",
        (Form("add", "", "Open it", _fields(None), action=action),),
        "An injury somebody else may have to pay for",
    )
    if request.method == "GET":
        return draw(request, ask, patient_id=patient_id)
    try:
        given = _given(request.POST)
        if visit:
            if not Appointment.objects.filter(pk=visit, patient_id=patient_id).exists():
                raise Http404  # the case would be opened in somebody else's chart
            visits.open_case(request.actor, appointment_id=visit, **given)
        else:
            coverage.open_case(request.actor, patient_id=patient_id, **given)
    except Refusal as refusal:
        return draw_again(request, ask, refusal, patient_id=patient_id)
    if visit:
        return done(request, f"/visits/{visit}", "Case opened. It pays for this visit.")
    return done(
        request, f"/patients/{patient_id}/insurance", "Case opened. Say with its visits that it pays."
    )


@desk_view(("GET", "POST"))
def case(request: DeskRequest, patient_id: int, case_id: int) -> HttpResponse:
    """Show a case to correct it or close it. One of somebody else's is none of this page's."""
    open_unmerged(request, patient_id, "insurance: case")
    home = f"/patients/{patient_id}/insurance"
    rows = coverage.open_cases(request.actor, patient_id=patient_id)
    row = next((one for one in rows if one.pk == case_id), None)
    if row is None:
        raise Http404
    words = card(row, clock.today(request.location.zone), home)
    may = request.actor.can("coverage.change") and not words.closed
    ask = Panel(
        words.title, _forms(row) if may else (), words.state, () if may else tuple(words.facts), words.words
    )
    if request.method == "GET":
        return draw(request, ask, patient_id=patient_id, version=row.version)
    version = number(request.POST.get("version")) or 0
    try:
        said = _do(request, case_id, version)
    except Refusal as refusal:
        return draw_again(request, ask, refusal, patient_id=patient_id, version=row.version)
    return done(request, home, said)


def _do(request: DeskRequest, case_id: int, version: int) -> str:
    match request.POST.get("do", ""):
        case "change":
            changes = _given(request.POST)
            coverage.change_case(request.actor, case_id=case_id, changes=changes, version=version)
            return "Case changed."
        case "close":
            reason = request.POST.get("reason", "")
            coverage.close_case(request.actor, case_id=case_id, version=version, reason=reason)
            return "Case closed."
    msg = "Say what is to be done with it."
    raise Invalid(msg)


def _forms(row: Case) -> tuple[Form, ...]:
    why = Field("reason", "Why", hint="Settled, paid out, never a case, …", width="l")
    return (
        Form("change", "", "Save", _fields(row)),
        Form("close", "The case is over", "Close it", (why,), danger=True),
    )


def _fields(row: Case | None) -> tuple[Field, ...]:
    def of(name: str) -> str:
        return str(getattr(row, name) or "") if row else ""

    asked = "A word of its name, or leave it empty while nobody knows"
    payer = shown(row.payer) if row and row.payer else ""
    fields = [
        Field("kind", "What kind", "select", tuple(Case.Kind.choices), value=of("kind") or "workers_comp", width="m"),
        Field("injury", "What happened, and what is hurt", needed=True, value=of("injury"), width="l"),
        Field("happened_on", "Day it happened", "date", needed=True, value=us_date(row.happened_on) if row else ""),
        Field("happened_at", "Time", value=f"{row.happened_at:%-I:%M %p}".lower() if row and row.happened_at else "", width="s"),
        Field("state", "State it happened in", value=of("state"), width="s", hint="MA"),
        Field("payer", "Carrier", "lookup", value=payer, width="l", source="/payers/offer", hint=asked),
        Field("claim_number", "Claim number", value=of("claim_number"), width="m"),
        Field("adjuster", "Adjuster", value=of("adjuster"), width="m"),
        Field("adjuster_phone", "Adjuster’s phone", value=of("adjuster_phone"), width="m"),
        Field("adjuster_fax", "Adjuster’s fax", value=of("adjuster_fax"), width="m"),
        Field("employer", "Employer", value=of("employer"), width="m", hint="Where it happened at work"),
        Field("employer_contact", "Whom to ask there", value=of("employer_contact"), width="m", hint="Name and phone"),
        Field("first_report", "Employer’s first report", "select", tuple(Case.Report.choices), value=of("first_report") or "unknown", width="m"),
        Field("order", "Who pays first", "select", ORDERS, value=of("order") or PROPOSED, width="l"),
        Field("authorization", "What the carrier has authorized", value=of("authorization"), width="l"),
        Field("limit", "Left of medical payments or injury protection", value=dollars(row.limit_cents) if row else "", width="m", hint="Dollars"),
        Field("attorney", "Attorney", value=of("attorney"), width="m"),
        Field("letter_of_protection", "A letter of protection is on file", "check", value="on" if row and row.letter_of_protection else ""),
        Field("police_report", "Police report", value=of("police_report"), width="m"),
        Field("note", "Note about this injury", "area", value=of("note")),
    ]  # fmt: skip
    if row:
        fields.insert(
            14, Field("denied_on", "Denied by the carrier on", "date", value=us_date(row.denied_on))
        )
    return tuple(fields)


def _given(data: QueryDict) -> dict[str, Any]:
    given: dict[str, Any] = {**texts(data, _TEXTS), **days(data, "happened_on")}
    order = data.get("order", "")
    return given | {
        "first_report": given["first_report"] or Case.Report.UNKNOWN,
        "order": "" if order == PROPOSED else order,
        "payer_id": payer_typed(data) if data.get("payer", "").strip() else None,
        "happened_at": _time(data.get("happened_at", "")),
        "limit_cents": _cents(data.get("limit", "")),
        "letter_of_protection": "letter_of_protection" in data,
        "denied_on": days(data, "denied_on")["denied_on"],
    }


def _time(text: str) -> time | None:
    """Return a time of day as it was typed: 9:10 am, 14:30; raise `Invalid`."""
    bare = re.sub(r"[\s.]", "", text.lower())
    if not bare:
        return None
    for form in ("%I:%M%p", "%I%p", "%H:%M"):
        try:
            return datetime.strptime(bare, form).time()  # noqa: DTZ007 - a time on a wall
        except ValueError:
            continue
    msg = "Write the time as 9:10 am."
    raise Invalid(msg, fields={"happened_at": msg})


def _cents(text: str) -> int | None:
    bare = text.replace("$", "").replace(",", "").strip()
    if not bare:
        return None
    try:
        amount = Decimal(bare)
    except InvalidOperation:
        amount = Decimal(-1)
    if not amount.is_finite() or not 0 <= amount <= 1_000_000:
        msg = "Write what is left in dollars: 8,000."
        raise Invalid(msg, fields={"limit": msg})
    return int(amount * 100)
