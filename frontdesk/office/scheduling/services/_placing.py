"""Putting an appointment into the book: what booking, moving, series, waitlist and rescue have in common."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import connection
from django.db.models import Model
from django.db.models.query import RawQuerySet

from frontdesk.kit import clock, walltime
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid, NotFound, Refusal
from frontdesk.kit.rows import fetch, insert
from frontdesk.kit.scope import must_work_at
from frontdesk.office.patients.models import Patient
from frontdesk.office.practice.models import Location
from frontdesk.office.scheduling import solver
from frontdesk.office.scheduling.errors import (
    GoneBy,
    LimitNotMet,
    NotOpen,
    PatientBookedThen,
    SlotTaken,
    WrongVisitType,
)
from frontdesk.office.scheduling.models import Appointment, Hold, Leg, Resource, Series, VisitType
from frontdesk.office.scheduling.services import _claims
from frontdesk.office.scheduling.services._taking import legs_for
from frontdesk.office.scheduling.services.limits import against

LONGEST = timedelta(hours=12)
GRACE = timedelta(minutes=15)
"""How long after its beginning a time may still be given: it may have passed while it was read back."""
NOT_OPEN = "This location is not open for business."
T = TypeVar("T", bound=Model)
F = TypeVar("F")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be booked. `starts` is aware UTC on a five-minute mark; `reason` is why rules may be overridden.

    `instructions` are what the patient is told; None: what everybody is told of such a visit. `afterwards`: it took
    place already, and is entered now.
    """

    patient: Patient
    visit_type: VisitType
    location: Location
    provider_id: int | None
    starts: datetime
    reason: str = ""
    note: str = ""
    instructions: str | None = None
    hold: Hold | None = None
    replaces: Appointment | None = None
    series: Series | None = None
    afterwards: bool = False


def patient_locked(patient_id: int) -> Patient:
    """Return the patient, locked so that two bookings for one person wait for each other."""
    lock = " FOR NO KEY UPDATE" if connection.features.has_select_for_update else ""
    found = _first(
        Patient.objects.raw(
            f"SELECT id, status, birth_date, sex, is_deceased FROM patients_patient WHERE id = %s{lock}",  # noqa: S608 - no values
            [patient_id],
        )
    )
    if found is None or found.status == Patient.Status.MERGED:
        msg = "There is no such patient, or the chart was merged into another."
        raise NotFound(msg)
    return found


def visit_type_of(pk: int) -> VisitType:
    """Return a visit type that is in use."""
    found = _first(
        VisitType.objects.raw("SELECT * FROM scheduling_visittype WHERE id = %s AND is_active", [pk])
    )
    if found is None:
        msg = "This kind of visit is no longer offered."
        raise NotFound(msg)
    return found


def location_of(by: Actor, pk: int) -> Location:
    """Return a location that is open for business, and where `by` works."""
    found = _first(Location.objects.raw("SELECT * FROM practice_location WHERE id = %s AND is_active", [pk]))
    if found is None:
        raise NotFound(NOT_OPEN)
    must_work_at(by, pk, NOT_OPEN)
    return found


def _first(rows: "RawQuerySet[T]") -> T | None:
    return next(iter(rows), None)


def place(by: Actor, wish: Wish) -> Appointment:
    """Check every rule and put the wish into the book. Raises the refusals of `errors`."""
    on_the_mark(wish.starts)
    if not wish.afterwards:
        not_gone_by(wish.starts)
    refuse_limits(wish)
    if not wish.reason:
        refuse_double(wish)
    ends = wish.starts + LONGEST
    return _claims.insist(lambda: _place(by, wish), wish.starts, ends)


def find(by: Actor, wish: Wish) -> list[_claims.Span]:
    """Return what the wish would take, overriding one rule after another as far as `by` may and a reason is given."""
    return as_far_as_allowed(
        by,
        wish.reason,
        lambda rules: legs_for(
            wish.visit_type, wish.provider_id, wish.location.pk, wish.starts, overriding=rules
        ),
    )


def as_far_as_allowed(by: Actor, reason: str, look: Callable[[frozenset[str]], F]) -> F:
    """Return what `look` finds; what it refuses is overridden rule by rule, as far as `by` may and gives a reason."""
    overriding: set[str] = set()
    while True:
        try:
            return look(frozenset(overriding))
        except (NotOpen, WrongVisitType, SlotTaken) as refusal:
            rule = _rule_of(refusal)
            if not reason or rule in overriding or not by.can(f"scheduling.override_{rule}"):
                raise
            overriding.add(rule)


def lock_both(old: list[_claims.Span], wish: Wish) -> None:
    """Lock at once what is given back and all that may be taken for it: two steps would deadlock with a counter-move."""
    may = solver.resources_for(solver.steps_of(wish.visit_type), wish.location.pk, wish.provider_id)
    ends = wish.starts + timedelta(minutes=wish.visit_type.minutes)
    likely = [(one.pk, 0, wish.starts, ends) for one in may]
    _claims.lock(_claims.keys_of([*old, *likely]))


def on_the_mark(starts: datetime) -> None:
    """Refuse a moment without a zone or between two five-minute marks."""
    if starts.tzinfo is None or starts.timestamp() % _claims.CELL_SECONDS:
        msg = "Visits begin on a five-minute mark."
        raise Invalid(msg, fields={"starts": msg})


def not_gone_by(starts: datetime) -> None:
    """Refuse a time that has passed."""
    if starts < clock.now() - GRACE:
        raise GoneBy


def refuse_limits(wish: Wish) -> None:
    """Refuse a visit type that is not for this patient: age on the day, sex, new or established."""
    day = walltime.to_wall(wish.starts, wish.location.zone).date()
    why = against(wish.visit_type, wish.patient, day, wish.starts, moving=wish.replaces is not None)
    if why:
        raise LimitNotMet(why[0])


def refuse_double(wish: Wish) -> None:
    """Refuse when the patient has another visit at that time; the one being moved does not count."""
    ends = wish.starts + timedelta(minutes=wish.visit_type.minutes)
    rows = fetch(
        "SELECT id FROM scheduling_appointment WHERE patient_id = %s AND starts < %s AND starts > %s AND ends > %s "
        "AND status NOT IN ('cancelled', 'no_show')",
        [wish.patient.pk, ends, wish.starts - LONGEST, wish.starts],
    )
    own = wish.replaces and wish.replaces.pk
    clash = [pk for (pk,) in rows if pk != own]
    if clash:
        raise PatientBookedThen(*Appointment.objects.filter(pk__in=clash))


def wall_of(starts: datetime, zone: str) -> dict[str, str | int]:
    """Return the wall-clock columns of an appointment: `wall`, `fold`, `zone`."""
    wall = walltime.to_wall(starts, zone)
    return {"wall": wall.replace(fold=0).isoformat(timespec="minutes"), "fold": wall.fold, "zone": zone}


def _place(by: Actor, wish: Wish) -> Appointment:
    kept = _kept(wish)
    if kept is not None and wish.hold is not None:
        made = write(by, wish, kept)
        Leg.objects.filter(hold=wish.hold).update(hold=None, appointment=made)
        Hold.objects.filter(pk=wish.hold.pk).delete()
        return made
    if wish.hold is not None:
        lock_both(_claims.spans_of(wish.hold), wish)
        _claims.drop(wish.hold)
    spans = find(by, wish)
    made = write(by, wish, spans)
    _claims.take(spans, made)
    return made


def _kept(wish: Wish) -> list[_claims.Span] | None:
    """Return the hold's spans when it holds just what is wished; lock them, and see that it is still there."""
    hold = wish.hold
    if hold is None:
        return None
    same = (hold.visit_type_id, hold.location_id, hold.starts) == (
        wish.visit_type.pk,
        wish.location.pk,
        wish.starts,
    ) and wish.provider_id in (None, hold.provider_id)
    if not same:
        return None
    spans = _claims.spans_of(hold)
    _claims.lock(_claims.keys_of(spans))
    return spans if Hold.objects.filter(pk=hold.pk).exists() else None


def write(by: Actor, wish: Wish, spans: Iterable[_claims.Span]) -> Appointment:
    """Write the appointment row of a wish whose spans are found; the spans are not taken yet."""
    given = list(spans)
    row = Appointment(
        patient=wish.patient,
        visit_type=wish.visit_type,
        location=wish.location,
        provider_id=wish.provider_id or provider_of(given),
        starts=wish.starts,
        ends=max(span[3] for span in given),
        internal_note=wish.note,
        patient_instructions=wish.visit_type.patient_instructions
        if wish.instructions is None
        else wish.instructions,
        override_reason=wish.reason,
        replaces=wish.replaces,
        series=wish.series,
        booked_at=clock.now(),
        booked_by=by.name,
        **wall_of(wish.starts, wish.location.zone),
    )
    return insert(row)


def provider_of(spans: Iterable[_claims.Span]) -> int | None:
    """Return the provider whom the spans take first, if any."""
    ordered = [span[0] for span in sorted(spans, key=lambda span: span[2])]
    found = dict(Resource.objects.filter(pk__in=ordered, kind="provider").values_list("pk", "provider_id"))
    return next((found[pk] for pk in ordered if pk in found), None)


def _rule_of(refusal: Refusal) -> str:
    if isinstance(refusal, NotOpen):
        return "time_off"
    return "visit_type" if isinstance(refusal, WrongVisitType) else "capacity"
