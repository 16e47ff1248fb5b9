"""The worker's side of a question to a payer: take what is to be asked, and say with which facts.

Nothing here speaks to a network, or knows X12. `exchange` leases questions, asks, and hands what came to the verbs.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from frontdesk.kit import clock, leasing
from frontdesk.office.coverage import rules
from frontdesk.office.coverage.models import EligibilityCheck, PayerNumber, Policy
from frontdesk.office.coverage.queries.ways import by_files
from frontdesk.office.patients.models import Patient
from frontdesk.office.practice.queries import practice

State, Why = EligibilityCheck.State, EligibilityCheck.Why
LEASE = rules.AGAIN
PAUSE = timedelta(minutes=2)
TIMES = 6  # a question is sent at the most
_SEX = {"female": "F", "male": "M"}


@dataclass(frozen=True, slots=True)
class Insured:
    """Somebody as a payer is asked about them. `sex` is F, M or "" (X12 DMG03)."""

    last: str
    first: str
    birth_date: date | None
    sex: str = ""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question as it is to go out. `dependent` is the patient where the subscriber is somebody else.

    `connection` is the payer's own way (a key of settings.CONNECTIONS), "" for the practice's usual one.
    """

    id: int
    trace: str
    patient_id: int
    about: str
    connection: str
    payer_id: int
    payer: str
    payer_number: str
    practice: str
    npi: str
    member_id: str
    group_number: str
    subscriber: Insured
    dependent: Insured | None
    relationship: str
    day: date
    services: tuple[str, ...]
    is_live: bool
    attempts: int


def anything_to_ask() -> bool:
    """Say whether a question waits, or hangs with a worker that is gone, or is to be given up; one query."""
    now = clock.now()
    open_still = EligibilityCheck.objects.exclude(state=State.DONE).filter(file=None)
    return open_still.filter(_due() | Q(give_up_at__lte=now)).exists()


def anything_late() -> bool:
    """Say whether a question has waited as long as it may; one query."""
    open_still = EligibilityCheck.objects.exclude(state=State.DONE).filter(file=None)
    return open_still.filter(give_up_at__lte=clock.now()).exists()


def lease(worker: str, limit: int, *, night: int) -> list[Inquiry]:
    """Take up to `limit` questions for `LEASE`, those somebody waits for first; of the night's no more than `night`."""
    now = clock.now()
    with transaction.atomic():
        due = EligibilityCheck.objects.exclude(state=State.DONE).filter(_due(), give_up_at__gt=now)
        found = (
            leasing.skip_taken(due)
            .select_related("policy__payer", "policy__patient")
            .order_by("give_up_at", "id")
        )
        rows = list(found.exclude(why=Why.NIGHT)[:limit])
        rows += list(found.filter(why=Why.NIGHT)[: min(night, limit - len(rows))])
        leasing.lease(EligibilityCheck, rows, worker, State.ASKING, LEASE)
    return inquiries(rows)


def put_back(inquiry: Inquiry, worker: str) -> None:
    """Ask again after a pause that grows: nobody answered, and nobody waits for it."""
    mine = EligibilityCheck.objects.filter(pk=inquiry.id, state=State.ASKING, leased_by=worker)
    later = clock.now() + PAUSE * 2 ** (inquiry.attempts - 1)
    mine.update(state=State.WAITING, leased_by="", lease_until=None, not_before=later)


def _due() -> Q:
    by_file = goes_by_file()
    return Q(file=None) & leasing.due(TIMES) & (~by_file if by_file else Q())


def goes_by_file(way: str | None = None) -> Q:
    """Return which questions go in the files of the night (through `way`, else any); without such a way, none: an empty Q.

    The day's own are not among them where the payer also answers at once: tonight's file would be answered after it.
    """
    found, tomorrow = Q(), clock.now().date() + timedelta(days=1)
    for one in by_files():
        if way in {None, one.name}:
            ahead = Q(day__gte=tomorrow) if one.at_once else Q()
            found |= Q(policy__payer__connection__in=one.payers) & ahead
    return Q(why=Why.NIGHT) & found if found else found


def inquiries(rows: list[EligibilityCheck]) -> list[Inquiry]:
    ours, payers = practice(), {row.policy.payer_id for row in rows}
    numbers = dict(
        PayerNumber.objects.filter(
            payer__in=payers, transaction=PayerNumber.Transaction.ELIGIBILITY
        ).values_list("payer_id", "number")
    )
    return [
        Inquiry(
            id=row.pk, trace=row.trace, patient_id=row.policy.patient_id, about=row.about,
            connection=row.policy.payer.connection, payer_id=row.policy.payer_id, payer=row.policy.payer.name,
            payer_number=numbers.get(row.policy.payer_id, ""), practice=ours.name if ours else "",
            npi=ours.npi if ours else "", member_id=row.policy.member_id, group_number=row.policy.group_number,
            subscriber=insured(row.policy)[0], dependent=insured(row.policy)[1],
            relationship=row.policy.relationship, day=row.day, services=rules.read_services(row.services),
            is_live=row.why != Why.NIGHT, attempts=row.attempts + 1,
        )
        for row in rows
    ]  # fmt: skip


def insured(policy: Policy) -> tuple[Insured, Insured | None]:
    """Return a policy's subscriber, and the patient where that is somebody else, as a payer is asked about them."""
    if policy.relationship == Policy.Relationship.SELF:
        return _patient(policy.patient), None
    holder = Insured(policy.subscriber_last, policy.subscriber_first, policy.subscriber_birth_date)
    return holder, _patient(policy.patient)


def _patient(patient: Patient) -> Insured:
    return Insured(patient.legal_last, patient.legal_first, patient.birth_date, _SEX.get(patient.sex, ""))
