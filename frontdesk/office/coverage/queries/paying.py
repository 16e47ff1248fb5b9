"""Who pays first, and for what: cases, the Medicare questions, the proposed order, networks."""

from collections.abc import Collection
from datetime import date

from frontdesk.kit.actor import Actor
from frontdesk.office.coverage.errors import CaseClosed, NoSuchCase
from frontdesk.office.coverage.models import (
    Case,
    MedicareAnswers,
    NetworkRow,
    OrderDecision,
    Payer,
    Policy,
    PolicyFacts,
)
from frontdesk.office.coverage.queries.standing import policies_in_force
from frontdesk.office.coverage.rules import CaseFacts, Contract, Held, Proposal, medicare, network, propose
from frontdesk.office.patients.models import Patient
from frontdesk.office.patients.queries import find_patient

MOST = 50
SUPPLEMENTS = ("medigap", "supplement")
"""What the names of plans have that fill what Medicare leaves open: they always pay after it."""


def cases_of(patient_id: int) -> list[Case]:
    """Return a patient's cases, those still open first, then the newest; one query."""
    rows = Case.objects.filter(patient_id=patient_id).select_related("payer").order_by("-id")[:MOST]
    return sorted(rows, key=lambda row: row.closed_at is not None)


def open_cases_of(patient_id: int) -> list[Case]:
    """Return the cases a visit of a patient may be of, the newest first; one query."""
    return [row for row in cases_of(patient_id) if row.closed_at is None]


def find_case(by: Actor, case_id: int) -> Case:
    """Return an open case. Raises `NoSuchCase`, `CaseClosed`, `NoSuchPatient`, `Restricted`."""
    row = Case.objects.select_related("payer").filter(pk=case_id).first()
    if row is None:
        msg = "There is no such case."
        raise NoSuchCase(msg)
    find_patient(by, row.patient_id)
    if row.closed_at is not None:
        msg = "This case was closed. Open a new one."
        raise CaseClosed(msg, row)
    return row


def case_facts(row: Case) -> CaseFacts:
    """Return a case as the rules judge it; its payer is to be at hand."""
    return CaseFacts(
        kind=row.kind,
        order=row.order,
        injury=row.injury,
        happened_on=row.happened_on,
        carrier=row.payer.name if row.payer else "",
        claim_number=row.claim_number,
        adjuster=row.adjuster,
        adjuster_phone=row.adjuster_phone,
        state=row.state,
        limit_cents=row.limit_cents,
        letter_of_protection=row.letter_of_protection,
        denied_on=row.denied_on,
        authorization=row.authorization,
        note=row.note,
        closed_on=row.closed_at.date() if row.closed_at else None,
    )


def facts_of_cases(case_ids: Collection[int]) -> dict[int, CaseFacts]:
    """Return several cases as the rules judge them; one query, none for none."""
    if not case_ids:
        return {}
    rows = Case.objects.filter(pk__in=sorted(case_ids)).select_related("payer")
    return {row.pk: case_facts(row) for row in rows}


def last_asked(patient_id: int) -> MedicareAnswers | None:
    """Return what a patient answered last to the Medicare questions; one query."""
    rows = MedicareAnswers.objects.filter(patient_id=patient_id).select_related("unchanged")
    return rows.order_by("-asked_on", "-id").first()


def askings_of(patient_id: int) -> list[MedicareAnswers]:
    """Return when a patient was asked the Medicare questions, newest first; one query."""
    rows = MedicareAnswers.objects.filter(patient_id=patient_id)
    return list(rows.order_by("-asked_on", "-id")[:MOST])


def has_medicare(patient_id: int, day: date) -> bool:
    """Say whether a policy of Medicare covers a patient on `day`; two queries at the most."""
    ids = policies_in_force(patient_id, day)
    return bool(ids) and Policy.objects.filter(pk__in=ids, payer__kind__in=medicare.KINDS).exists()


def held_by(patient: Patient, day: date) -> list[Held]:
    """Return a patient's policies in force on `day`, in order, as the rules about their order judge them; three queries."""
    ids = policies_in_force(patient.pk, day)
    rows = Policy.objects.filter(pk__in=ids).select_related("payer").order_by("rank", "id")
    facts = {one.policy_id: one for one in PolicyFacts.objects.filter(policy__in=ids)}
    return [_held(row, facts.get(row.pk), patient) for row in rows]


def _held(row: Policy, facts: PolicyFacts | None, patient: Patient) -> Held:
    own = row.relationship == Policy.Relationship.SELF
    return Held(
        policy_id=row.pk,
        payer=row.payer.name,
        kind=row.payer.kind,
        relationship=row.relationship,
        subscriber="" if own else f"{row.subscriber_first} {row.subscriber_last}".strip(),
        born=patient.birth_date if own else row.subscriber_birth_date,
        begins=row.begins,
        through=facts.through if facts else "",
        parent=facts.parent if facts else "",
        decreed=bool(facts and facts.decreed),
        group=row.group_number != "",
        supplement=any(word in f"{row.payer.name} {row.plan_name}".casefold() for word in SUPPLEMENTS),
    )


def proposal_of(patient_id: int, day: date) -> Proposal:
    """Return in which order a patient's policies should pay on `day`; a bounded number of queries."""
    patient = Patient.objects.only("birth_date").get(pk=patient_id)
    held = held_by(patient, day)
    answers = last_asked(patient_id) if any(one.kind in medicare.KINDS for one in held) else None
    return propose(held, medicare.judge(answers.answers, day) if answers else None)


def decided_on(patient_id: int) -> OrderDecision | None:
    """Return what was decided last about the order of a patient's policies; one query."""
    return OrderDecision.objects.filter(patient_id=patient_id).order_by("-id").first()


def network_of(payer: Payer, *, provider_id: int | None, plan: str, day: date) -> bool | None:
    """Say whether a provider is in the network of a payer's plan on `day`, None where nobody knows; one query."""
    return network(
        [_contract(row) for row in networks_of(payer.pk)],
        provider_id=provider_id,
        plan=plan,
        day=day,
        usual=payer.in_network,
    )


def networks_of(payer_id: int) -> list[NetworkRow]:
    """Return the rows of a payer's networks, everybody's first; one query."""
    rows = NetworkRow.objects.filter(payer_id=payer_id, ended_at=None).select_related("provider")
    return sorted(rows, key=lambda row: (row.provider.last_name if row.provider else "", row.plan, row.pk))


def _contract(row: NetworkRow) -> Contract:
    return Contract(row.provider_id, row.plan, row.inside, row.begins, row.ends)
