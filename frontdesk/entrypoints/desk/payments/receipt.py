"""A payment after it was taken: the receipt in the panel, on paper, and what may become of it."""

from collections.abc import Sequence
from contextlib import suppress

from django.http import HttpResponse
from markupsafe import Markup

from frontdesk.entrypoints.desk.http import DeskRequest, desk_view
from frontdesk.entrypoints.desk.payments import wording
from frontdesk.entrypoints.desk.payments.offering import Sending, sending
from frontdesk.entrypoints.desk.scheduling.panels import panel, tell
from frontdesk.entrypoints.desk.templating import us_date, wall_time
from frontdesk.entrypoints.desk.visits.card import show
from frontdesk.entrypoints.desk.visits.papers import pdf
from frontdesk.exchange.receipts import pdf as paper
from frontdesk.kit.errors import Refusal
from frontdesk.kit.money import dollars
from frontdesk.kit.walltime import to_wall
from frontdesk.office.payments import queries
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.models import Payment
from frontdesk.office.payments.queries import sending as money
from frontdesk.office.payments.queries.accounts import credits_of_payment
from frontdesk.office.payments.rules import BY_CARD, KIND
from frontdesk.office.scheduling.models import Appointment
from frontdesk.office.visits import services as visits
from frontdesk.office.visits.queries import settled_of


@desk_view()
def one(request: DeskRequest, payment_id: int) -> HttpResponse:
    """Show a payment: its receipt, and what became of it."""
    return shown(request, payments.open_payment(request.actor, payment_id=payment_id))


def taken(
    request: DeskRequest, row: Payment, *, visit: int | None = None, notes: Sequence[str] = ()
) -> HttpResponse:
    """Draw the receipt of what was taken just now, in whatever way; the check-in of its visit is settled with it."""
    if visit:
        settle_money(request, visit, row)
    return shown(request, row, visit=visit, notes=notes, fresh=True)


def settle_money(request: DeskRequest, appointment_id: int, row: Payment) -> None:
    """Settle the line Money of the check-in list of a visit of the patient's.

    Done already with this receipt, a visit that is over, or a person who checks nobody in: nothing changes.
    """
    words = f"{dollars(row.cents)} paid, receipt {row.receipt}"
    mine = Appointment.objects.filter(pk=appointment_id, patient_id=row.patient_id).exists()
    done = settled_of(appointment_id).get("money")
    if mine and (done is None or done.answer != words):
        with suppress(Refusal):
            visits.settle(request.actor.keyless(), appointment_id=appointment_id, item="money", answer=words)


@desk_view()
def printed(request: DeskRequest, payment_id: int) -> HttpResponse:
    """Print a receipt; printed again it is the same paper."""
    row = payments.open_payment(request.actor, payment_id=payment_id)
    return pdf("receipt", paper.receipt(queries.slip(row)))


def shown(
    request: DeskRequest,
    row: Payment,
    *,
    visit: int | None = None,
    notes: Sequence[str] = (),
    fresh: bool = False,
) -> HttpResponse:
    """Draw the receipt panel; `fresh` from the sheet: what is behind the panel is drawn anew as well."""
    answer = drawn(request, row, notes=notes, fresh=fresh)
    if not fresh or not request.is_fragment:
        return answer
    if visit:
        with_card = Markup('<div hx-swap-oob="innerHTML:#visit-card">{}</div>')
        card = Markup(show(request, visit).content.decode())  # noqa: S704 - drawn by our own templates
        answer.content += with_card.format(card).encode()
    return tell(answer, f"{dollars(row.cents)} taken, receipt {row.receipt}.")


def drawn(
    request: DeskRequest, row: Payment, *, notes: Sequence[str] = (), fresh: bool = False
) -> HttpResponse:
    """Draw the panel alone."""
    slip, fate = queries.slip(row), queries.fates([row])[row.pk]
    at = to_wall(row.at, slip.house.zone)
    tenders = list(row.tenders.order_by("id"))
    context = {
        "row": row,
        "slip": slip,
        "fate": fate,
        "when": f"{us_date(at.date())}, {wall_time(at)}",
        "lines": [
            (wording.purpose(line.purpose), line.who if line.who != slip.patient else "", dollars(line.cents))
            for line in slip.lines
        ],
        "tenders": [
            (one, wording.tender(one), _became(fate, one.pk), max(one.cents - fate.refunded[one.pk], 0))
            for one in tenders
        ],
        "change": sum(one.change for one in tenders),
        "notes": [*notes, *_kept(row)],
        "fresh": fresh,
        "may_take_back": _may_take_back(request, row, fate),
        "may_refund": request.actor.can("payments.refund") and not fate.taken_back,
        "may_return": request.actor.can("payments.return_check") and not fate.taken_back,
        "check": KIND.CHECK,
        "by_card": BY_CARD,
        "sending": _sending(request, row, fate),
    }
    return panel(request, "desk/payments/receipt_panel.html", context, title=f"Receipt {row.receipt}")


def _sending(request: DeskRequest, row: Payment, fate: queries.Fate) -> Sending:
    gone = fate.taken_back or fate.lost >= row.cents
    facts = None if gone else money.receipt_facts(row)
    return sending(request, row.patient_id, "receipt", money.receipt_ref(row.pk), facts)


def _became(fate: queries.Fate, tender_id: int) -> str:
    if fate.taken_back:
        return "taken back"
    if tender_id in fate.returned:
        return "came back unpaid"
    back = fate.refunded[tender_id]
    return f"{dollars(back)} given back" if back else ""


def _kept(row: Payment) -> list[str]:
    """Say what of a payment is put against nothing yet: it waits for its visit's charge, or stays as a credit."""
    left = credits_of_payment(row.entry_id)
    waits = sum(one.left for one in left if one.about)
    stays = sum(one.left for one in left if not one.about)
    said = [f"{dollars(waits)} waits for the charge of the visit."] if waits else []
    return said + ([f"{dollars(stays)} stays on the account as a credit."] if stays else [])


def _may_take_back(request: DeskRequest, row: Payment, fate: queries.Fate) -> bool:
    return (
        request.actor.can("payments.take_back")
        and not fate.taken_back
        and not fate.lost
        and row.day == queries.business_day(row.location_id)
        and not (row.session and row.session.closed_at)
        and not any(one.kind in BY_CARD for one in row.tenders.all())
    )
