"""What payers last told of patients' policies, in the figures a visit is priced by."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from frontdesk.kit.rows import fetch, marks
from frontdesk.office.billing.rules import Plan
from frontdesk.office.billing.rules.answers import medigap_letter, plan_of
from frontdesk.office.coverage.models import EligibilityCheck
from frontdesk.office.coverage.queries.paying import SUPPLEMENTS
from frontdesk.office.coverage.rules.benefits import Told, from_json
from frontdesk.office.coverage.rules.medicare import KINDS as MEDICARE
from frontdesk.office.coverage.rules.standing import ACTIVE
from frontdesk.office.coverage.rules.verdict import verdict

QMB = "QM"  # EB04
KEPT = 5000
# What an answer says never changes: judged once for a kind of visit, it is not judged again for every list of a day.
_judged: dict[tuple[str, date, str, bool | None, str, str, str], Plan] = {}


_HELD = """
SELECT p.id, p.patient_id, p.payer_id, p.plan_name, p.begins, p.ends, y.name, y.kind, y.in_network,
  e.id, e.day, e.trace, e.verdict, e.in_network
FROM coverage_policy p JOIN coverage_payer y ON y.id = p.payer_id
LEFT JOIN coverage_eligibilitycheck e ON e.policy_id = p.id AND e.policy_version = p.version
  AND e.verdict IN ('active', 'inactive') AND NOT EXISTS (SELECT 1 FROM coverage_eligibilitycheck x
    WHERE x.policy_id = p.id AND x.day = e.day AND x.id > e.id AND x.verdict IN ('active', 'inactive'))
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a payer answered about a day, but for the answer itself."""

    id: int
    day: date
    trace: str
    verdict: str
    in_network: bool | None


@dataclass(frozen=True, slots=True)
class Held:
    """One policy, its payer, and the newest answers about it: of each day, with the day."""

    payer_id: int
    plan_name: str
    begins: date | None
    ends: date | None
    payer: str
    kind: str
    in_network: bool | None
    answers: dict[date, Answer]

    def on(self, day: date) -> Answer | None:
        """Return the answer about a day; else the newest of an earlier day, else of any."""
        if day in self.answers or not self.answers:
            return self.answers.get(day)
        before = [one for one in self.answers if one < day]
        return self.answers[max(before or self.answers)]


def held_by(patient_ids: Collection[int]) -> dict[int, list[Held]]:
    """Return the policies of patients, the primary's first, with what was told of them; one query.

    Only what was answered counts, and only about the policy as it stands now.
    """
    found: dict[int, dict[int, Held]] = defaultdict(dict)
    if not patient_ids:
        return {}
    where = f"WHERE p.patient_id IN ({marks(len(patient_ids))}) AND p.ended_at IS NULL ORDER BY p.rank, p.id"
    for pk, patient, payer_id, plan, begins, ends, name, kind, inside, *answer in fetch(
        f"{_HELD}{where}", sorted(patient_ids)
    ):
        held = found[patient].get(pk)
        if held is None:
            held = Held(payer_id, plan, _day(begins), _day(ends), name, kind, _is(inside), {})
            found[patient][pk] = held
        check, day, trace, verdict, network = answer
        told = _day(day)
        if told is not None:
            held.answers[told] = Answer(check, told, trace, verdict, _is(network))
    return {patient: list(held.values()) for patient, held in found.items()}


def _day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _is(value: int | None) -> bool | None:
    return None if value is None else bool(value)


def in_force(held: Sequence[Held], day: date) -> list[Held]:
    """Return those that hold on a day."""
    return [
        one
        for one in held
        if (one.begins is None or one.begins <= day) and (one.ends is None or one.ends >= day)
    ]


Asked = tuple[Held, date, str]


def plans_of(asked: Sequence[Asked]) -> list[Plan]:
    """Return, for each (policy, day, kinds of service), what its payer told of such a visit; one query for what was never judged."""
    missing = [
        one for one in asked if (row := one[0].on(one[1])) is not None and _key(*one, row) not in _judged
    ]
    wanted = {row.id for held, day, _ in missing if (row := held.on(day)) is not None}
    told = dict(EligibilityCheck.objects.filter(pk__in=wanted).values_list("pk", "told")) if wanted else {}
    if len(_judged) > KEPT:
        _judged.clear()
    fresh = {}
    for one in missing:
        row = one[0].on(one[1])
        if row is not None:
            said = told.get(row.id)
            fresh[_key(*one, row)] = _judge(*one, row, from_json(said) if said else None)
    _judged.update(fresh)
    return [_plan(*one, fresh) for one in asked]


def _plan(
    held: Held, day: date, services: str, fresh: dict[tuple[str, date, str, bool | None, str, str, str], Plan]
) -> Plan:
    row = held.on(day)
    if any(word in f"{held.payer} {held.plan_name}".casefold() for word in SUPPLEMENTS):
        state = row.verdict if row is not None and row.day == day else "not_asked"
        return Plan(held.payer, held.kind, state, medigap=medigap_letter(held.plan_name))
    if row is None:
        return Plan(held.payer, held.kind, "not_asked")
    key = _key(held, day, services, row)
    return fresh.get(key) or _judged[key]


def _key(
    held: Held, day: date, services: str, row: Answer
) -> tuple[str, date, str, bool | None, str, str, str]:
    return (row.trace, day, services, _network(held, row), held.payer, held.kind, row.verdict)


def _network(held: Held, row: Answer) -> bool | None:
    return held.in_network if row.in_network is None else row.in_network


def _judge(held: Held, day: date, services: str, row: Answer, told: Told | None) -> Plan:
    if told is None:  # somebody heard it by telephone: that it holds, and no figures
        return Plan(held.payer, held.kind, row.verdict)
    kinds = tuple(code.strip().upper() for code in services.split(",") if code.strip())
    inside = _network(held, row)
    made = verdict(told, day=row.day, services=(*kinds, "30") if kinds else ("98", "30"), in_network=inside)
    stale = (
        "" if row.day == day else f"as told for {row.day.month}/{row.day.day}/{row.day.year}: verify again"
    )
    is_qmb = held.kind in MEDICARE and any(
        one.insurance == QMB and one.information in ACTIVE for one in told.lines
    )
    return plan_of(made, payer=held.payer, kind=held.kind, in_network=inside, is_qmb=is_qmb, stale=stale)
