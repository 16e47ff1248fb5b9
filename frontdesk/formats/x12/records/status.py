"""276, 277 and 277CA in the field's words."""

from frontdesk.formats.x12.records.fields import Amount, Composite, Day, Loop, Many, One, Parts, Segment, Text
from frontdesk.formats.x12.records.levels import Level, Set
from frontdesk.formats.x12.records.segments import (
    Beginning,
    City,
    Contact,
    Count,
    Dated,
    Demographics,
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


_PARTIES = {f"2100{letter}": Party for letter in "ABCDE"}
_CLAIMS: dict[str, type[Loop]] = {
    **dict.fromkeys([f"2200{letter}" for letter in "ABCDE"], ClaimStatus),
    **dict.fromkeys(("2210D", "2210E", "2220D", "2220E"), ServiceStatus),
    **dict.fromkeys([f"2000{letter}" for letter in "ABCDE"], StatusLevel),
}
LOOPS: dict[str, type[Loop]] = {**_PARTIES, **_CLAIMS}
SEGMENTS: dict[str, type[Segment]] = {"STC": Status}
