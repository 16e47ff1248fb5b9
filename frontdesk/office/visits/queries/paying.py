"""Who pays for visits: what somebody has said of each, and what a screen may offer."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from frontdesk.kit.walltime import to_wall
from frontdesk.office.coverage.queries import case_facts, facts_of_cases
from frontdesk.office.coverage.rules import CaseFacts, Cover, self_pay
from frontdesk.office.coverage.rules.cases import asks_insurance, covered
from frontdesk.office.privacy.queries import kept_from_payers
from frontdesk.office.scheduling.models import Appointment
from frontdesk.office.visits.models import Paying

How = Paying.How
BACK = 20
"""So many moves of a visit are followed back to who was said to pay for it."""


@dataclass(frozen=True, slots=True)
class Payer:
    """Who pays for one visit. `case` is set where its carrier does, or is asked at all."""

    how: str = How.INSURANCE
    reason: str = ""
    case_id: int | None = None
    case: CaseFacts | None = None


INSURANCE = Payer()


@dataclass(frozen=True, slots=True)
class WhoPays:
    """A visit as it is priced: whose, when, where and for what, and who pays. `day` is the site's.

    `may_be_merged` is False where it is known that no other chart was merged into the patient's.
    """

    id: int
    patient_id: int
    location_id: int
    provider_id: int | None
    visit_type_id: int
    service_types: str
    day: date
    starts: datetime
    status: str
    payer: Payer = INSURANCE
    may_be_merged: bool = True


def paying_of(row: Appointment) -> Payer:
    """Return who pays for a visit; for one that was moved, who paid before the move, until that is said anew."""
    at: Appointment | None = row
    for _ in range(BACK):
        if at is None:
            break
        found = Paying.objects.filter(appointment=at).first()
        if found is not None:
            facts = facts_of_cases([found.case_id]) if found.case_id else {}
            return Payer(found.how, found.reason, found.case_id, facts.get(found.case_id or 0))
        at = at.replaces
    return INSURANCE


def asks_nobody(payer: Payer, day: date) -> bool:
    """Say whether no health plan is asked about a visit on `day`: the patient pays, or a carrier alone."""
    if payer.how == How.SELF_PAY:
        return True
    return payer.case is not None and not asks_insurance(payer.case, day)


def paid_by_others(appointment_ids: Collection[int]) -> set[int]:
    """Return the visits about which no health plan is asked; two queries, and two for each move back to where it was said."""
    return {pk for pk, (payer, day) in _said_of(appointment_ids).items() if asks_nobody(payer, day)}


def payers_of(appointment_ids: Collection[int]) -> dict[int, Payer]:
    """Return who pays for visits, for those of which somebody has said it; queries as of `paid_by_others`."""
    return {pk: payer for pk, (payer, _) in _said_of(appointment_ids).items()}


def who_pays_of(appointment_ids: Collection[int]) -> list[WhoPays]:
    """Return visits with who pays for them; a query more than `payers_of`."""
    payers = payers_of(appointment_ids)
    return [
        WhoPays(
            id=row.pk,
            patient_id=row.patient_id,
            location_id=row.location_id,
            provider_id=row.provider_id,
            visit_type_id=row.visit_type_id,
            service_types=row.visit_type.service_types,
            day=to_wall(row.starts, row.zone).date(),
            starts=row.starts,
            status=row.status,
            payer=payers.get(row.pk, INSURANCE),
        )
        for row in Appointment.objects.filter(pk__in=appointment_ids).select_related("visit_type")
    ]


def _said_of(appointment_ids: Collection[int]) -> dict[int, tuple[Payer, date]]:
    """Return who pays and on which day, where it was said.

    Of a visit that was just moved it is not said yet who pays: whoever paid before the move does (`paying_of`).
    """
    found: dict[int, tuple[Payer, date]] = {}
    left = {pk: pk for pk in appointment_ids}  # where a visit was before its moves, and which visit it is now
    for _ in range(BACK):
        if not left:
            break
        rows = Paying.objects.filter(appointment__in=sorted(left)).select_related(
            "case__payer", "appointment"
        )
        said = {row.appointment_id: row for row in rows}
        found |= {left[pk]: _payer(row) for pk, row in said.items()}
        unsaid = Appointment.objects.filter(pk__in=sorted(left.keys() - said.keys()), replaces__isnull=False)
        left = {before: left[pk] for pk, before in unsaid.values_list("pk", "replaces_id")}
    return found


def _payer(row: Paying) -> tuple[Payer, date]:
    case = case_facts(row.case) if row.case else None
    day = to_wall(row.appointment.starts, row.appointment.zone).date()
    return Payer(row.how, row.reason, row.case_id, case), day


def cover_of(payer: Payer, insurance: Cover, day: date) -> Cover:
    """Return how a visit is covered on `day`, out of who pays and how the patient's insurance stands."""
    if payer.how == How.SELF_PAY:
        return self_pay(payer.reason)
    return covered(payer.case, insurance, day) if payer.case else insurance


def is_kept(patient_id: int, appointment_id: int) -> bool:
    """Say whether a restriction keeps just this visit from the health plan; one query."""
    about = about_visit(appointment_id)
    return any(one.subject == about for one in kept_from_payers(patient_id))


def about_visit(appointment_id: int) -> str:
    """Return how questions to payers and restrictions name a visit."""
    return f"scheduling.appointment:{appointment_id}"
