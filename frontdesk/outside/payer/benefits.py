"""The lines of an answer (EB) in the words of a benefit booklet. Amounts are whole dollars."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from frontdesk.formats.x12.records.eligibility import Benefit, LoopBegins, LoopEnds, RelatedEntity
from frontdesk.formats.x12.records.segments import City, Contact, Dated, Message, Reference, Street

IN, OUT, BOTH = "Y", "N", "W"
YEAR, VISIT, REMAINING, ADMISSION = "23", "27", "29", "36"
PLAN = "30"
NAMES = {"PR": "PRACTICE PPO 1500", "HM": "PRACTICE HMO", "MC": "MEDICAID"}
# What an answer about the whole plan must say of: CAQH CORE 154, eligibility and benefits (270/271) data content.
STATED = ("1", "33", "35", "47", "48", "50", "86", "88", "98", "AL", "MH", "UC")


@dataclass(frozen=True, slots=True)
class Organization:
    """Another payer: its name, its payer id, and where it is reached."""

    name: str
    number: str
    street: str
    city: tuple[str, str, str]
    phone: str


@dataclass(slots=True)
class Question:
    """What is asked about a member: for which day, about which service types (EQ01)."""

    day: date
    service_types: tuple[str, ...] = (PLAN,)
    plan: str = ""
    stated: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        asked = [code for code in self.service_types if code != PLAN]
        whole = STATED if PLAN in self.service_types or not asked else ()
        self.stated = tuple(dict.fromkeys([*whole, *asked]))


def active(
    question: Question, kind: str, *, but: Sequence[str] = (), authorization: str = ""
) -> list[Benefit]:
    """Active coverage: of the plan, and of each service type asked about, except those in `but`."""
    first = Benefit(
        information="1",
        coverage_level="IND",
        service_types=[PLAN],
        insurance_type=kind,
        plan=question.plan or NAMES[kind],
    )
    covered = [code for code in question.stated if code not in but]
    lines = [first]
    if covered:
        lines.append(Benefit(information="1", service_types=covered, authorization=authorization))
    return lines


def not_covered(question: Question, *codes: str) -> list[Benefit]:
    """What the plan does not cover, of what was asked about."""
    left = [code for code in codes if code in question.stated]
    return [Benefit(information="I", service_types=left)] if left else []


def inactive(question: Question, kind: str, words: str, *dates: tuple[str, date]) -> Benefit:
    """No coverage on the day asked about; each date is (346 plan begins or 347 plan ends, day)."""
    line = Benefit(
        information="6", service_types=[PLAN], insurance_type=kind, plan=question.plan or NAMES[kind]
    )
    line.dates = [on(kind_of_date, day) for kind_of_date, day in dates]
    line.messages = [Message(text=words)]
    return line


def copay(code: str, amount: int, network: str, words: str = "", *, period: str = VISIT) -> Benefit:
    """What the patient pays at each visit or admission."""
    line = Benefit(
        information="B",
        coverage_level="IND",
        service_types=[code],
        period=period,
        amount=amount,
        in_network=network,
    )
    if words:
        line.messages = [Message(text=words)]
    return line


def deductible(level: str, whole: int, left: int, network: str = IN) -> list[Benefit]:
    """What is paid before the plan pays anything: in a year, and what remains of it."""
    return _yearly("C", level, whole, left, network)


def out_of_pocket(level: str, whole: int, left: int, network: str = IN) -> list[Benefit]:
    """The most that is paid in a year, and what remains of it."""
    return _yearly("G", level, whole, left, network)


def _yearly(information: str, level: str, whole: int, left: int, network: str) -> list[Benefit]:
    return [
        Benefit(
            information=information,
            coverage_level=level,
            service_types=[PLAN],
            period=period,
            amount=amount,
            in_network=network,
        )
        for period, amount in ((YEAR, whole), (REMAINING, left))
    ]


def coinsurance(percent: int, network: str, code: str = PLAN) -> Benefit:
    """The share of each bill that the patient pays, in percent."""
    return Benefit(
        information="A",
        coverage_level="IND",
        service_types=[code],
        period=VISIT,
        percent=Decimal(percent) / 100,
        in_network=network,
    )


def visits(code: str, allowed: int, left: int) -> list[Benefit]:
    """How many visits a year the plan pays for, and how many are left."""
    return [
        Benefit(
            information="F",
            coverage_level="IND",
            service_types=[code],
            period=period,
            quantity_qualifier="VS",
            quantity=count,
            in_network=BOTH,
        )
        for period, count in ((YEAR, allowed), (REMAINING, left))
    ]


def names_payer(
    information: str, kind: str, entity: str, who: Organization, words: str, since: date
) -> Benefit:
    """Say which other payer is asked or billed: `entity` PR a payer, PRP the one that pays first."""
    line = Benefit(information=information, service_types=[PLAN], insurance_type=kind, plan=who.name)
    line.dates = [on("290", since)]
    line.messages = [Message(text=words)]
    related = RelatedEntity(entity=entity, kind="2", last=who.name, id_qualifier="PI", identifier=who.number)
    related.street = Street(line=who.street)
    city, state, postal_code = who.city
    related.city = City(city=city, state=state, postal_code=postal_code)
    related.contacts = [Contact(function="IC", qualifier="TE", number=who.phone)]
    return _with(line, related)


def primary_care(last: str, first: str, npi: str, phone: str, words: str) -> Benefit:
    """Name the primary care provider the plan has on file."""
    line = Benefit(information="L", service_types=[PLAN])
    line.messages = [Message(text=words)]
    doctor = RelatedEntity(entity="P3", kind="1", last=last, first=first, id_qualifier="XX", identifier=npi)
    doctor.contacts = [Contact(function="IC", qualifier="TE", number=phone)]
    return _with(line, doctor)


def _with(line: Benefit, related: RelatedEntity) -> Benefit:
    line.begins, line.related, line.ends = LoopBegins(loop="2120"), [related], LoopEnds(loop="2120")
    return line


def on(kind: str, day: date) -> Dated:
    """A date of one day."""
    return Dated(kind=kind, form="D8", text=f"{day:%Y%m%d}")


def group(number: str) -> Reference:
    """The group a plan belongs to."""
    return Reference(qualifier="6P", number=number)
