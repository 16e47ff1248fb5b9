"""The payment sheet: opened from a visit, from a patient's Money page and at check-out; the receipt is its answer."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse

from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view, done
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.patients.frame import open_unmerged
from frontdesk.entrypoints.desk.payments import lines as sheet_lines
from frontdesk.entrypoints.desk.payments.card import ON_FILE, charge_card, kept_card
from frontdesk.entrypoints.desk.payments.card import shown as card_shown
from frontdesk.entrypoints.desk.payments.lines import Line
from frontdesk.entrypoints.desk.payments.receipt import shown, taken
from frontdesk.entrypoints.desk.payments.wording import LANGUAGES, TENDERS
from frontdesk.entrypoints.desk.scheduling.panels import panel
from frontdesk.entrypoints.desk.templating import us_date
from frontdesk.exchange.gateway.processor import readers_at
from frontdesk.kit.errors import Conflict, Invalid, NotFound, NotPermitted, Refusal
from frontdesk.kit.money import cents_of
from frontdesk.office.patients.models import Patient
from frontdesk.office.patients.queries import family_of
from frontdesk.office.patients.services import Chart
from frontdesk.office.payments import queries
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.models import CardCharge, Payment
from frontdesk.office.payments.rules import CONSENT, KIND, Given, Part, Sheet
from frontdesk.office.scheduling import services as scheduling

SOMEBODY = "other"
KEPT = "payment_sheet"
_FIELDS = {"paid_by": "payer_name"}


@desk_view(("GET", "POST"))
def take(request: DeskRequest, patient_id: int) -> HttpResponse:
    """Show the sheet, and take the payment."""
    chart = open_unmerged(request, patient_id, "payment")
    asked = request.GET if request.method == "GET" else request.POST
    visit, family = _visit(request, number(asked.get("visit")), patient_id), bool(asked.get("family"))
    found = sheet_lines.expected(request, patient_id, visit, family=family)
    if request.method == "GET":
        typed = _kept(request, patient_id)
        if typed is not None:
            with suppress(Conflict):  # what is to be paid has changed meanwhile: then it is ticked anew
                found = sheet_lines.typed(found, typed)
        return _draw(request, chart, found, visit, family, data=typed)
    if "open_drawer" in request.POST:
        return _to_the_drawer(request, patient_id, visit, family)
    key = request.POST.get("_key", "")[:64] or uuid4().hex
    if Payment.objects.filter(key=key, patient_id=patient_id).exists():
        # Sent again, as by a double click: what was expected then is expected no more, and the receipt stands.
        again = Sheet(patient_id, request.location.pk, (), ())
        return shown(request, payments.take(request.actor, sheet=again, key=key), visit=visit, fresh=True)
    if sent := CardCharge.objects.filter(key=key, patient_id=patient_id).only("id").first():
        return card_shown(request, payments.open_charge(request.actor, charge_id=sent.pk))
    try:
        found = sheet_lines.typed(found, request.POST)
        parts = sheet_lines.parts(found, request.POST, patient_id, visit)
        made = _sheet(request, chart.patient, parts)
        if made.by_card:
            return charge_card(request, made, key)
        row = payments.take(request.actor, sheet=made, key=key)
    except Refusal as refusal:
        if isinstance(refusal, NotPermitted | NotFound):
            raise
        return _draw(request, chart, found, visit, family, refusal, data=request.POST)
    return taken(request, row, visit=visit, notes=sheet_lines.differing(found))


def _to_the_drawer(request: DeskRequest, patient_id: int, visit: int | None, family: bool) -> HttpResponse:
    """Go and open a drawer, and come back to the sheet with what was typed: it waits in the session, once."""
    request.session[KEPT] = [patient_id, request.POST.urlencode()]
    asked = {"visit": visit, "family": 1 if family else None}
    more = urlencode({name: value for name, value in asked.items() if value})
    back = reverse("payment_sheet", args=[patient_id]) + (f"?{more}" if more else "")
    return done(request, f"{reverse('drawer_open')}?{urlencode({'next': back})}")


def _kept(request: DeskRequest, patient_id: int) -> QueryDict | None:
    """Return what was typed before a drawer was opened; what was typed of another patient is forgotten."""
    whose, text = request.session.pop(KEPT, None) or (None, "")
    return QueryDict(text) if whose == patient_id else None


def _visit(request: DeskRequest, visit: int | None, patient_id: int) -> int | None:
    if not visit:
        return None
    row = scheduling.open_appointment(request.actor, appointment_id=visit, bare=True)
    if row.patient_id != patient_id:
        raise Http404
    return visit


def _sheet(request: DeskRequest, patient: Patient, parts: Sequence[Part]) -> Sheet:
    """Return the sheet that was typed. Raises `Invalid`."""
    data = request.POST
    total = sum(one.cents for one in parts)
    if data.get("tender") not in KIND.values and kept_card(data) is None:
        msg = "Choose how it is paid."
        raise Invalid(msg, fields={"tender": msg})
    tenders = [_given(data, "", total)]
    if data.get("split"):
        first = cents_of(data.get("first", ""))
        if not first or first >= total:
            msg = "Type how much of it is paid the first way: less than the whole."
            raise Invalid(msg, fields={"first": msg})
        if data.get("tender2") not in KIND.values:
            msg = "Choose how the rest is paid."
            raise Invalid(msg, fields={"tender2": msg})
        tenders = [_given(data, "", first), _given(data, "2", total - first)]
    return Sheet(
        patient.pk, request.location.pk, tuple(tenders), tuple(parts), _payer(data),
        "es" if data.get("language") == "es" else "en",
    )  # fmt: skip


def _given(data: Any, at: str, cents: int) -> Given:
    kind = KIND.CARD if not at and kept_card(data) else data.get(f"tender{at}", "")
    handed = 0
    if kind == KIND.CASH and data.get(f"handed{at}", "").strip():
        found = cents_of(data[f"handed{at}"])
        if found is None:
            raise Invalid(sheet_lines.NO_AMOUNT, fields={f"handed{at}": sheet_lines.NO_AMOUNT})
        handed = found
    checked = kind in {KIND.CHECK, KIND.MONEY_ORDER}
    reference = data.get(f"reference{at}", "").strip() if checked else ""
    bearer = data.get(f"bearer{at}", "").strip() if checked else ""
    return Given(kind, cents, handed, reference, bearer)


def _payer(data: Any) -> str:
    who = data.get("payer", "")
    if who == SOMEBODY:
        name: str = data.get("payer_name", "").strip()
        if not name:
            msg = "Type who pays."
            raise Invalid(msg, fields={"payer_name": msg})
        return name
    return str(who)


def _payers(chart: Chart) -> list[tuple[str, str]]:
    """Return who may pay: the patient, who belongs to them and is named, the family, somebody else."""
    names = {
        (one.person.name if one.person else f"{one.first} {one.last}").strip(): one.role
        for one in chart.people
    }
    kin = [one.name for one in family_of(chart.patient.pk) if not one.is_hidden]
    said = [(name, f"{name} ({role})") for name, role in names.items() if name]
    said += [(name, name) for name in kin if name not in names]
    return [("", f"{chart.patient.name} (patient)"), *said, (SOMEBODY, "Somebody else")]


def _draw(
    request: DeskRequest,
    chart: Chart,
    found: Sequence[Line],
    visit: int | None,
    family: bool,
    refusal: Refusal | None = None,
    *,
    data: QueryDict | None = None,
) -> HttpResponse:
    patient = chart.patient
    drawer = queries.open_session(request.location.pk, request.actor.id)
    balance = queries.balance_of(patient.pk)
    context = {
        "patient": patient,
        "born": us_date(patient.birth_date),
        "visit": visit,
        "family": family,
        "has_family": not family and bool(family_of(patient.pk)),
        "lines": found,
        "under_way": queries.open_charges(patient.pk),
        "total": sum(cents_of(one.value) or 0 for one in found if one.ticked),
        "others": sheet_lines.OTHERS,
        "tenders": TENDERS,
        "tenders_plain": [(code, words) for code, words, _ in TENDERS],
        "payers": _payers(chart),
        "languages": LANGUAGES,
        "language": "es" if patient.language == "es" else "en",
        "drawer": drawer,
        "may_open": drawer is None and request.actor.can("payments.drawer"),
        "kept_cards": [
            (f"{ON_FILE}{one.pk}", f"{one.brand.capitalize()} ending {one.last4}, on file")
            for one in queries.cards_on_file(patient.pk)
        ],
        "consent": CONSENT
        if readers_at(request.location.pk) and request.actor.can("payments.keep_card")
        else "",
        "balance": balance,
        "may_plan": balance.left > 0 and request.actor.can("payments.agree_plan"),
        "returned": queries.had_check_returned(patient.pk),
        "here": reverse("payment_sheet", args=[patient.pk]),
        "data": data if data is not None else {},
        "problem": refusal.sentence if refusal else "",
        "errors": {_FIELDS.get(name, name): said for name, said in refusal.fields.items()}
        if isinstance(refusal, Invalid)
        else {},
    }
    status = STATUS[refusal.kind] if refusal else 200
    return panel(request, "desk/payments/sheet_panel.html", context, title="Take a payment", status=status)
