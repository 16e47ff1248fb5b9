"""278 in the field's words: who asks whom for leave to treat whom, for what, and what is decided. Guide 005010X217."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from frontdesk.formats.x12.records.fields import (
    COMPONENT,
    Amount,
    Composite,
    Loop,
    Many,
    One,
    Parts,
    Segment,
    Text,
)
from frontdesk.formats.x12.records.levels import Level, Set
from frontdesk.formats.x12.records.segments import (
    Beginning,
    Contact,
    Dated,
    Demographics,
    Equipment,
    HealthCodes,
    Message,
    Procedure,
    Reference,
    Rejection,
    Relationship,
)
from frontdesk.formats.x12.records.status import Party

SPECIALTY, SERVICES, ADMISSION = "SC", "HS", "AR"
INITIAL, RENEWAL, REVISED, CANCEL = "I", "R", "S", "3"


class Place(Parts):
    """A place of service; `qualifier` B is the CMS list."""

    code, qualifier = Text(1), Text(2)


class Review(Segment):
    """What review is asked for: `category` AR admission, HS health service, SC specialty care (a referral).

    `certification` is I for a first request, R a renewal, S a revision, 3 a cancellation; `service_type` as in a 270.
    """

    ID = "UM"
    category, certification, service_type = Text(1), Text(2), Text(3)
    place, level = Composite(4, Place), Text(6)


class Decision(Segment):
    """What was decided: `action` A1 certified in total, A2 in part, A3 not certified, A4 pended, A6 modified, C cancelled,
    CT contact the payer, NA none needed; `number` is the authorization's.
    """

    ID = "HCR"
    action, number, reason, second_opinion = Text(1), Text(2), Text(3), Text(4)


class TraceOf(Segment):
    """The number of a request: `kind` 1 the asker's, in its request; 2 given back in the answer, or the payer's own (1)."""

    ID = "TRN"
    kind, number, company, division = Text(1), Text(2), Text(3), Text(4)


class Professional(Segment):
    """A procedure that is asked for."""

    ID = "SV1"
    procedure, charge, unit, quantity = Composite(1, Procedure), Amount(2), Text(3), Amount(4)


class Request(Level):
    """A patient event or a service for which leave is asked."""

    traces, rejections, review, decision = Many(TraceOf), Many(Rejection), One(Review), One(Decision)
    references, dates, health, professional = (
        Many(Reference),
        Many(Dated),
        One(HealthCodes),
        One(Professional),
    )
    deliveries, messages, parties = Many(Equipment), Many(Message), Many(Party)


class ServiceLevel(Request):
    """One service of an event."""

    LOOP, LEVEL = "2000F", "SS"


class PatientEvent(Request):
    """What leave is asked for as a whole, and its services."""

    LOOP, LEVEL = "2000E", "EV"
    services = Many(ServiceLevel)


class Concerned(Level):
    """A level that says who is concerned: the organization, the requester, the subscriber, the dependent."""

    rejections, parties = Many(Rejection), Many(Party)


class DependentLevel(Concerned):
    """Somebody insured through the subscriber."""

    LOOP, LEVEL = "2000D", "23"
    events = Many(PatientEvent)


class SubscriberLevel(Concerned):
    """The subscriber; the patient, where no dependent is below."""

    LOOP, LEVEL = "2000C", "22"
    events, dependents = Many(PatientEvent), Many(DependentLevel)


class RequesterLevel(Concerned):
    """Who asks."""

    LOOP, LEVEL = "2000B", "21"
    subscribers = Many(SubscriberLevel)


class OrganizationLevel(Concerned):
    """Who decides (the utilization management organization)."""

    LOOP, LEVEL = "2000A", "20"
    requesters = Many(RequesterLevel)


class Authorization(Set):
    """A whole 278, request or answer: BHT02 13 asks, 11 answers."""

    TRANSACTION, VERSION = "278", "005010X217"
    beginning, organizations = One(Beginning), Many(OrganizationLevel)

    @property
    def is_answer(self) -> bool:
        """Whether it answers (BHT02 11), rather than asks."""
        return self.beginning is not None and self.beginning.purpose == "11"

    @property
    def levels(self) -> list[Concerned]:
        """The levels at the top."""
        return [part for part in self.parts if isinstance(part, Concerned)]

    @property
    def requests(self) -> list[Request]:
        """Every event and service, in order."""
        return self.all(Request)


@dataclass(frozen=True, slots=True)
class Who:
    """A person or organization in a request: an organization has no `first`. `number` is a member ID, an NPI or a payer ID."""

    last: str
    first: str = ""
    number: str = ""
    birth_date: date | None = None
    gender: str = ""
    relationship: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One authorization that is asked for: what, for whom, from when until when, how often.

    `category` is HS or SC; `referrer` who sends the patient, `sees_them` who will see them. `reference` is the number of the
    file (BHT03), `trace` that of the request (TRN02): the answer bears both.
    """

    reference: str
    trace: str
    organization: Who
    requester: Who
    subscriber: Who
    dependent: Who | None = None
    category: str = SERVICES
    certification: str = INITIAL
    service_type: str = "1"
    place: str = "11"
    begins: date | None = None
    ends: date | None = None
    visits: int | None = None
    diagnoses: tuple[str, ...] = ()
    previous: str = ""
    message: str = ""
    phone: str = ""
    referrer: Who | None = None
    sees_them: Who | None = None


def build_278(wanted: Wanted, at: datetime) -> Authorization:
    """Return a request as a set, made at `at`; `write` puts it into a file.

    A day alone is written as such, two as a span, and none is left out; so is a number of visits that is not told.
    """
    event = _event(wanted)
    person = _person("IL", wanted.subscriber)
    subscriber = SubscriberLevel(parties=[person])
    if wanted.dependent is None:
        subscriber.events = [event]
    else:
        dependent = _person("QC", wanted.dependent)
        related = wanted.dependent.relationship or "34"
        dependent.related = Relationship(is_subscriber="N", relationship=related)
        subscriber.dependents = [DependentLevel(parties=[dependent], events=[event])]
    requester = RequesterLevel(
        parties=[_party("1P", wanted.requester, "XX", wanted.phone)], subscribers=[subscriber]
    )
    organization = OrganizationLevel(
        parties=[_party("X3", wanted.organization, "PI")], requesters=[requester]
    )
    beginning = Beginning(
        structure="0007", purpose="13", reference=wanted.reference, date=at.date(), time=f"{at:%H%M}"
    )
    return Authorization(beginning=beginning, organizations=[organization])


def _event(wanted: Wanted) -> PatientEvent:
    made = PatientEvent(
        traces=[TraceOf(kind="1", number=wanted.trace, company=f"9{wanted.requester.number}"[:10])],
        review=Review(
            category=wanted.category, certification=wanted.certification, service_type=wanted.service_type,
            place=Place(code=wanted.place, qualifier="B") if wanted.place else None,
        ),
    )  # fmt: skip
    if wanted.previous:
        made.references = [Reference(qualifier="BB", number=wanted.previous)]
    if wanted.begins:
        made.dates = [_span(wanted.begins, wanted.ends)]
    if wanted.diagnoses:
        codes = [f"{'ABF' if n else 'ABK'}{COMPONENT}{code}" for n, code in enumerate(wanted.diagnoses[:12])]
        made.health = HealthCodes.of(["HI", *codes])
    if wanted.visits:
        made.deliveries = [Equipment(qualifier="VS", quantity=Decimal(wanted.visits))]
    if wanted.message:
        made.messages = [Message(text=wanted.message[:264])]
    made.parties = [
        _party(role, who, "XX") for role, who in (("DN", wanted.referrer), ("SJ", wanted.sees_them)) if who
    ]
    return made


def _span(begins: date, ends: date | None) -> Dated:
    if ends is None or ends == begins:
        return Dated(kind="AAH", form="D8", text=f"{begins:%Y%m%d}")
    return Dated(kind="AAH", form="RD8", text=f"{begins:%Y%m%d}-{ends:%Y%m%d}")


def _party(role: str, who: Who, numbered: str, phone: str = "") -> Party:
    made = Party(entity=role, kind="1" if who.first else "2", last=who.last[:60], first=who.first[:35])
    if who.number:
        made.id_qualifier, made.identifier = numbered, who.number
    if phone:
        digits = "".join(letter for letter in phone if letter.isdigit())[-10:]
        made.contacts = [_contact(digits)]
    return made


def _contact(digits: str) -> Contact:
    return Contact(function="IC", qualifier="TE", number=digits)


def _person(role: str, who: Who) -> Party:
    made = Party(entity=role, kind="1", last=who.last[:60], first=who.first[:35])
    if who.number:
        made.id_qualifier, made.identifier = "MI", who.number
    if who.birth_date:
        made.demographics = Demographics(form="D8", birth_date=who.birth_date, gender=who.gender)
    return made


LOOPS: dict[str, type[Loop]] = {
    "ST": Authorization,
    "2000A": OrganizationLevel,
    "2000B": RequesterLevel,
    "2000C": SubscriberLevel,
    "2000D": DependentLevel,
    "2000E": PatientEvent,
    "2000F": ServiceLevel,
    **dict.fromkeys(("2010A", "2010B", "2010C", "2010D", "2010EA", "2010EB", "2010F"), Party),
}
SEGMENTS: dict[str, type[Segment]] = {"UM": Review, "HCR": Decision, "TRN": TraceOf, "SV1": Professional}
