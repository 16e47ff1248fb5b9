"""The sliding fee scale, who is where on it, and how earlier balances are asked for."""

from collections.abc import Sequence
from datetime import date

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.office.audit.services import record, same_patient, service
from frontdesk.office.billing import rules
from frontdesk.office.billing.models import BalanceRule, SlidingPlace, SlidingScale
from frontdesk.office.patients.fields import refuse, tidy
from frontdesk.office.patients.queries import find_patient

MOST = 10**10


@service("billing.set_scale", permission="billing.set_rules")
def set_scale(
    by: Actor, /, *, begins: date, person_cents: int, more_cents: int, bands: Sequence[tuple[int, str, int]]
) -> SlidingScale:
    """Set the sliding fee scale from a day on: (up to so many percent, flat or percent, cents or percent). Raises `Invalid`."""
    wrong = {}
    if not 0 < person_cents < MOST or not 0 <= more_cents < MOST:
        wrong["person"] = "Write the guideline of one person, and what each further one adds."
    ups = [upto for upto, _, _ in bands]
    if not bands or ups != sorted(set(ups)) or not all(0 < upto <= 1000 for upto in ups):
        wrong["bands"] = "Each step goes up to more percent than the one before it."
    for _, kind, amount in bands:
        if kind not in {rules.FLAT, rules.PERCENT} or not 0 <= amount <= (
            100 if kind == rules.PERCENT else MOST
        ):
            wrong["bands"] = "A step is a flat fee in dollars, or 0 to 100 percent."
    if SlidingScale.objects.filter(begins=begins).exists():
        wrong["begins"] = "A scale begins on that day already. Let this one begin on another."
    refuse(wrong)
    made = SlidingScale.objects.create(
        begins=begins, person_cents=person_cents, more_cents=more_cents, bands=[list(band) for band in bands],
        noted_at=clock.now(), noted_by=by.name,
    )  # fmt: skip
    record(by, subject=made, after={"begins": begins, "person": person_cents, "bands": made.bands})
    return made


@service("billing.place_on_scale")
def place_on_scale(
    by: Actor,
    /,
    *,
    patient_id: int,
    people: int,
    income_cents: int,
    begins: date,
    ends: date,
    proof: str = "",
) -> SlidingPlace:
    """Note how many a patient's household are and what they have in a year; the newest note of a day counts. Raises `Invalid`."""
    same_patient(by, patient_id)
    find_patient(by, patient_id)
    wrong = {}
    if not 1 <= people <= 30:
        wrong["people"] = "Say how many live in the household."
    if not 0 <= income_cents < MOST:
        wrong["income"] = "Write the household's income of a year in dollars."
    if ends < begins:
        wrong["ends"] = "It would end before it begins."
    if len(tidy(proof)) > 120:
        wrong["proof"] = "That is longer than 120 characters."
    refuse(wrong)
    made = SlidingPlace.objects.create(
        patient_id=patient_id, people=people, income_cents=income_cents, begins=begins, ends=ends, proof=tidy(proof),
        noted_at=clock.now(), noted_by=by.name,
    )  # fmt: skip
    record(
        by,
        subject=made,
        patient_id=patient_id,
        after={"people": people, "income": income_cents, "ends": ends},
    )
    return made


@service("billing.set_balance_rule", permission="billing.set_rules")
def set_balance_rule(by: Actor, /, *, whole_upto_cents: int, part_percent: int) -> BalanceRule:
    """Say up to what an earlier balance is asked for whole, and which part of it beyond that. Raises `Invalid`."""
    if not 0 <= whole_upto_cents < MOST or not 0 <= part_percent <= 100:
        msg = "Write a limit in dollars, and a part of 0 to 100 percent."
        raise Invalid(msg, fields={"part": msg})
    made = BalanceRule.objects.create(
        whole_upto_cents=whole_upto_cents, part_percent=part_percent, noted_at=clock.now(), noted_by=by.name
    )
    record(by, subject=made, after={"whole_upto": whole_upto_cents, "part_percent": part_percent})
    return made
