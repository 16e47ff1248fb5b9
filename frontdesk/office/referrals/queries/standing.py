"""How visits stand: what each needs, which referrals and authorizations it uses, and what to warn of."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from frontdesk.kit.rows import fetch, marks
from frontdesk.kit.walltime import to_wall
from frontdesk.office.coverage.queries import last_good, standings
from frontdesk.office.coverage.rules import cover, from_json, holds_on, verdict
from frontdesk.office.coverage.rules.saying import wants
from frontdesk.office.referrals import rules
from frontdesk.office.referrals.queries.paying import paid_otherwise
from frontdesk.office.scheduling.models import Appointment, VisitType

AT_ONCE = 500
# One that ran out long before the first day looked at is no longer spoken of.
SPOKEN_OF = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Seen:
    """A visit that is looked at. `services` are its kind's, as X12 codes with commas.

    `policy_id` is the policy the visit rests on, None: the patient's first that day; `words` the line of its verdict,
    out of which is read what the payer wants. `appointment_id` is None for one that is not booked yet.
    """

    patient_id: int
    visit_type_id: int
    visit_type: str
    services: str
    day: date
    appointment_id: int | None = None
    policy_id: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Stand:
    """How one visit stands."""

    needs: list[rules.Need] = field(default_factory=list)
    uses: list[rules.Held] = field(default_factory=list)
    cautions: list[rules.Caution] = field(default_factory=list)


@dataclass(slots=True)
class _Policy:
    id: int
    payer: str
    plan: str
    begins: date | None
    ends: date | None
    asked: dict[int, list[rules.Rule]]


def stands(visits: Sequence[Seen]) -> list[Stand]:
    """Return how each of some visits stands, in the same order; one query for each `AT_ONCE`."""
    found: list[Stand] = []
    for start in range(0, len(visits), AT_ONCE):
        found += _stands(visits[start : start + AT_ONCE])
    return found


def stand_of(
    patient_id: int, visit_type: VisitType, day: date, *, appointment_id: int | None = None
) -> Stand:
    """Return how one visit stands, booked or not; what its payer last said is judged for this kind of visit.

    One that no health plan is billed for needs nothing of it.
    """
    if appointment_id is not None and paid_otherwise([appointment_id]):
        return Stand()
    covering = cover(standings([patient_id], day).get(patient_id, ()))
    policy_id, words = (covering.by.policy_id, covering.by.words) if covering.by else (None, "")
    told = last_good([policy_id]).get(policy_id) if policy_id else None
    if told is not None and told.told and told.policy_version == told.policy.version:
        services = tuple(filter(None, visit_type.service_types.split(",")))
        # As the list of networks said of whom the visit was with when it was asked.
        inside = told.policy.payer.in_network if told.in_network is None else told.in_network
        words = verdict(from_json(told.told), day=told.day, services=services, in_network=inside).words
    seen = Seen(
        patient_id,
        visit_type.pk,
        visit_type.name,
        visit_type.service_types,
        day,
        appointment_id,
        policy_id,
        words,
    )
    return stands([seen])[0]


def stand_moved(row: Appointment, day: date) -> Stand:
    """Return how a booked visit would stand on another day, when it has handed on what it uses now."""
    now = stand_of(
        row.patient_id, row.visit_type, to_wall(row.starts, row.zone).date(), appointment_id=row.pk
    )
    if paid_otherwise([row.pk]):
        return Stand()
    then = stand_of(row.patient_id, row.visit_type, day)
    kept = [
        one
        for one in now.uses
        if (one.begins is None or one.begins <= day) and (one.ends is None or day <= one.ends)
    ]
    kinds = {one.kind for one in kept}
    return Stand(then.needs, kept, [one for one in then.cautions if one.kind not in kinds])


def _stands(visits: Sequence[Seen]) -> list[Stand]:
    if not visits:
        return []
    patients, kinds = (
        sorted({one.patient_id for one in visits}),
        sorted({one.visit_type_id for one in visits}),
    )
    booked = [one.appointment_id for one in visits if one.appointment_id is not None]
    known = _known(patients, kinds, booked, min(one.day for one in visits))
    return [_stand(one, known) for one in visits]


def _stand(seen: Seen, known: "_Known") -> Stand:
    policies, held = known.policies.get(seen.patient_id, {}), known.held.get(seen.patient_id, {})
    uses = known.used.get(seen.appointment_id or 0, [])
    good = [one for one in policies.values() if holds_on(one.begins, one.ends, seen.day) == "holds"]
    rests = next((one for one in good if one.id == seen.policy_id), good[0] if good else None)
    if rests is None:
        return Stand(uses=uses)
    told = seen.words if rests.id == seen.policy_id else ""
    authorization, referral = wants(told)
    plan = rules.plan_kind(rests.plan, told.split(" · ")[0])
    needed = rules.needs(
        rests.asked.get(seen.visit_type_id, ()), plan, authorization=authorization, referral=referral
    )
    visit = rules.Visit(
        seen.visit_type_id,
        seen.day,
        tuple(one.id for one in good),
        frozenset(filter(None, seen.services.split(","))),
    )
    named = (
        f"{rests.payer} {rules.PLANS[plan]}" if plan and rules.PLANS[plan] not in rests.payer else rests.payer
    )
    said = rules.cautions(
        visit, list(held.values()), needed, payer=named, visit_type=seen.visit_type, uses=uses
    )
    return Stand(needed, uses, said)


@dataclass(slots=True)
class _Known:
    """What is known of some patients: their policies in order, with what each payer wants; what they have, and what visits use."""

    policies: dict[int, dict[int, _Policy]] = field(default_factory=lambda: defaultdict(dict))
    held: dict[int, dict[int, rules.Held]] = field(default_factory=lambda: defaultdict(dict))
    used: dict[int, list[rules.Held]] = field(default_factory=lambda: defaultdict(list))


# One statement, for the day's list may ask no more: policies with what their payers want (the rules of a payer that was
# merged into another hold for that one), and below them what the patients have, with the visits that use it.
_KNOWN = """
SELECT 'policy', p.id, p.patient_id, r.visit_type_id, NULL, y.name, p.plan_name, r.kind, r.plan, r.note, r.is_needed,
  p.begins, p.ends, NULL, NULL, NULL, NULL, p.rank * 2 + CASE WHEN z.id = p.payer_id THEN 0 ELSE 1 END
FROM coverage_policy p JOIN coverage_payer y ON y.id = p.payer_id
LEFT JOIN coverage_payer z ON z.id = p.payer_id OR z.merged_into_id = p.payer_id
LEFT JOIN referrals_requirement r ON r.payer_id = z.id AND r.visit_type_id IN ({kinds})
WHERE p.patient_id IN ({patients}) AND p.ended_at IS NULL
UNION ALL
SELECT 'held', a.id, a.patient_id, a.visit_type_id, a.policy_id, a.number, a.state, a.kind, a.service_types, '', NULL,
  a.begins, a.ends, a.allowed, a.used + a.used_before, a.also_for_id, u.appointment_id, 0
FROM referrals_authorization a
LEFT JOIN referrals_use u ON u.authorization_id = a.id AND u.back_at IS NULL AND {using}
WHERE a.patient_id IN ({patients}) AND (u.id IS NOT NULL OR (a.state <> 'ended' AND (a.ends IS NULL OR a.ends >= %s)))
ORDER BY 18, 2"""


def _known(patients: Sequence[int], kinds: Sequence[int], booked: Sequence[int], first: date) -> _Known:
    """Return what is known of some patients, for visits of these kinds; one query."""
    using = f"u.appointment_id IN ({marks(len(booked))})" if booked else "1 = 0"
    statement = _KNOWN.format(kinds=marks(len(kinds)), patients=marks(len(patients)), using=using)
    found = _Known()
    for row in fetch(statement, [*kinds, *patients, *booked, *patients, first - SPOKEN_OF]):
        if row[0] == "policy":
            _note_policy(found, row)
        else:
            one = found.held[row[2]].setdefault(row[1], _as_held(row))
            if row[16] is not None:
                found.used[row[16]].append(one)
    return found


def _note_policy(found: _Known, row: tuple[Any, ...]) -> None:
    _, pk, patient, kind_id, _, payer, plan, kind, of_plan, note, is_needed, begins, ends, *_ = row
    made = _Policy(pk, payer, plan, _day(begins), _day(ends), defaultdict(list))
    one = found.policies[patient].setdefault(pk, made)
    if kind is not None:
        one.asked[kind_id].append(rules.Rule(kind, of_plan, bool(is_needed), note))


def _as_held(row: tuple[Any, ...]) -> rules.Held:
    _, pk, _, first, policy, number, state, kind, services, _, _, begins, ends, allowed, used, second, *_ = (
        row
    )
    return rules.Held(
        id=pk, kind=kind, policy_id=policy, state=state, number=number, allowed=allowed, used=used, begins=_day(begins),
        ends=_day(ends), visit_types=frozenset(filter(None, (first, second))),
        services=frozenset(filter(None, services.split(","))),
    )  # fmt: skip


def _day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value
