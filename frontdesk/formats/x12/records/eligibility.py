"""270 and 271 in the field's words: who asks whom about whom, and what the payer answers."""

from frontdesk.formats.x12.records.fields import Amount, Codes, Composite, Loop, Many, One, Segment, Text
from frontdesk.formats.x12.records.levels import Level, Set
from frontdesk.formats.x12.records.segments import (
    Beginning,
    City,
    Contact,
    Dated,
    Demographics,
    Equipment,
    HealthCodes,
    Message,
    Military,
    Procedure,
    Provider,
    Reference,
    Rejection,
    Relationship,
    Street,
    Sum,
    Trace,
)


class AdditionalInformation(Loop):
    """A place of service, a diagnosis or words that a benefit depends on."""

    ID, LOOP = "III", "2115"
    qualifier, code, category, text = Text(1), Text(2), Text(3), Text(4)


class _Named(Loop):
    """A loop that begins with a name."""

    ID = "NM1"
    entity, kind, last, first, middle = Text(1), Text(2), Text(3), Text(4), Text(5)
    prefix, suffix, id_qualifier, identifier, relationship = Text(6), Text(7), Text(8), Text(9), Text(10)


class RelatedEntity(_Named):
    """Whom a benefit also concerns: another payer, a primary care provider, a plan's administrator."""

    LOOP = "2120"
    street, city = One(Street), One(City)
    contacts, providers = Many(Contact), Many(Provider)


class LoopBegins(Segment):
    """The related entities begin."""

    ID = "LS"
    loop = Text(1)


class LoopEnds(Segment):
    """The related entities have ended."""

    ID = "LE"
    loop = Text(1)


class Benefit(Loop):
    """One line of an answer. `information` 1 is active, 6 inactive, B co-payment, C deductible, A co-insurance…

    `in_network` is Y, N, W (both) or U (unknown); `percent` is a fraction (.2 is 20 %); `period` 23 a calendar year,
    27 a visit, 29 what remains.
    """

    ID, LOOP = "EB", "2110"
    information, coverage_level, service_types, insurance_type = Text(1), Text(2), Codes(3), Text(4)
    plan, period, amount, percent = Text(5), Text(6), Amount(7), Amount(8)
    quantity_qualifier, quantity, authorization, in_network = Text(9), Amount(10), Text(11), Text(12)
    procedure = Composite(13, Procedure)
    deliveries, references, dates = Many(Equipment), Many(Reference), Many(Dated)
    rejections, messages, more = Many(Rejection), Many(Message), Many(AdditionalInformation)
    begins, related, ends = One(LoopBegins), Many(RelatedEntity), One(LoopEnds)


class Inquiry(Loop):
    """One question about somebody."""

    ID, LOOP = "EQ", "2110"
    service_types, procedure, coverage_level = Codes(1), Composite(2, Procedure), Text(3)
    insurance_type = Text(4)
    sums, place, references, dates = Many(Sum), Many(AdditionalInformation), Many(Reference), Many(Dated)


class Person(_Named):
    """A subscriber or dependent, as asked about or as the payer knows them."""

    LOOP = "2100"
    references, street, city = Many(Reference), One(Street), One(City)
    rejections, provider, demographics = Many(Rejection), One(Provider), One(Demographics)
    related, health, dates, military = One(Relationship), One(HealthCodes), Many(Dated), Many(Military)
    benefits, inquiries = Many(Benefit), Many(Inquiry)


class Party(_Named):
    """The payer who is asked, or the provider who asks."""

    LOOP = "2100"
    references, street, city = Many(Reference), One(Street), One(City)
    contacts, rejections, provider = Many(Contact), Many(Rejection), One(Provider)


class Dependent(Level):
    """Somebody insured through a subscriber."""

    LOOP = "2000D"
    LEVEL = "23"
    traces, person = Many(Trace), One(Person)


class Subscriber(Level):
    """The subscriber, and the dependents asked about."""

    LOOP = "2000C"
    LEVEL = "22"
    traces, person, dependents = Many(Trace), One(Person), Many(Dependent)


class Receiver(Level):
    """Who asks."""

    LOOP = "2000B"
    LEVEL = "21"
    party, subscribers = One(Party), Many(Subscriber)


class InformationSource(Level):
    """Who is asked."""

    LOOP = "2000A"
    LEVEL = "20"
    rejections, party, receivers = Many(Rejection), One(Party), Many(Receiver)


class Eligibility(Set):
    """A whole 270 or 271."""

    VERSION = "005010X279A1"
    beginning, sources = One(Beginning), Many(InformationSource)

    @property
    def people(self) -> list[Person]:
        """Every subscriber and dependent, in order."""
        return self.all(Person)


class EligibilityInquiry(Eligibility):
    """A 270."""

    TRANSACTION = "270"


class EligibilityAnswer(Eligibility):
    """A 271."""

    TRANSACTION = "271"

    @property
    def rejections(self) -> list[Rejection]:
        """Every AAA, wherever it stands."""
        return self.all(Rejection)


LOOPS: dict[str, type[Loop]] = {
    "2000A": InformationSource,
    "2000B": Receiver,
    "2000C": Subscriber,
    "2000D": Dependent,
    "2100A": Party,
    "2100B": Party,
    "2100C": Person,
    "2100D": Person,
    "2115C": AdditionalInformation,
    "2115D": AdditionalInformation,
    "2120C": RelatedEntity,
    "2120D": RelatedEntity,
}
INQUIRY = {**LOOPS, "ST": EligibilityInquiry, "2110C": Inquiry, "2110D": Inquiry}
ANSWER = {**LOOPS, "ST": EligibilityAnswer, "2110C": Benefit, "2110D": Benefit}
SEGMENTS: dict[str, type[Segment]] = {"LS": LoopBegins, "LE": LoopEnds}
