"""A visit on a rescue sheet was settled somewhere else: its line is closed with the reason, in the same transaction."""

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.versioned import save_changes
from frontdesk.office.audit.services import record
from frontdesk.office.scheduling.models import Appointment, Leg, RescueItem, RescueSheet

Status = RescueItem.Status
MISSED = "The patient did not come."


def settle_lines(
    by: Actor, row: Appointment, status: Status, why: str, settled_by: Appointment | None = None
) -> None:
    """Close the open lines of an appointment; nobody calls its patient any more because somebody is out."""
    for line in RescueItem.objects.filter(appointment=row, status=Status.OPEN):
        _settle(by, row, line, status, why, settled_by)


def settle_given_away(by: Actor, row: Appointment) -> None:
    """Close the lines of a visit in which the provider who is out takes no part any more."""
    lines = list(
        RescueItem.objects.filter(appointment=row, status=Status.OPEN).select_related("sheet__provider")
    )
    if not lines:
        return
    with_whom = set(Leg.objects.filter(appointment=row).values_list("resource__provider", flat=True))
    whose = f"With {row.provider.spoken_name} now." if row.provider else "With somebody else now."
    for line in lines:
        if line.sheet.provider_id not in with_whom:
            _settle(by, row, line, Status.KEPT, whose, None)


def reopen_lines(by: Actor, row: Appointment, status: Status, settled_by: Appointment | None = None) -> None:
    """Open the lines again that a deed closed which has been taken back: the visit is lost as it was before."""
    lines = RescueItem.objects.filter(appointment=row, status=status, settled_by=settled_by)
    if status == Status.KEPT:
        lines = lines.filter(why=MISSED)
    for line in lines:
        before = {"status": str(line.status), "why": line.why}
        save_changes(line, {"status": Status.OPEN, "why": "", "settled_by": None})
        RescueSheet.objects.filter(pk=line.sheet_id).update(closed_at=None)
        record(by, subject=line, patient_id=row.patient_id, before=before, after={"status": "open"})


def close_if_done(sheet_id: int) -> None:
    """Close a sheet on which nobody is left."""
    if not RescueItem.objects.filter(sheet=sheet_id, status=Status.OPEN).exists():
        RescueSheet.objects.filter(pk=sheet_id, closed_at=None).update(closed_at=clock.now())


def _settle(
    by: Actor, row: Appointment, line: RescueItem, status: Status, why: str, settled_by: Appointment | None
) -> None:
    save_changes(line, {"status": status, "why": why[:120], "settled_by": settled_by})
    close_if_done(line.sheet_id)
    record(by, subject=line, patient_id=row.patient_id, after={"status": str(status)}, reason=why)
