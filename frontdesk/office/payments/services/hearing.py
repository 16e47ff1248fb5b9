"""What the processor tells by itself: noted once, and only a reason to ask. And what it says of disputes when asked."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.office.audit.services import record, service
from frontdesk.office.patients.queries import find_patient
from frontdesk.office.payments import charging, refunding
from frontdesk.office.payments.errors import NoSuchCharge
from frontdesk.office.payments.models import CardCharge, CardRefund, Dispute, ProcessorEvent


@service("payments.hear_event", permission="payments.hear")
def hear_event(by: Actor, /, *, name: str, kind: str, about: str) -> bool:
    """Note an event of the processor; return whether it is new. Whatever it is about is asked about at once.

    Nothing of what it says is believed, so it does no harm when it is late, comes twice, or before an earlier one.
    """
    _, is_new = ProcessorEvent.objects.get_or_create(
        name=name[:120], defaults={"kind": kind[:60], "about": about[:120], "at": clock.now()}
    )
    if is_new:
        charging.ask_now(processor=about)
        charging.ask_now(page=about)
        refunding.ask_now(processor=about)
    record(by, after={"kind": kind[:60], "new": is_new})
    return is_new


@service("payments.note_dispute", permission="payments.settle")
def note_dispute(
    by: Actor,
    /,
    *,
    processor: str,
    charge: str,
    cents: int,
    reason: str,
    state: str,
    respond_by: datetime | None,
) -> bool:
    """Note how a dispute stands; return whether it is of a charge of ours."""
    row = CardCharge.objects.filter(processor=charge).first() if charge else None
    if row is None:
        record(by, after={"ours": False})
        return False
    made, is_new = Dispute.objects.update_or_create(
        processor=processor,
        defaults={"charge": row, "cents": cents, "reason": reason[:60], "state": state[:40], "respond_by": respond_by},
        create_defaults={
            "charge": row, "cents": cents, "reason": reason[:60], "state": state[:40], "respond_by": respond_by,
            "at": clock.now(),
        },
    )  # fmt: skip
    record(by, subject=made, patient_id=row.patient_id, after={"state": state, "new": is_new})
    return True


@service("payments.see_to", permission="payments.watch_cards")
def see_to(by: Actor, /, *, what: str, row_id: int) -> None:
    """Say that a refund that failed ("refund") or a dispute ("dispute") was seen to; it leaves the list.

    Raises `NoSuchCharge` for one of a location where one does not work, `Restricted`.
    """
    rows: QuerySet[Any] = CardRefund.objects.all() if what == "refund" else Dispute.objects.all()
    row = rows.filter(pk=row_id).select_related("charge").first()
    if row is None or not by.works_at(row.charge.location_id):
        msg = "There is no such charge."
        raise NoSuchCharge(msg)
    find_patient(by, row.charge.patient_id)
    rows.filter(pk=row_id, seen_at=None).update(seen_at=clock.now(), seen_by=by.name)
    record(by, subject=row, patient_id=row.charge.patient_id, after={"seen": True})
