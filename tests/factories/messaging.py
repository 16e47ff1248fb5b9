"""People who can be written to, and a mailbox that is a real mail server."""

import socket
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller
from icalendar import Calendar

from frontdesk.exchange.mail.server import Settings
from frontdesk.kit.refs import Ref
from frontdesk.office.jobs import services as jobs
from frontdesk.office.messaging import services as messaging
from frontdesk.office.messaging.queries import facts_of
from frontdesk.office.messaging.rules import ANSWERABLE, Facts
from frontdesk.office.patients.models import Contact
from frontdesk.office.scheduling.queries import outlook
from tests.factories import scheduling as make
from tests.people import rosa

FROM = "desk@elmstreet.example"


def reachable(email="ana@example.org", mobile="", may_text=None, **fields):
    """A patient with an e-mail address, a mobile number, or both."""
    made = make.patient(**{"legal_first": "Ana", **fields})
    if email:
        Contact.objects.create(patient=made, system="email", value=email)
    if mobile:
        Contact.objects.create(patient=made, system="phone", use="mobile", value=mobile, may_text=may_text)
    return made


def about(number=1):
    return Ref("test.visit", number)


def facts(starts, location=None, **fields):
    given = {
        "starts": starts,
        "minutes": 20,
        "zone": "America/New_York",
        "provider": "Dr. Lee",
        "place": "Elm Street",
        "address": "12 Elm Street, Somerville, MA 02143",
        "phone": "+16175550100",
        "location_id": location.pk if location else None,
        "arrive_early": 10,
    }
    return Facts(**{**given, **fields})


def write_about(row, kind="confirmation"):
    """Write to a patient about their appointment as it stands; it waits to go out."""
    stands = outlook(row.pk)
    return messaging.announce(
        rosa(),
        patient_id=row.patient_id,
        kind=kind,
        about=Ref("scheduling.appointment", row.pk),
        after=facts_of(stands),
        version=stands.version,
    )


def link_to(message, expires=None):
    """The word of a link as the message would carry it; it is known only here."""
    return messaging.issue_link(
        rosa(),
        patient_id=message.patient_id,
        about=Ref(message.about_kind, message.about_id),
        actions=ANSWERABLE[message.kind],
        expires_at=expires or message.not_after,
        message_id=message.pk,
    )


def react(worker="test"):
    """Let everything happen that happens by itself, but for the post."""
    return jobs.work_off(worker)


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Mailbox:
    """A real SMTP server on a free port; what it took, in order. `answers` may refuse an address: {address: reply}."""

    def __init__(self):
        self.taken, self.answers, self.at_the_dot = [], {}, None
        self.port = free_port()
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if refusal := self.answers.get(address):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.at_the_dot:
            return self.at_the_dot
        self.taken.append((envelope.rcpt_tos[0], message_from_bytes(envelope.content, policy=policy.default)))
        return "250 2.0.0 taken"

    def __enter__(self):
        self.controller.start()
        return self

    def __exit__(self, *_):
        self.controller.stop()

    @property
    def settings(self):
        return Settings("127.0.0.1", self.port, FROM, tls="none")


def entry_of(mail):
    """The calendar entry in an e-mail: (method, UID, SEQUENCE, start, status)."""
    part = next(part for part in mail.walk() if part.get_content_type() == "text/calendar")
    whole = Calendar.from_ical(part.get_content())
    event = whole.walk("VEVENT")[0]
    return (
        str(whole["method"]),
        str(event["uid"]),
        int(event["sequence"]),
        event.decoded("dtstart"),
        str(event["status"]),
    )
