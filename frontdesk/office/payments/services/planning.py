"""Agree on a payment plan, end it, find the parts that were missed; and what a returned check costs."""

from datetime import date

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.kit.versioned import save_changes
from frontdesk.office.audit.services import record, service
from frontdesk.office.ledger import services as ledger
from frontdesk.office.patients.queries import charts_of, find_patient
from frontdesk.office.payments.errors import BeyondWhatIsLeft, NoSuchPayment
from frontdesk.office.payments.models import DeskRules, Instalment, Plan
from frontdesk.office.payments.queries import balance_of, today_at
from frontdesk.office.payments.queries.autopay import autopays_of
from frontdesk.office.payments.queries.plans import lines_of
from frontdesk.office.payments.queries.receipts import house_now
from frontdesk.office.payments.rules import receipts
from frontdesk.office.payments.rules.plans import MOST_PARTS, parts
from frontdesk.office.payments.services.autopay import set_autopay
from frontdesk.office.payments.services.following_plans import follow_plan, stop


@service("payments.agree_plan")
def agree_plan(
    by: Actor, /, *, patient_id: int, location_id: int, total: int, count: int, every: str, first: date, key: str,
    language: str = "en", card_id: int | None = None, agreed: bool = False,
) -> Plan:  # fmt: skip
    """Agree that `total` cents of what a patient owes are paid in `count` parts from `first` on.

    With `card_id` a card on file is charged with each part by itself: `agreed` says that the patient agreed to the words
    of `rules.autopay`. Raises `BeyondWhatIsLeft` for more than is owed or a second plan, `Invalid`, `NotPermitted`.
    """
    patient = find_patient(by, patient_id)
    ledger.alone()  # whoever else agrees on a plan just now is seen below
    known = Plan.objects.filter(key=key).first()
    if known is not None:
        record(by, subject=known, patient_id=patient.pk, after={"again": True})
        return known
    _refuse_wrong(total, count, every, first, today_at(location_id))
    if total > balance_of(patient.pk).left:
        msg = "That is more than is owed."
        raise BeyondWhatIsLeft(msg)
    # No constraint: two charts that are merged may each have had one.
    if Plan.objects.filter(patient_id__in=charts_of(patient.pk), state=Plan.State.RUNNING).exists():
        msg = "There is a plan already. End it first."
        raise BeyondWhatIsLeft(msg)
    made = Plan.objects.create(
        patient_id=patient.pk, location_id=location_id, total=total, every=every, first=first, language=language,
        facts=receipts.facts(house_now(location_id), patient.legal_name), at=clock.now(), by_name=by.name, key=key,
    )  # fmt: skip
    Instalment.objects.bulk_create(
        Instalment(plan=made, number=number, due=due, cents=cents)
        for number, (due, cents) in enumerate(parts(total, count, every, first), 1)
    )
    told = {"cents": total, "parts": count, "every": every, "first": first.isoformat()}
    record(by, subject=made, patient_id=patient.pk, after=told)
    if card_id is not None:
        set_autopay(by.keyless(), plan_id=made.pk, card_id=card_id, language=language, agreed=agreed)
    return made


def _refuse_wrong(total: int, count: int, every: str, first: date, today: date) -> None:
    wrong = {}
    if total <= 0:
        wrong["total"] = "Type how much is to be paid in all."
    if not 2 <= count <= MOST_PARTS:
        wrong["count"] = f"A plan has 2 to {MOST_PARTS} parts."
    elif 0 < total < count:
        wrong["count"] = "That is less than a cent a part."
    if every not in Plan.Every.values:
        wrong["every"] = "Choose how often."
    if first < today:
        wrong["first"] = "The first part is due today or later."
    if wrong:
        raise Invalid(next(iter(wrong.values())), fields=wrong)


@service("payments.end_plan")
def end_plan(by: Actor, /, *, plan_id: int, how: str, reason: str, version: int | None = None) -> Plan:
    """End a running plan (`how` "ended"), or say that it was broken ("broken"); what is left is owed as before.

    Raises `NoSuchPayment`, `Invalid` without a reason, `StaleVersion`.
    """
    ledger.alone()  # before any row is locked, as whoever settles a charge of its autopay
    row = Plan.objects.filter(pk=plan_id, state=Plan.State.RUNNING).first()
    if row is None:
        msg = "That plan is over already."
        raise NoSuchPayment(msg)
    find_patient(by, row.patient_id)
    if how not in {Plan.State.BROKEN, Plan.State.ENDED}:
        msg = "Choose what became of it."
        raise Invalid(msg, fields={"how": msg})
    if not reason.strip():
        msg = "Say why, in a few words."
        raise Invalid(msg, fields={"reason": msg})
    changes = {
        "state": how,
        "reason": reason.strip(),
        "over_at": clock.now(),
        "over_by": by.name,
        "missed_on": None,
    }
    before = save_changes(row, changes, expected=version)
    for autopay in autopays_of([row.pk]).values():
        stop(by, autopay, f"The plan is {Plan.State(how).label.lower()}: {reason.strip()}")
    record(
        by, subject=row, patient_id=row.patient_id, before={"state": before["state"]}, after={"state": how},
        reason=reason.strip(),
    )  # fmt: skip
    return row


@service("payments.note_missed", permission="payments.watch_plans")
def note_missed(by: Actor, /, *, location_id: int) -> int:
    """Note of a location's running plans since when a part is overdue, and which are paid in full; return how many changed."""
    ledger.alone()  # as in `end_plan`
    day = today_at(location_id)
    running = Plan.objects.filter(location_id=location_id, state=Plan.State.RUNNING).order_by("id")
    changed = sum(follow_plan(by, one) for one in lines_of(list(running), day))
    record(by, after={"plans": changed})
    return changed


@service("payments.set_rules")
def set_rules(by: Actor, /, *, returned_check_fee: int) -> DeskRules:
    """Set what a check that comes back costs the patient, in cents; 0 for nothing. Raises `Invalid`."""
    if not 0 <= returned_check_fee <= 10000:
        msg = "A fee is between nothing and $100."
        raise Invalid(msg, fields={"returned_check_fee": msg})
    row, _ = DeskRules.objects.get_or_create(pk=1)
    before = save_changes(row, {"returned_check_fee": returned_check_fee})
    record(by, subject=row, before=before, after={"returned_check_fee": returned_check_fee})
    return row
