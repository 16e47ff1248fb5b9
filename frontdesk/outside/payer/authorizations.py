"""From a 278 request to its answer: certified, modified, pended, denied, or "call us", as the member's part has it.

What is pended is decided when somebody asks for it (`Reviews.decided`): a file of 278s, as a clearinghouse hands it over.
"""

import threading
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from frontdesk.formats import x12
from frontdesk.formats.x12.records.authorization import (
    Authorization,
    Concerned,
    Decision,
    DependentLevel,
    OrganizationLevel,
    PatientEvent,
    RequesterLevel,
    SubscriberLevel,
    TraceOf,
)
from frontdesk.formats.x12.records.segments import Beginning, Dated, Equipment, Message, Reference, Rejection
from frontdesk.formats.x12.records.status import Party
from frontdesk.outside.payer.answers import Answered, header
from frontdesk.outside.payer.members import Asked, Member, Members
from frontdesk.outside.payer.scenarios import Wire

REQUEST, ANSWER = "X12_278_Request_005010X217E1_2", "X12_278_Response_005010X217E1_2"
CERTIFIED, DENIED, PENDED, MODIFIED, CALL = "A1", "A3", "A4", "A6", "CT"
# What a member's part decides; all others are certified as asked.
DECISIONS = {"PEND": PENDED, "DENY": DENIED, "FEWER": MODIFIED, "CALL": CALL}
USUAL_VISITS, USUAL_DAYS = 12, 90
_WORDS = {
    DENIED: "NOT MEDICALLY NECESSARY. APPEAL WITHIN 60 DAYS",
    PENDED: "CLINICAL REVIEW. DECISION WITHIN 3 BUSINESS DAYS",
    MODIFIED: "FEWER VISITS THAN REQUESTED",
    CALL: "CALL 800 555 0144",
}


@dataclass(slots=True)
class _Asked:
    """What is decided of one event, beside the wire it goes over."""

    wires: list[Wire]
    pended: list[tuple[list[str], Authorization]]
    number: int
    at: datetime
    members: Members


@dataclass
class Reviews:
    """The payer's memory of what it has yet to decide. Used by many threads at once."""

    waiting: list[tuple[list[str], Authorization]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, payload: bytes, members: Members, at: datetime, *, control: int = 1) -> Answered | None:
        """Return the answer to a file of requests, made at `at`; None where there is none in it."""
        asked = [one for one in x12.parse_278(payload) if not one.is_answer]
        if not asked:
            return None
        deed = _Asked([], [], control, at, members)
        isa = header(payload)
        sets = [_set(one, deed, isa) for one in asked]
        with self._lock:
            self.waiting += deed.pended
        content = x12.write(sets, *_parties(isa), at, control=control, test=isa[15] == "T")
        return Answered(content, _references(asked), deed.wires[0] if deed.wires else None)

    def decided(self, at: datetime, *, control: int = 1) -> bytes:
        """Decide all that waits, and return the file that says so; empty where nothing waits."""
        with self._lock:
            waiting, self.waiting = self.waiting, []
        for number, (_, one) in enumerate(waiting, 1):
            for event in one.all(PatientEvent):
                event.decision = Decision(action=CERTIFIED, number=f"PA{control:05d}{number:02d}")
                event.messages = [Message(text="APPROVED AFTER REVIEW")]
                event.references = []
            one.beginning = Beginning(
                structure="0007", purpose="11", reference=one.beginning.reference if one.beginning else "",
                date=at.date(), time=f"{at:%H%M}", kind="18",
            )  # fmt: skip
        if not waiting:
            return b""
        return x12.write([one for _, one in waiting], *_parties(waiting[0][0]), at, control=control)


def _parties(isa: list[str]) -> tuple[tuple[str, str], tuple[str, str]]:
    sender, receiver = ((isa[n], isa[n + 1].strip() or "UNNAMED") for n in (7, 5))
    return sender, receiver


def _references(asked: list[Authorization]) -> tuple[str, ...]:
    said = (one.beginning.reference for one in asked if one.beginning is not None)
    traced = (trace.number for one in asked for trace in one.all(TraceOf))
    return tuple(dict.fromkeys(number for number in (*said, *traced) if number))


def _set(asked: Authorization, deed: _Asked, isa: list[str]) -> Authorization:
    reference = asked.beginning.reference if asked.beginning else ""
    made = Authorization(
        beginning=Beginning(
            structure="0007", purpose="11", reference=reference, date=deed.at.date(), time=f"{deed.at:%H%M}", kind="18"
        ),
        organizations=[_organization(one, deed) for one in asked.organizations],
    )  # fmt: skip
    if any(event.decision and event.decision.action == PENDED for event in made.all(PatientEvent)):
        again = Authorization(
            beginning=made.beginning, organizations=[_organization(one, deed) for one in asked.organizations]
        )
        deed.pended.append((isa, again))
    return made


def _organization(asked: OrganizationLevel, deed: _Asked) -> OrganizationLevel:
    made = OrganizationLevel(parties=_parties_of(asked))
    askers = []
    for asker in asked.requesters:
        holders = [_subscriber(holder, deed) for holder in asker.subscribers]
        askers.append(RequesterLevel(parties=_parties_of(asker), subscribers=holders))
    made.requesters = askers
    return made


def _subscriber(asked: SubscriberLevel, deed: _Asked) -> SubscriberLevel:
    made = SubscriberLevel(parties=_parties_of(asked))
    member_id = next((party.identifier for party in asked.parties), "")
    if asked.events:
        made.events = _decided(made, asked, member_id, asked.events, deed)
    below = []
    for child in asked.dependents:
        dependent = DependentLevel(parties=_parties_of(child))
        dependent.events = _decided(dependent, child, member_id, child.events, deed)
        below.append(dependent)
    made.dependents = below
    return made


def _decided(
    made: Concerned, asked: Concerned, member_id: str, events: list[PatientEvent], deed: _Asked
) -> list[PatientEvent]:
    found = _member(asked, member_id, deed)
    if isinstance(found, str) or found.scenario.rejects:
        reason = found if isinstance(found, str) else found.scenario.rejects
        sound = reason == "42"
        refused = Rejection(valid="Y" if sound else "N", reason=reason, follow_up="R" if sound else "C")
        for party in made.parties:
            party.rejections = [refused]
        return [_echo(one) for one in events]
    if found.scenario.wire is not None:
        deed.wires.append(found.scenario.wire)
    action = DECISIONS.get(found.scenario.word, CERTIFIED)
    return [_event(one, action, deed, number) for number, one in enumerate(events, 1)]


def _member(asked: Concerned, member_id: str, deed: _Asked) -> Member | str:
    person = asked.parties[0] if asked.parties else Party()
    about = person.demographics
    born, gender = (about.birth_date, about.gender) if about else (None, "")
    return deed.members.find(Asked(member_id, person.last, person.first, born, gender))


def _echo(asked: PatientEvent) -> PatientEvent:
    """Return an event as it was asked for, its number given back."""
    return PatientEvent(
        traces=[TraceOf(kind="2", number=one.number, company=one.company) for one in asked.traces],
        review=asked.review,
    )


def _event(asked: PatientEvent, action: str, deed: _Asked, number: int) -> PatientEvent:
    made = _echo(asked)
    given = f"PA{deed.number:05d}{number:02d}" if action in {CERTIFIED, MODIFIED} else ""
    made.decision = Decision(action=action, number=given)
    if action == PENDED:
        made.references = [Reference(qualifier="NT", number=f"REV{deed.number:05d}")]
    if action in {CERTIFIED, MODIFIED, PENDED}:
        begins, ends = _days(asked, deed.at.date())
        made.dates = [Dated(kind="007", form="RD8", text=f"{begins:%Y%m%d}-{ends:%Y%m%d}")]
        visits = _visits(asked)
        made.deliveries = [
            Equipment(qualifier="VS", quantity=Decimal(max(visits // 2, 1) if action == MODIFIED else visits))
        ]
    if action in _WORDS:
        made.messages = [Message(text=_WORDS[action])]
    return made


def _visits(asked: PatientEvent) -> int:
    said = [int(one.quantity) for one in asked.deliveries if one.qualifier == "VS" and one.quantity]
    return said[0] if said else USUAL_VISITS


def _days(asked: PatientEvent, today: date) -> tuple[date, date]:
    span = next((one for one in asked.dates if one.start), None)
    begins = span.start if span and span.start else today
    ends = span.end if span and span.form == "RD8" and span.end else begins + timedelta(days=USUAL_DAYS)
    return begins, ends


def _parties_of(asked: Concerned) -> list[Party]:
    """Return who is named at a level, in the words of the request."""
    words = ("entity", "kind", "last", "first", "middle", "suffix", "id_qualifier", "identifier")
    made = []
    for one in asked.parties:
        party = Party(**{word: getattr(one, word) for word in words})
        party.demographics, party.related = one.demographics, one.related
        made.append(party)
    return made
