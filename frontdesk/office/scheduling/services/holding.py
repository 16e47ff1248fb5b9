"""Keeping a time for five minutes while the caller makes up their mind."""

from datetime import datetime, timedelta

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.scope import must_work_at
from frontdesk.office.audit.services import record, service
from frontdesk.office.scheduling.errors import HoldGone, TooManyHeld
from frontdesk.office.scheduling.models import Hold
from frontdesk.office.scheduling.services import _claims
from frontdesk.office.scheduling.services._placing import (
    LONGEST,
    location_of,
    not_gone_by,
    on_the_mark,
    provider_of,
    visit_type_of,
)
from frontdesk.office.scheduling.services._taking import legs_for

HOLD = timedelta(minutes=5)
MOST = 20
"""Times one person may keep at once: a family's, and far from a provider's day."""


@service("scheduling.hold")
def hold(
    by: Actor, /, *, visit_type_id: int, location_id: int, starts: datetime, provider_id: int | None = None
) -> Hold:
    """Keep a time (aware UTC) for five minutes; others see it and cannot take it. Raises `SlotTaken`, `TooManyHeld`, …"""
    on_the_mark(starts)
    not_gone_by(starts)
    _must_have_room(by)
    kind, place = visit_type_of(visit_type_id), location_of(by, location_id)

    def keep() -> Hold:
        spans = legs_for(kind, provider_id, place.pk, starts)
        made = Hold.objects.create(
            visit_type=kind,
            location=place,
            provider_id=provider_id or provider_of(spans),
            starts=starts,
            ends=max(span[3] for span in spans),
            held_by=by.name,
            held_by_id=by.id,
            expires_at=clock.now() + HOLD,
        )
        _claims.take(spans, made)
        return made

    made = _claims.insist(keep, starts, starts + LONGEST)
    record(by, subject=made, after={"starts": starts, "provider": made.provider_id, "location": place.pk})
    return made


@service("scheduling.release_hold", permission="scheduling.hold")
def release_hold(by: Actor, /, *, hold_id: int) -> None:
    """Give a held time back. One's own, or anybody's with the right to override capacity; gone already is fine."""
    found = Hold.objects.filter(pk=hold_id).first()
    if found is None:
        return
    must_work_at(by, found.location_id, "There is no such hold.")
    if found.held_by_id != by.id and not by.can("scheduling.override_capacity"):
        msg = f"{found.held_by} is holding this time."
        raise HoldGone(msg)
    record(by, subject=found, before={"starts": found.starts})
    _claims.drop(found)


@service("scheduling.sweep_holds", permission="scheduling.hold")
def sweep_expired_holds(by: Actor, /) -> None:
    """Remove the holds whose five minutes are over."""
    swept = _claims.sweep(_claims.expired())
    record(by, subject=None, extra={"swept": swept})


def _must_have_room(by: Actor) -> None:
    live = Hold.objects.filter(held_by_id=by.id, expires_at__gt=clock.now())
    if live[:MOST].count() >= MOST:
        msg = f"You are holding {MOST} times already. Book one of them, or give some back."
        raise TooManyHeld(msg)


def own_hold(by: Actor, hold_id: int) -> Hold:
    """Return a live hold of `by`. Raises `HoldGone`."""
    found = live_hold(by, hold_id)
    if found is None:
        raise HoldGone
    return found


def live_hold(by: Actor, hold_id: int) -> Hold | None:
    """Return a hold of `by` that is not over, if it is."""
    return Hold.objects.filter(pk=hold_id, held_by_id=by.id, expires_at__gt=clock.now()).first()


@service("scheduling.holds_of", permission="scheduling.view", reads=True)
def holds_of(by: Actor, /) -> list[Hold]:
    """Return the live holds of `by`, soonest to expire first: the hold tray."""
    live = Hold.objects.filter(held_by_id=by.id, expires_at__gt=clock.now())
    return list(live.select_related("visit_type", "location", "provider").order_by("expires_at"))
