"""A provider is out: everyone affected on one sheet, a new time proposed for each, approved row by row."""

from datetime import date, datetime, timedelta

from django.db.models import Max

from frontdesk.kit import clock, walltime
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid, NotFound
from frontdesk.kit.scope import must_work_at
from frontdesk.kit.versioned import save_changes
from frontdesk.office.audit.services import record, service
from frontdesk.office.jobs.services import publish
from frontdesk.office.practice.models import Provider
from frontdesk.office.scheduling.errors import LimitNotMet, NotAllowedFrom
from frontdesk.office.scheduling.events import RescueOpened
from frontdesk.office.scheduling.models import (
    Appointment,
    Leg,
    RescueItem,
    RescueSheet,
    Resource,
    TimeOff,
    WaitlistEntry,
)
from frontdesk.office.scheduling.queries.waiting import open_rescue_sheet
from frontdesk.office.scheduling.services import _claims, _sheets
from frontdesk.office.scheduling.services._rescued import close_if_done
from frontdesk.office.scheduling.services.moving import AHEAD, cancel, reschedule
from frontdesk.office.scheduling.services.openings import Offer, OpeningsAsk, find_openings

Status = RescueItem.Status
# How far ahead a new time is looked for, by urgency: an urgent visit sooner, with whoever can.
AHEAD_DAYS = {0: 60, 1: 21, 2: 7}
OFFERS = 12
NO_LINE = "There is no such line."


@service("scheduling.open_rescue", permission="scheduling.rescue")
def open_rescue(
    by: Actor, /, *, provider_id: int, first_day: date, last_day: date, reason: str
) -> RescueSheet:
    """Put everyone who would see a provider from one day to another (inclusive) on a sheet.

    The provider is away from then on, so that nobody is booked into those days meanwhile; who is on the sheet is not
    put on the list of the stranded too. Take the time off back when the provider is here after all.
    A provider has one open sheet for a day: asked for again, or for days beside it, that sheet grows and is returned.
    """
    if last_day < first_day or not reason.strip():
        msg = "Give the first and last day, and why the provider is out."
        raise Invalid(msg, fields={"last_day": msg})
    _provider_locked(provider_id)
    already = open_rescue_sheet(provider_id, first_day, last_day)
    if already is not None:
        return _grown(by, already, first_day, last_day)
    sheet = RescueSheet.objects.create(
        provider_id=provider_id,
        first_day=first_day,
        last_day=last_day,
        reason=reason.strip(),
        opened_at=clock.now(),
    )
    items = _add_affected(sheet)
    _take_off(sheet, first_day, last_day)
    record(by, subject=sheet, after={"provider": provider_id, "items": items}, reason=sheet.reason)
    publish(RescueOpened(sheet.pk, provider_id, first_day, last_day, items))
    return sheet


def _provider_locked(provider_id: int) -> None:
    """Let two desks that open a sheet for one provider wait for each other."""
    if not Provider.objects.select_for_update().filter(pk=provider_id):
        msg = "There is no such provider."
        raise NotFound(msg)


def _grown(by: Actor, sheet: RescueSheet, first_day: date, last_day: date) -> RescueSheet:
    """Let an open sheet reach over more days, with everyone who is affected on them."""
    before = {"first_day": sheet.first_day, "last_day": sheet.last_day}
    if first_day < sheet.first_day:
        _take_off(sheet, first_day, sheet.first_day - timedelta(days=1))
        sheet.first_day = first_day
    if last_day > sheet.last_day:
        _take_off(sheet, sheet.last_day + timedelta(days=1), last_day)
        sheet.last_day = last_day
    sheet.save(update_fields=["first_day", "last_day"])
    after = {"first_day": sheet.first_day, "last_day": sheet.last_day, "items": _add_affected(sheet)}
    record(by, subject=sheet, before=before, after=after, reason=sheet.reason)
    return sheet


def _add_affected(sheet: RescueSheet) -> int:
    """Put on a sheet who is affected and not on it yet; return how many they are."""
    _wait_for_whoever_moves_them(sheet)
    there = set(RescueItem.objects.filter(sheet=sheet).values_list("appointment_id", flat=True))
    rows = affected(sheet.provider_id, sheet.first_day, sheet.last_day)
    items = [RescueItem(sheet=sheet, appointment=row) for row in rows if row.pk not in there]
    return len(RescueItem.objects.bulk_create(items))


def _wait_for_whoever_moves_them(sheet: RescueSheet) -> None:
    """Lock the provider's days, as every cancellation and move does: none slips by between the look and the list."""
    days = [sheet.first_day + timedelta(days=n) for n in range((sheet.last_day - sheet.first_day).days + 1)]
    resources = Resource.objects.filter(provider=sheet.provider_id, kind="provider")
    _claims.lock((day, pk) for pk in resources.values_list("pk", flat=True) for day in days)


def _take_off(sheet: RescueSheet, first_day: date, last_day: date) -> None:
    """Close a provider's days at every site, in each site's own time."""
    resources = list(Resource.objects.filter(provider=sheet.provider_id).select_related("location"))
    for resource in resources:
        zone = resource.location.zone
        TimeOff.objects.create(
            resource=resource,
            begins=walltime.midnight_utc(first_day, zone),
            ends=walltime.midnight_utc(last_day + timedelta(days=1), zone),
            reason=sheet.reason,
        )
    _sheets.rebuild([r.pk for r in resources], first_day, last_day)


def affected(provider_id: int, first_day: date, last_day: date) -> list[Appointment]:
    """Return the appointments ahead in which a provider takes part on those days (wall time), in order."""
    resources = Resource.objects.filter(provider=provider_id, kind="provider").select_related("location")
    found: dict[int, Appointment] = {}
    for resource in resources:
        zone = resource.location.zone
        begins = walltime.midnight_utc(first_day, zone)
        ends = walltime.midnight_utc(last_day + timedelta(days=1), zone)
        legs = Leg.objects.filter(
            resource=resource, starts__lt=ends, starts__gte=begins - timedelta(hours=12)
        )
        legs = legs.filter(ends__gt=begins, appointment__status__in=AHEAD).select_related("appointment")
        found |= {leg.appointment.pk: leg.appointment for leg in legs if leg.appointment is not None}
    return sorted(found.values(), key=lambda row: (row.starts, row.pk))


@service("scheduling.propose_rescue", permission="scheduling.rescue")
def propose(by: Actor, /, *, sheet_id: int) -> list[RescueItem]:
    """Propose a time for each open line that has none: urgent first, then the soonest lost; no time is proposed twice.

    The same provider on another day comes first, then someone of the same specialty.
    """
    sheet = _sheet(sheet_id)
    rows = RescueItem.objects.filter(sheet=sheet, status=Status.OPEN).select_related(
        "appointment__patient", "appointment__visit_type", "appointment__location"
    )
    urgency = _urgency([row.appointment.patient_id for row in rows])
    given: list[tuple[int | None, datetime, datetime]] = [
        (row.proposed_provider_id, row.proposed_starts, row.proposed_starts + _length(row))
        for row in rows
        if row.proposed_starts
    ]
    lines = [row for row in rows if row.proposed_starts is None and by.works_at(row.appointment.location_id)]
    for row in sorted(
        lines, key=lambda row: (-urgency.get(row.appointment.patient_id, 0), row.appointment.starts)
    ):
        offer = _best(by, sheet, row, urgency.get(row.appointment.patient_id, 0), given)
        if offer is not None:
            given.append((offer.provider_id, offer.starts, offer.starts + _length(row)))
            save_changes(row, _proposal(offer))
    record(by, subject=sheet, extra={"proposed": len([row for row in lines if row.proposed_starts])})
    return list(rows)


@service("scheduling.change_proposal", permission="scheduling.rescue")
def change_proposal(
    by: Actor, /, *, item_id: int, starts: datetime, provider_id: int | None, location_id: int
) -> RescueItem:
    """Put another time in place of the one proposed."""
    row = _open(by, item_id)
    must_work_at(by, location_id, NO_LINE)
    changes = {
        "proposed_starts": starts,
        "proposed_provider_id": provider_id,
        "proposed_location_id": location_id,
    }
    save_changes(row, changes)
    record(by, subject=row, patient_id=row.appointment.patient_id, after=changes)
    return row


@service("scheduling.approve_rescue", permission="scheduling.rescue")
def approve_item(by: Actor, /, *, item_id: int, reason_code: str = "provider_out") -> Appointment:
    """Move a patient to the time proposed. Raises what `reschedule` raises."""
    row = _open(by, item_id)
    if row.proposed_starts is None:
        msg = "No time is proposed for this patient yet."
        raise Invalid(msg, fields={"proposed_starts": msg})
    save_changes(row, {"status": Status.MOVED})
    made = reschedule(
        by,
        appointment_id=row.appointment_id,
        starts=row.proposed_starts,
        provider_id=row.proposed_provider_id,
        location_id=row.proposed_location_id,
        reason_code=reason_code,
    )
    _settle(by, row, Status.MOVED, made)
    return made


@service("scheduling.keep_rescue", permission="scheduling.rescue")
def keep_item(by: Actor, /, *, item_id: int) -> RescueItem:
    """Leave a patient's appointment as it is: somebody sees them after all."""
    row = _open(by, item_id)
    _settle(by, row, Status.KEPT, None)
    return row


@service("scheduling.cancel_rescue", permission="scheduling.rescue")
def cancel_item(
    by: Actor, /, *, item_id: int, reason_code: str = "provider_out", note: str = ""
) -> RescueItem:
    """Cancel a patient's appointment without a new one."""
    row = _open(by, item_id)
    save_changes(row, {"status": Status.CANCELLED})
    cancel(by, appointment_id=row.appointment_id, reason_code=reason_code, note=note)
    _settle(by, row, Status.CANCELLED, None)
    return row


def _best(
    by: Actor,
    sheet: RescueSheet,
    row: RescueItem,
    urgency: int,
    given: list[tuple[int | None, datetime, datetime]],
) -> Offer | None:
    """Return the earliest offer nobody else on the sheet was given: with the same provider, else the same specialty."""
    for provider_ids in _who(sheet.provider_id):
        if not provider_ids:
            continue
        for offer in _offers(by, _ask(sheet, row, urgency, provider_ids)):
            away = offer.provider_id == sheet.provider_id and sheet.first_day <= _day(offer) <= sheet.last_day
            if not away and not _given(offer, _length(row), given):
                return offer
    return None


def _offers(by: Actor, ask: OpeningsAsk) -> list[Offer]:
    """Look for times; one patient who is too old by now for a kind of visit must not stop the sheet."""
    try:
        return find_openings(by, ask=ask).offers
    except LimitNotMet:
        return []


def _who(provider_id: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    specialty = Provider.objects.values_list("specialty", flat=True).get(pk=provider_id)
    others = Provider.objects.filter(specialty=specialty, is_active=True).exclude(pk=provider_id)
    return (provider_id,), tuple(others.order_by("pk").values_list("pk", flat=True))


def _ask(sheet: RescueSheet, row: RescueItem, urgency: int, provider_ids: tuple[int, ...]) -> OpeningsAsk:
    lost = row.appointment
    today = clock.today(lost.location.zone)
    same = provider_ids == (sheet.provider_id,)
    first = max(today, sheet.last_day + timedelta(days=1)) if same else max(today, sheet.first_day)
    return OpeningsAsk(
        visit_type_id=lost.visit_type_id,
        patient_id=lost.patient_id,
        provider_ids=provider_ids,
        location_ids=(lost.location_id,),
        from_day=first,
        to_day=first + timedelta(days=AHEAD_DAYS[urgency]),
        language=lost.patient.language if lost.patient.interpreter_needed and not same else "",
        moving=True,
        limit=OFFERS + RescueItem.objects.filter(sheet=sheet).count(),
    )


def _given(offer: Offer, length: timedelta, given: list[tuple[int | None, datetime, datetime]]) -> bool:
    return any(
        who == offer.provider_id and offer.starts < ends and starts < offer.starts + length
        for who, starts, ends in given
    )


def _proposal(offer: Offer) -> dict[str, object]:
    return {
        "proposed_starts": offer.starts,
        "proposed_provider_id": offer.provider_id,
        "proposed_location_id": offer.location_id,
    }


def _urgency(patient_ids: list[int]) -> dict[int, int]:
    waiting = WaitlistEntry.objects.filter(patient__in=patient_ids, status="waiting")
    return dict(waiting.values_list("patient").annotate(most=Max("urgency")))


def _length(row: RescueItem) -> timedelta:
    return row.appointment.ends - row.appointment.starts


def _day(offer: Offer) -> date:
    return walltime.to_wall(offer.starts, offer.zone).date()


def _settle(by: Actor, row: RescueItem, status: Status, settled_by: Appointment | None) -> None:
    save_changes(row, {"status": status, "settled_by": settled_by})
    close_if_done(row.sheet_id)
    record(by, subject=row, patient_id=row.appointment.patient_id, after={"status": str(status)})


def _sheet(sheet_id: int) -> RescueSheet:
    found = RescueSheet.objects.filter(pk=sheet_id).first()
    if found is None:
        msg = "There is no such rescue sheet."
        raise NotFound(msg)
    return found


def _open(by: Actor, item_id: int) -> RescueItem:
    row = RescueItem.objects.select_related("appointment").filter(pk=item_id).first()
    if row is None:
        raise NotFound(NO_LINE)
    must_work_at(by, row.appointment.location_id, NO_LINE)
    if row.status != Status.OPEN:
        raise NotAllowedFrom(row.status)
    return row
