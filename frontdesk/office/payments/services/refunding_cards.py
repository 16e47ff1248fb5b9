"""Give money back to a card: held at once, sent to the processor, and out of the books with its word."""

from datetime import date

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.office.audit.services import record, service
from frontdesk.office.ledger import services as ledger
from frontdesk.office.ledger.models import Account, Entry, Line
from frontdesk.office.ledger.queries import open_lines
from frontdesk.office.ledger.rules import Draft, Leg, Open
from frontdesk.office.ledger.rules import refund as refund_draft
from frontdesk.office.payments import rules
from frontdesk.office.payments.errors import BeyondWhatIsLeft, NotCharged
from frontdesk.office.payments.models import CardCharge, CardRefund, Payment, Tender
from frontdesk.office.payments.queries import business_day
from frontdesk.office.payments.rules import Outcome
from frontdesk.office.payments.services.resting import make_free
from frontdesk.office.payments.services.today import day_now
from frontdesk.office.payments.services.whose import must_be_here, must_see_all, record_for_all

State = CardRefund.State
_KIND = Account.Kind


@service("payments.refund_card", permission="payments.refund")
def refund_card(
    by: Actor, /, *, tender_id: int, cents: int, reason: str, key: str, unapply: bool = False
) -> CardRefund:
    """Give `cents` of a card tender back to its card; the same `key` again is the refund that stands.

    What is not put against anything is given back; with `unapply` also what is: it is taken off again, newest first, and
    that is owed again. Raises `NotCharged`, `BeyondWhatIsLeft`, `Invalid`, `Restricted`.
    """
    tender = Tender.objects.select_related("payment").filter(pk=tender_id).first()
    charge = CardCharge.objects.filter(payment=tender.payment).first() if tender else None
    if tender is None or charge is None or tender.processor != charge.processor:
        msg = "No card was charged for this."
        raise NotCharged(msg)
    must_be_here(by, tender.payment.location_id)
    must_see_all(by, tender.payment)
    if not reason.strip():
        msg = "Say why it is given back."
        raise Invalid(msg, fields={"reason": msg})
    if cents <= 0:
        msg = "An amount is more than nothing."
        raise Invalid(msg, fields={"amount": msg})
    return hold(by, charge, tender.payment, cents, reason.strip(), key, unapply=unapply)


def hold(
    by: Actor, charge: CardCharge, payment: Payment, cents: int, reason: str, key: str, *, unapply: bool
) -> CardRefund:
    """Hold what is to be given back, and have it sent. The caller has a verb.

    Raises `NotCharged` beyond what is left, `BeyondWhatIsLeft` where it was put against something and may not be taken off.
    """
    day, now = day_now(payment.location_id), clock.now()
    known = CardRefund.objects.filter(key=key).first()
    if known is not None:
        record(by, subject=known, patient_id=known.patient_id, after={"again": True})
        return known
    given = CardRefund.objects.filter(charge=charge).exclude(state=State.FAILED)
    if cents > charge.cents - sum(one.cents for one in given):
        msg = "More than is left of what the card was charged with."
        raise NotCharged(msg)
    free = sum(one.left for _, one in _open(payment))
    if cents > free and not unapply:
        msg = "That much of it was put against what was owed. Say that this is to be owed again, or give back less."
        raise BeyondWhatIsLeft(msg)
    if cents > free:
        make_free(by, payment.entry_id, cents, reason=reason, key=f"refund_held:{key}", day=day)
    draft = refund_draft(
        key=f"refund_held:{key}", day=day, held=_legs(payment, cents), reason=reason, patient_id=payment.patient_id,
        out_of=(_KIND.REFUND, rules.account_of(payment.patient_id)),
    )  # fmt: skip
    held = ledger.post(by, draft=draft)
    made = CardRefund.objects.create(
        charge=charge, payment=payment, patient_id=payment.patient_id, cents=cents, reason=reason[:300], key=key,
        at=now, not_before=now, by_id=by.id, by_name=by.name, held_entry_id=held.pk,
    )  # fmt: skip
    record_for_all(by, payment, subject=made, after={"cents": cents}, reason=reason)
    return made


@service("payments.settle_card_refund", permission="payments.settle")
def settle_card_refund(by: Actor, /, *, refund_id: int, outcome: Outcome) -> bool:
    """Keep what became of a refund: out of the books, or the patient's credit again. Return whether anything was kept.

    One that was given back may fail afterwards (an account that is closed); then what was posted is taken back too.
    """
    # Whoever posts is alone before anything is locked: two who wait for each other would never end.
    ledger.alone()
    row = CardRefund.objects.select_for_update(of=("self",)).select_related("payment").get(pk=refund_id)
    over = row.state == State.FAILED or (row.state == State.SUCCEEDED and outcome.state != State.FAILED)
    if over or outcome.state not in {State.SUCCEEDED, State.FAILED}:
        record(by, subject=row, patient_id=row.patient_id, after={"state": outcome.state, "kept": False})
        return False
    day = business_day(row.payment.location_id)
    if outcome.state == State.SUCCEEDED:
        row.paid_entry_id = ledger.post(by, draft=_paid(row, day)).pk
    else:
        ledger.reverse(
            by, entry_id=row.held_entry_id, reason="The card could not be given it back", key=f"refund_failed:{row.key}",
            day=day, patient_id=row.patient_id, whole=True,
        )  # fmt: skip
    row.state, row.code, row.settled_at = outcome.state, outcome.code[:60], clock.now()
    row.processor, row.leased_by, row.lease_until = outcome.processor or row.processor, "", None
    row.save()
    record(by, subject=row, patient_id=row.patient_id, after={"state": row.state, "code": row.code})
    return True


def _paid(row: CardRefund, day: date) -> Draft:
    # Where it is held, it leaves: the chart may have been merged, or taken apart, since.
    line = Line.objects.select_related("account").get(entry=row.held_entry_id, account__kind=_KIND.REFUND)
    legs = (Leg(_KIND.REFUND, line.account.of, row.cents, line.pk), Leg(*rules.CARD, -row.cents))
    return Draft(
        Entry.Kind.REFUND, day, f"refund_paid:{row.key}", legs, reason=row.reason, patient_id=row.patient_id
    )  # fmt: skip


def _open(payment: Payment) -> list[tuple[str, Open]]:
    """Return what is open of a payment's credits, with whose they are."""
    lines = Line.objects.filter(entry=payment.entry_id, account__kind=_KIND.CREDIT).select_related("account")
    whose = {line.pk: line.account.of for line in lines}
    found = open_lines(_KIND.CREDIT, sorted(set(whose.values())))
    return [(whose[one.line_id], one) for one in found if one.line_id in whose]


def _legs(payment: Payment, cents: int) -> list[Leg]:
    legs, left = [], cents
    for of, one in _open(payment):
        part = min(left, one.left)
        if part:
            legs.append(Leg(_KIND.CREDIT, of, part, one.line_id, one.about))
            left -= part
    if left:
        msg = "Not so much of it is left: something else was given back, or moved, meanwhile."
        raise NotCharged(msg)
    return legs
