"""Call a charge off: the row's part of it, for whoever has a verb."""

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.office.payments.models import CardCharge
from frontdesk.office.payments.models.cards import UNDER_WAY


def end_charge(by: Actor, row: CardCharge) -> None:
    """End a locked charge that is under way: what nobody has begun is over at once; else the processor is asked to end it."""
    if row.state not in UNDER_WAY or row.ended_at is not None:
        return
    now, untouched = clock.now(), not row.attempts and not row.processor and not row.page
    row.ended_at, row.ended_by, row.not_before = now, by.name, now
    if untouched and row.leased_by == "":
        row.state, row.settled_at, row.code = CardCharge.State.CANCELLED, now, "called_off"
    row.save()
