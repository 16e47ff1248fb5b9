"""One appointment in words: who, what, when, where, what may be done with it now, and what was done."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from frontdesk.entrypoints.desk.http import DeskRequest
from frontdesk.entrypoints.desk.messaging.wording import Row
from frontdesk.entrypoints.desk.messaging.wording import row as told_row
from frontdesk.entrypoints.desk.scheduling.people import Person, person
from frontdesk.entrypoints.desk.scheduling.wording import how_many, short_day, when
from frontdesk.entrypoints.desk.templating import long_date, phone, us_date, wall_time
from frontdesk.kit import clock
from frontdesk.kit.errors import NotFound
from frontdesk.kit.refs import Ref
from frontdesk.kit.walltime import to_wall
from frontdesk.office.messaging.queries import message_lines_about
from frontdesk.office.scheduling import queries
from frontdesk.office.scheduling import services as scheduling
from frontdesk.office.scheduling.models import Appointment

AHEAD = {"scheduled", "confirmed"}
UNDO = timedelta(minutes=10)
LATE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Verb:
    """Something to do with the appointment, under a letter; `post` when it is done by that one key."""

    key: str
    label: str
    href: str
    picture: str
    post: bool = False
    variant: str = "plain"


@dataclass(frozen=True, slots=True)
class Done:
    """One line of what happened."""

    words: str
    at: str
    who: str = ""
    reason: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """What the card, the cancel and the reschedule panel show of an appointment."""

    id: int
    version: int
    patient_id: int
    name: str
    call: str
    birth: str
    age: str
    mrn: str
    status: str
    starts: datetime
    wall: datetime
    zone: str
    minutes: int
    time: str
    until: str
    day: str
    when: str
    kind: str
    visit_type_id: int
    provider_id: int | None
    who: str
    location_id: int
    place: str
    internal_note: str
    patient_instructions: str
    late_words: str
    flags: list[tuple[str, str]] = field(default_factory=list)
    verbs: list[Verb] = field(default_factory=list)
    rows: list[tuple[str, str]] = field(default_factory=list)
    legs: list[dict[str, str]] = field(default_factory=list)
    series: list[dict[str, Any]] = field(default_factory=list)
    history: list[Done] = field(default_factory=list)
    told: list[Row] = field(default_factory=list)


def read(request: DeskRequest, appointment_id: int) -> Appointment:
    """Return an appointment with what its card names; raise `NotFound`, for one of another site too."""
    related = ("visit_type", "location", "provider", "cancel_reason", "series")
    found = Appointment.objects.select_related(*related).filter(pk=appointment_id).first()
    if found is None or not request.actor.works_at(found.location_id):
        raise NotFound("There is no such appointment.")
    return found


def card(request: DeskRequest, appointment_id: int, *, opened: bool = False) -> Card:
    """Return the card; with `opened`, the look at the patient is put on record."""
    one = (
        scheduling.open_appointment(request.actor, appointment_id=appointment_id)
        if opened
        else read(request, appointment_id)
    )
    who = person(request, one.patient_id)
    wall, minutes = to_wall(one.starts, one.zone), int((one.ends - one.starts).total_seconds() // 60)
    return Card(
        id=one.pk,
        version=one.version,
        patient_id=who.id,
        name=who.name,
        call=who.call,
        birth=who.birth,
        age=who.age,
        mrn=who.mrn,
        status=str(one.status),
        starts=one.starts,
        wall=wall,
        zone=one.zone,
        minutes=minutes,
        time=wall_time(wall),
        until=wall_time(to_wall(one.ends, one.zone)),
        day=long_date(wall.date()) + ("" if wall.year == clock.now().year else f", {wall.year}"),
        when=when(one.starts, one.zone),
        kind=one.visit_type.name,
        visit_type_id=one.visit_type_id,
        provider_id=one.provider_id,
        who=one.provider.name if one.provider else "",
        location_id=one.location_id,
        place=one.location.name,
        internal_note=one.internal_note if request.actor.can("patients.see_notes") else "",
        patient_instructions=one.patient_instructions,
        late_words=_late_words(one),
        flags=_flags(one),
        verbs=_verbs(request, one),
        rows=_rows(one, who),
        legs=_legs(one),
        series=_series(one),
        history=_history(one),
        told=_told(request, one) if opened else [],
    )


def _flags(one: Appointment) -> list[tuple[str, str]]:
    flags = []
    late = clock.now() - one.starts
    if one.status in AHEAD and late > LATE and late < timedelta(hours=12):
        flags.append(("bad", f"{int(late.total_seconds() // 60)} min late"))
    if one.override_reason:
        flags.append(("warn", "Booked against a rule"))
    if one.series_id:
        flags.append(("quiet", "Series"))
    if one.visit_type.telehealth:
        flags.append(("accent", "By video"))
    return flags


def _verbs(request: DeskRequest, one: Appointment) -> list[Verb]:
    base, may, found = f"/appointments/{one.pk}", request.actor.can, []
    if one.status in AHEAD:
        if may("scheduling.reschedule"):
            found.append(Verb("r", "Reschedule", f"{base}/reschedule", "calendar-clock"))
            found.append(Verb("p", "Take in hand", f"{base}/park", "hand", post=True))
        if one.status == "scheduled" and may("scheduling.confirm"):
            found.append(Verb("c", "Confirm", f"{base}/confirm", "calendar-check", post=True))
        if one.starts <= clock.now() and may("scheduling.no_show"):
            found.append(Verb("n", "No-show", f"{base}/no-show", "user-x", post=True))
        if may("scheduling.reassign"):
            found.append(Verb("a", "Reassign", f"{base}/reassign", "users"))
    if may("scheduling.note"):
        found.append(Verb("e", "Notes", f"{base}/notes", "pencil"))
    found.append(Verb("k", "Read back", f"{base}/say", "message-square"))
    if _may_undo(one) and may("scheduling.undo"):
        found.append(Verb("u", "Undo", f"{base}/undo", "undo-2", post=True))
    if one.status in AHEAD and may("scheduling.cancel"):
        found.append(Verb("x", "Cancel", f"{base}/cancel", "calendar-x", variant="danger"))
    if one.status in {"cancelled", "no_show"} and may("scheduling.book"):
        again = f"/patients/{one.patient_id}/book?type={one.visit_type_id}" + (
            f"&provider={one.provider_id}" if one.provider_id else ""
        )
        found.insert(0, Verb("b", "Book again", again, "calendar-plus", variant="primary"))
    return found


def _may_undo(one: Appointment) -> bool:
    """Say whether taking back is worth offering; the verb itself knows the ten minutes exactly."""
    now = clock.now()
    if one.status == "cancelled":
        return one.cancelled_at is not None and now - one.cancelled_at <= UNDO
    moved_lately = one.replaces_id is not None and now - one.booked_at <= UNDO
    return moved_lately or one.status in {"confirmed", "no_show"}


def _rows(one: Appointment, who: Person) -> list[tuple[str, str]]:
    site = one.location
    rows = [
        ("Where", ", ".join(part for part in (site.name, site.line, site.city) if part)),
        ("Provider", one.provider.name if one.provider else ""),
        ("Phone", phone(who.phone)),
        ("Needs", "; ".join(who.alerts)),
        (
            "Booked",
            f"{us_date(to_wall(one.booked_at, one.zone).date())} by {one.booked_by}"
            if one.booked_by
            else us_date(to_wall(one.booked_at, one.zone).date()),
        ),
        (
            "Cancelled",
            f"{one.cancel_reason.words}{f': {one.cancel_note}' if one.cancel_note else ''}"
            if one.cancel_reason
            else one.cancel_note,
        ),
        ("Rule overridden", one.override_reason),
    ]
    return [(name, words) for name, words in rows if words]


def _late_words(one: Appointment) -> str:
    hours = one.visit_type.late_cancel_hours
    if timedelta() < one.starts - clock.now() < timedelta(hours=hours):
        return f"Less than {how_many(hours, 'hour')} ahead: this counts as a late cancellation."
    return ""


def _legs(one: Appointment) -> list[dict[str, str]]:
    return [
        {
            "name": leg.resource.name,
            "time": f"{wall_time(to_wall(leg.starts, one.zone))} to {wall_time(to_wall(leg.ends, one.zone))}",
        }
        for leg in queries.legs_of(one.pk)
    ]


def _series(one: Appointment) -> list[dict[str, Any]]:
    if one.series_id is None:
        return []
    rows = Appointment.objects.filter(series=one.series_id).order_by("starts")
    return [{"id": row.pk, "when": when(row.starts, row.zone), "status": str(row.status)} for row in rows]


def _told(request: DeskRequest, one: Appointment) -> list[Row]:
    """Return what this patient was told about this visit, newest first."""
    if not request.actor.can("messaging.view"):
        return []
    about = Ref("scheduling.appointment", one.pk)
    return [told_row(line, one.zone) for line in message_lines_about([about])[about][:8]]


def _history(one: Appointment) -> list[Done]:
    """Tell the moves that led here and, of a moved one, where it went; newest first."""
    lines: list[Done] = []
    chain = queries.history_of(one.pk)
    for before, row in zip([None, *chain], chain, strict=False):
        at, by = _at(row.booked_at, row.zone), row.booked_by
        if before is None:
            lines.append(Done(f"Booked for {when(row.starts, row.zone)}", at, by))
        else:
            why = before.cancel_reason.words if before.cancel_reason else ""
            lines.append(
                Done(f"Moved to {when(row.starts, row.zone)}", at, by, why, f"/appointments/{before.pk}")
            )
    following = Appointment.objects.filter(replaces=one).first()
    if following is not None:
        why = one.cancel_reason.words if one.cancel_reason else ""
        lines.append(
            Done(
                f"Moved to {when(following.starts, following.zone)}",
                _at(following.booked_at, one.zone),
                following.booked_by,
                why,
                f"/appointments/{following.pk}",
            )
        )
    elif one.status == "cancelled" and one.cancelled_at:
        lines.append(
            Done(
                "Cancelled",
                _at(one.cancelled_at, one.zone),
                "",
                one.cancel_reason.words if one.cancel_reason else one.cancel_note,
            )
        )
    return lines[::-1]


def _at(moment: datetime, zone: str) -> str:
    wall = to_wall(moment, zone)
    return f"{short_day(wall.date())}, {wall_time(wall)}"
