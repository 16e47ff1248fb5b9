"""An e-mail and its calendar entry, as bytes that a mail server takes."""

from datetime import timedelta
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from icalendar import Calendar, Event, vCalAddress, vText

from frontdesk.kit import clock
from frontdesk.office.messaging.delivery import Outgoing

# Seven bits pass through every server as they are.
POLICY = SMTP.clone(cte_type="7bit")


class CannotBeWritten(ValueError):
    """No valid e-mail can be made for this address."""


def compose(out: Outgoing, sender: str) -> bytes:
    """Return the message as it goes over the wire, lines ended by CR LF. Raises `CannotBeWritten`.

    The Message-ID follows from the message's own key: however often it is sent, it is the same.
    """
    mail = EmailMessage(POLICY)
    if not out.to.isascii():
        raise CannotBeWritten
    try:
        # An address object cannot smuggle a second recipient or a header in; the policy refuses line breaks.
        mail["From"] = Address(display_name=out.clinic, addr_spec=sender)
        mail["To"] = Address(addr_spec=out.to)
        mail["Subject"] = out.words.subject
    except (MessageError, ValueError, IndexError) as wrong:
        raise CannotBeWritten from wrong
    mail["Message-ID"] = message_id(out.key, sender)
    mail["Date"] = format_datetime(clock.now())
    # No out-of-office replies, no answers from other machines (RFC 3834).
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(out.words.body)
    if out.method and out.facts.starts is not None:
        mail.add_alternative(
            calendar(out, sender).decode(),
            subtype="calendar",
            params={"method": out.method, "name": "invite.ics"},
        )
    mail["Content-Language"] = out.language
    return mail.as_bytes()


def message_id(key: str, sender: str) -> str:
    """Return the Message-ID of the message with `key`."""
    return f"<{key}@{sender.rpartition('@')[2]}>"


def calendar(out: Outgoing, sender: str) -> bytes:
    """Return the entry (RFC 5545, 5546): the same UID for as long as the visit lives, a higher SEQUENCE each time.

    Moments are in UTC, which every calendar shows in its owner's own time.
    """
    assert out.facts.starts is not None
    whole = Calendar()
    whole.add("prodid", "-//frontdesk//EN")
    whole.add("version", "2.0")
    whole.add("method", out.method)
    entry = Event()
    entry.add("uid", out.uid)
    entry.add("sequence", out.sequence)
    entry.add("dtstamp", clock.now())
    entry.add("dtstart", out.facts.starts)
    entry.add("dtend", out.facts.starts + timedelta(minutes=out.facts.minutes or 15))
    entry.add("summary", f"{'Cita' if out.language == 'es' else 'Appointment'}: {out.clinic}")
    if not out.neutral and out.facts.address:
        entry.add("location", vText(f"{out.facts.place}, {out.facts.address}".strip(", ")))
    entry.add("status", "CANCELLED" if out.method == "CANCEL" else "CONFIRMED")
    entry.add("class", "PRIVATE")
    entry.add("organizer", _person(sender, out.clinic), encode=False)
    entry.add("attendee", _person(out.to, ""), encode=False)
    whole.add_component(entry)
    return bytes(whole.to_ical())


def _person(address: str, name: str) -> vCalAddress:
    made = vCalAddress(f"mailto:{address}")
    if name:
        made.params["CN"] = vText(name)
    return made
