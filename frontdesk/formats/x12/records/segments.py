"""The segments that several transactions share, in the field's words."""

from datetime import date
from decimal import Decimal

from frontdesk.formats.x12.records.fields import Amount, Composite, Day, Parts, Segment, Text, day, decimal


class Name(Segment):
    """Who somebody is; `kind` is 1 for a person, 2 for an organization."""

    ID = "NM1"
    entity, kind, last, first, middle = Text(1), Text(2), Text(3), Text(4), Text(5)
    prefix, suffix, id_qualifier, identifier, relationship = Text(6), Text(7), Text(8), Text(9), Text(10)


class Street(Segment):
    """The lines of an address."""

    ID = "N3"
    line, second_line = Text(1), Text(2)


class City(Segment):
    """City, state, ZIP and country."""

    ID = "N4"
    city, state, postal_code, country = Text(1), Text(2), Text(3), Text(4)


class Contact(Segment):
    """Whom to call; `numbers` pairs what kind of number with the number."""

    ID = "PER"
    function, name = Text(1), Text(2)
    qualifier, number = Text(3), Text(4)
    second_qualifier, second_number, third_qualifier, third_number = Text(5), Text(6), Text(7), Text(8)

    @property
    def numbers(self) -> tuple[tuple[str, str], ...]:
        """Every number with its kind: TE telephone, FX fax, EM e-mail, UR web, EX extension."""
        pairs = ((self.qualifier, self.number), (self.second_qualifier, self.second_number))
        return tuple(pair for pair in (*pairs, (self.third_qualifier, self.third_number)) if pair[1])


class Reference(Segment):
    """A number under which somebody or something is known elsewhere."""

    ID = "REF"
    qualifier, number, description = Text(1), Text(2), Text(3)


class Dated(Segment):
    """A date or period, and what it is of."""

    ID = "DTP"
    kind, form, text = Text(1), Text(2), Text(3)

    @property
    def start(self) -> date | None:
        """The day, or the first day of the period."""
        return day(self.text[:8])

    @property
    def end(self) -> date | None:
        """The last day of the period; the day itself where it is one day."""
        return day(self.text[9:17]) if self.form == "RD8" else day(self.text[:8])


class Demographics(Segment):
    """Birth date and gender."""

    ID = "DMG"
    form, birth_date, gender = Text(1), Day(2), Text(3)


class Trace(Segment):
    """A number that an answer gives back."""

    ID = "TRN"
    kind, number, company, division = Text(1), Text(2), Text(3), Text(4)


class Provider(Segment):
    """A provider's role and specialty."""

    ID = "PRV"
    role, qualifier, identifier = Text(1), Text(2), Text(3)


class Relationship(Segment):
    """How somebody is related to the subscriber."""

    ID = "INS"
    is_subscriber, relationship, maintenance, reason = Text(1), Text(2), Text(3), Text(4)
    birth_sequence = Text(17)


class Rejection(Segment):
    """Why a request could not be answered, and what to do."""

    ID = "AAA"
    valid, agency, reason, follow_up = Text(1), Text(2), Text(3), Text(4)


class Message(Segment):
    """Free text."""

    ID = "MSG"
    text = Text(1)


class Sum(Segment):
    """An amount, and what it is of."""

    ID = "AMT"
    kind, amount = Text(1), Amount(2)


class Count(Segment):
    """A quantity, and what it is of."""

    ID = "QTY"
    kind, quantity = Text(1), Amount(2)


class Beginning(Segment):
    """What a set is for; `reference` is the sender's number for it."""

    ID = "BHT"
    structure, purpose, reference, date, time, kind = Text(1), Text(2), Text(3), Day(4), Text(5), Text(6)


class Procedure(Parts):
    """A procedure code with its modifiers; `qualifier` HC is CPT or HCPCS."""

    qualifier, code = Text(1), Text(2)
    modifier, second_modifier, third_modifier, fourth_modifier = Text(3), Text(4), Text(5), Text(6)
    description = Text(7)

    @property
    def modifiers(self) -> tuple[str, ...]:
        """Its modifiers."""
        return tuple(filter(None, self.elements[3:7]))


class Coded(Parts):
    """A code of a health code list: a diagnosis, a condition; `kind` names the list (ABK, ABF: ICD-10-CM)."""

    kind, code = Text(1), Text(2)


class HealthCodes(Segment):
    """Diagnoses and other codes of a claim or person."""

    ID = "HI"
    first = Composite(1, Coded)

    @property
    def codes(self) -> tuple[Coded, ...]:
        """Every code, in order."""
        return tuple(Coded.read(text) for text in self.elements[1:] if text)


class Adjustment(Segment):
    """What is taken off a charge: CO by contract, PR for the patient to pay, OA and PI otherwise."""

    ID = "CAS"
    group = Text(1)
    reason, amount, quantity = Text(2), Amount(3), Amount(4)

    @property
    def reasons(self) -> tuple[tuple[str, Decimal], ...]:
        """Every reason with its amount."""
        found = []
        for at in range(2, len(self.elements) - 1, 3):
            amount = decimal(self.elements[at + 1])
            if self.elements[at] and amount is not None:
                found.append((self.elements[at], amount))
        return tuple(found)


class Remark(Segment):
    """A remark code (`kind` HE)."""

    ID = "LQ"
    kind, code = Text(1), Text(2)


class Equipment(Segment):
    """What and how much of it may be had, how often."""

    ID = "HSD"
    qualifier, quantity, unit, sampling = Text(1), Amount(2), Text(3), Amount(4)
    period, periods, pattern, time = Text(5), Text(6), Text(7), Text(8)


class Military(Segment):
    """Military service."""

    ID = "MPI"
    information, employment, branch, description, rank = Text(1), Text(2), Text(3), Text(4), Text(5)


KINDS: dict[str, type[Segment]] = {
    kind.ID: kind
    for kind in (
        *(
            Name,
            Street,
            City,
            Contact,
            Reference,
            Dated,
            Demographics,
            Trace,
            Provider,
            Relationship,
            Rejection,
            Message,
        ),
        *(Sum, Count, Beginning, HealthCodes, Adjustment, Remark, Equipment, Military),
    )
}
