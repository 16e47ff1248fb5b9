"""Charge a visit: its services at the practice's fees, the patient's part to the patient, the rest to whoever pays."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.office.audit.services import record, same_patient, service
from frontdesk.office.billing import rules
from frontdesk.office.billing.errors import ChargedAlready, NoFee, NoSuchCharge
from frontdesk.office.billing.models import ChargeLine, VisitCharge
from frontdesk.office.billing.queries.accounts import standings
from frontdesk.office.billing.queries.expecting import Known
from frontdesk.office.billing.queries.prices import prices
from frontdesk.office.billing.rules import Service
from frontdesk.office.billing.rules.facts import CASE, SELF_PAY
from frontdesk.office.billing.services._visits import visit_for
from frontdesk.office.billing.services.collecting import WAIVED
from frontdesk.office.coverage.models import Case
from frontdesk.office.ledger import services as ledger
from frontdesk.office.ledger.models import Account
from frontdesk.office.ledger.queries import open_lines
from frontdesk.office.ledger.rules import Leg, application, charge
from frontdesk.office.patients.queries import find_patient
from frontdesk.office.payments.rules import account_of, put_against
from frontdesk.office.payments.services import day_now, last_entry, put_back

SLIDING = "sliding fee"
Line = tuple[str, str, int]
_K = Account.Kind


@dataclass(frozen=True, slots=True)
class Split:
    """Who owes how much of a charge, in cents; `waived` is of the patient's part, `slid` what the scale takes off."""

    patient: int
    payer: int
    slid: int = 0
    waived: int = 0


@service("billing.charge_visit", permission="billing.charge")
def charge_visit(by: Actor, /, *, appointment_id: int, lines: Sequence[Line], key: str) -> VisitCharge:
    """Charge a visit with services (code, modifier, units); the same `key` again is the charge that stands.

    The whole fee is charged: what a payer has agreed to less is written off when it has answered, not before. What was paid
    for this visit is applied at once. Raises `NoFee`, `ChargedAlready`, `Invalid`, `NotFound`.
    """
    one = visit_for(
        by, appointment_id, posting=True
    )  # its row is held: two who charge one visit come one after the other
    known = VisitCharge.objects.filter(key=key, appointment=appointment_id).first()
    if known is not None:
        return known
    standing = VisitCharge.objects.filter(appointment=appointment_id, taken_back_at=None).first()
    if standing is not None:
        msg = "This visit is charged already. Take that back first."
        raise ChargedAlready(msg, standing)
    services = _priced(one, lines)
    total = rules.fees_of(services) or 0
    split = _split(one, services, total)
    entry_id = _post(by, one, total, split, key) if total else None
    made = VisitCharge.objects.create(
        appointment_id=one.id, patient_id=one.patient_id, day=one.day, cents=total, patient_cents=split.patient,
        entry_id=entry_id, key=key, at=clock.now(), by_name=by.name,
    )  # fmt: skip
    ChargeLine.objects.bulk_create(
        ChargeLine(
            charge=made,
            code=each.code,
            modifier=each.modifier,
            words=each.words,
            units=each.units,
            cents=each.fee or 0,
        )
        for each in services
    )
    if entry_id is not None:
        _put_credits(by, one, key)
    told = {"cents": total, "patient": split.patient, "codes": [f"{c}-{m}" if m else c for c, m, _ in lines]}
    record(by, subject=made, patient_id=one.patient_id, after=told)
    return made


@service("billing.take_back_charge")
def take_back_charge(by: Actor, /, *, charge_id: int, reason: str, key: str) -> VisitCharge:
    """Take the charges of a visit back; what was applied to them is a credit for the visit again.

    Raises `NoSuchCharge`, `Invalid` without a reason.
    """
    row = VisitCharge.objects.select_for_update().filter(pk=charge_id, taken_back_at=None).first()
    if row is None:
        msg = "There is no such charge, or it was taken back."
        raise NoSuchCharge(msg)
    same_patient(by, row.patient_id)
    find_patient(by, row.patient_id)
    one = visit_for(by, row.appointment_id, posting=True)
    if not reason.strip() or len(reason.strip()) > 300:
        msg = "Say why it is taken back."
        raise Invalid(msg, fields={"reason": msg})
    row.taken_back_at, row.taken_back_why = clock.now(), reason.strip()
    row.save(update_fields=["taken_back_at", "taken_back_why"])
    if row.entry_id is not None:
        since, day = last_entry(), day_now(one.location_id)
        ledger.reverse(
            by, entry_id=row.entry_id, reason=reason, key=f"uncharged:{key}"[:100], day=day, patient_id=row.patient_id,
            whole=True,
        )  # fmt: skip
        # What one payment paid of other visits besides, also of relatives', stays paid.
        put_back(by, since=since, key=f"uncharged:{key}", day=day)
    record(by, subject=row, patient_id=row.patient_id, after={"taken_back": row.cents}, reason=reason.strip())
    return row


def _priced(one: Known, lines: Sequence[Line]) -> tuple[Service, ...]:
    if not lines:
        msg = "Say what was done: at least one code."
        raise Invalid(msg, fields={"lines": msg})
    payer = [one.payer_id] if one.payer_id else []
    at_hand = prices(codes={code for code, _, _ in lines}, payer_ids=payer)
    found = tuple(
        at_hand.service(code, sign, units, one.day, one.payer_id, one.plan) for code, sign, units in lines
    )
    for each in found:
        if not 1 <= each.units <= 99:
            msg = f"{each.code}: say how many, 1 to 99."
            raise Invalid(msg, fields={"lines": msg})
        if each.fee is None:
            msg = f"There is no fee for {each.code} on the day of the visit."
            raise NoFee(msg)
    if len({(each.code, each.modifier) for each in found}) < len(found):
        msg = "A code is there twice. Say how many units instead."
        raise Invalid(msg, fields={"lines": msg})
    return found


def _split(one: Known, services: tuple[Service, ...], total: int) -> Split:
    """Say who owes what: of what is certain the patient's part, all else the payer's until it has answered."""
    facts = replace(one.facts, services=services, charged=None)
    told = rules.expected(facts)
    if facts.how == SELF_PAY or (one.payer_id is None and facts.how != CASE):
        patient = told.share if facts.how == SELF_PAY and told.sure else total
        return Split(patient, 0, total - patient, min(facts.waived, patient))
    certain = sum(each.cents for each in rules.of_visit(facts).due if each.certain)
    # Of what had to be asked, what the patient paid is what they were told to pay.
    patient = min(total, certain if told.sure else max(certain, facts.paid))
    return Split(patient, total - patient, 0, min(facts.waived, patient))


def _post(by: Actor, one: Known, total: int, split: Split, key: str) -> int:
    payer = _payer_account(one)
    earner = (
        f"practice.provider:{one.provider_id}" if one.provider_id else f"practice.location:{one.location_id}"
    )
    owed: dict[tuple[str, str], int] = {
        (_K.RECEIVABLE, account_of(one.patient_id)): split.patient - split.waived,
        (_K.PAYER, payer): split.payer,
        (_K.ADJUSTMENT, SLIDING): split.slid,
        (_K.ADJUSTMENT, WAIVED): split.waived,
    }
    draft = charge(
        key=f"charge:{key}"[:100], day=day_now(one.location_id), owed=owed, earned={earner: total},
        about=one.facts.about, patient_id=one.patient_id,
    )  # fmt: skip
    return ledger.post(by, draft=draft).pk


def _payer_account(one: Known) -> str:
    """Return whom the insured part is owed by: the plan's payer, a case's carrier, or the case while nobody knows its carrier."""
    if one.case_id is None:
        return f"coverage.payer:{one.payer_id}"
    carrier = Case.objects.values_list("payer_id", flat=True).get(pk=one.case_id)
    return f"coverage.payer:{carrier}" if carrier else f"coverage.case:{one.case_id}"


def _put_credits(by: Actor, one: Known, key: str) -> None:
    """Put what was paid for this visit against its charge, from whichever merged chart's account it was paid into."""
    about, account = one.facts.about, account_of(one.patient_id)
    paid = {
        line.line_id: (of, line)
        for of, line in standings([one.patient_id])[one.patient_id].credits
        if line.about == about
    }
    owed = [line for line in open_lines(_K.RECEIVABLE, [account]) if line.about == about]
    pairs = [
        (Leg(_K.CREDIT, paid[source][0], cents, source), Leg(_K.RECEIVABLE, account, -cents, target))
        for source, target, cents in put_against([line for _, line in paid.values()], owed, {})
    ]
    if pairs:
        draft = application(
            key=f"charge-applied:{key}"[:100], day=day_now(one.location_id), parts=pairs, about=about,
            patient_id=one.patient_id,
        )  # fmt: skip
        ledger.post(by, draft=draft)
