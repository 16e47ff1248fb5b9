"""The practice's list of payers, and the offer of those that fit what is being typed."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse

from frontdesk.entrypoints.desk.coverage.wording import shown
from frontdesk.entrypoints.desk.forms import Field, Form, Panel, draw, draw_again, texts
from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, done, page
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.kit.errors import Invalid, Refusal
from frontdesk.office.coverage import queries
from frontdesk.office.coverage import services as coverage
from frontdesk.office.coverage.models import Payer, PayerNumber

USUAL = "usual"
NETWORK = (
    ("unknown", "Not known to be in its network"),
    ("in", "In its network"),
    ("out", "Out of its network"),
)
_TEXTS = ("name", "kind", "state", "phone", "connection", "note")


@desk_view()
def listed(request: DeskRequest) -> HttpResponse:
    """Show the payers, or those that fit what was typed."""
    typed, at = request.GET.get("q", "")[:80], number(request.GET.get("page")) or 1
    rows, more = queries.payers(typed, page=at)
    context = {
        "payers": [_line(one) for one in rows],
        "typed": typed,
        "page": at,
        "more": more,
    }
    return page(request, "desk/coverage/payers.html", context, block="found" if request.is_fragment else None)


@desk_view()
def offer(request: DeskRequest) -> HttpResponse:
    """Answer with the payers that fit what is being typed, as options of the field."""
    found = [shown(one) for one in queries.offered(request.GET.get("payer", "")[:80])]
    return page(request, "desk/coverage/payers.html", {"options": found}, block="options")


@desk_view(("GET", "POST"))
def add(request: DeskRequest) -> HttpResponse:
    """Show the form that adds a payer, and add it."""
    ask = Panel("Add a payer", (Form("add", "", "Add it", (*_fields(), *_numbers())),))
    if request.method == "GET":
        return draw(request, ask, patient_id=None)
    try:
        typed = {name: request.POST.get(name, "").strip() for name in ("eligibility", "claims")}
        numbers = {name: (number, "none") for name, number in typed.items() if number}
        coverage.add_payer(request.actor, numbers=numbers, **_given(request))
    except Refusal as refusal:
        return draw_again(request, ask, refusal)
    return done(request, "/payers", "Payer added.")


@desk_view(("GET", "POST"))
def payer(request: DeskRequest, payer_id: int) -> HttpResponse:
    """Show a payer: correct it, give it another name or number, or take it off the list."""
    row = queries.payer_page(payer_id)
    if row is None or row.merged_into_id:
        raise Http404
    ask = _panel(request, row)
    if request.method == "GET":
        return draw(request, ask, patient_id=None, version=row.version)
    try:
        said = _do(request, row.pk, number(request.POST.get("version")) or 0)
    except Refusal as refusal:
        return draw_again(request, ask, refusal, version=row.version)
    return done(request, "/payers", said)


def _do(request: DeskRequest, payer_id: int, version: int) -> str:
    by, data = request.actor, request.POST
    match data.get("do", ""):
        case "change":
            coverage.change_payer(by, payer_id=payer_id, changes=_given(request), version=version)
            return "Payer changed."
        case "name":
            coverage.name_payer(by, payer_id=payer_id, name=data.get("also", ""))
            return "It is found by that name too."
        case "number":
            told = texts(data, ("transaction", "number", "enrolment"))
            coverage.number_payer(by, payer_id=payer_id, **told)
            return "Number noted."
        case "end":
            coverage.end_payer(by, payer_id=payer_id, version=version)
            return "It is offered no longer."
    msg = "Say what is to be done with it."
    raise Invalid(msg)


def _panel(request: DeskRequest, row: Payer) -> Panel:
    numbers = [(PayerNumber.Transaction(one.transaction).label, _number(one)) for one in row.numbers.all()]
    also = ", ".join(one.name for one in row.names.all() if one.name != row.name)
    known = [("Also known as", also), *numbers]
    whole = [("Kind", Payer.Kind(row.kind).label), ("State", row.state), ("Telephone", row.phone)]
    whole.append(("The practice is", dict(NETWORK)[_network(row)]))
    whole.append(("How it is asked", dict(_ways()).get(row.connection or USUAL, row.connection)))
    whole += [*known, ("Note", row.note)]
    if not request.actor.can("coverage.change_payers") or row.ended_at is not None:
        return Panel(row.name, (), "Offered no longer" if row.ended_at else "", _said(whole))
    forms = (
        Form("change", "", "Save", _fields(row)),
        Form(
            "name", "One more name", "Add the name", (Field("also", "Name on cards", needed=True, width="l"),)
        ),
        Form("number", "Its number in a transaction", "Keep the number", _number_fields()),
        Form("end", "No longer used", "Take it off the list", danger=True),
    )
    return Panel(row.name, forms, "", _said(known))


def _said(facts: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, words) for name, words in facts if words)


def _number(one: PayerNumber) -> str:
    return f"{one.number} ({PayerNumber.Enrolment(one.enrolment).label.lower()})"


def _number_fields() -> tuple[Field, ...]:
    return (
        Field("transaction", "For", "select", tuple(PayerNumber.Transaction.choices), needed=True, width="m"),
        Field("number", "Payer ID", width="m", hint="Empty takes it away"),
        Field(
            "enrolment", "Enrolment", "select", tuple(PayerNumber.Enrolment.choices), value="none", width="m"
        ),
    )


def _numbers() -> tuple[Field, ...]:
    return (
        Field("eligibility", "Payer ID for eligibility", width="m"),
        Field("claims", "Payer ID for claims", width="m"),
    )


def _fields(row: Payer | None = None) -> tuple[Field, ...]:
    def of(name: str) -> str:
        return str(getattr(row, name) or "") if row else ""

    return (
        Field("name", "Name", needed=True, value=of("name"), width="l"),
        Field(
            "kind", "Kind", "select", tuple(Payer.Kind.choices), value=of("kind") or "commercial", width="m"
        ),
        Field("state", "State", value=of("state"), width="s"),
        Field("phone", "Telephone for providers", value=of("phone"), width="m"),
        Field("connection", "How it is asked", "select", _ways(), value=of("connection") or USUAL, width="m"),
        Field("network", "The practice is", "select", NETWORK, value=_network(row), width="m"),
        Field("timely_filing_days", "Days to file a claim", value=of("timely_filing_days"), width="s"),
        Field("note", "Note", "area", value=of("note")),
    )


def _network(row: Payer | None) -> str:
    if row is None or row.in_network is None:
        return "unknown"
    return "in" if row.in_network else "out"


def _ways() -> tuple[tuple[str, str], ...]:
    """Return how a payer can be asked: as the others are, by phone, or by one of the practice's connections."""
    return (
        (USUAL, "The usual way"),
        ("phone", "By phone only"),
        *((name, f"Through {name}") for name in settings.CONNECTIONS),
    )


def _given(request: DeskRequest) -> dict[str, Any]:
    typed = request.POST.get("timely_filing_days", "").strip()
    limit = number(typed)
    if typed and limit is None:
        msg = "Write the days as a number: 90."
        raise Invalid(msg, fields={"timely_filing_days": msg})
    given = texts(request.POST, _TEXTS)
    way = given.pop("connection")
    inside = {"in": True, "out": False}.get(request.POST.get("network", ""))
    return given | {
        "connection": "" if way == USUAL else way,
        "in_network": inside,
        "timely_filing_days": limit,
    }


def _line(row: Payer) -> dict[str, Any]:
    numbers = {one.transaction: one.number for one in row.numbers.all()}
    return {
        "id": row.pk,
        "name": row.name,
        "kind": Payer.Kind(row.kind).label,
        "state": row.state,
        "phone": row.phone,
        "eligibility": numbers.get("eligibility", ""),
        "claims": numbers.get("claims", ""),
    }
