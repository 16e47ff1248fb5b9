"""Who pays first: note what decides it, take the proposed order over, or keep another with a reason."""

from collections.abc import Sequence

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Conflict, Invalid
from frontdesk.kit.versioned import save_changes
from frontdesk.office.audit.services import record, service
from frontdesk.office.coverage.errors import NoSuchPolicy
from frontdesk.office.coverage.events import CoverageChanged
from frontdesk.office.coverage.models import OrderDecision, Policy, PolicyFacts
from frontdesk.office.coverage.queries import proposal_of
from frontdesk.office.coverage.services.policies import reorder
from frontdesk.office.jobs.services import publish
from frontdesk.office.patients.fields import misfits, refuse, tidy
from frontdesk.office.patients.queries import find_patient
from frontdesk.office.practice.queries import zone_of


@service("coverage.note_order_facts", permission="coverage.change")
def note_order_facts(
    by: Actor, /, *, policy_id: int, through: str = "", parent: str = "", decreed: bool = False
) -> PolicyFacts:
    """Note what decides about a policy's place: how the subscriber has it, and of which parent it is. Raises `Invalid`, `NoSuchPolicy`."""
    policy = Policy.objects.filter(pk=policy_id, ended_at=None).first()
    if policy is None:
        msg = "That policy is no longer in use."
        raise NoSuchPolicy(msg)
    find_patient(by, policy.patient_id)
    given = {"through": through, "parent": parent, "decreed": decreed}
    refuse(misfits(PolicyFacts, {name: text for name, text in given.items() if text}, tuple(given)))
    row, _ = PolicyFacts.objects.get_or_create(policy=policy)
    before = save_changes(row, given)
    record(by, subject=policy, patient_id=policy.patient_id, before=before, after=given)
    publish(CoverageChanged(policy.patient_id))
    return row


@service("coverage.accept_order", permission="coverage.change")
def accept_order(by: Actor, /, *, patient_id: int, policy_ids: Sequence[int]) -> OrderDecision:
    """Put the policies in the proposed order; `policy_ids` is what was shown. Raises `Conflict` when another is proposed now."""
    patient = find_patient(by, patient_id, to_change=True)
    found = proposal_of(patient.pk, clock.today(zone_of(by)))
    if list(found.order) != list(policy_ids) or not found.order:
        msg = "Something has changed meanwhile. Look at the proposal again."
        raise Conflict(msg)
    current = list(
        Policy.objects.filter(patient=patient, ended_at=None)
        .order_by("rank", "id")
        .values_list("pk", flat=True)
    )
    order = [*found.order, *(pk for pk in current if pk not in found.order)]
    reorder(by, patient_id=patient.pk, policy_ids=order, reason=found.words[:200])
    return _decided(by, patient.pk, found.order, found.order, found.words)


@service("coverage.keep_order", permission="coverage.change")
def keep_order(by: Actor, /, *, patient_id: int, reason: str) -> OrderDecision:
    """Keep the order as it is, against the proposal, and say why. Raises `Invalid` without a reason."""
    patient, why = find_patient(by, patient_id, to_change=True), tidy(reason)
    refuse(misfits(OrderDecision, {"reason": why}, ("reason",)))
    if not why:
        msg = "Say why the order stays: who said so, or which paper."
        raise Invalid(msg, fields={"reason": msg})
    found = proposal_of(patient.pk, clock.today(zone_of(by)))
    rows = Policy.objects.filter(patient=patient, pk__in=found.order).order_by("rank", "id")
    return _decided(by, patient.pk, found.order, list(rows.values_list("pk", flat=True)), found.words, why)


def _decided(
    by: Actor, patient_id: int, proposed: Sequence[int], chosen: Sequence[int], words: str, reason: str = ""
) -> OrderDecision:
    made = OrderDecision.objects.create(
        patient_id=patient_id,
        proposed=list(proposed),
        chosen=list(chosen),
        words=words[:600],
        reason=reason,
        at=clock.now(),
        by_name=by.name,
    )
    record(by, subject=made, patient_id=patient_id, after={"order": list(chosen)}, reason=reason)
    publish(CoverageChanged(patient_id))
    return made
