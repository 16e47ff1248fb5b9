"""The worker's side of a request to a payer: take what is to be sent, and say with which facts.

Nothing here speaks to a network, or knows X12. `exchange` leases requests, sends them, and hands what came to the verbs.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from frontdesk.kit import clock, leasing
from frontdesk.kit.walltime import to_wall
from frontdesk.office.coverage.asking import Insured, insured
from frontdesk.office.coverage.models import PayerNumber
from frontdesk.office.practice.queries import practice
from frontdesk.office.referrals import rules
from frontdesk.office.referrals.models import Authorization, AuthorizationRequest, Use
from frontdesk.office.referrals.queries.lines import held
from frontdesk.office.referrals.services.asking import AGAIN
from frontdesk.office.scheduling.models import Appointment

State = AuthorizationRequest.State
TIMES = 2  # a request is sent at the most: once more where nobody knows whether the first arrived


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it is to go out. `dependent` is the patient where the subscriber is somebody else.

    `about` are all visits it is for, or may be for: a restriction of one of them keeps the request from the plan.
    """

    id: int
    trace: str
    patient_id: int
    about: frozenset[str]
    connection: str
    payer_id: int
    payer: str
    payer_number: str
    practice: str
    phone: str
    npi: str
    member_id: str
    subscriber: Insured
    dependent: Insured | None
    relationship: str
    kind: str
    service: str
    visits: int | None
    begins: date | None
    ends: date | None
    referred_by: str
    referred_npi: str
    provider_first: str
    provider_last: str
    provider_npi: str
    message: str
    attempts: int


def anything_to_ask() -> bool:
    """Say whether a request waits, or hangs with a worker that is gone, or is to be given up; one query."""
    open_still = AuthorizationRequest.objects.exclude(state=State.DONE)
    return (open_still.filter(leasing.due(TIMES)) | open_still.filter(give_up_at__lte=clock.now())).exists()


def anything_late() -> bool:
    """Say whether a request has waited as long as it may; one query."""
    return AuthorizationRequest.objects.exclude(state=State.DONE).filter(give_up_at__lte=clock.now()).exists()


def lease(worker: str, limit: int) -> list[Request]:
    """Take up to `limit` requests, the oldest first."""
    with transaction.atomic():
        due = AuthorizationRequest.objects.exclude(state=State.DONE).filter(
            leasing.due(TIMES), give_up_at__gt=clock.now()
        )
        related = ("policy__payer", "policy__patient", "visit_type", "also_for", "provider")
        found = leasing.skip_taken(due).select_related(*(f"authorization__{name}" for name in related))
        rows = list(found.order_by("id")[:limit])
        leasing.lease(AuthorizationRequest, rows, worker, State.ASKING, AGAIN)
    return [_request(row) for row in rows]


def _request(row: AuthorizationRequest) -> Request:
    ours, one = practice(), row.authorization
    policy, provider = one.policy, one.provider
    number = PayerNumber.objects.filter(
        payer=policy.payer_id, transaction=PayerNumber.Transaction.AUTHORIZATION
    ).first()
    who, dependent = insured(policy)
    return Request(
        id=row.pk, trace=row.trace, patient_id=one.patient_id, about=_about(row, one),
        connection=policy.payer.connection, payer_id=policy.payer_id, payer=policy.payer.name,
        payer_number=number.number if number else "", practice=ours.name if ours else "",
        phone=ours.phone if ours else "", npi=ours.npi if ours else "", member_id=policy.member_id, subscriber=who,
        dependent=dependent, relationship=policy.relationship, kind=one.kind, service=_service(one), visits=one.allowed,
        begins=one.begins, ends=one.ends, referred_by=one.referred_by, referred_npi=one.referred_npi,
        provider_first=provider.first_name if provider else "", provider_last=provider.last_name if provider else "",
        provider_npi=provider.npi if provider else "", message=row.message, attempts=row.attempts + 1,
    )  # fmt: skip


def _service(one: Authorization) -> str:
    """Return the kind of service that is reviewed: the first that is named, medical care (1) where none is."""
    own = one.visit_type.service_types if one.visit_type else ""
    codes = [code for code in (one.service_types or own).split(",") if code and code != "30"]
    return codes[0] if codes else "1"


def _about(row: AuthorizationRequest, one: Authorization) -> frozenset[str]:
    """Return every visit this request speaks of: the one it was asked for, those that use it, those it would fit."""
    using = Use.objects.filter(authorization=one, back_at=None).values_list("appointment_id", flat=True)
    seen = held(one)
    fitting = [
        visit.pk
        for visit in Appointment.objects.filter(patient=one.patient_id)
        .exclude(status="cancelled")
        .select_related("visit_type")
        if _would_fit(visit, seen)
    ]
    visits = {*using, *fitting}
    # What kept a visit from the plan before it was moved is carried over in a moment, and holds until then.
    moved = Appointment.objects.filter(pk__in=visits, replaces__isnull=False).values_list(
        "replaces_id", flat=True
    )
    named = {f"scheduling.appointment:{pk}" for pk in visits | set(moved)}
    return frozenset(named | ({row.about} if row.about else set()))


def _would_fit(row: Appointment, seen: rules.Held) -> bool:
    day = to_wall(row.starts, row.zone).date()
    services = frozenset(filter(None, row.visit_type.service_types.split(",")))
    inside = (seen.begins is None or seen.begins <= day) and (seen.ends is None or day <= seen.ends)
    return inside and seen.is_for(rules.Visit(row.visit_type_id, day, (seen.policy_id,), services))
