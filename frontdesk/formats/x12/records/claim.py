"""837P in the field's words: a batch of professional claims."""

from frontdesk.formats.x12.records.fields import Amount, Composite, Loop, Many, One, Parts, Segment, Text
from frontdesk.formats.x12.records.levels import Level, Set
from frontdesk.formats.x12.records.segments import (
    Adjustment,
    Beginning,
    City,
    Contact,
    Count,
    Dated,
    Demographics,
    HealthCodes,
    Procedure,
    Provider,
    Reference,
    Street,
    Sum,
)


class Note(Segment):
    """Words to a claim or line."""

    ID = "NTE"
    kind, text = Text(1), Text(2)


class Place(Parts):
    """Where, and whether a claim is a first one (`frequency` 1), a replacement (7) or void (8)."""

    code, qualifier, frequency = Text(1), Text(2), Text(3)


class Pointers(Parts):
    """Which of the claim's diagnoses a line is for, by their numbers."""

    @property
    def numbers(self) -> tuple[int, ...]:
        """The diagnoses' numbers, from 1."""
        return tuple(
            int(text) for text in self.elements[1:] if text.isascii() and text.isdigit() and len(text) < 3
        )


class ServiceOf(Segment):
    """What was done: procedure, charge, units, and for which diagnoses."""

    ID = "SV1"
    procedure, charge, unit, units = Composite(1, Procedure), Amount(2), Text(3), Amount(4)
    place, pointers, emergency = Text(5), Composite(7, Pointers), Text(9)


class Party(Loop):
    """Somebody named: submitter, receiver, provider, payer, subscriber, patient, facility."""

    ID = "NM1"
    entity, kind, last, first, middle = Text(1), Text(2), Text(3), Text(4), Text(5)
    prefix, suffix, id_qualifier, identifier = Text(6), Text(7), Text(8), Text(9)
    street, city, demographics = One(Street), One(City), One(Demographics)
    provider, dates, references, contacts = One(Provider), Many(Dated), Many(Reference), Many(Contact)


class LineAdjudication(Loop):
    """What another payer paid for a line."""

    ID, LOOP = "SVD", "2430"
    payer, paid, procedure, units = Text(1), Amount(2), Composite(3, Procedure), Amount(5)
    adjustments, dates, sums = Many(Adjustment), Many(Dated), Many(Sum)


class Drug(Loop):
    """A drug of a line."""

    ID, LOOP = "LIN", "2410"
    qualifier, code = Text(2), Text(3)


class Line(Loop):
    """One service line."""

    ID, LOOP = "LX", "2400"
    number, service = Text(1), One(ServiceOf)
    dates, quantities, references = Many(Dated), Many(Count), Many(Reference)
    sums, notes, drugs, parties, adjudications = (
        Many(Sum),
        Many(Note),
        Many(Drug),
        Many(Party),
        Many(LineAdjudication),
    )


class OtherSubscriber(Loop):
    """Another coverage of the patient, and what it paid."""

    ID, LOOP = "SBR", "2320"
    responsibility, relationship, group, plan, insurance_type = Text(1), Text(2), Text(3), Text(4), Text(5)
    filing = Text(9)
    adjustments, sums, parties = Many(Adjustment), Many(Sum), Many(Party)


class Claim(Loop):
    """One claim."""

    ID, LOOP = "CLM", "2300"
    patient_control_number, charge, place = Text(1), Amount(2), Composite(5, Place)
    signature, assignment, benefits_assigned, release = Text(6), Text(7), Text(8), Text(9)
    dates, sums, references, notes = Many(Dated), Many(Sum), Many(Reference), Many(Note)
    health, parties = Many(HealthCodes), Many(Party)
    other_subscribers, lines = Many(OtherSubscriber), Many(Line)

    @property
    def diagnoses(self) -> tuple[str, ...]:
        """Its diagnosis codes, in the order lines point at them."""
        kinds = {"ABK", "ABF", "BK", "BF"}
        return tuple(code.code for codes in self.health for code in codes.codes if code.kind in kinds)


class Insured(Segment):
    """Which coverage a claim goes to; `responsibility` P primary, S secondary, T tertiary."""

    ID = "SBR"
    responsibility, relationship, group, plan, insurance_type = Text(1), Text(2), Text(3), Text(4), Text(5)
    filing = Text(9)


class PatientIs(Segment):
    """How a patient is related to the subscriber."""

    ID = "PAT"
    relationship = Text(1)


class Patient(Level):
    """A patient who is not the subscriber."""

    LOOP, LEVEL = "2000C", "23"
    about, parties, claims = One(PatientIs), Many(Party), Many(Claim)


class Subscriber(Level):
    """A subscriber, with their claims or the patients whose claims they are."""

    LOOP, LEVEL = "2000B", "22"
    insured, about, parties, claims, patients = (
        One(Insured),
        One(PatientIs),
        Many(Party),
        Many(Claim),
        Many(Patient),
    )


class BillingProvider(Level):
    """Who bills."""

    LOOP, LEVEL = "2000A", "20"
    provider, parties, subscribers = One(Provider), Many(Party), Many(Subscriber)


class Claims(Set):
    """A whole 837P."""

    TRANSACTION, VERSION = "837", "005010X222A2"
    beginning, parties, billing = One(Beginning), Many(Party), Many(BillingProvider)

    @property
    def claims(self) -> list[Claim]:
        """Every claim, in order."""
        return self.all(Claim)


LOOPS: dict[str, type[Loop]] = {
    **dict.fromkeys(("1000A", "1000B", "2010AA", "2010AB", "2010AC", "2010BA", "2010BB", "2010CA"), Party),
    **dict.fromkeys(
        [f"2310{letter}" for letter in "ABCDEF"] + [f"2330{letter}" for letter in "ABCDEFG"], Party
    ),
    **dict.fromkeys([f"2420{letter}" for letter in "ABCDEFGH"], Party),
    **{
        kind.LOOP: kind
        for kind in (
            Claims,
            BillingProvider,
            Subscriber,
            Patient,
            Claim,
            OtherSubscriber,
            Line,
            Drug,
            LineAdjudication,
        )
    },
}
SEGMENTS: dict[str, type[Segment]] = {kind.ID: kind for kind in (Note, ServiceOf, Insured, PatientIs)}
