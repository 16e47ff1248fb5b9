"""Take a payment: its receipt number, its rows, its entry in the books, and what it is put against; or nothing."""

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.office.audit.services import record, service
from frontdesk.office.ledger import services as ledger
from frontdesk.office.ledger.models import Account, Entry, Line
from frontdesk.office.ledger.queries import open_lines
from frontdesk.office.ledger.rules import Leg, application
from frontdesk.office.patients.queries import find_patient
from frontdesk.office.payments import rules
from frontdesk.office.payments.errors import DrawerClosed
from frontdesk.office.payments.models import DrawerSession, Payment, Tender, Toward
from frontdesk.office.payments.queries import business_day, open_session


@service("payments.take")
def take(by: Actor, /, *, sheet: rules.Sheet, key: str) -> Payment:
    """Take a payment in cash, by check or money order; the same `key` again is the payment that stands.

    What a card is charged with comes through `payments.settle_card`. Raises `DrawerClosed`, `NotCovered`, `Invalid`,
    `NoSuchPatient`, `Restricted`.
    """
    known = Payment.objects.filter(key=key).first()
    if known is not None:
        return known
    for patient_id in sorted({sheet.patient_id, *(part.patient_id for part in sheet.parts)}):
        find_patient(by, patient_id)
    return take_in(by, sheet, key)


def take_in(by: Actor, sheet: rules.Sheet, key: str) -> Payment:
    """Write a payment down; the caller has a verb, and has seen to it that a card in it was charged."""
    rules.refuse_wrong(sheet)
    # Nobody closes a drawer or a day from here to the commit: what is looked up now still holds when it is posted.
    ledger.alone()
    session = _drawer(by, sheet)
    day = session.day if session else business_day(sheet.location_id)
    receipt = ledger.next_number(by, name="receipt")
    entry = ledger.post(
        by,
        draft=rules.payment(sheet, key=f"payment:{key}", day=day, session_id=session.pk if session else None),
    )
    made = Payment.objects.create(
        patient_id=sheet.patient_id, location_id=sheet.location_id, session=session, day=day, at=clock.now(),
        by_id=by.id, by_name=by.name, receipt=receipt, paid_by=sheet.paid_by, cents=sheet.cents,
        language=sheet.language, entry_id=entry.pk, key=key,
    )  # fmt: skip
    Tender.objects.bulk_create(_tender(made, one) for one in sheet.tenders)
    Toward.objects.bulk_create(
        Toward(
            payment=made, patient_id=part.patient_id, purpose=part.purpose, cents=part.cents, about=part.about
        )
        for part in sheet.parts
    )
    _put_against(by, sheet, entry, key)
    record(by, subject=made, patient_id=sheet.patient_id, after={"receipt": receipt, "cents": made.cents})
    return made


def _drawer(by: Actor, sheet: rules.Sheet) -> DrawerSession | None:
    if not any(one.kind in rules.IN_DRAWER for one in sheet.tenders):
        return None
    session = open_session(sheet.location_id, by.id)
    if session is None:
        msg = "No drawer is open here. Count the float and open one first."
        raise DrawerClosed(msg)
    return session


def _tender(made: Payment, one: rules.Given) -> Tender:
    handed = (one.handed or one.cents) if one.kind == rules.KIND.CASH else 0
    return Tender(
        payment=made, kind=one.kind, cents=one.cents, given=handed, change=max(handed - one.cents, 0),
        reference=one.reference, bearer=one.bearer, brand=one.brand, last4=one.last4,
        authorization=one.authorization, processor=one.processor,
    )  # fmt: skip


def _put_against(by: Actor, sheet: rules.Sheet, entry: Entry, key: str) -> None:
    """Put what was paid against what is owed, each part on its patient's account."""
    credits_ = list(Line.objects.filter(entry=entry, account__kind=Account.Kind.CREDIT).order_by("id"))
    purposes = {line.pk: part.purpose for line, part in zip(credits_, sheet.parts, strict=True)}
    pairs = []
    for patient_id in dict.fromkeys(part.patient_id for part in sheet.parts):
        account = rules.account_of(patient_id)
        mine = [one for one in open_lines(Account.Kind.CREDIT, [account]) if one.line_id in purposes]
        owed = open_lines(Account.Kind.RECEIVABLE, [account])
        pairs += [
            (
                Leg(Account.Kind.CREDIT, account, cents, source),
                Leg(Account.Kind.RECEIVABLE, account, -cents, target),
            )
            for source, target, cents in rules.put_against(mine, owed, purposes)
        ]
    if pairs:
        ledger.post(
            by,
            draft=application(
                key=f"applied:{key}",
                day=entry.day,
                parts=pairs,
                about=entry.about,
                patient_id=sheet.patient_id,
            ),
        )
