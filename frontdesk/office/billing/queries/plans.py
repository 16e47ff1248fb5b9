"""What payers last told of patients' policies, in the figures a visit is priced by."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from frontdesk.office.billing.rules import Plan
from frontdesk.office.billing.rules.answers import medigap_letter, plan_of
from frontdesk.office.coverage.models import EligibilityCheck, Policy
from frontdesk.office.coverage.queries.paying import SUPPLEMENTS
from frontdesk.office.coverage.rules.benefits import Told, from_json
from frontdesk.office.coverage.rules.medicare import KINDS as MEDICARE
from frontdesk.office.coverage.rules.standing import ACTIVE
from frontdesk.office.coverage.rules.verdict import verdict

QMB = "QM"  # EB04
KEPT = 5000
# What an answer says never changes: judged once for a kind of visit, it is not judged again for every list of a day.
_judged: dict[tuple[str, date, str, bool | None, str, str, str], Plan] = {}


@dataclass(frozen=True, slots=True)
class Held:
    """One policy in force, its payer, and the newest answers about it: of each day, with the day."""

    row: Policy
    answers: dict[date, EligibilityCheck]

    def on(self, day: date) -> EligibilityCheck | None:
        """Return the answer about a day; else the newest of an earlier day, else of any."""
        if day in self.answers or not self.answers:
            return self.answers.get(day)
        before = [one for one in self.answers if one < day]
        return self.answers[max(before or self.answers)]


def held_by(patient_ids: Collection[int]) -> dict[int, list[Held]]:
    """Return the policies of patients, the primary's first, with what was told of them; two queries.

    Only what was answered counts, and only about the policy as it stands now.
    """
    rows = (
        Policy.objects.filter(patient__in=patient_ids, ended_at=None)
        .select_related("payer")
        .order_by("rank", "id")
    )
    policies = list(rows)
    said = EligibilityCheck.objects.filter(
        policy__in=[one.pk for one in policies], verdict__in=("active", "inactive")
    )
    newest = said.values("policy", "day").annotate(newest=Max("pk")).values("newest")
    checks = EligibilityCheck.objects.filter(pk__in=newest).only(
        "policy_id", "policy_version", "day", "in_network", "trace", "verdict"
    )
    versions = {one.pk: one.version for one in policies}
    answers: dict[int, dict[date, EligibilityCheck]] = defaultdict(dict)
    for row in checks:
        if row.policy_version == versions[row.policy_id]:
            answers[row.policy_id][row.day] = row
    found: dict[int, list[Held]] = defaultdict(list)
    for one in policies:
        found[one.patient_id].append(Held(one, answers[one.pk]))
    return found


def in_force(held: Sequence[Held], day: date) -> list[Held]:
    """Return those that hold on a day."""
    return [
        one
        for one in held
        if (one.row.begins is None or one.row.begins <= day) and (one.row.ends is None or one.row.ends >= day)
    ]


Asked = tuple[Held, date, str]


def plans_of(asked: Sequence[Asked]) -> list[Plan]:
    """Return, for each (policy, day, kinds of service), what its payer told of such a visit; one query for what was never judged."""
    missing = [
        one for one in asked if (row := one[0].on(one[1])) is not None and _key(*one, row) not in _judged
    ]
    wanted = {row.pk for held, day, _ in missing if (row := held.on(day)) is not None}
    told = dict(EligibilityCheck.objects.filter(pk__in=wanted).values_list("pk", "told")) if wanted else {}
    if len(_judged) > KEPT:
        _judged.clear()
    fresh = {}
    for one in missing:
        row = one[0].on(one[1])
        if row is not None:
            said = told.get(row.pk)
            fresh[_key(*one, row)] = _judge(*one, row, from_json(said) if said else None)
    _judged.update(fresh)
    return [_plan(*one, fresh) for one in asked]


def _plan(
    held: Held, day: date, services: str, fresh: dict[tuple[str, date, str, bool | None, str, str, str], Plan]
) -> Plan:
    row, policy = held.on(day), held.row
    if any(word in f"{policy.payer.name} {policy.plan_name}".casefold() for word in SUPPLEMENTS):
        state = row.verdict if row is not None and row.day == day else "not_asked"
        return Plan(policy.payer.name, policy.payer.kind, state, medigap=medigap_letter(policy.plan_name))
    if row is None:
        return Plan(policy.payer.name, policy.payer.kind, "not_asked")
    key = _key(held, day, services, row)
    return fresh.get(key) or _judged[key]


def _key(
    held: Held, day: date, services: str, row: EligibilityCheck
) -> tuple[str, date, str, bool | None, str, str, str]:
    payer = held.row.payer
    return (row.trace, day, services, _network(held, row), payer.name, payer.kind, row.verdict)


def _network(held: Held, row: EligibilityCheck) -> bool | None:
    return held.row.payer.in_network if row.in_network is None else row.in_network


def _judge(held: Held, day: date, services: str, row: EligibilityCheck, told: Told | None) -> Plan:
    payer = held.row.payer
    if told is None:  # somebody heard it by telephone: that it holds, and no figures
        return Plan(payer.name, payer.kind, row.verdict)
    kinds = tuple(code.strip().upper() for code in services.split(",") if code.strip())
    inside = _network(held, row)
    made = verdict(told, day=row.day, services=(*kinds, "30") if kinds else ("98", "30"), in_network=inside)
    stale = (
        "" if row.day == day else f"as told for {row.day.month}/{row.day.day}/{row.day.year}: verify again"
    )
    is_qmb = payer.kind in MEDICARE and any(
        one.insurance == QMB and one.information in ACTIVE for one in told.lines
    )
    return plan_of(made, payer=payer.name, kind=payer.kind, in_network=inside, is_qmb=is_qmb, stale=stale)
