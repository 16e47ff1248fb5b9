"""276, 277, 277CA and 278 in the field's words."""

from frontdesk.formats.x12.records.fields import Amount, Composite, Day, Loop, Many, One, Parts, Segment, Text
from frontdesk.formats.x12.records.levels import Level, Set
from frontdesk.formats.x12.records.segments import (
    Beginning,
    City,
    Contact,
    Count,
    Dated,
    Demographics,
    Equipment,
    HealthCodes,
    Message,
    Procedure,
    Provider,
    Reference,
    Rejection,
    Relationship,
    Street,
    Sum,
)


class StatusCode(Parts):
    """A claim status: its category (A1 received, F1 paid, F2 denied…), the status in it, whom it concerns."""

    category, status, entity = Text(1), Text(2), Text(3)


class Status(Segment):
    """What became of a claim or line."""

    ID = "STC"
    code, effective, action, charge, paid = Composite(1, StatusCode), Day(2), Text(3), Amount(4), Amount(5)
    adjudicated, paid_on, check = Day(6), Day(8), Text(9)
    second_code, third_code, message = Composite(10, StatusCode), Composite(11, StatusCode), Text(12)


class Party(Loop):
    """Somebody named."""

    ID = "NM1"
    entity, kind, last, first, middle = Text(1), Text(2), Text(3), Text(4), Text(5)
    prefix, suffix, id_qualifier, identifier = Text(6), Text(7), Text(8), Text(9)
    references, street, city, contacts = Many(Reference), One(Street), One(City), Many(Contact)
    rejections, provider, demographics = Many(Rejection), One(Provider), One(Demographics)
    related, dates = One(Relationship), Many(Dated)


class ServiceStatus(Loop):
    """A service line asked about or answered."""

    ID = "SVC"
    procedure, charge, paid, revenue_code, units = (
        Composite(1, Procedure),
        Amount(2),
        Amount(3),
        Text(4),
        Amount(7),
    )
    statuses, references, dates = Many(Status), Many(Reference), Many(Dated)


class ClaimStatus(Loop):
    """A claim, a batch or a transmission: asked about, or what became of it."""

    ID = "TRN"
    kind, number = Text(1), Text(2)
    statuses, references, quantities, sums, dates = (
        Many(Status),
        Many(Reference),
        Many(Count),
        Many(Sum),
        Many(Dated),
    )
    services = Many(ServiceStatus)


class StatusLevel(Level):
    """A level: payer, receiver, provider, subscriber, dependent or patient."""

    demographics, parties, claims = One(Demographics), Many(Party), Many(ClaimStatus)

    @property
    def levels(self) -> list["StatusLevel"]:
        """The levels below this one."""
        return [part for part in self.parts if isinstance(part, StatusLevel)]


class StatusSet(Set):
    """A whole 276, 277 or 277CA."""

    beginning, levels = One(Beginning), Many(StatusLevel)

    @property
    def claims(self) -> list[ClaimStatus]:
        """Every claim, batch and transmission, in order."""
        return self.all(ClaimStatus)


class StatusInquiry(StatusSet):
    """A 276."""

    TRANSACTION, VERSION = "276", "005010X212"


class StatusAnswer(StatusSet):
    """A 277."""

    TRANSACTION, VERSION = "277", "005010X212"


class ClaimAcknowledgement(StatusSet):
    """A 277CA."""

    TRANSACTION, VERSION = "277", "005010X214"


class Review(Segment):
    """What review is asked for: `category` AR admission, HS health service, SC specialty care."""

    ID = "UM"
    category, certification, service_type = Text(1), Text(2), Text(3)


class Decision(Segment):
    """What was decided: `action` A1 certified in total, A3 not certified, A4 pended, A6 modified."""

    ID = "HCR"
    action, number, reason = Text(1), Text(2), Text(3)


class TraceOf(Segment):
    """The number of a request."""

    ID = "TRN"
    kind, number, company = Text(1), Text(2), Text(3)


class Request(Level):
    """A patient event or a service for which leave is asked."""

    traces, rejections, review, decision = Many(TraceOf), Many(Rejection), One(Review), One(Decision)
    references, dates, health, deliveries = Many(Reference), Many(Dated), One(HealthCodes), Many(Equipment)
    messages, parties = Many(Message), Many(Party)


class Concerned(Level):
    """A level that says who is concerned: the organization, the requester, the subscriber, the dependent."""

    rejections, parties = Many(Rejection), Many(Party)


class Authorization(Set):
    """A whole 278, request or answer."""

    TRANSACTION, VERSION = "278", "005010X217"
    beginning, levels = One(Beginning), Many(Concerned)

    @property
    def requests(self) -> list[Request]:
        """Every event and service, in order."""
        return self.all(Request)


_PARTIES = {f"2100{letter}": Party for letter in "ABCDE"}
_CLAIMS: dict[str, type[Loop]] = {
    **dict.fromkeys([f"2200{letter}" for letter in "ABCDE"], ClaimStatus),
    **dict.fromkeys(("2210D", "2210E", "2220D", "2220E"), ServiceStatus),
    **dict.fromkeys([f"2000{letter}" for letter in "ABCDE"], StatusLevel),
}
LOOPS: dict[str, type[Loop]] = {**_PARTIES, **_CLAIMS}
AUTHORIZATION: dict[str, type[Loop]] = {
    "ST": Authorization,
    **dict.fromkeys([f"2000{letter}" for letter in "ABCD"], Concerned),
    **dict.fromkeys(("2000E", "2000F"), Request),
    **dict.fromkeys(("2010A", "2010B", "2010C", "2010D", "2010EA", "2010EB", "2010F"), Party),
}
SEGMENTS: dict[str, type[Segment]] = {"STC": Status}
AUTHORIZATION_SEGMENTS: dict[str, type[Segment]] = {"UM": Review, "HCR": Decision, "TRN": TraceOf}
