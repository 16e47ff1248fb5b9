"""Insurance cards: keep their pictures, look at them, and let a person confirm or dismiss what was read on them."""

from collections.abc import Mapping, Sequence
from typing import Any

from frontdesk.formats.pictures import NoPicture, bare, kind_of
from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.office.audit.services import record, service
from frontdesk.office.coverage import rules
from frontdesk.office.coverage.errors import CardSettled, NoSuchCard, NoSuchPolicy
from frontdesk.office.coverage.models import CardPicture, CardProposal, CardScan, Policy
from frontdesk.office.coverage.services.policies import add_policy, change_policy
from frontdesk.office.patients.fields import cleaned
from frontdesk.office.patients.queries import find_patient

State, Outcome, Settled, Side = CardScan.State, CardScan.Outcome, CardScan.Settled, CardPicture.Side
LARGEST = 1_500_000
"""Bytes one side may have; `exchange` makes it small before."""


@service("coverage.scan_card", permission="coverage.change")
def scan_card(
    by: Actor, /, *, patient_id: int, policy_id: int | None = None, front: bytes = b"", back: bytes = b""
) -> CardScan:
    """Keep the pictures of a card, front and back or one of them; what stands on it is read by and by.

    Only the picture itself is kept, not where and when it was taken. `policy_id` is the policy it is of, None for one
    that is not noted yet. Raises `Invalid`, `NoSuchPolicy`, `NoSuchPatient`, `Restricted`.
    """
    patient = find_patient(by, patient_id)
    if policy_id is not None and not _in_use(patient.pk, policy_id):
        msg = "That policy is no longer in use."
        raise NoSuchPolicy(msg)
    sides = {Side.FRONT: front, Side.BACK: back}
    kept = {side: _bare(side, content) for side, content in sides.items() if content}
    if not kept:
        msg = "Take a picture of the card, or choose one."
        raise Invalid(msg, fields={Side.FRONT: msg})
    made = CardScan.objects.create(
        patient=patient, policy_id=policy_id, scanned_at=clock.now(), scanned_by=by.name
    )
    CardPicture.objects.bulk_create(
        CardPicture(scan=made, side=side, picture=content) for side, content in kept.items()
    )
    record(by, subject=made, patient_id=patient.pk, after={"policy": policy_id, "sides": sorted(kept)})
    return made


@service("coverage.open_card", permission="coverage.view", reads=True)
def open_card(by: Actor, /, *, card_id: int) -> CardScan:
    """Return a card with what was read on it, without its pictures. Raises `NoSuchCard`, `NoSuchPatient`, `Restricted`."""
    row = CardScan.objects.select_related("policy__payer").filter(pk=card_id).first()
    if row is None:
        raise NoSuchCard("There is no such card.")
    find_patient(by, row.patient_id)
    record(by, subject=row, patient_id=row.patient_id)
    return row


@service("coverage.see_card", permission="coverage.view", reads=True)
def see_card(by: Actor, /, *, patient_id: int, picture_id: int) -> tuple[bytes, str]:
    """Return the picture of one side of a card and its media type: a look at the record, each time.

    Raises `NoSuchCard`, `NoSuchPatient`, `Restricted`.
    """
    patient = find_patient(by, patient_id)
    row = CardPicture.objects.filter(pk=picture_id, scan__patient_id=patient.pk).first()
    content = bytes(row.picture) if row else b""
    kind = kind_of(content)
    if row is None or kind is None:
        raise NoSuchCard("There is no such picture.")
    record(by, subject=row, patient_id=patient.pk)
    return content, kind


@service("coverage.confirm_card", permission="coverage.change")
def confirm_card(
    by: Actor,
    /,
    *,
    card_id: int,
    fields: Mapping[str, Any],
    policy_id: int | None = None,
    version: int | None = None,
) -> Policy:
    """Take over what a person has confirmed of a card: note its policy, or correct the one it is of; its payer is asked.

    `fields` are those of `Policy`, with `payer_id`; of a policy on file only what differs is changed. Without anything
    that differs the card is kept as one that has not changed.
    Raises `CardSettled`, `NoSuchCard`, and what `add_policy` and `change_policy` raise.
    """
    row = _unsettled(by, card_id)
    given, is_same = _tidied(fields), False
    if policy_id is None:
        member, payer = given.pop("member_id", ""), given.pop("payer_id", None) or 0
        policy = add_policy(by, patient_id=row.patient_id, payer_id=payer, member_id=member, **given)
    else:
        policy = _of_patient(row.patient_id, policy_id)
        differs = {name: value for name, value in given.items() if value != getattr(policy, name)}
        is_same = not differs
        if differs:
            policy = change_policy(by, policy_id=policy_id, changes=differs, version=version or 0)
    _settle(by, row, Settled.SAME if is_same else Settled.TAKEN, policy)
    _mark(row, policy)
    record(by, subject=row, patient_id=row.patient_id, after={"policy": policy.pk, "settled": row.settled})
    return policy


@service("coverage.dismiss_card", permission="coverage.change")
def dismiss_card(by: Actor, /, *, card_id: int) -> CardScan:
    """Use nothing of a card: it was read wrong, or is not theirs. It stays on record, and is no longer the card on file.

    Raises `CardSettled`, `NoSuchCard`, `NoSuchPatient`, `Restricted`.
    """
    row = _unsettled(by, card_id)
    _settle(by, row, Settled.DISMISSED, None)
    CardProposal.objects.filter(scan=row).update(settled=CardProposal.Settled.LEFT)
    record(by, subject=row, patient_id=row.patient_id, after={"settled": row.settled})
    return row


@service("coverage.settle_card", permission="coverage.settle")
def settle_card(
    by: Actor, /, *, card_id: int, worker: str, outcome: str, proposed: Sequence[rules.Proposed] = ()
) -> bool:
    """Keep what was read on a card, for a person to look at; return whether it was kept.

    It is kept if this worker still has the card and nobody has settled it meanwhile.
    """
    row = CardScan.objects.get(pk=card_id)
    mine = CardScan.objects.filter(pk=card_id, state=State.READING, leased_by=worker, settled="")
    kept = mine.update(state=State.DONE, done_at=clock.now(), outcome=outcome, leased_by="", lease_until=None)
    if kept:
        CardProposal.objects.bulk_create(
            CardProposal(
                scan=row, field=one.field, value=one.value[:300], printed=one.printed[:300], sure=one.sure
            )
            for one in proposed
        )
    after = {"outcome": outcome, "fields": sorted(one.field for one in proposed), "kept": bool(kept)}
    record(by, subject=row, patient_id=row.patient_id, after=after)
    return bool(kept)


def _bare(side: str, content: bytes) -> bytes:
    try:
        if len(content) > LARGEST:
            raise NoPicture
        return bare(content)
    except NoPicture:
        msg = "A picture of a card is a JPEG or PNG of at most 1.5 MB."
        raise Invalid(msg, fields={side: msg}) from None


def _tidied(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields as they would be kept, so that blanks and small letters are no difference."""
    given = cleaned(fields)
    if isinstance(given.get("member_id"), str):
        given["member_id"] = "".join(given["member_id"].upper().split())
    return given


def _in_use(patient_id: int, policy_id: int) -> bool:
    return Policy.objects.filter(pk=policy_id, patient_id=patient_id, ended_at=None).exists()


def _of_patient(patient_id: int, policy_id: int) -> Policy:
    row = Policy.objects.filter(pk=policy_id, patient_id=patient_id, ended_at=None).first()
    if row is None:
        msg = "That policy is no longer in use."
        raise NoSuchPolicy(msg)
    return row


def _unsettled(by: Actor, card_id: int) -> CardScan:
    """Return a card nobody has settled, locked so that two who confirm at once confirm it once."""
    row = CardScan.objects.select_for_update().filter(pk=card_id).first()
    if row is None:
        raise NoSuchCard("There is no such card.")
    find_patient(by, row.patient_id)
    if row.settled:
        msg = f"{row.settled_by} has settled this card already."
        raise CardSettled(msg, row)
    return row


def _settle(by: Actor, row: CardScan, how: str, policy: Policy | None) -> None:
    row.settled, row.settled_at, row.settled_by = how, clock.now(), by.name
    row.policy = policy or row.policy
    if row.state != State.DONE:
        row.state, row.done_at, row.outcome = State.DONE, clock.now(), Outcome.PASSED
        row.leased_by, row.lease_until = "", None
    row.save()


def _mark(row: CardScan, policy: Policy) -> None:
    """Say of each proposal whether its value is what stands now."""
    for one in CardProposal.objects.filter(scan=row, field__in=rules.PROPOSED):
        told = rules.Proposed(one.field, one.value, one.printed, one.sure)
        same = rules.stands(told, getattr(policy, one.field)) == "same"
        one.settled = CardProposal.Settled.TAKEN if same else CardProposal.Settled.LEFT
        one.save(update_fields=["settled"])
