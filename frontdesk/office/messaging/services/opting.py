"""Stop and start: what somebody said about an address counts at once, whichever chart it stands on."""

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.office.audit.services import record, service
from frontdesk.office.jobs.services import publish
from frontdesk.office.messaging.events import OptedIn, OptedOut
from frontdesk.office.messaging.models import Channel, OptOut
from frontdesk.office.messaging.services._addresses import hold_address
from frontdesk.office.patients.rules import read_phone

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
    """Note that nothing more is to go to an address. Noted already is fine; a message going out just now may arrive.

    What was said at the desk takes the place of what was said by a reply: no other reply ends it.
    """
    where = where_is(channel, address)
    if source not in SOURCES:
        msg = "Say how we know: a reply, a link, or the desk."
        raise Invalid(msg)
    hold_address(where)
    known = OptOut.objects.filter(channel=channel, address=where, ended_at=None).first()
    if known is not None:
        _said_at_the_desk(by, known, source, said)
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
    where = where_is(channel, address)
    hold_address(where)
    known = OptOut.objects.select_for_update().filter(channel=channel, address=where, ended_at=None).first()
    if known is None:
        return None
    known.ended_at, known.ended_by = clock.now(), by.name
    known.save(update_fields=["ended_at", "ended_by"])
    record(by, subject=known, patient_id=patient_id or known.patient_id, after={"ended": True}, reason=said)
    publish(OptedIn(known.pk))
    return known


def where_is(channel: str, address: str) -> str:
    """Return an address as opt-outs keep it: e-mail in small letters, a number as it is dialled."""
    where = address.strip().lower() if channel == Channel.EMAIL else read_phone(address) or address.strip()
    if channel not in Channel.values or not where:
        msg = "Which address or number?"
        raise Invalid(msg, fields={"address": msg})
    return where


def _said_at_the_desk(by: Actor, known: OptOut, source: str, said: str) -> None:
    if source != "desk" or known.source == "desk":
        return
    before = {"source": known.source}
    known.source, known.said = source, said[:160]
    known.save(update_fields=["source", "said"])
    record(by, subject=known, patient_id=known.patient_id, before=before, after={"source": source})
