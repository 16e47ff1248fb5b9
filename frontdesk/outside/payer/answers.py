"""From a 270 to its 271: every level of the question is mirrored, and each person in it answered for."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from frontdesk.formats import x12
from frontdesk.formats.x12.envelope import Pass
from frontdesk.formats.x12.parts import Closed, Interchange
from frontdesk.formats.x12.records.eligibility import (
    Dependent,
    EligibilityAnswer,
    EligibilityInquiry,
    InformationSource,
    Party,
    Person,
    Receiver,
    Subscriber,
)
from frontdesk.formats.x12.records.segments import Beginning, Demographics, Rejection, Relationship, Trace
from frontdesk.outside.payer.benefits import PLAN, Question, group, on
from frontdesk.outside.payer.members import Asked, Member, Members
from frontdesk.outside.payer.plans import year
from frontdesk.outside.payer.scenarios import SCENARIOS, Wire

ZONE = ZoneInfo("America/New_York")
CANNOT_ANSWER_NOW = "42"
_NOT_FOUND, _PATIENT_NOT_FOUND = "75", "67"


@dataclass(frozen=True, slots=True)
class Answered:
    """A 271 file, the numbers its questions are known by (BHT03, TRN02), and the fault it is to meet on its way, if any."""

    content: bytes
    references: tuple[str, ...]
    wire: Wire | None


@dataclass(slots=True)
class _Person:
    """Somebody asked about: the words of the question, and who that is or why it is nobody."""

    asked: Person
    found: Member | str
    dependent: bool

    @property
    def reason(self) -> str:
        """Why the question is rejected; empty where it is answered."""
        reason = self.found if isinstance(self.found, str) else self.found.scenario.rejects
        return _PATIENT_NOT_FOUND if self.dependent and reason == _NOT_FOUND else reason


def answer(payload: bytes, members: Members, at: datetime, *, control: int = 1) -> Answered | None:
    """Return the answer to a file of inquiries, made at `at`; None where there is no inquiry in it.

    `payload` is one that `x12.acknowledge` accepts.
    """
    inquiries = x12.parse_270(payload)
    if not inquiries:
        return None
    wires: list[Wire] = []
    sets = [_set(one, members, at, wires) for one in inquiries]
    isa = header(payload)
    sender, receiver = ((isa[n], isa[n + 1].strip() or "UNNAMED") for n in (7, 5))
    content = x12.write(sets, sender, receiver, at, control=control, test=isa[15] == "T")
    return Answered(content, _references(inquiries), wires[0] if wires else None)


def header(payload: bytes) -> list[str]:
    """Return the elements of the first ISA, however the file is wrapped."""
    passed = (seen.what for seen in Pass(payload, lambda _: None).run() if isinstance(seen, Closed))
    return next(what.elements for what in passed if isinstance(what, Interchange))


def _references(inquiries: list[EligibilityInquiry]) -> tuple[str, ...]:
    """Return BHT03 and TRN02 of each inquiry, each once."""
    said = (one.beginning.reference for one in inquiries if one.beginning is not None)
    traced = (trace.number for one in inquiries for trace in one.all(Trace))
    return tuple(dict.fromkeys(number for number in (*said, *traced) if number))


def _set(inquiry: EligibilityInquiry, members: Members, at: datetime, wires: list[Wire]) -> EligibilityAnswer:
    made = EligibilityAnswer()
    reference = inquiry.beginning.reference if inquiry.beginning else ""
    made.beginning = Beginning(
        structure="0022", purpose="11", reference=reference, date=at.date(), time=f"{at:%H%M}"
    )
    made.sources = [_source(one, members, at, wires) for one in inquiry.sources]
    return made


def _source(asked: InformationSource, members: Members, at: datetime, wires: list[Wire]) -> InformationSource:
    made = InformationSource()
    made.party = _party(asked.party)
    receivers = []
    reasons: set[str] = set()
    for one in asked.receivers:
        receiver = Receiver()
        receiver.party = _party(one.party)
        receiver.subscribers = [_subscriber(each, members, at, wires, reasons) for each in one.subscribers]
        receivers.append(receiver)
    if reasons == {CANNOT_ANSWER_NOW} and made.party is not None:
        # A payer that cannot answer anybody says so once, before it looks at who is asked about.
        made.party.rejections = [_rejection(CANNOT_ANSWER_NOW)]
    else:
        made.receivers = receivers
    return made


def _party(asked: Party | None) -> Party | None:
    if asked is None:
        return None
    words = ("entity", "kind", "last", "first", "middle", "suffix", "id_qualifier", "identifier")
    return Party(**{word: getattr(asked, word) for word in words})


def _subscriber(
    asked: Subscriber, members: Members, at: datetime, wires: list[Wire], reasons: set[str]
) -> Subscriber:
    made = Subscriber()
    made.traces = _returned(asked.traces)
    person = asked.person or Person(entity="IL", kind="1")
    if not asked.dependents:
        made.person = _told(_known(person, person.identifier, members), at, wires, reasons)
        return made
    made.person = _echo(person)
    below = []
    for one in asked.dependents:
        dependent = Dependent()
        dependent.traces = _returned(one.traces)
        whom = one.person or Person(entity="03", kind="1")
        dependent.person = _told(_known(whom, person.identifier, members, dependent=True), at, wires, reasons)
        below.append(dependent)
    made.dependents = below
    return made


def _returned(traces: list[Trace]) -> list[Trace]:
    """Give trace numbers back as the ones that were referred to (TRN01 2)."""
    return [Trace(kind="2", number=one.number, company=one.company, division=one.division) for one in traces]


def _known(asked: Person, member_id: str, members: Members, *, dependent: bool = False) -> _Person:
    about = asked.demographics or Demographics()
    words = Asked(member_id, asked.last, asked.first, about.birth_date, about.gender)
    return _Person(asked, members.find(words), dependent)


def _told(person: _Person, at: datetime, wires: list[Wire], reasons: set[str]) -> Person:
    """Return what is said of a person; faults of the wire and reasons of rejection are noted beside it."""
    reasons.add(person.reason)
    if person.reason or isinstance(person.found, str):
        made = _echo(person.asked)
        made.rejections = [_rejection(person.reason)]
        return made
    member = person.found
    if member.scenario.wire is not None:
        wires.append(member.scenario.wire)
    made = _as_filed(person.asked, member, dependent=person.dependent)
    day = _day(person.asked, at)
    made.dates = [on("346", year(day))] if member.scenario.word in _DATED else []
    made.benefits = member.scenario.plan(Question(day, _service_types(person.asked), member.plan))
    return made


# Those whose plan began with the year; the others say themselves when they begin and end.
_DATED = frozenset(SCENARIOS) - {"INACTIVE", "FUTURE", "TERMED", "MEDADV"}


def _echo(asked: Person) -> Person:
    """Return a person in the words of the question."""
    words = ("entity", "kind", "last", "first", "middle", "suffix", "id_qualifier", "identifier")
    made = Person(**{word: getattr(asked, word) for word in words})
    if (about := asked.demographics) is not None:
        made.demographics = Demographics(form="D8", birth_date=about.birth_date, gender=about.gender)
    return made


def _as_filed(asked: Person, member: Member, *, dependent: bool) -> Person:
    """Return a person as the payer has them on file."""
    made = Person(
        entity=asked.entity,
        kind="1",
        last=(member.filed_as or member.last).upper(),
        first=member.first.upper(),
    )
    if not dependent:
        made.id_qualifier, made.identifier = "MI", member.id.upper()
    if member.group:
        made.references = [group(member.group)]
    if member.birth_date is not None:
        made.demographics = Demographics(form="D8", birth_date=member.birth_date, gender=member.gender)
    if dependent:
        made.related = Relationship(is_subscriber="N", relationship=_relationship(asked, member))
    return made


def _relationship(asked: Person, member: Member) -> str:
    said = asked.related.relationship if asked.related else ""
    return said or (member.relationship if member.relationship != "18" else "19")


def _rejection(reason: str) -> Rejection:
    """AAA: Y the question was sound, N it was not; R ask again, C correct it first."""
    sound = reason == CANNOT_ANSWER_NOW
    return Rejection(valid="Y" if sound else "N", reason=reason, follow_up="R" if sound else "C")


def _service_types(asked: Person) -> tuple[str, ...]:
    codes = [code for one in asked.inquiries for code in one.service_types]
    return tuple(dict.fromkeys(codes)) or (PLAN,)


def _day(asked: Person, at: datetime) -> date:
    """Return the day a question is about: that of its DTP*291, else the payer's today."""
    dates = [*(day for one in asked.inquiries for day in one.dates), *asked.dates]
    said = [day.start for day in dates if day.kind == "291" and day.start]
    return said[0] if said else at.astimezone(ZONE).date()
