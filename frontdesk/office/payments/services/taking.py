"""Take a payment: its receipt number, its rows, its entry in the books, and what it is put against; or nothing."""

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.office.audit.services import record, service
from frontdesk.office.ledger import services as ledger
from frontdesk.office.ledger.models import Account, Line
from frontdesk.office.ledger.queries import open_lines
from frontdesk.office.ledger.rules import Open, application
from frontdesk.office.patients.queries import find_patient
from frontdesk.office.payments import rules
from frontdesk.office.payments.errors import CardUnderWay, DrawerClosed, PaidAlready
from frontdesk.office.payments.models import CardCharge, DrawerSession, Payment, Receipt, Tender, Toward
from frontdesk.office.payments.queries import card_under_way_for, open_session, owed_items
from frontdesk.office.payments.queries.receipts import facts_now
from frontdesk.office.payments.services.today import day_now


@service("payments.take")
def take(by: Actor, /, *, sheet: rules.Sheet, key: str) -> Payment:
    """Take a payment in cash, by check or money order; the same `key` again is the payment that stands.

    What a card is charged with comes through `payments.settle_card`. Raises `DrawerClosed`, `CardUnderWay`, `PaidAlready`,
    `NotCovered`, `Invalid`, `NoSuchPatient`, `Restricted`.
    """
    known = Payment.objects.filter(key=key).first()
    if known is not None:
        return known
    for patient_id in sorted({sheet.patient_id, *(part.patient_id for part in sheet.parts)}):
        find_patient(by, patient_id)
    ledger.alone()
    refuse_paid_by_card(sheet)
    return take_in(by, sheet, key)


def refuse_paid_by_card(sheet: rules.Sheet) -> None:
    """Raise `CardUnderWay` where a card is being charged for a part of this sheet: it would be paid twice."""
    before = card_under_way_for(sheet.parts)
    if before is not None:
        msg = (
            "A card is being charged for the same, or it is not known yet whether it was. "
            "Do not take it again: wait until that is known, or call it off."
        )
        raise CardUnderWay(msg, before)


def take_in(by: Actor, sheet: rules.Sheet, key: str) -> Payment:
    """Write a payment down; the caller has a verb, and has seen to it that a card in it was charged."""
    rules.refuse_wrong(sheet)
    # Two who send one key at once come one after the other here, and the second finds what the first made. Nor does anybody
    # close a drawer or a day from here to the commit: what is looked up now still holds when it is posted.
    today = day_now(sheet.location_id)
    known = Payment.objects.filter(key=key).first()
    if known is not None:
        record(by, subject=known, patient_id=known.patient_id, after={"again": True})
        return known
    if CardCharge.objects.filter(key=key).exists():
        msg = "This form was sent to a card already. Look what became of that before you take it another way."
        raise PaidAlready(msg)
    session = drawer_for(by, sheet.location_id) if rules.needs_drawer(sheet) else None
    day = session.day if session else today
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
    put_against(by, made, key=f"applied:{key}")
    Receipt.objects.create(payment=made, facts=facts_now(made))
    told = {"receipt": receipt, "cents": made.cents}
    record(by, subject=made, patient_id=sheet.patient_id, after=told)
    for other in sorted({part.patient_id for part in sheet.parts} - {sheet.patient_id}):
        # Paid at a relative's page: it is on the record of each whose account it went to.
        record(by.showing(None), subject=made, patient_id=other, after=told)
    return made


def drawer_for(by: Actor, location_id: int) -> DrawerSession:
    """Return the open drawer cash goes into and comes out of. Raises `DrawerClosed`."""
    session = open_session(location_id, by.id)
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


def put_against(by: Actor, made: Payment, *, key: str) -> None:
    """Put what is left of a payment against what is owed, each part on its own patient's: also what a merged chart owed."""
    lines = Line.objects.filter(entry_id=made.entry_id, account__kind=Account.Kind.CREDIT)
    credits_ = list(lines.select_related("account").order_by("id"))
    towards = Toward.objects.filter(payment=made).order_by("id")
    purposes = {line.pk: part.purpose for line, part in zip(credits_, towards, strict=True)}
    pairs = []
    for account in dict.fromkeys(line.account.of for line in credits_):
        mine = [one for one in open_lines(Account.Kind.CREDIT, [account]) if one.line_id in purposes]
        items = owed_items(int(account.rpartition(":")[2]))
        owed = [Open(one.line_id, one.entry_id, one.day, one.about, one.amount, one.left) for one in items]
        stands = {one.line_id: one.account for one in items}
        pairs += rules.applied(account, stands, rules.put_against(mine, owed, purposes))
    if pairs:
        about = next((line.about for line in credits_ if line.about), "")
        day = day_now(made.location_id) if key != f"applied:{made.key}" else made.day
        ledger.post(
            by,
            draft=application(key=key, day=day, parts=pairs, about=about, patient_id=made.patient_id),
        )
