"""The payment sheet: opened from a visit, from a patient's Money page and at check-out; the receipt is its answer."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpResponse
from django.urls import reverse

from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.patients.frame import open_unmerged
from frontdesk.entrypoints.desk.payments import lines as sheet_lines
from frontdesk.entrypoints.desk.payments.card import charge_card
from frontdesk.entrypoints.desk.payments.card import shown as card_shown
from frontdesk.entrypoints.desk.payments.lines import Line
from frontdesk.entrypoints.desk.payments.receipt import shown
from frontdesk.entrypoints.desk.payments.wording import LANGUAGES, TENDERS
from frontdesk.entrypoints.desk.scheduling.panels import panel
from frontdesk.entrypoints.desk.templating import us_date
from frontdesk.kit.errors import Invalid, NotFound, NotPermitted, Refusal
from frontdesk.kit.money import cents_of, dollars
from frontdesk.office.patients.models import Patient
from frontdesk.office.patients.queries import family_of
from frontdesk.office.patients.services import Chart
from frontdesk.office.payments import queries
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.models import CardCharge, Payment
from frontdesk.office.payments.rules import BY_CARD, IN_DRAWER, KIND, Given, Part, Sheet, refuse_wrong
from frontdesk.office.scheduling import services as scheduling
from frontdesk.office.visits import services as visits

SOMEBODY = "other"
_FIELDS = {"paid_by": "payer_name"}


@desk_view(("GET", "POST"))
def take(request: DeskRequest, patient_id: int) -> HttpResponse:
    """Show the sheet, and take the payment."""
    chart = open_unmerged(request, patient_id, "payment")
    asked = request.GET if request.method == "GET" else request.POST
    visit, family = _visit(request, number(asked.get("visit")), patient_id), bool(asked.get("family"))
    found = sheet_lines.expected(request, patient_id, visit, family=family)
    if request.method == "GET":
        return _draw(request, chart, found, visit, family)
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
        refuse_wrong(made)
        if made.by_card:
            return charge_card(request, made, key)
        taken = payments.take(request.actor, sheet=made, key=key)
    except Refusal as refusal:
        if isinstance(refusal, NotPermitted | NotFound):
            raise
        return _draw(request, chart, found, visit, family, refusal)
    if visit:
        settle_money(request, visit, f"{dollars(taken.cents)} paid, receipt {taken.receipt}")
    return shown(request, taken, visit=visit, notes=sheet_lines.differing(found), fresh=True)


def settle_money(request: DeskRequest, appointment_id: int, words: str) -> None:
    """Settle the line Money of the check-in list; a visit that is over, or a person who checks nobody in, changes nothing."""
    with suppress(Refusal):
        visits.settle(request.actor.keyless(), appointment_id=appointment_id, item="money", answer=words)


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
    if data.get("tender") not in KIND.values:
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
        if all(one.kind in BY_CARD for one in tenders):
            msg = "Two cards are two payments: take the first one alone."
            raise Invalid(msg, fields={"tender2": msg})
    return Sheet(
        patient.pk, request.location.pk, tuple(tenders), tuple(parts), _payer(data),
        "es" if data.get("language") == "es" else "en",
    )  # fmt: skip


def _given(data: Any, at: str, cents: int) -> Given:
    kind = data.get(f"tender{at}", "")
    handed = 0
    if kind == KIND.CASH and data.get(f"handed{at}", "").strip():
        found = cents_of(data[f"handed{at}"])
        if found is None:
            raise Invalid(sheet_lines.NO_AMOUNT, fields={f"handed{at}": sheet_lines.NO_AMOUNT})
        handed = found
    checked = kind in {KIND.CHECK, KIND.MONEY_ORDER}
    reference = data.get(f"reference{at}", "").strip() if checked else ""
    bearer = data.get(f"bearer{at}", "").strip() if checked else ""
    if checked and not reference:
        msg = "Type its number."
        raise Invalid(msg, fields={f"reference{at}": msg})
    if handed and handed < cents:
        msg = f"That is less than {dollars(cents)}."
        raise Invalid(msg, fields={f"handed{at}": msg})
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
        "in_drawer": sorted(IN_DRAWER),
        "balance": balance,
        "may_plan": balance.left > 0 and request.actor.can("payments.agree_plan"),
        "returned": queries.had_check_returned(patient.pk),
        "here": reverse("payment_sheet", args=[patient.pk]),
        "data": request.POST if refusal else {},
        "problem": refusal.sentence if refusal else "",
        "errors": {_FIELDS.get(name, name): said for name, said in refusal.fields.items()}
        if isinstance(refusal, Invalid)
        else {},
    }
    status = STATUS[refusal.kind] if refusal else 200
    return panel(request, "desk/payments/sheet_panel.html", context, title="Take a payment", status=status)
