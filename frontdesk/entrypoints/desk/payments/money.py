"""The tab Money of a record: what is owed and held, what happened on the account, receipts, plans."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse

from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, page
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.patients.frame import frame
from frontdesk.entrypoints.desk.patients.record import moved
from frontdesk.entrypoints.desk.payments import wording
from frontdesk.entrypoints.desk.payments.plan_words import plan_card
from frontdesk.entrypoints.desk.templating import us_date
from frontdesk.kit import clock
from frontdesk.kit.money import dollars
from frontdesk.office.messaging import queries as messages
from frontdesk.office.patients import services as patients
from frontdesk.office.payments import queries
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.queries import sending

SHOWN = 25


@desk_view()
def money(request: DeskRequest, patient_id: int) -> HttpResponse:
    """Show a patient's account, a page of its history at a time."""
    chart = patients.open_chart(request.actor, patient_id, purpose="record: money")
    if chart.patient.pk != patient_id:
        return moved(request, chart, "/money")
    balance = payments.open_account(request.actor, patient_id=patient_id)
    before = number(request.GET.get("before")) or 0
    rows, more = queries.history(patient_id, before=before, limit=SHOWN)
    today = clock.today(request.location.zone)
    plans = queries.plans_of(patient_id, today)
    owed, credit = queries.owed_items(patient_id), queries.credits_of(patient_id)
    payers = queries.owed_by_payers(patient_id)
    context: dict[str, Any] = {
        **frame(request, chart, "/money"),
        "balance": balance,
        "payers": sum(one.left for one in payers),
        "rows": [_row(one) for one in rows],
        "more": more,
        "older": bool(before),
        "receipts": _receipts(patient_id) if not before else [],
        "plans": [plan_card(one) for one in plans],
        "has_plan": any(one.plan.state == "running" for one in plans),
        "returned": queries.had_check_returned(patient_id),
        "cards": [f"{one.brand.capitalize()} ending {one.last4}" for one in queries.cards_on_file(patient_id)]
        if settings.CARDS is not None
        else None,
        "may_apply": bool(owed and credit) and request.actor.can("payments.apply"),
        "may_adjust": bool(owed) and request.actor.can("payments.adjust"),
        "may_transfer": bool(owed or payers) and request.actor.can("payments.transfer"),
    }
    return page(request, "desk/payments/money.html", context)


def _row(one: queries.Movement) -> dict[str, Any]:
    return {
        "id": one.id,
        "number": one.number,
        "day": us_date(one.day),
        "words": wording.said(one),
        "note": " · ".join(filter(None, [one.by, one.reason])),
        "owed": wording.signed(one.owed),
        "credit": wording.signed(one.credit),
        "payers": wording.signed(one.payers),
        "after": dollars(one.owed_after),
        "payment_id": one.payment_id,
        "gone": one.taken_back,
    }


def _receipts(patient_id: int) -> list[dict[str, Any]]:
    rows = queries.payments_of(patient_id, limit=12)
    fates = queries.fates(rows)
    refs = {one.pk: sending.receipt_ref(one.pk) for one in rows}
    written = messages.message_lines_about(list(refs.values()))
    return [
        {
            "id": one.pk,
            "receipt": one.receipt,
            "day": us_date(one.day),
            "how": ", ".join(wording.tender(tender) for tender in one.tenders.all()),
            "sent": wording.sent(written[refs[one.pk]]),
            "cents": one.cents,
            "became": "taken back"
            if fates[one.pk].taken_back
            else "check came back"
            if fates[one.pk].returned
            else f"{dollars(fates[one.pk].lost)} given back"
            if fates[one.pk].lost
            else "",
        }
        for one in rows
    ]
