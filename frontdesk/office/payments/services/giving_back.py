"""Take a payment back, give money back, and note a check that came back. The payment's rows stay as they are."""

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.office.audit.services import record, service
from frontdesk.office.ledger import services as ledger
from frontdesk.office.ledger.models import Account, Entry
from frontdesk.office.ledger.rules import Open, charge
from frontdesk.office.payments import rules
from frontdesk.office.payments.errors import BeyondWhatIsLeft, NoSuchPayment, TooLate
from frontdesk.office.payments.models import Payment, Refund, ReturnedCheck, Tender
from frontdesk.office.payments.queries import fates, returned_check_fee
from frontdesk.office.payments.queries.accounts import credits_of_payment
from frontdesk.office.payments.services.resting import last_entry, make_free, put_back
from frontdesk.office.payments.services.taking import drawer_for
from frontdesk.office.payments.services.today import day_now
from frontdesk.office.payments.services.whose import must_be_here, must_see_all, record_for_all


@service("payments.take_back")
def take_back(by: Actor, /, *, payment_id: int, reason: str, key: str) -> Entry:
    """Take a payment back on its own day, while its drawer is open: the cash or check is handed back, the debt open again.

    Raises `TooLate`, `CannotReverse`, `NoSuchPayment`, `Invalid` without a reason.
    """
    place = _payment(by, payment_id).location_id
    day = day_now(place)
    row = _payment(by, payment_id)  # anew: its drawer may have been closed a moment ago
    if row.day != day or (row.session and row.session.closed_at):
        msg = "Its day is closed. Give the money back as a refund."
        raise TooLate(msg)
    if any(one.kind in rules.BY_CARD for one in row.tenders.all()):
        msg = "A card was charged. Give that back as a refund to the card."
        raise TooLate(msg)
    if fates([row])[row.pk].lost:
        msg = "Some of it was given back already. Give back the rest as a refund."
        raise TooLate(msg)
    since = last_entry()
    made = ledger.reverse(
        by, entry_id=row.entry_id, reason=reason, key=f"taken_back:{key}", day=row.day, patient_id=row.patient_id, whole=True
    )  # fmt: skip
    # A visit's charge was paid by several payments in one entry: the others stay where they were.
    put_back(by, since=since, key=f"taken_back:{key}", day=row.day)
    told = {"receipt": row.receipt, "cents": row.cents}
    record_for_all(by, row, subject=row, before=told, reason=reason.strip())
    return made


@service("payments.refund")
def refund(
    by: Actor,
    /,
    *,
    tender_id: int,
    cents: int,
    reason: str,
    key: str,
    location_id: int,
    unapply: bool = False,
) -> Refund:
    """Give `cents` back the way they came: cash out of the open drawer, for a check an amount owed to the patient.

    What is not put against anything is given back; with `unapply` also what is, and that is owed again.
    Raises `BeyondWhatIsLeft`, `DrawerClosed`, `NoSuchPayment`, `Invalid`. Cards: `payments.refund_card`.
    """
    must_be_here(by, location_id)
    known = Refund.objects.filter(key=key).first()
    if known is not None:
        record(by, subject=known, patient_id=known.patient_id, after={"again": True})
        return known
    tender = _tender(tender_id)
    if tender.kind in rules.BY_CARD:
        msg = "This was paid by card. It goes back to the card."
        raise Invalid(msg, fields={"tender": msg})
    _payment(by, tender.payment_id)
    return refund_in(by, tender, cents, reason, key, location_id, unapply=unapply)


def refund_in(
    by: Actor, tender: Tender, cents: int, reason: str, key: str, location_id: int, *, unapply: bool,
    processor: str = "",
) -> Refund:  # fmt: skip
    """Write a refund down; the caller has a verb, and has seen to it that a card was credited."""
    reason = _reason(reason)
    row = tender.payment
    today = day_now(location_id)
    known = Refund.objects.filter(key=key).first()
    if known is not None:
        return known
    left = left_of(tender)
    if cents <= 0 or cents > left:
        msg = "More than is left of what was paid this way." if cents > 0 else "Type an amount."
        raise BeyondWhatIsLeft(msg) if cents > 0 else Invalid(msg, fields={"cents": msg})
    session = drawer_for(by, location_id) if tender.kind == rules.KIND.CASH else None
    day = session.day if session else today
    free = sum(one.left for one in credits_of_payment(row.entry_id))
    if cents > free and not unapply:
        msg = "That much of it was put against what was owed. Say that this is to be owed again, or give back less."
        raise BeyondWhatIsLeft(msg)
    if cents > free:
        make_free(by, row.entry_id, cents, reason=reason, key=f"refund:{key}", day=day)
    legs = rules.shares(_held(row), cents)
    entry = ledger.post(
        by,
        draft=rules.refunded(
            tender.kind, legs, key=f"refund:{key}", day=day, reason=reason, patient_id=row.patient_id,
            session_id=session.pk if session else None,
        ),
    )  # fmt: skip
    made = Refund.objects.create(
        payment=row, tender=tender, patient_id=row.patient_id, number=ledger.next_number(by, name="refund"),
        cents=cents, reason=reason, day=day, at=clock.now(), by_name=by.name, entry_id=entry.pk,
        processor=processor, key=key,
    )  # fmt: skip
    told = {"refund": made.number, "receipt": row.receipt, "cents": cents}
    record_for_all(by, row, subject=made, after=told, reason=reason)
    return made


@service("payments.return_check")
def return_check(
    by: Actor, /, *, tender_id: int, reason: str, key: str, with_fee: bool = False
) -> ReturnedCheck:
    """Note that the bank did not pay a check: what it paid is owed again, and the practice's fee where it is asked for.

    Raises `BeyondWhatIsLeft`, `NoSuchPayment`, `Invalid`.
    """
    tender = _tender(tender_id)
    row = _payment(by, tender.payment_id)
    reason = _reason(reason)
    day = day_now(row.location_id)
    known = ReturnedCheck.objects.filter(tender=tender).first()
    if known is not None:
        if known.key != key:
            msg = "It was noted already that this check came back."
            raise BeyondWhatIsLeft(msg)
        record(by, subject=known, patient_id=known.patient_id, after={"again": True})
        return known
    if tender.kind != rules.KIND.CHECK:
        msg = "Only a check can come back."
        raise Invalid(msg, fields={"tender": msg})
    if left_of(tender) < tender.cents:
        msg = "Some of it was given back already. Ask billing to set the account right."
        raise BeyondWhatIsLeft(msg)
    make_free(by, row.entry_id, tender.cents, reason=reason, key=f"returned:{key}", day=day)
    entry = ledger.post(
        by,
        draft=rules.returned(
            rules.shares(_held(row), tender.cents), key=f"returned:{key}", day=day, reason=reason, patient_id=row.patient_id
        ),
    )  # fmt: skip
    fee = returned_check_fee() if with_fee else 0
    if fee:
        about = f"payments.tender:{tender.pk}"
        owed = {(str(Account.Kind.RECEIVABLE), rules.account_of(row.patient_id)): fee}
        earned = {"fee:returned_check": fee}
        ledger.post(
            by,
            draft=charge(
                key=f"fee:{key}", day=day, owed=owed, earned=earned, about=about, patient_id=row.patient_id
            ),
        )
    made = ReturnedCheck.objects.create(
        tender=tender, patient_id=row.patient_id, reason=reason, fee=fee, day=day, at=clock.now(), by_name=by.name,
        entry_id=entry.pk, key=key,
    )  # fmt: skip
    told = {"receipt": row.receipt, "cents": tender.cents, "fee": fee}
    record_for_all(by, row, subject=made, after=told, reason=reason)
    return made


def left_of(tender: Tender) -> int:
    """Return what of a tender has not been given back: nothing once the payment was taken back or the check returned."""
    fate = fates([tender.payment])[tender.payment_id]
    if fate.taken_back or tender.pk in fate.returned:
        return 0
    return tender.cents - fate.refunded[tender.pk]


def _payment(by: Actor, payment_id: int) -> Payment:
    row = Payment.objects.filter(pk=payment_id).select_related("session").first()
    if row is None:
        msg = "There is no such payment."
        raise NoSuchPayment(msg)
    must_be_here(by, row.location_id)
    must_see_all(by, row)
    return row


def _tender(tender_id: int) -> Tender:
    row = Tender.objects.filter(pk=tender_id).select_related("payment").first()
    if row is None:
        msg = "There is no such payment."
        raise NoSuchPayment(msg)
    return row


def _held(row: Payment) -> list[tuple[str, Open]]:
    return [
        (one.account, Open(one.line_id, one.entry_id, one.day, one.about, one.amount, one.left))
        for one in credits_of_payment(row.entry_id)
    ]


def _reason(text: str) -> str:
    if not text.strip():
        msg = "Say why, in a few words."
        raise Invalid(msg, fields={"reason": msg})
    return text.strip()
