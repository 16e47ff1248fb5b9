"""A receipt or the address of a payment page by e-mail or text: what may be sent where, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from frontdesk.entrypoints.desk.http import DeskRequest
from frontdesk.entrypoints.desk.messaging.wording import CHANNELS, PICTURES, Row, row
from frontdesk.entrypoints.desk.scheduling.wording import when
from frontdesk.entrypoints.desk.templating import phone
from frontdesk.kit.refs import Ref
from frontdesk.office.messaging import queries as messages
from frontdesk.office.messaging.rules import Decision, Facts
from frontdesk.office.patients.queries import find_patient

KEYS = {"email": "m", "text": "t"}


@dataclass(frozen=True, slots=True)
class Offer:
    """One way to send it: the letter that does it and where it goes; or `why` it cannot be sent."""

    channel: str
    label: str
    key: str
    picture: str
    to: str = ""
    later: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Sending:
    """What a panel shows of sending: the ways, and what was sent before, the newest of each way first."""

    offers: list[Offer] = field(default_factory=list)
    sent: list[Row] = field(default_factory=list)

    @property
    def open(self) -> list[Offer]:
        """The ways that are open."""
        return [one for one in self.offers if not one.why]

    @property
    def reached(self) -> set[str]:
        """Where it was sent before: said once is enough."""
        return {one.to for one in self.sent}

    @property
    def shut(self) -> list[Offer]:
        """The ways that are not, each with the reason."""
        return [one for one in self.offers if one.why]


def sending(request: DeskRequest, patient_id: int, kind: str, about: Ref, facts: Facts | None) -> Sending:
    """Return what may be sent of a receipt or link, and what was; without `facts` nothing is offered any more."""
    zone = request.location.zone
    lines = messages.message_lines_about([about])[about]
    newest = {line.channel: line for line in reversed(lines) if line.state != "withdrawn"}
    sent = [row(line, zone) for line in sorted(newest.values(), key=lambda line: line.id, reverse=True)]
    if facts is None or not request.actor.can("messaging.send_receipts"):
        return Sending(sent=sent)
    owner = find_patient(request.actor, patient_id).pk
    ways = messages.ways_to(owner, kind, facts)
    waits = {line.channel for line in lines if line.state in {"queued", "sending"}}
    return Sending([_offer(channel, ways, zone) for channel in KEYS if channel not in waits], sent)


def _offer(channel: str, ways: Mapping[str, Decision], zone: str) -> Offer:
    found = ways[channel]
    basics = (channel, CHANNELS[channel], KEYS[channel], PICTURES[channel])
    if found.way is None:
        return Offer(*basics, why=found.why)
    later = when(found.at, zone) if found.verdict == "later" and found.at else ""
    where = phone(found.way.address)
    return Offer(*basics, to=f"their guardian at {where}" if found.to_guardian else where, later=later)
