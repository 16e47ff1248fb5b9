"""Autopay of a payment plan: agreed to, gone on with, stopped; and the charge of a part that is due.

The card is charged as at the desk: by a row that waits, under a key for ever, posted when the processor says so
(docs/decisions/0029).
"""

from dataclasses import replace

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.kit.versioned import save_changes
from frontdesk.office.audit.services import record, service
from frontdesk.office.ledger import services as ledger
from frontdesk.office.patients.queries import charts_of, find_patient
from frontdesk.office.payments import rules
from frontdesk.office.payments.errors import CardUnderWay, NoSuchPayment, NotCharged
from frontdesk.office.payments.models import Autopay, AutopayCharge, CardCharge, CardOnFile, Plan
from frontdesk.office.payments.queries import balance_of, today_at
from frontdesk.office.payments.queries.autopay import is_link_open
from frontdesk.office.payments.queries.charging_plans import part_to_charge
from frontdesk.office.payments.queries.plans import REF, PlanLine, lines_of
from frontdesk.office.payments.rules.autopay import EDITION, WORDS
from frontdesk.office.payments.rules.plans import Due
from frontdesk.office.payments.services.cards import begin
from frontdesk.office.payments.services.following_plans import pause, stop

NAME = "Autopay"
"""Who took a payment nobody was there for, as receipts and lists say it."""


@service("payments.set_autopay")
def set_autopay(
    by: Actor, /, *, plan_id: int, card_id: int, language: str, agreed: bool, version: int | None = None
) -> Autopay:
    """Note that a patient lets the practice charge a card on file with each part of a plan, in the words read to them.

    Another card takes the place of the one before. `version` is that of the plan as it was seen. Raises `Invalid` where
    the words were not agreed to or the card is not theirs, `NoSuchPayment` without a running plan, `Restricted`.
    """
    ledger.alone()  # nothing is charged, and nobody sets another one, from here to the commit
    plan = _running(by, plan_id)
    save_changes(plan, {}, expected=version)  # whoever sets another one meanwhile is told
    return set_up(by, plan, card_id=card_id, language=language, agreed=agreed)


def set_up(by: Actor, plan: Plan, *, card_id: int, language: str, agreed: bool) -> Autopay:
    """Write a leave down; the caller has a verb, and the ledger to themselves."""
    patient = find_patient(by, plan.patient_id)
    card = CardOnFile.objects.select_for_update().filter(
        pk=card_id, patient_id__in=charts_of(patient.pk), ended_at=None
    )  # fmt: skip
    found = card.first()
    if found is None:
        msg = "Choose one of the cards the patient lets us charge."
        raise Invalid(msg, fields={"card": msg})
    if language not in WORDS:
        msg = "Choose the language it is read in."
        raise Invalid(msg, fields={"language": msg})
    if not agreed:
        msg = "Read the words to the patient, and tick this when they agree."
        raise Invalid(msg, fields={"agreed": msg})
    for before in _in_force(plan.pk):
        stop(by, before, "Another leave took its place")
    made = Autopay.objects.create(
        plan=plan, card=found, words=WORDS[language], edition=EDITION, language=language, agreed_at=clock.now(),
        taken_by=by.name,
    )  # fmt: skip
    told = {"card": f"{found.brand} {found.last4}", "edition": EDITION, "language": language}
    record(by, subject=made, patient_id=plan.patient_id, after=told)
    return made


@service("payments.resume_autopay", permission="payments.set_autopay")
def resume_autopay(by: Actor, /, *, plan_id: int) -> Autopay:
    """Go on with an autopay that is paused, because the patient says so: what is due is tried anew. Raises `NoSuchPayment`."""
    ledger.alone()
    row = _one_in_force(_running(by, plan_id).pk)
    find_patient(by, row.plan.patient_id)
    if row.paused_at is not None:
        before = save_changes(row, {"paused_at": None, "code": "", "round": row.round + 1})
        record(
            by, subject=row, patient_id=row.plan.patient_id, before={"code": before["code"]},
            after={"autopay": "goes on"},
        )  # fmt: skip
    else:
        record(by, subject=row, patient_id=row.plan.patient_id, after={"again": True})
    return row


@service("payments.stop_autopay", permission="payments.set_autopay")
def stop_autopay(by: Actor, /, *, plan_id: int, why: str) -> Autopay:
    """Stop a plan's autopay; a charge under way is called off. Raises `NoSuchPayment` where there is none, `Invalid`."""
    ledger.alone()
    row = _one_in_force(_running(by, plan_id).pk)
    find_patient(by, row.plan.patient_id)
    if not why.strip():
        msg = "Say why, in a few words: the patient asked."
        raise Invalid(msg, fields={"reason": msg})
    stop(by, row, why.strip())
    return row


@service("payments.charge_part", permission="payments.run_autopay")
def charge_part(by: Actor, /, *, plan_id: int) -> CardCharge | None:
    """Have the card charged with the part of a plan that is due today, once; return the charge, None where none is to be.

    It is what is left of the part, and never more than the patient owes. Whoever has died is charged nothing. While a card
    of the patient is under way, or a payment link for the plan is open, nothing is begun: it is looked at again later.
    Raises `NoSuchPayment` for a plan that is over.
    """
    ledger.alone()  # what was paid until now is seen below, and nobody else begins the same
    plan = _running(by, plan_id)
    day = today_at(plan.location_id)
    line = lines_of([plan], day)[0]
    part = part_to_charge(line, day)
    if part is None or line.autopay is None:
        record(by, after={"nothing": True})
        return None
    patient = find_patient(by, line.plan.patient_id)
    if patient.is_deceased:
        pause(by, line.autopay, "deceased")
        return None
    cents = min(part.left, balance_of(patient.pk).owed)
    if cents <= 0 or is_link_open(f"{REF}:{plan_id}"):
        record(by, subject=line.plan, patient_id=line.plan.patient_id, after={"nothing": True})
        return None
    return _begin(by, line, line.autopay, part, cents)


def _begin(by: Actor, line: PlanLine, autopay: Autopay, part: Due, cents: int) -> CardCharge | None:
    plan, card = line.plan, CardOnFile.objects.select_for_update().get(pk=autopay.card_id)
    if card.ended_at is not None:
        msg = "The patient does not let us charge this card."
        raise NotCharged(msg)
    attempt = len(line.tries.get(part.number, [])) + 1
    sheet = rules.Sheet(
        card.patient_id, plan.location_id, (rules.Given(rules.KIND.CARD, cents),),
        (rules.Part(plan.patient_id, rules.PURPOSE.INSTALMENT, cents, f"{REF}:{plan.pk}"),), language=plan.language,
    )  # fmt: skip
    key = f"autopay:{plan.pk}:{part.number}:{attempt}"
    try:
        made = begin(replace(by, name=NAME), sheet, key, how=CardCharge.How.ON_FILE, on_file=card)
    except CardUnderWay:
        record(by, subject=plan, patient_id=plan.patient_id, after={"nothing": "a card is under way"})
        return None
    row = plan.parts.get(number=part.number)
    AutopayCharge.objects.create(
        autopay=autopay, part=row, attempt=attempt, round=autopay.round, day=today_at(plan.location_id), charge=made
    )  # fmt: skip
    return made


def _running(by: Actor, plan_id: int) -> Plan:
    row = Plan.objects.filter(pk=plan_id, state=Plan.State.RUNNING).first()
    if row is None or not by.works_at(row.location_id):
        msg = "That plan is over."
        raise NoSuchPayment(msg)
    return row


def _in_force(plan_id: int) -> list[Autopay]:
    rows = Autopay.objects.select_for_update(of=("self",)).filter(plan=plan_id, ended_at=None)
    return list(rows.select_related("plan"))


def _one_in_force(plan_id: int) -> Autopay:
    row = next(iter(_in_force(plan_id)), None)
    if row is None:
        msg = "No card is charged by itself for this plan."
        raise NoSuchPayment(msg)
    return row
