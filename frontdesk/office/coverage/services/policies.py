"""Which policies cover a patient: note one, correct it, put them in order, end one."""

from collections.abc import Mapping, Sequence
from typing import Any

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.kit.versioned import save_changes
from frontdesk.office.audit.services import record, service
from frontdesk.office.coverage import rules
from frontdesk.office.coverage.errors import NoSuchPolicy, PolicyKnown
from frontdesk.office.coverage.events import CoverageChanged
from frontdesk.office.coverage.models import Policy
from frontdesk.office.coverage.services.checking import ask_at_once
from frontdesk.office.coverage.services.payers import find_payer
from frontdesk.office.jobs.services import publish
from frontdesk.office.patients.fields import cleaned, misfits, refuse, tidy
from frontdesk.office.patients.queries import find_patient

_SUBSCRIBER = ("subscriber_first", "subscriber_last", "subscriber_birth_date")
_FIELDS = (
    *("payer_id", "member_id", "group_number", "plan_name", "relationship", "begins", "ends", "note"),
    *_SUBSCRIBER,
)


@service("coverage.add_policy", permission="coverage.change")
def add_policy(
    by: Actor, /, *, patient_id: int, payer_id: int, member_id: str, rank: int | None = None, **fields: Any
) -> Policy:
    """Note a policy, as the last in order or at `rank`; those at and after it move down. Its payer is asked at once.

    `fields` are those of `Policy`. Raises `Invalid`, `PolicyKnown`, `NoSuchPayer`, `NoSuchPatient`.
    """
    patient = find_patient(by, patient_id, to_change=True)  # two clerks who add at once get two ranks
    payer = find_payer(payer_id)
    good = _good({"member_id": member_id, **fields})
    refuse(rules.missing(good))
    current = _current(patient.pk)
    for one in current:
        if (one.payer_id, one.member_id) == (payer.pk, good["member_id"]):
            msg = "This policy is on the record already."
            raise PolicyKnown(msg, one)
    if len(current) >= rules.MOST:
        msg = f"A patient has at most {rules.MOST} policies at a time. End one that no longer holds."
        raise Invalid(msg)
    at = min(rank or len(current) + 1, len(current) + 1)
    made = Policy.objects.create(
        patient=patient, payer=payer, rank=at, noted_at=clock.now(), noted_by=by.name, **good
    )
    _number([*current[: at - 1], made, *current[at - 1 :]])
    record(by, subject=made, patient_id=patient.pk, after={"payer": payer.pk, "rank": at, **good})
    publish(CoverageChanged(patient.pk))
    ask_at_once(by, made)
    return made


@service("coverage.change_policy", permission="coverage.change")
def change_policy(by: Actor, /, *, policy_id: int, changes: Mapping[str, Any], version: int) -> Policy:
    """Correct a policy; its payer is asked anew. Raises `Invalid`, `StaleVersion`, `NoSuchPolicy`."""
    row = _open(by, policy_id)
    good = _good(changes)
    if "payer_id" in good:
        find_payer(good["payer_id"])
    refuse(rules.missing({name: getattr(row, name) for name in ("member_id", *_FIELDS[4:])} | good))
    same = _current(row.patient_id)
    member, payer = good.get("member_id", row.member_id), good.get("payer_id", row.payer_id)
    if any(one.pk != row.pk and (one.payer_id, one.member_id) == (payer, member) for one in same):
        msg = "This policy is on the record already."
        raise PolicyKnown(msg, row)
    before = save_changes(row, good, expected=version)
    record(by, subject=row, patient_id=row.patient_id, before=before, after=good)
    publish(CoverageChanged(row.patient_id))
    ask_at_once(by, row)
    return row


@service("coverage.end_policy", permission="coverage.change")
def end_policy(by: Actor, /, *, policy_id: int, version: int, reason: str = "") -> Policy:
    """Take a policy out of use: it was replaced, or never theirs. Those after it move up; it stays on record."""
    row = _open(by, policy_id)
    why = tidy(reason)
    if len(why) > 200:
        msg = "That is longer than 200 characters."
        raise Invalid(msg, fields={"reason": msg})
    save_changes(row, {"ended_at": clock.now(), "ended_why": why}, expected=version)
    _number(_current(row.patient_id))
    record(by, subject=row, patient_id=row.patient_id, reason=why, after={"ended": True})
    publish(CoverageChanged(row.patient_id))
    return row


@service("coverage.reorder", permission="coverage.change")
def reorder(by: Actor, /, *, patient_id: int, policy_ids: Sequence[int], reason: str = "") -> list[Policy]:
    """Put a patient's policies in the order their payers are asked. Raises `Invalid` unless each is named once."""
    patient = find_patient(by, patient_id, to_change=True)
    current = {row.pk: row for row in _current(patient.pk)}
    if sorted(policy_ids) != sorted(current):
        msg = "The policies have changed meanwhile. Look at them again, then put them in order."
        raise Invalid(msg)
    before = {str(pk): row.rank for pk, row in current.items()}
    ordered = [current[pk] for pk in policy_ids]
    _number(ordered)
    after = {str(row.pk): row.rank for row in ordered}
    record(by, subject=patient, patient_id=patient.pk, reason=reason, before=before, after=after)
    publish(CoverageChanged(patient.pk))
    return ordered


def _open(by: Actor, policy_id: int) -> Policy:
    row = Policy.objects.filter(pk=policy_id, ended_at=None).first()
    if row is None:
        msg = "That policy is no longer in use."
        raise NoSuchPolicy(msg)
    find_patient(by, row.patient_id)
    return row


def _current(patient_id: int) -> list[Policy]:
    return list(Policy.objects.filter(patient_id=patient_id, ended_at=None).order_by("rank", "id"))


def _number(rows: Sequence[Policy]) -> None:
    """Number policies in the order given, each always locked in the order of its row. A rank is no new version of a policy."""
    for row, rank in sorted(zip(rows, range(1, len(rows) + 1), strict=True), key=lambda pair: pair[0].pk):
        if row.rank != rank:
            Policy.objects.filter(pk=row.pk).update(rank=rank)
            row.rank = rank


def _good(fields: Mapping[str, Any]) -> dict[str, Any]:
    good = cleaned(fields)
    wrong = misfits(Policy, good, _FIELDS)
    if "member_id" in good and "member_id" not in wrong:
        try:
            good["member_id"] = rules.member_id(good["member_id"])
        except ValueError as unlikely:
            wrong["member_id"] = str(unlikely)
    refuse(wrong)
    if good.get("relationship") == Policy.Relationship.SELF:
        good |= {"subscriber_first": "", "subscriber_last": "", "subscriber_birth_date": None}
    return good
