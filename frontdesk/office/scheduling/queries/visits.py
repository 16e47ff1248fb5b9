"""Visits of patients and what to say of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet

from frontdesk.kit import clock, walltime
from frontdesk.kit.sensitivity import HIDDEN, HIDDEN_VISIT, NO_DAY, hidden
from frontdesk.office.scheduling import bits
from frontdesk.office.scheduling.models import (
    Appointment,
    CancelReason,
    Hold,
    Leg,
    Resource,
    Stranded,
    VisitType,
)
from frontdesk.office.scheduling.queries.veiling import veiled

GONE = (Appointment.Status.CANCELLED, Appointment.Status.NO_SHOW)


@dataclass(frozen=True, slots=True)
class Visit:
    """One appointment in a list. `wall` is naive, in `zone`."""

    id: int
    version: int
    starts: datetime
    wall: datetime
    zone: str
    minutes: int
    status: str
    visit_type: str
    provider: str
    location: str
    patient_id: int
    patient_name: str
    birth_date: date
    reason: str = ""


def last_and_next(patient_ids: Iterable[int]) -> dict[int, tuple[datetime | None, datetime | None]]:
    """Return for each patient the last visit they came to and the next one booked (UTC); one query."""
    now = clock.now()
    rows = (
        Appointment.objects.filter(patient_id__in=list(patient_ids))
        .exclude(status__in=GONE)
        .values("patient_id")
        .annotate(last=Max("starts", filter=Q(starts__lt=now)), next=Min("starts", filter=Q(starts__gte=now)))
    )
    return {row["patient_id"]: (row["last"], row["next"]) for row in rows}


def visits_of_patient(patient_id: int, limit: int = 40) -> list[Visit]:
    """Return a patient's visits, newest first, cancelled and missed ones included; one query."""
    return _visits(Appointment.objects.filter(patient_id=patient_id).order_by("-starts", "-id")[:limit])


def agenda(day: date, location_id: int, zone: str) -> list[Visit]:
    """Return a day's visits at a location in order of time; one query."""
    begins, ends = bits.midnight(day, zone), bits.midnight(day + timedelta(days=1), zone)
    rows = Appointment.objects.filter(location_id=location_id, starts__gte=begins, starts__lt=ends)
    return _visits(rows.exclude(status=Appointment.Status.CANCELLED).order_by("starts", "id"))


def history_of(appointment_id: int) -> list[Appointment]:
    """Return the chain of moves an appointment stands in, oldest first."""
    here = Appointment.objects.select_related("cancel_reason", "provider").filter(pk=appointment_id).first()
    chain: list[Appointment] = []
    while here is not None and len(chain) < 50:
        chain.insert(0, here)
        here = (
            Appointment.objects.select_related("cancel_reason", "provider")
            .filter(pk=here.replaces_id or 0)
            .first()
        )
    return chain


def legs_of(appointment_id: int) -> list[Leg]:
    """Return what an appointment takes, in order of time."""
    return list(
        Leg.objects.filter(appointment_id=appointment_id).select_related("resource").order_by("starts", "id")
    )


def movable(appointment_ids: Sequence[int]) -> list[Appointment]:
    """Return those of some appointments that are still ahead, the last named first."""
    if not appointment_ids:
        return []
    rows = Appointment.objects.filter(pk__in=appointment_ids, status__in=("scheduled", "confirmed"))
    found = veiled(
        rows.select_related("patient", "visit_type", "provider", "location").defer("patient__photo")
    )
    return sorted(found, key=lambda row: -list(appointment_ids).index(row.pk))


@dataclass(frozen=True, slots=True)
class StandIn:
    """A room, device or nurse that a visit takes, and what of its pool is free then and could take its place."""

    resource_id: int
    name: str
    kind: str
    others: list[tuple[int, str]]


def stand_ins(appointment_id: int) -> list[StandIn]:
    """Return for each thing a visit takes, but its provider, what could stand in for it; two queries."""
    legs = [leg for leg in legs_of(appointment_id) if leg.resource.kind != Resource.Kind.PROVIDER]
    taken = {leg.resource_id for leg in legs}
    places = Q(pk=None)
    for leg in legs:
        busy = Leg.objects.filter(resource=OuterRef("pk"), starts__lt=leg.ends, ends__gt=leg.starts)
        holding = Q(appointment__status__in=Appointment.HOLDING) | Q(hold__expires_at__gt=clock.now())
        here = Q(location=leg.resource.location_id, pool=leg.resource.pool)
        places |= here & ~Q(Exists(busy.filter(holding)))
    free = list(Resource.objects.filter(places, is_active=True).order_by("name")) if legs else []
    return [
        StandIn(
            leg.resource_id,
            leg.resource.name,
            leg.resource.kind,
            [(r.pk, r.name) for r in free if r.pool == leg.resource.pool and r.pk not in taken],
        )
        for leg in legs
    ]


def visit_types() -> list[VisitType]:
    """Return the kinds of visit that can be booked, by name."""
    return list(VisitType.objects.filter(is_active=True).order_by("name"))


def cancel_reasons() -> list[CancelReason]:
    """Return the reasons for cancelling, those of patients first."""
    order = {"patient": 0, "provider": 1, "organization": 2}
    rows = CancelReason.objects.filter(is_active=True).order_by("id")
    return sorted(rows, key=lambda r: order[r.initiator])


def holds_active(location_id: int) -> list[Hold]:
    """Return the times kept for callers at a location now."""
    rows = Hold.objects.filter(location_id=location_id, expires_at__gt=clock.now())
    return list(rows.select_related("visit_type", "provider").order_by("expires_at"))


def anything_to_sweep() -> bool:
    """Say whether a hold is over: a deed that does nothing need not stand in the record every half minute."""
    return Hold.objects.filter(expires_at__lte=clock.now()).exists()


def stranded(location_id: int | None = None, limit: int = 200) -> list[Stranded]:
    """Return appointments whose time is no longer open, soonest first; the list to work."""
    rows = stranded_rows(location_id)
    related = (
        "appointment__patient",
        "appointment__visit_type",
        "appointment__provider",
        "appointment__location",
    )
    found = rows.select_related(*related).defer("appointment__patient__photo")
    lines = list(found.order_by("appointment__starts")[:limit])
    veiled(one.appointment for one in lines)
    return lines


def stranded_rows(location_id: int | None) -> QuerySet[Stranded]:
    """Return the open lines of that list, not yet read."""
    rows = Stranded.objects.filter(settled_at=None).exclude(appointment__status__in=GONE)
    return rows if location_id is None else rows.filter(appointment__location_id=location_id)


def recent_no_shows(patient_ids: Iterable[int]) -> dict[int, int]:
    """Return how often each patient missed a visit in the last twelve months; those who never did are left out."""
    since = clock.now() - timedelta(days=365)
    rows = Appointment.objects.filter(
        patient_id__in=list(patient_ids), status=Appointment.Status.NO_SHOW, starts__gte=since
    )
    return dict(rows.values_list("patient_id").annotate(missed=Count("id")))


def _visits(rows: QuerySet[Appointment]) -> list[Visit]:
    related = ("visit_type", "provider", "location", "patient", "cancel_reason")
    return [_visit(a, shut=is_hidden(a)) for a in rows.select_related(*related).defer("patient__photo")]


def is_hidden(a: Appointment) -> bool:
    """Say whether a visit is hidden from whoever is looking: by its patient, its kind, its provider or its place."""
    labels = (
        a.patient.labels,
        a.visit_type.labels,
        a.location.labels,
        a.provider.labels if a.provider else "",
    )
    return hidden(*labels, patient_id=a.patient_id)


def _visit(a: Appointment, *, shut: bool) -> Visit:
    return Visit(
        id=a.pk,
        version=a.version,
        starts=a.starts,
        wall=walltime.to_wall(a.starts, a.zone),
        zone=a.zone,
        minutes=int((a.ends - a.starts).total_seconds() // 60),
        status=a.status,
        visit_type=HIDDEN_VISIT if shut else a.visit_type.name,
        provider=a.provider.name if a.provider and not shut else "",
        location="" if shut else a.location.short_name,
        patient_id=a.patient_id,
        patient_name=HIDDEN if shut else a.patient.name,
        birth_date=NO_DAY if shut else a.patient.birth_date,
        reason=a.cancel_reason.words if a.cancel_reason and not shut else "",
    )
