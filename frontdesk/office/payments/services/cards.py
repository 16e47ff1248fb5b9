"""Charge a card: a row that waits, is asked about until it is known, and becomes one payment when the processor says so.

A charge that succeeded after it was called off is posted as the patient's credit and given back by itself: whoever called
it off does not want it, and the patient was told that nothing would be charged. Both stand in the books, as they do at the
processor; where giving it back fails, the credit stays, and somebody is told. docs/decisions/0025.
"""

from typing import Any

from django.db import IntegrityError, transaction

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid, Refusal
from frontdesk.kit.fitting import must_fit
from frontdesk.office.audit.services import record, service
from frontdesk.office.ledger import services as ledger
from frontdesk.office.patients.queries import find_patient
from frontdesk.office.payments import rules
from frontdesk.office.payments.errors import CardUnderWay, DrawerClosed, NoReader, NoSuchCharge, PaidAlready
from frontdesk.office.payments.models import CardCharge, CardOnFile, Payment
from frontdesk.office.payments.models.cards import UNDER_WAY
from frontdesk.office.payments.queries import open_session
from frontdesk.office.payments.rules import Outcome
from frontdesk.office.payments.services.calling_off import end_charge
from frontdesk.office.payments.services.following_plans import follow_charge
from frontdesk.office.payments.services.refunding_cards import hold
from frontdesk.office.payments.services.taking import refuse_paid_by_card, take_in

State, How = CardCharge.State, CardCharge.How


@service("payments.begin_card", permission="payments.take")
def begin_card(
    by: Actor, /, *, sheet: rules.Sheet, key: str, how: str = How.READER, reader: str = "", consent: str = ""
) -> CardCharge:
    """Have a card charged at a reader, with the other tenders of its sheet; the same `key` again is the charge that stands.

    With `consent`, the words the patient agreed to, the card is kept on file once it was charged.

    Raises `CardUnderWay`, `PaidAlready`, `NoReader`, `DrawerClosed`, `NotCovered`, `Invalid`, `NoSuchPatient`,
    `Restricted`.
    """
    if how == How.READER and not reader:
        msg = "No card reader is set up."
        raise NoReader(msg)
    return begin(by, sheet, key, how=how, reader=reader, consent=consent)


def begin(
    by: Actor,
    sheet: rules.Sheet,
    key: str,
    *,
    how: str,
    reader: str = "",
    on_file: CardOnFile | None = None,
    consent: str = "",
) -> CardCharge:
    """Write down that a card is to be charged; the caller has a verb."""
    ledger.alone()
    known = CardCharge.objects.filter(key=key).first()
    if known is not None:
        record(by, subject=known, patient_id=known.patient_id, after={"again": True})
        return known
    _refuse(by, sheet)
    # Whatever a charge is posted under must fit before a card is charged.
    must_fit(Payment, {"key": rules.key_of_charge(key)})
    if Payment.objects.filter(key=key).exists():
        msg = "This form was sent already, and the payment was taken. Look at its receipt before a card is charged."
        raise PaidAlready(msg)
    refuse_paid_by_card(sheet)
    now = clock.now()
    try:
        with transaction.atomic():
            made = CardCharge.objects.create(
                patient_id=sheet.patient_id, location_id=sheet.location_id, how=how, cents=sheet.by_card, key=key,
                sheet=rules.written(sheet), at=now, not_before=now, by_id=by.id, by_name=by.name, reader=reader,
                on_file=on_file, consent=consent.strip()[:600],
            )  # fmt: skip
    except IntegrityError:
        before = _under_way(sheet.patient_id)
        if before is None:
            raise
        msg = "A card of this patient is being charged, or it is not known yet whether it was. Do not charge again."
        raise CardUnderWay(msg, before) from None
    record(by, subject=made, patient_id=sheet.patient_id, after={"cents": made.cents, "how": how})
    return made


def _refuse(by: Actor, sheet: rules.Sheet) -> None:
    rules.refuse_wrong(sheet)
    if not sheet.by_card:
        msg = "Nothing of this is paid by card."
        raise Invalid(msg, fields={"tender": msg})
    for patient_id in sorted({sheet.patient_id, *(part.patient_id for part in sheet.parts)}):
        find_patient(by, patient_id)
    if any(one.kind in rules.IN_DRAWER for one in sheet.tenders) and not open_session(
        sheet.location_id, by.id
    ):
        msg = "No drawer is open here. Count the float and open one first."
        raise DrawerClosed(msg)


def _under_way(patient_id: int) -> CardCharge | None:
    rows = CardCharge.objects.filter(patient=patient_id, state__in=UNDER_WAY).exclude(how=How.LINK)
    return rows.first()


@service("payments.call_off", permission="payments.take")
def call_off(by: Actor, /, *, charge_id: int) -> CardCharge:
    """Call a charge off, or withdraw a link. What nobody has begun is over at once; else the processor is asked to end it.

    It may have succeeded in that moment: then it is given back. Raises `NoSuchCharge`, `Restricted`.
    """
    ledger.alone()  # before the row is locked, as whoever posts
    row = CardCharge.objects.select_for_update().filter(pk=charge_id).first()
    if row is None or not by.works_at(row.location_id):
        msg = "There is no such charge."
        raise NoSuchCharge(msg)
    find_patient(by, row.patient_id)
    end_charge(by, row)
    follow_charge(by, row)
    record(by, subject=row, patient_id=row.patient_id, after={"state": row.state, "called_off": True})
    return row


@service("payments.settle_card", permission="payments.settle")
def settle_card(by: Actor, /, *, charge_id: int, worker: str, outcome: Outcome) -> bool:
    """Keep what became of a charge; post it where it succeeded, once. Return whether anything was kept.

    That a card was charged is believed from whoever asked; that it was not, only from the worker who has the charge.
    """
    ledger.alone()  # before the row is locked, as whoever posts
    row = CardCharge.objects.select_for_update().get(pk=charge_id)
    mine = outcome.state == State.SUCCEEDED or row.leased_by == worker
    if not mine or outcome.state not in rules.FOLLOWS.get(State(row.state), ()):
        record(by, subject=row, patient_id=row.patient_id, after={"state": outcome.state, "kept": False})
        return False
    payment = _post(row, outcome) if outcome.state == State.SUCCEEDED else None
    fields: dict[str, Any] = {
        "state": outcome.state, "code": outcome.code[:60], "processor": outcome.processor or row.processor,
        "brand": outcome.brand[:24], "last4": outcome.last4[-4:], "authorization": outcome.authorization[:24],
        "payment": payment, "settled_at": clock.now(), "leased_by": "", "lease_until": None, "link": "",
    }  # fmt: skip
    for name, value in fields.items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    told = {"state": row.state, "code": row.code, "receipt": payment.receipt if payment else ""}
    record(by, subject=row, patient_id=row.patient_id, after=told)
    if payment is not None and row.ended_at is None and row.consent and outcome.method:
        _keep(row, outcome)
    if payment is not None and row.ended_at is not None:
        reason = "Called off, and charged all the same"
        hold(by, row, payment, payment.cents, reason, f"{row.key}:off", unapply=True)
    follow_charge(by, row)
    return True


def _keep(row: CardCharge, outcome: Outcome) -> None:
    CardOnFile.objects.get_or_create(
        method=outcome.method,
        defaults={
            "patient_id": row.patient_id, "customer": outcome.customer, "brand": row.brand, "last4": row.last4,
            "words": row.consent, "agreed_at": row.at, "taken_by": row.by_name,
        },
    )  # fmt: skip


def _post(row: CardCharge, outcome: Outcome) -> Payment:
    """Post a charge in the name of who began it: with its sheet, or as a credit where that cannot be posted any more.

    Cash of a split whose drawer was closed meanwhile, an amount that is another: the card was charged, so it is in the books.
    """
    who = Actor("system", row.by_id, row.by_name, location_id=row.location_id, source="card")
    sheet, key = rules.sheet_of(row.sheet), rules.key_of_charge(row.key)
    if row.ended_at is None and outcome.cents == row.cents:
        try:
            with transaction.atomic():
                return take_in(who, rules.charged(sheet, outcome), key)
        except Refusal:
            row.sheet = row.sheet | {"posted_as": "credit"}
    return take_in(who, rules.as_credit(sheet, outcome), key)
