"""Write off a part of what is owed, and move what is owed between patient and payer."""

from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.office.audit.services import record, service
from frontdesk.office.ledger import services as ledger
from frontdesk.office.ledger.models import Account, Entry
from frontdesk.office.ledger.rules import Leg
from frontdesk.office.ledger.rules import adjustment as drafted
from frontdesk.office.ledger.rules import transfer as moved
from frontdesk.office.patients.queries import find_patient
from frontdesk.office.payments.errors import BeyondWhatIsLeft, NoSuchPayment
from frontdesk.office.payments.queries import OpenItem, owed_by_payers, owed_items
from frontdesk.office.payments.rules import account_of
from frontdesk.office.payments.rules.writing_off import WHY
from frontdesk.office.payments.services.today import day_now
from frontdesk.office.payments.services.whose import must_be_here


@service("payments.adjust")
def adjust(
    by: Actor,
    /,
    *,
    patient_id: int,
    location_id: int,
    line_id: int,
    cents: int,
    why: str,
    reason: str,
    key: str,
) -> Entry:
    """Write off `cents` of something a patient owes; `why` is one of `WHY`. Raises `BeyondWhatIsLeft`, `Invalid`."""
    must_be_here(by, location_id)
    patient = find_patient(by, patient_id)
    if why not in WHY:
        msg = "Choose what it is written off as."
        raise Invalid(msg, fields={"why": msg})
    reason = _reason(reason)
    day = day_now(location_id)
    one = _item(owed_items(patient.pk), line_id, cents)
    owed = Leg(Account.Kind.RECEIVABLE, one.account, cents, one.line_id)
    draft = drafted(
        key=f"adjust:{key}", day=day, amount=cents, owed=owed, why=why, reason=reason,
        about=one.about, patient_id=patient.pk,
    )  # fmt: skip
    entry = ledger.post(by, draft=draft)
    record(by, subject=patient, patient_id=patient.pk, after={"cents": cents, "why": why}, reason=reason)
    return entry


@service("payments.transfer")
def transfer(
    by: Actor, /, *, patient_id: int, location_id: int, line_id: int, cents: int, payer_id: int | None,
    reason: str, key: str,
) -> Entry:  # fmt: skip
    """Move `cents` of what a patient owes to a payer; with no `payer_id`, of what a payer owes to the patient.

    Raises `BeyondWhatIsLeft`, `NoSuchPayment`, `Invalid`.
    """
    must_be_here(by, location_id)
    patient = find_patient(by, patient_id)
    reason = _reason(reason)
    day = day_now(location_id)
    if payer_id is None:
        one = _item(owed_by_payers(patient.pk), line_id, cents)
        away = Leg(Account.Kind.PAYER, one.account, cents, one.line_id)
        to = (str(Account.Kind.RECEIVABLE), account_of(patient.pk))
    else:
        one = _item(owed_items(patient.pk), line_id, cents)
        away = Leg(Account.Kind.RECEIVABLE, one.account, cents, one.line_id)
        to = (str(Account.Kind.PAYER), f"coverage.payer:{payer_id}")
    draft = moved(
        key=f"transfer:{key}", day=day, amount=cents, away=away, to=to, reason=reason,
        about=one.about, patient_id=patient.pk,
    )  # fmt: skip
    entry = ledger.post(by, draft=draft)
    record(by, subject=patient, patient_id=patient.pk, after={"cents": cents, "to": to[0]}, reason=reason)
    return entry


def _item(items: list[OpenItem], line_id: int, cents: int) -> OpenItem:
    one = next((item for item in items if item.line_id == line_id), None)
    if one is None:
        msg = "That is not open any more. Look at the account again."
        raise NoSuchPayment(msg)
    if cents <= 0:
        msg = "Type an amount."
        raise Invalid(msg, fields={"cents": msg})
    if cents > one.left:
        msg = "That is more than is still open of it."
        raise BeyondWhatIsLeft(msg)
    return one


def _reason(text: str) -> str:
    if not text.strip():
        msg = "Say why, in a few words."
        raise Invalid(msg, fields={"reason": msg})
    return text.strip()
