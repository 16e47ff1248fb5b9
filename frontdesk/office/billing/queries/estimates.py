"""Estimates: of a visit, of a patient, one version whole, and the list of what is to be written and given."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import F, QuerySet

from frontdesk.kit import clock
from frontdesk.kit.sensitivity import HIDDEN, HIDDEN_VISIT, NO_DAY, hidden
from frontdesk.kit.walltime import to_wall
from frontdesk.office.billing.models import (
    Estimate,
    EstimateGiven,
    EstimateItem,
    EstimateProvider,
    EstimateVersion,
    PaperNumbers,
)
from frontdesk.office.billing.rules import EXPIRES, Clock, clock_of
from frontdesk.office.scheduling.models import Appointment

MOST = 200
RECENT = timedelta(days=14)
State = Estimate.State
OPEN = (State.DUE, State.DRAFTED)


@dataclass(frozen=True, slots=True)
class Numbers:
    """What papers say beside the practice's name: its tax number, and until when the form of the ABN holds."""

    tin: str = ""
    abn_expires: str = EXPIRES


@dataclass(frozen=True, slots=True)
class Whole:
    """One version with all that is printed on it: each provider with their items, in order."""

    version: EstimateVersion
    providers: list[tuple[EstimateProvider, list[EstimateItem]]]
    given: list[EstimateGiven] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Listed:
    """One estimate on the list. `wall` is when the visit is, None for a question without one; `clock` how pressing it is."""

    id: int
    version: int
    patient_id: int
    name: str
    birth_date: date
    why: str
    asked: str
    state: str
    wall: datetime | None
    visit_type: str
    appointment_id: int | None
    clock: Clock
    newest_id: int | None = None
    number: str = ""
    cents: int = 0
    given: str = ""


def paper_numbers() -> Numbers:
    """Return what papers of the practice say; one query."""
    row = PaperNumbers.objects.order_by("pk").first()
    return Numbers(row.tin, row.abn_expires or EXPIRES) if row else Numbers()


def estimate_of(appointment_id: int) -> Estimate | None:
    """Return the estimate of a visit, given or not; one query."""
    return Estimate.objects.filter(appointment_id=appointment_id).first()


def newest_versions(estimate_ids: Collection[int]) -> dict[int, EstimateVersion]:
    """Return the newest version of each estimate that has one; one query."""
    rows = EstimateVersion.objects.filter(estimate_id__in=estimate_ids).order_by("version")
    return {row.estimate_id: row for row in rows}


def whole(version: EstimateVersion) -> Whole:
    """Return a version with its providers, items and how it was given; three queries."""
    providers = list(EstimateProvider.objects.filter(version=version).order_by("order"))
    items: dict[int, list[EstimateItem]] = {one.pk: [] for one in providers}
    for item in EstimateItem.objects.filter(provider__in=providers).order_by("order"):
        items[item.provider_id].append(item)
    given = list(EstimateGiven.objects.filter(version=version).order_by("id"))
    return Whole(version, [(one, items[one.pk]) for one in providers], given)


def versions_of(estimate_id: int) -> list[EstimateVersion]:
    """Return all versions of an estimate, the newest first; one query."""
    return list(EstimateVersion.objects.filter(estimate_id=estimate_id).order_by("-version"))


def to_give(location_id: int) -> list[Listed]:
    """Return what is to be written and given at a location, the most pressing first; three queries."""
    rows = Estimate.objects.filter(location_id=location_id, state__in=OPEN)
    return _listed(rows.order_by(F("due_at").asc(nulls_last=True), "id"))


def lately_given(location_id: int) -> list[Listed]:
    """Return what was given at a location within `RECENT`, the newest first; three queries."""
    given = EstimateGiven.objects.filter(at__gte=clock.now() - RECENT).values("version__estimate")
    rows = Estimate.objects.filter(location_id=location_id, state=State.GIVEN, pk__in=given)
    return _listed(rows.order_by("-since", "-id"))


def estimates_of(patient_id: int) -> list[Listed]:
    """Return a patient's estimates, the newest first; three queries."""
    return _listed(Estimate.objects.filter(patient_id=patient_id).order_by("-since", "-id"))


def listed(estimate_id: int) -> Listed:
    """Return one as the list shows it; raise `Estimate.DoesNotExist`."""
    found = _listed(Estimate.objects.filter(pk=estimate_id))
    if not found:
        raise Estimate.DoesNotExist
    return found[0]


def _listed(rows: QuerySet[Estimate]) -> list[Listed]:
    related = ("patient", "location", "visit_type", "appointment__visit_type", "appointment__provider")
    found = list(rows.select_related(*related).defer("patient__photo")[:MOST])
    newest = newest_versions([row.pk for row in found])
    said = {
        one.version_id: one
        for one in EstimateGiven.objects.filter(version__in=[row.pk for row in newest.values()]).order_by(
            "id"
        )
    }
    return [_line(row, newest.get(row.pk), said) for row in found]


def labels_of(row: Estimate) -> tuple[str, ...]:
    """Return the labels an estimate bears: of its visit's kind, provider and place."""
    visit = row.appointment
    kind = visit.visit_type if visit else row.visit_type
    provider = visit.provider if visit else None
    return (
        row.location.labels,
        kind.labels if kind else "",
        provider.labels if provider else "",
    )


def _line(row: Estimate, newest: EstimateVersion | None, said: dict[int, EstimateGiven]) -> Listed:
    visit, now = row.appointment, clock.now()
    kind = visit.visit_type if visit else row.visit_type
    shut = hidden(row.patient.labels, *labels_of(row), patient_id=row.patient_id)
    given = said.get(newest.pk) if newest else None
    return Listed(
        id=row.pk, version=row.version, patient_id=row.patient_id, name=HIDDEN if shut else row.patient.name,
        birth_date=NO_DAY if shut else row.patient.birth_date, why=Estimate.Why(row.why).label,
        asked="" if shut else row.asked_words, state=row.state, wall=to_wall(visit.starts, visit.zone) if visit else None,
        visit_type=HIDDEN_VISIT if shut else kind.name if kind else "", appointment_id=row.appointment_id,
        clock=clock_of(row.due_at, now, row.location.zone), newest_id=newest.pk if newest and not shut else None,
        number=newest.number if newest else "", cents=newest.cents if newest and not shut else 0,
        given=f"{EstimateGiven.How(given.how).label}, {_us(to_wall(given.at, row.location.zone))}" if given else "",
    )  # fmt: skip


def _us(wall: datetime) -> str:
    return f"{wall.month}/{wall.day}/{wall.year}"


def visits_ahead(patient_id: int) -> list[int]:
    """Return the visits of a patient that are still ahead; one query."""
    rows = Appointment.objects.filter(
        patient_id=patient_id, status__in=("scheduled", "confirmed"), starts__gt=clock.now()
    )
    return list(rows.order_by("starts").values_list("pk", flat=True))
