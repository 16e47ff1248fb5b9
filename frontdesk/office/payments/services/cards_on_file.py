"""Keep a card with the processor, end that, and charge it: only while the patient's consent is in force."""

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.kit.fitting import must_fit
from frontdesk.office.audit.services import record, service
from frontdesk.office.ledger import services as ledger
from frontdesk.office.patients.queries import find_patient
from frontdesk.office.payments import rules
from frontdesk.office.payments.errors import NoSuchCharge, NotCharged
from frontdesk.office.payments.models import CardCharge, CardOnFile
from frontdesk.office.payments.queries.autopay import autopays_on
from frontdesk.office.payments.services.cards import begin
from frontdesk.office.payments.services.following_plans import stop


@service("payments.keep_card")
def keep_card(
    by: Actor, /, *, patient_id: int, customer: str, method: str, brand: str, last4: str, words: str
) -> CardOnFile:
    """Note that a patient lets the practice keep a card, in the words that were read to them; the same card again is that one.

    `customer` and `method` are the processor's references. Raises `Invalid`, `NoSuchPatient`, `Restricted`.
    """
    find_patient(by, patient_id)
    if not words.strip() or not method:
        msg = "A card is kept with the patient’s consent, in words."
        raise Invalid(msg, fields={"words": msg})
    must_fit(CardOnFile, {"words": words, "customer": customer, "method": method})
    made, _ = CardOnFile.objects.get_or_create(
        method=method,
        defaults={
            "patient_id": patient_id, "customer": customer, "brand": brand[:24], "last4": last4[-4:],
            "words": words.strip(), "agreed_at": clock.now(), "taken_by": by.name,
        },
    )  # fmt: skip
    record(by, subject=made, patient_id=patient_id, after={"brand": brand, "last4": last4[-4:]})
    return made


@service("payments.end_card", permission="payments.keep_card")
def end_card(by: Actor, /, *, card_id: int, why: str) -> CardOnFile:
    """End a card on file: it is not charged again, and autopay that charges it stops. Raises `NoSuchCharge`, `Restricted`."""
    ledger.alone()  # before the row is locked, as whoever charges
    row = _card(card_id)
    find_patient(by, row.patient_id)
    if row.ended_at is None:
        row.ended_at, row.ended_by, row.ended_why = clock.now(), by.name, why.strip()[:300]
        row.save()
        for autopay in autopays_on([row.pk]):
            stop(by, autopay, f"The card is not charged any more: {why.strip() or 'ended'}")
    record(by, subject=row, patient_id=row.patient_id, after={"ended": True}, reason=why.strip())
    return row


@service("payments.charge_on_file", permission="payments.take")
def charge_on_file(by: Actor, /, *, card_id: int, sheet: rules.Sheet, key: str) -> CardCharge:
    """Have a card on file charged with what a sheet says; the same `key` again is the charge that stands.

    For a plan's instalment that is due: the key names it, so that it is charged once. Raises `NotCharged` without consent
    in force or for somebody else's account, `CardUnderWay`, and as `begin_card`.
    """
    ledger.alone()  # before the row is locked, as whoever posts
    row = _card(card_id)
    if row.ended_at is not None or row.patient_id != sheet.patient_id:
        msg = "The patient does not let us charge this card. Ask for a card."
        raise NotCharged(msg)
    return begin(by, sheet, key, how=CardCharge.How.ON_FILE, on_file=row)


def _card(card_id: int) -> CardOnFile:
    row = CardOnFile.objects.select_for_update().filter(pk=card_id).first()
    if row is None:
        msg = "There is no such card on file."
        raise NoSuchCharge(msg)
    return row
