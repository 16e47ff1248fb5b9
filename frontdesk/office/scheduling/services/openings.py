"""What is free: openings for what is asked, and how to say them."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time

from frontdesk.kit import walltime
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import NotFound
from frontdesk.office.audit.services import record, service
from frontdesk.office.practice.models import Provider
from frontdesk.office.scheduling import solver
from frontdesk.office.scheduling.errors import LimitNotMet
from frontdesk.office.scheduling.models import VisitType
from frontdesk.office.scheduling.services.limits import limits


@dataclass(frozen=True, slots=True)
class OpeningsAsk:
    """What is looked for. Empty means any; days and times are wall days and times of the location."""

    visit_type_id: int
    from_day: date
    to_day: date
    patient_id: int | None = None
    provider_ids: tuple[int, ...] = ()
    location_ids: tuple[int, ...] = ()
    weekdays: tuple[int, ...] = ()
    time_from: time | None = None
    time_to: time | None = None
    language: str = ""
    provider_gender: str = ""
    limit: int = 10
    in_a_row: int = 1
    after: datetime | None = None
    earlier_than: datetime | None = None
    # The patient has the visit already and it only moves.
    moving: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """A free time, and how to say it to a caller. `wall` is naive, in `zone`."""

    starts: datetime
    ends: datetime
    wall: datetime
    zone: str
    provider_id: int | None
    provider_name: str
    location_id: int
    location_name: str
    visit_type_id: int
    spoken: str
    clock: str
    day_words: str


@dataclass(frozen=True, slots=True)
class Openings:
    """The earliest free times, how far the book was looked through, and how long the visit takes."""

    offers: list[Offer]
    looked_until: date
    minutes: int


@service("scheduling.find_openings", permission="scheduling.view", reads=True)
def find_openings(by: Actor, /, *, ask: OpeningsAsk) -> Openings:
    """Return the earliest openings; the book is read day by day and only as far as needed.

    Raises `LimitNotMet` when the visit is not for this patient, `NotFound` for an unknown kind of visit.
    """
    kind, ask = kind_of(ask.visit_type_id), at_own_sites(by, ask)
    if ask.patient_id is not None:
        why = limits(kind, ask.patient_id, ask.from_day, moving=ask.moving)
        if why:
            raise LimitNotMet(why[0])
    plan = solver.plan(kind, ask)
    found, until = solver.earliest(plan, ask)
    record(by, patient_id=ask.patient_id)
    return Openings(_offers(plan, found), until, kind.minutes)


def at_own_sites(by: Actor, ask: OpeningsAsk) -> OpeningsAsk:
    """Return the question for the sites where `by` works; one about other sites alone is about none there is."""
    if by.sites is None:
        return ask
    wanted = tuple(pk for pk in ask.location_ids or sorted(by.sites) if pk in by.sites)
    if not wanted:
        msg = "There is no such location."
        raise NotFound(msg)
    return replace(ask, location_ids=wanted)


def kind_of(pk: int) -> VisitType:
    """Return the kind of visit that is asked about. Raises `NotFound`."""
    rows = VisitType.objects.raw("SELECT * FROM scheduling_visittype WHERE id = %s AND is_active", [pk])
    found = next(iter(rows), None)
    if found is None:
        msg = "Choose a kind of visit first."
        raise NotFound(msg)
    return found


def _offers(plan: solver.Plan, spots: list[solver.Spot]) -> list[Offer]:
    return [_offer(plan.kind, spot, plan.resources[spot.resource_id]) for spot in spots]


def _offer(kind: VisitType, spot: solver.Spot, resource: solver.Candidate) -> Offer:
    zone = resource.zone
    first, last, credential = resource.provider_names
    provider = (
        Provider(first_name=first, last_name=last, credential=credential) if resource.provider_id else None
    )
    wall = walltime.to_wall(spot.starts, zone)
    spoken_name = provider.spoken_name if provider else resource.name
    return Offer(
        starts=spot.starts,
        ends=spot.ends,
        wall=wall,
        zone=zone,
        provider_id=resource.provider_id,
        provider_name=provider.name if provider else resource.name,
        location_id=resource.location_id,
        location_name=resource.location_name,
        visit_type_id=kind.pk,
        spoken=f"{wall:%A, %B} {_ordinal(wall.day)} at {walltime.spoken_time(wall)} with {spoken_name}",
        clock=f"{wall:%-I:%M} {'am' if wall.hour < 12 else 'pm'}",
        day_words=f"{wall:%a, %b} {wall.day}",
    )


def _ordinal(day: int) -> str:
    ending = "th" if 10 <= day % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"
