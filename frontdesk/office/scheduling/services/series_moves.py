"""A series moves or changes hands: this visit, this and later, or all, as one deed."""

from collections.abc import Callable
from datetime import datetime

from frontdesk.kit import walltime
from frontdesk.kit.actor import Actor
from frontdesk.office.audit.services import record, service
from frontdesk.office.scheduling.models import Appointment
from frontdesk.office.scheduling.services.moving import appointment_of, reassign, reschedule
from frontdesk.office.scheduling.services.series import Planned, attempt, in_scope, refusal_of


@service("scheduling.reschedule_series", permission="scheduling.reschedule")
def reschedule_series(
    by: Actor,
    /,
    *,
    appointment_id: int,
    scope: str,
    starts: datetime,
    reason_code: str,
    version: int | None = None,
    provider_id: int | None = None,
    location_id: int | None = None,
    hold_id: int | None = None,
    skip_conflicts: bool = False,
) -> list[Appointment]:
    """Move "this" visit of a series, "following" (this and later) or "all", each by as much on the clock and calendar.

    All or none; with `skip_conflicts` those that cannot be moved stay where they are. The named visit comes first in
    what is returned. Raises `SlotTaken` naming the first that cannot be moved, `about` all of them.
    """
    row = appointment_of(by, appointment_id)
    wall = datetime.fromisoformat(row.wall)
    shift = walltime.to_wall(starts, row.zone).replace(fold=0) - wall
    made: dict[int, Appointment] = {}

    def deed(one: Appointment) -> Callable[[datetime], None]:
        own = one.pk == row.pk

        def move(at: datetime) -> None:
            made[one.pk] = reschedule(
                by,
                appointment_id=one.pk,
                starts=at,
                reason_code=reason_code,
                version=version if own else None,
                provider_id=provider_id,
                location_id=location_id,
                hold_id=hold_id if own else None,
            )

        return move

    rows = in_scope(row, scope)
    # Those in front make way first: by a week later, the last begins.
    for_way = sorted(rows, key=lambda one: one.starts, reverse=shift.total_seconds() > 0)
    plan = [
        attempt(deed(one), datetime.fromisoformat(one.wall) + shift, one.zone, starts if one == row else None)
        for one in for_way
    ]
    _all_or_skipped(plan, made, skip_conflicts=skip_conflicts)
    record(by, subject=row, patient_id=row.patient_id, extra={"scope": scope, "moved": len(made)})
    return sorted(made.values(), key=lambda one: (one.replaces_id != row.pk, one.starts))


@service("scheduling.reassign_series", permission="scheduling.reassign")
def reassign_series(
    by: Actor,
    /,
    *,
    appointment_id: int,
    scope: str,
    provider_id: int,
    version: int | None = None,
    override_reason: str = "",
    skip_conflicts: bool = False,
) -> list[Appointment]:
    """Give "this" visit of a series, "following" or "all" to another provider at their times; all or none, or skipped."""
    row = appointment_of(by, appointment_id)
    made: dict[int, Appointment] = {}

    def deed(one: Appointment) -> Callable[[datetime], None]:
        def give(_at: datetime) -> None:
            made[one.pk] = reassign(
                by,
                appointment_id=one.pk,
                provider_id=provider_id,
                version=version if one.pk == row.pk else None,
                override_reason=override_reason,
            )

        return give

    rows = in_scope(row, scope)
    plan = [attempt(deed(one), datetime.fromisoformat(one.wall), one.zone, one.starts) for one in rows]
    _all_or_skipped(plan, made, skip_conflicts=skip_conflicts)
    record(by, subject=row, patient_id=row.patient_id, extra={"scope": scope, "reassigned": len(made)})
    return sorted(made.values(), key=lambda one: (one.pk != row.pk, one.starts))


def _all_or_skipped(plan: list[Planned], made: dict[int, Appointment], *, skip_conflicts: bool) -> None:
    refused = sorted((one for one in plan if one.refusal), key=lambda one: one.wall)
    if refused and (not skip_conflicts or not made):
        raise refusal_of(refused)
