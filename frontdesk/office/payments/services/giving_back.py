"""Take a payment back, give money back, and note a check that came back. The payment's rows stay as they are."""

from datetime import date

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.office.audit.services import record, service
from frontdesk.office.ledger import services as ledger
from frontdesk.office.ledger.models import Account, Entry, Line
from frontdesk.office.ledger.rules import Open, charge
from frontdesk.office.patients.queries import find_patient
from frontdesk.office.payments import rules
from frontdesk.office.payments.errors import BeyondWhatIsLeft, NoSuchPayment, TooLate
from frontdesk.office.payments.models import Payment, Refund, ReturnedCheck, Tender
from frontdesk.office.payments.queries import business_day, fates, returned_check_fee
from frontdesk.office.payments.queries.accounts import credits_of_payment
from frontdesk.office.payments.services.taking import drawer_for, put_against


@service("payments.take_back")
def take_back(by: Actor, /, *, payment_id: int, reason: str, key: str) -> Entry:
    """Take a payment back on its own day, while its drawer is open: the cash or check is handed back, the debt open again.

    Raises `TooLate`, `CannotReverse`, `NoSuchPayment`, `Invalid` without a reason.
    """
    ledger.alone()  # nobody closes the drawer or the day from here to the commit: whoever did is seen below
    row = _payment(by, payment_id)
    if row.day != business_day(row.location_id) or (row.session and row.session.closed_at):
        msg = "Its day is closed. Give the money back as a refund."
        raise TooLate(msg)
    if any(one.kind in rules.BY_CARD for one in row.tenders.all()):
        msg = "A card was charged. Give that back as a refund to the card."
        raise TooLate(msg)
    if fates([row])[row.pk].lost:
        msg = "Some of it was given back already. Give back the rest as a refund."
        raise TooLate(msg)
    made = ledger.reverse(
        by, entry_id=row.entry_id, reason=reason, key=f"taken_back:{key}", day=row.day, patient_id=row.patient_id, whole=True
    )  # fmt: skip
    told = {"receipt": row.receipt, "cents": row.cents}
    record(by, subject=row, patient_id=row.patient_id, before=told, reason=reason.strip())
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
    ledger.alone()
    known = Refund.objects.filter(key=key).first()
    if known is not None:
        return known
    left = left_of(tender)
    if cents <= 0 or cents > left:
        msg = "More than is left of what was paid this way." if cents > 0 else "Type an amount."
        raise BeyondWhatIsLeft(msg) if cents > 0 else Invalid(msg, fields={"cents": msg})
    session = drawer_for(by, location_id) if tender.kind == rules.KIND.CASH else None
    day = session.day if session else business_day(location_id)
    free = sum(one.left for one in credits_of_payment(row.entry_id))
    if cents > free and not unapply:
        msg = "That much of it was put against what was owed. Say that this is to be owed again, or give back less."
        raise BeyondWhatIsLeft(msg)
    if cents > free:
        _unapply(by, row, reason, key, day)
    legs = rules.shares(_held(row), cents)
    entry = ledger.post(
        by,
        draft=rules.refunded(
            tender.kind, legs, key=f"refund:{key}", day=day, reason=reason, patient_id=row.patient_id,
            session_id=session.pk if session else None,
        ),
    )  # fmt: skip
    if cents > free:
        put_against(by, row, key=f"applied:{key}")
    made = Refund.objects.create(
        payment=row, tender=tender, patient_id=row.patient_id, number=ledger.next_number(by, name="refund"),
        cents=cents, reason=reason, day=day, at=clock.now(), by_name=by.name, entry_id=entry.pk,
        processor=processor, key=key,
    )  # fmt: skip
    told = {"refund": made.number, "receipt": row.receipt, "cents": cents}
    record(by, subject=made, patient_id=row.patient_id, after=told, reason=reason)
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
    ledger.alone()
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
    day = business_day(row.location_id)
    _unapply(by, row, reason, key, day)
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
    put_against(by, row, key=f"applied:{key}")
    made = ReturnedCheck.objects.create(
        tender=tender, patient_id=row.patient_id, reason=reason, fee=fee, day=day, at=clock.now(), by_name=by.name,
        entry_id=entry.pk, key=key,
    )  # fmt: skip
    told = {"receipt": row.receipt, "cents": tender.cents, "fee": fee}
    record(by, subject=made, patient_id=row.patient_id, after=told, reason=reason)
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
    find_patient(by, row.patient_id)
    return row


def _tender(tender_id: int) -> Tender:
    row = Tender.objects.filter(pk=tender_id).select_related("payment").first()
    if row is None:
        msg = "There is no such payment."
        raise NoSuchPayment(msg)
    return row


def _unapply(by: Actor, row: Payment, reason: str, key: str, day: date) -> None:
    """Take a payment off whatever it was put against, so that the whole of it is a credit again."""
    resting = Line.objects.filter(settles__entry=row.entry_id, entry__kind=Entry.Kind.APPLICATION)
    gone = Entry.objects.exclude(reverses=None).values("reverses")
    for entry_id in sorted(
        set(resting.exclude(entry__in=gone).values_list("entry_id", flat=True)), reverse=True
    ):
        ledger.reverse(
            by, entry_id=entry_id, reason=reason, key=f"off:{key}:{entry_id}", day=day, patient_id=row.patient_id
        )  # fmt: skip


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
