"""The rules of the book: who and what can be booked, for which visits, when; and whom a change would strand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction

from frontdesk.kit import clock, walltime
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid, NotFound
from frontdesk.kit.scope import must_work_at
from frontdesk.kit.versioned import save_changes
from frontdesk.office.audit.services import record, service
from frontdesk.office.practice import services as practice
from frontdesk.office.scheduling import bits
from frontdesk.office.scheduling.models import (
    Appointment,
    DaySheet,
    Lane,
    Leg,
    Resource,
    Stranded,
    Template,
    TemplateBlock,
    TimeOff,
)
from frontdesk.office.scheduling.services import _sheets

NO_SUCH = "There is no such provider, room or device."
NO_TIME_OFF = "That time off is no longer there."
NO_LINE = "That line was settled already."
WEEKS = ("every", "odd", "even", "1", "2", "3", "4", "5")


@dataclass(frozen=True, slots=True)
class BlockRule:
    """One line of a template as it is entered: weekday (Monday 0), from–to in wall time, lane, pattern of weeks."""

    weekday: int
    begins: time
    ends: time
    lane_id: int
    weeks: str = "every"


@service("scheduling.add_resource", permission="scheduling.change_templates")
def add_resource(
    by: Actor,
    /,
    *,
    kind: str,
    name: str,
    pool: str,
    location_id: int,
    provider_id: int | None = None,
    room_id: int | None = None,
) -> Resource:
    """Make something bookable. `pool` is what visit steps ask for: "provider", "nurse", "ultrasound".

    Raises `Invalid` without a name or a pool.
    """
    missing = {what: "It is needed." for what, value in (("name", name.strip()), ("pool", pool)) if not value}
    if missing:
        msg = "Some of this is missing."
        raise Invalid(msg, fields=missing)
    must_work_at(by, location_id, "There is no such location.")
    made = Resource.objects.create(
        kind=kind, name=name, pool=pool, location_id=location_id, provider_id=provider_id, room_id=room_id
    )
    record(by, subject=made, after={"name": name, "pool": pool})
    return made


@service("scheduling.add_provider", permission="scheduling.change_templates")
def add_provider(
    by: Actor, /, *, location_id: int, first_name: str, last_name: str, **fields: object
) -> Resource:
    """Add someone who sees patients and can be booked at a location; `fields` are those of `Provider`."""
    who = practice.add_provider(by, first_name=first_name, last_name=last_name, **fields)
    return add_resource(
        by, kind="provider", name=who.name, pool="provider", location_id=location_id, provider_id=who.pk
    )


@service("scheduling.add_lane", permission="scheduling.change_templates")
def add_lane(by: Actor, /, *, name: str, visit_type_ids: Iterable[int] = (), seats: int = 1) -> Lane:
    """Add a lane: some kinds of visit (none: all), and how many at the same time. Raises `Invalid`."""
    wrong: dict[str, str] = {}
    if not name.strip() or Lane.objects.filter(name=name.strip()).exists():
        wrong["name"] = "It needs a name that no other lane has."
    if not 1 <= seats <= 20:
        wrong["seats"] = "From 1 to 20 at the same time."
    if wrong:
        msg = "Some of this cannot be yet."
        raise Invalid(msg, fields=wrong)
    made = Lane.objects.create(name=name.strip(), seats=seats)
    made.visit_types.set(list(visit_type_ids))
    record(by, subject=made, after={"name": name, "seats": seats})
    return made


@service("scheduling.set_template", permission="scheduling.change_templates")
def set_template(
    by: Actor,
    /,
    *,
    resource_id: int,
    blocks: Iterable[BlockRule],
    effective_from: date,
    effective_until: date | None = None,
    name: str = "",
    template_id: int | None = None,
    version: int | None = None,
) -> Template:
    """Write a resource's weekly rule (a new one, or `template_id` anew) and rebuild its sheets.

    Appointments whose time is no longer open go on the list of the stranded. Raises `Invalid` for a block that ends
    before it begins or an unknown pattern of weeks.
    """
    resource, rules = _resource(by, resource_id), _checked(blocks)
    made = _written(resource, template_id, version, name, effective_from, effective_until)
    TemplateBlock.objects.filter(template=made).delete()
    TemplateBlock.objects.bulk_create(
        [
            TemplateBlock(
                template=made,
                weekday=b.weekday,
                begins=b.begins,
                ends=b.ends,
                weeks=b.weeks,
                lane_id=b.lane_id,
            )
            for b in rules
        ]
    )
    stranded = _apply([resource])
    record(by, subject=made, after={"blocks": len(rules), "from": effective_from, "stranded": len(stranded)})
    return made


@service("scheduling.add_time_off", permission="scheduling.change_time_off")
def add_time_off(
    by: Actor,
    /,
    *,
    resource_id: int,
    begins: datetime,
    ends: datetime,
    reason: str = "",
    opens: bool = False,
    lane_id: int | None = None,
) -> TimeOff:
    """Say that a resource is away from wall time to wall time (naive) of its location; or, with `opens`, here."""
    resource = _resource(by, resource_id)
    zone = resource.location.zone
    if ends <= begins:
        msg = "It ends before it begins."
        raise Invalid(msg, fields={"ends": msg})
    made = TimeOff.objects.create(
        resource=resource,
        begins=walltime.to_utc(begins, zone),
        ends=walltime.to_utc(ends, zone),
        reason=reason,
        opens=opens,
        lane_id=lane_id,
    )
    stranded = _apply([resource])
    record(
        by,
        subject=made,
        after={"begins": made.begins, "ends": made.ends, "reason": reason, "stranded": len(stranded)},
    )
    return made


@service("scheduling.remove_time_off", permission="scheduling.change_time_off")
def remove_time_off(by: Actor, /, *, time_off_id: int) -> None:
    """Take time off back; the template holds again."""
    found = TimeOff.objects.select_related("resource__location").filter(pk=time_off_id).first()
    if found is None:
        raise NotFound(NO_TIME_OFF)
    must_work_at(by, found.resource.location_id, NO_TIME_OFF)
    record(by, subject=found, before={"begins": found.begins, "ends": found.ends})
    found.delete()
    _apply([found.resource])


@service("scheduling.preview_template", permission="scheduling.change_templates", reads=True)
def preview_template(
    by: Actor,
    /,
    *,
    resource_id: int,
    blocks: Iterable[BlockRule],
    effective_from: date,
    effective_until: date | None = None,
    template_id: int | None = None,
) -> list[Appointment]:
    """Return the appointments that a change of template would strand; nothing is changed."""
    resource, rules = _resource(by, resource_id), _checked(blocks)
    with transaction.atomic():
        made = _written(resource, template_id, None, "", effective_from, effective_until)
        TemplateBlock.objects.filter(template=made).delete()
        TemplateBlock.objects.bulk_create(
            [
                TemplateBlock(
                    template=made,
                    weekday=b.weekday,
                    begins=b.begins,
                    ends=b.ends,
                    weeks=b.weeks,
                    lane_id=b.lane_id,
                )
                for b in rules
            ]
        )
        found = _stranded_by([resource])
        transaction.set_rollback(True)
    record(by, subject=resource, extra={"would_strand": [a.pk for a in found]})
    return found


@service("scheduling.extend_sheets", permission="scheduling.change_templates")
def extend_sheets(by: Actor, /) -> None:
    """Open the days that have come within the horizon since the last time; done every night."""
    last = clock.now().date() + _sheets.HORIZON
    first = last - timedelta(days=8)
    ids = list(Resource.objects.filter(is_active=True).values_list("pk", flat=True))
    for start in range(0, len(ids), 50):
        _sheets.rebuild(ids[start : start + 50], first, last)
    record(by, extra={"until": last.isoformat()})


@service("scheduling.follow_hours", permission="scheduling.change_templates")
def follow_hours(by: Actor, /, *, location_id: int | None) -> None:
    """Open and close the book as a location's hours and closed days now say; who is stranded comes on the list."""
    rows = Resource.objects.filter(is_active=True).select_related("location").order_by("pk")
    resources = list(rows if location_id is None else rows.filter(location_id=location_id))
    stranded = 0
    for start in range(0, len(resources), 50):
        stranded += len(_apply(resources[start : start + 50]))
    record(by, extra={"location": location_id, "stranded": stranded})


@service("scheduling.settle_stranded", permission="scheduling.rescue")
def settle_stranded(by: Actor, /, *, stranded_id: int) -> Stranded:
    """Say that a stranded appointment was seen to and stays as it is."""
    found = Stranded.objects.select_related("appointment").filter(pk=stranded_id, settled_at=None).first()
    if found is None:
        raise NotFound(NO_LINE)
    must_work_at(by, found.appointment.location_id, NO_LINE)
    found.settled_at = clock.now()
    found.save(update_fields=["settled_at"])
    record(by, subject=found, patient_id=found.appointment.patient_id)
    return found


def _resource(by: Actor, resource_id: int) -> Resource:
    found = Resource.objects.select_related("location").filter(pk=resource_id).first()
    if found is None:
        raise NotFound(NO_SUCH)
    must_work_at(by, found.location_id, NO_SUCH)
    return found


def _checked(blocks: Iterable[BlockRule]) -> list[BlockRule]:
    rules = list(blocks)
    wrong: dict[str, str] = {}
    for number, block in enumerate(rules):
        if block.ends <= block.begins:
            wrong[f"ends_{number}"] = "It ends before it begins."
        if block.weeks not in WEEKS or not 0 <= block.weekday <= 6:
            wrong[f"weeks_{number}"] = "Choose from the list."
    if wrong:
        msg = "Some of these lines cannot be."
        raise Invalid(msg, fields=wrong)
    return rules


def _written(
    resource: Resource,
    template_id: int | None,
    version: int | None,
    name: str,
    begin: date,
    until: date | None,
) -> Template:
    fields = {"name": name, "effective_from": begin, "effective_until": until}
    if template_id is None:
        return Template.objects.create(resource=resource, **fields)
    found = Template.objects.filter(pk=template_id, resource=resource).first()
    if found is None:
        msg = "That template is no longer there."
        raise NotFound(msg)
    save_changes(found, fields, expected=version)
    return found


def _apply(resources: list[Resource]) -> list[Appointment]:
    """Put the stranded on the list, then open and close the sheets as the rules now say."""
    found = _stranded_by(resources)
    now = clock.now()
    rows = [
        Stranded(appointment=a, why="The template no longer opens this time.", found_at=now) for a in found
    ]
    Stranded.objects.bulk_create(rows, ignore_conflicts=True)
    # Who was settled for an earlier change is stranded anew by this one.
    Stranded.objects.filter(appointment__in=found).update(settled_at=None)
    _sheets.rebuild([r.pk for r in resources])
    return found


def _stranded_by(resources: list[Resource]) -> list[Appointment]:
    """Return the appointments to come that were inside open time and, by the rules as they stand, would not be."""
    found: dict[int, Appointment] = {}
    for resource in resources:
        legs = list(
            Leg.objects.filter(
                resource=resource,
                starts__gte=clock.now(),
                appointment__status__in=(Appointment.Status.SCHEDULED, Appointment.Status.CONFIRMED),
            ).select_related("appointment__patient", "appointment__visit_type", "appointment__provider")
        )
        if not legs:
            continue
        zone = resource.location.zone
        days = sorted({walltime.to_wall(leg.starts, zone).date() for leg in legs})
        before = {s.day: _any(s.open) for s in DaySheet.objects.filter(resource=resource, day__in=days)}
        _, after = next(iter(_sheets.open_days([resource], days[0], days[-1])))
        for leg in legs:
            day = walltime.to_wall(leg.starts, zone).date()
            first = bits.cell_at(leg.starts, day, zone)
            wanted = bits.span(first, bits.cells(int((leg.ends - leg.starts).total_seconds() // 60)))
            opened = 0
            for cells in after[day].values():
                opened |= cells
            if wanted & ~opened and not wanted & ~before.get(day, 0) and leg.appointment is not None:
                found[leg.appointment.pk] = leg.appointment
    return sorted(found.values(), key=lambda a: a.starts)


def _any(opened: dict[str, str]) -> int:
    cells = 0
    for text in opened.values():
        cells |= bits.unhex(text)
    return cells
