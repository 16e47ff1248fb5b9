"""A patient's referrals and authorizations as the record lists them, and the visits that use them."""

from dataclasses import dataclass, field
from datetime import datetime

from frontdesk.kit.actor import Actor
from frontdesk.kit.sensitivity import hidden
from frontdesk.kit.walltime import to_wall
from frontdesk.office.patients.queries import find_patient
from frontdesk.office.referrals import rules
from frontdesk.office.referrals.models import Authorization, AuthorizationRequest, PayerReply, Use

MOST = 60
HIDDEN_KIND = "Restricted"


@dataclass(frozen=True, slots=True)
class UsedBy:
    """A visit that uses one. `wall` is naive, on the wall of its place."""

    appointment_id: int
    wall: datetime
    visit_type: str
    status: str


@dataclass(frozen=True, slots=True)
class Line:
    """One referral or authorization with what a screen shows beside it. `is_hidden` where its kind of visit is not for
    whoever is looking: then nothing but its dates is told, and nothing can be done with it.
    """

    row: Authorization
    held: rules.Held
    payer: str
    policy_ended: bool
    visits: str
    uses: list[UsedBy] = field(default_factory=list)
    last: AuthorizationRequest | None = None
    is_hidden: bool = False


def has_any(patient_id: int) -> bool:
    """Say whether a patient has one at all, or a visit of theirs uses one, be it ended or of another chart; two queries at most."""
    own = Authorization.objects.filter(patient_id=patient_id).exclude(state="ended")
    return own.exists() or Use.objects.filter(appointment__patient=patient_id, back_at=None).exists()


def authorizations_of(patient_id: int) -> list[Line]:
    """Return a patient's referrals and authorizations, those in use first and the first to run out at the top; three queries."""
    rows = Authorization.objects.filter(patient_id=patient_id).select_related(
        "policy__payer", "visit_type", "also_for", "patient", "provider"
    )
    found = list(rows.order_by("-id")[:MOST])
    ids = [row.pk for row in found]
    uses, last = uses_of(ids), _last_of(ids)
    lines = [_line(row, uses.get(row.pk, []), last.get(row.pk)) for row in found]
    return sorted(
        lines,
        key=lambda one: (one.row.state in {"ended", "denied"}, str(one.row.ends or "9999"), -one.row.pk),
    )


def line_of(patient_id: int, authorization_id: int) -> Line | None:
    """Return one of a patient's, None where it is none of theirs."""
    return next((one for one in authorizations_of(patient_id) if one.row.pk == authorization_id), None)


def uses_of(authorization_ids: list[int]) -> dict[int, list[UsedBy]]:
    """Return the visits that use each, in order of time; one query."""
    rows = Use.objects.filter(authorization__in=authorization_ids, back_at=None).select_related(
        "appointment__visit_type"
    )
    found: dict[int, list[UsedBy]] = {}
    for row in rows.order_by("appointment__starts"):
        at = row.appointment
        shown = UsedBy(at.pk, to_wall(at.starts, at.zone), _named(at.visit_type, at.patient_id), at.status)
        found.setdefault(row.authorization_id, []).append(shown)
    return found


def waits_still(by: Actor, request_id: int) -> bool:
    """Say whether a request has no answer yet; nobody's business who may not see the patient. Raises `Restricted`."""
    row = (
        AuthorizationRequest.objects.filter(pk=request_id)
        .exclude(state="done")
        .select_related("authorization")
        .first()
    )
    if row is not None:
        find_patient(by, row.authorization.patient_id)
    return row is not None


def replies_of(row: AuthorizationRequest) -> list[PayerReply]:
    """Return what a payer answered to a request, in order; one query."""
    return list(PayerReply.objects.filter(request=row).order_by("id")[:MOST])


def held(row: Authorization) -> rules.Held:
    """Return a row as the rules see it."""
    return rules.Held(
        id=row.pk, kind=row.kind, policy_id=row.policy_id, state=row.state, number=row.number, allowed=row.allowed,
        used=row.used + row.used_before, begins=row.begins, ends=row.ends,
        visit_types=frozenset(filter(None, (row.visit_type_id, row.also_for_id))),
        services=frozenset(filter(None, row.service_types.split(","))),
    )  # fmt: skip


def labels_of(row: Authorization) -> list[str]:
    """Return the sensitivity labels of the visits it is for."""
    return [kind.labels for kind in (row.visit_type, row.also_for) if kind is not None and kind.labels]


def _line(row: Authorization, uses: list[UsedBy], last: AuthorizationRequest | None) -> Line:
    shut = hidden(*labels_of(row), patient_id=row.patient_id)
    names = [kind.name for kind in (row.visit_type, row.also_for) if kind is not None]
    return Line(
        row, held(row), row.policy.payer.name, row.policy.ended_at is not None,
        HIDDEN_KIND if shut else " and ".join(names) or "Any visit", [] if shut else uses, None if shut else last, shut,
    )  # fmt: skip


def _named(kind: object, patient_id: int) -> str:
    labels, name = getattr(kind, "labels", ""), getattr(kind, "name", "")
    return HIDDEN_KIND if hidden(labels, patient_id=patient_id) else str(name)


def _last_of(ids: list[int]) -> dict[int, AuthorizationRequest]:
    rows = AuthorizationRequest.objects.filter(authorization__in=ids).defer("question").order_by("id")
    return {row.authorization_id: row for row in rows}
