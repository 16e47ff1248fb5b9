"""Stop and start: what somebody said about an address counts at once, whichever chart it stands on."""

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.office.audit.services import record, service
from frontdesk.office.jobs.services import publish
from frontdesk.office.messaging.events import OptedIn, OptedOut
from frontdesk.office.messaging.models import Channel, OptOut
from frontdesk.office.messaging.rules import means_stop
from frontdesk.office.messaging.services._addresses import hold_address

SOURCES = ("reply", "link", "desk")


@service("messaging.opt_out")
def opt_out(
    by: Actor,
    /,
    *,
    channel: str,
    address: str,
    source: str = "desk",
    said: str = "",
    patient_id: int | None = None,
) -> OptOut:
    """Note that nothing more is to go to an address. Noted already is fine; a message going out just now may arrive."""
    where = _address(channel, address)
    if source not in SOURCES:
        msg = "Say how we know: a reply, a link, or the desk."
        raise Invalid(msg)
    hold_address(where)
    known = OptOut.objects.filter(channel=channel, address=where, ended_at=None).first()
    if known is not None:
        return known
    made = OptOut.objects.create(
        channel=channel,
        address=where,
        patient_id=patient_id,
        source=source,
        said=said[:160],
        at=clock.now(),
        by_name=by.name,
    )
    record(by, subject=made, patient_id=patient_id, after={"channel": channel, "source": source})
    publish(OptedOut(channel, patient_id))
    return made


@service("messaging.opt_in", permission="messaging.opt_out")
def opt_in(
    by: Actor, /, *, channel: str, address: str, said: str = "", patient_id: int | None = None
) -> OptOut | None:
    """Note that they want messages at an address again. Consent on the record is needed all the same."""
    where = _address(channel, address)
    known = OptOut.objects.select_for_update().filter(channel=channel, address=where, ended_at=None).first()
    if known is None:
        return None
    known.ended_at, known.ended_by = clock.now(), by.name
    known.save(update_fields=["ended_at", "ended_by"])
    record(by, subject=known, patient_id=patient_id or known.patient_id, after={"ended": True}, reason=said)
    publish(OptedIn(known.pk))
    return known


@service("messaging.hear", permission="messaging.opt_out")
def hear(by: Actor, /, *, channel: str, address: str, said: str) -> OptOut | None:
    """Take in a reply: one that asks to stop, in whatever words, is an opt-out; any other is for a person to read."""
    record(by, extra={"channel": channel, "letters": len(said)})
    if not means_stop(said):
        return None
    return opt_out(by, channel=channel, address=address, source="reply", said=said)


def _address(channel: str, address: str) -> str:
    where = address.strip().lower() if channel == Channel.EMAIL else address.strip()
    if channel not in Channel.values or not where:
        msg = "Which address or number?"
        raise Invalid(msg, fields={"address": msg})
    return where
