"""835 in the field's words: what was paid for which claim, and what was taken off why."""

from decimal import Decimal

from frontdesk.formats.x12.records.fields import (
    Amount,
    Composite,
    Day,
    Loop,
    Many,
    One,
    Parts,
    Segment,
    Text,
    decimal,
)
from frontdesk.formats.x12.records.levels import Set
from frontdesk.formats.x12.records.segments import (
    Adjustment,
    City,
    Contact,
    Count,
    Name,
    Procedure,
    Reference,
    Remark,
    Street,
    Sum,
    Trace,
)


class PaymentOrder(Segment):
    """How much is paid, and how: `method` ACH, CHK or NON (nothing)."""

    ID = "BPR"
    handling, amount, credit_or_debit, method = Text(1), Amount(2), Text(3), Text(4)
    receiving_bank, receiving_account, effective = Text(13), Text(15), Day(16)


class On(Segment):
    """A date, and what it is of."""

    ID = "DTM"
    kind, date = Text(1), Day(2)


class Party(Loop):
    """The payer, or the payee."""

    ID = "N1"
    entity, name, id_qualifier, identifier = Text(1), Text(2), Text(3), Text(4)
    street, city, references, contacts = One(Street), One(City), Many(Reference), Many(Contact)


class Payer(Party):
    """Who pays."""

    LOOP = "1000A"


class Payee(Party):
    """Who is paid."""

    LOOP = "1000B"


class ServicePayment(Loop):
    """One line of a claim."""

    ID, LOOP = "SVC", "2110"
    procedure, charge, paid, revenue_code, units = (
        Composite(1, Procedure),
        Amount(2),
        Amount(3),
        Text(4),
        Amount(5),
    )
    submitted, submitted_units = Composite(6, Procedure), Amount(7)
    dates, adjustments, references = Many(On), Many(Adjustment), Many(Reference)
    sums, quantities, remarks = Many(Sum), Many(Count), Many(Remark)


class Inpatient(Segment):
    """Inpatient adjudication, with remark codes."""

    ID = "MIA"

    @property
    def remarks(self) -> tuple[str, ...]:
        """Its remark codes."""
        return tuple(filter(None, (self._get(at) for at in (5, 20, 21, 22, 23))))


class Outpatient(Segment):
    """Outpatient adjudication, with remark codes."""

    ID = "MOA"

    @property
    def remarks(self) -> tuple[str, ...]:
        """Its remark codes."""
        return tuple(filter(None, self.elements[3:8]))


class ClaimPayment(Loop):
    """What became of one claim; `status` 1 to 3 processed as primary, secondary, tertiary, 4 denied, 22 reversed."""

    ID, LOOP = "CLP", "2100"
    patient_control_number, status, charge, paid = Text(1), Text(2), Amount(3), Amount(4)
    patient_responsibility, filing, payer_claim_number = Amount(5), Text(6), Text(7)
    facility_type, frequency = Text(8), Text(9)
    adjustments, names = Many(Adjustment), Many(Name)
    inpatient, outpatient = One(Inpatient), One(Outpatient)
    references, dates, contacts = Many(Reference), Many(On), Many(Contact)
    sums, quantities, services = Many(Sum), Many(Count), Many(ServicePayment)

    def named(self, entity: str) -> Name | None:
        """The name of a kind: QC patient, IL insured, 74 corrected, 82 provider, TT crossover carrier."""
        return next((name for name in self.names if name.entity == entity), None)

    @property
    def patient(self) -> Name | None:
        """Whose claim it is."""
        return self.named("QC")


class ClaimGroup(Loop):
    """Claims that a payer puts together."""

    ID, LOOP = "LX", "2000"
    number, claims = Text(1), Many(ClaimPayment)


class Taken(Parts):
    """Why a provider's payment is adjusted, and for what."""

    reason, number = Text(1), Text(2)


class ProviderAdjustment(Segment):
    """What is taken off a provider's payment, or added, beside the claims."""

    ID = "PLB"
    provider, fiscal_period = Text(1), Day(2)

    @property
    def adjustments(self) -> tuple[tuple[Taken, Decimal], ...]:
        """Every reason with its amount; a positive one lowers the payment."""
        found = []
        for at in range(3, len(self.elements) - 1, 2):
            amount = decimal(self.elements[at + 1])
            if self.elements[at] and amount is not None:
                found.append((Taken.read(self.elements[at]), amount))
        return tuple(found)


class Remittance(Set):
    """A whole 835."""

    TRANSACTION = "835"
    payment, trace, references, dates = One(PaymentOrder), One(Trace), Many(Reference), Many(On)
    payer, payee, groups, provider_adjustments = (
        One(Payer),
        One(Payee),
        Many(ClaimGroup),
        Many(ProviderAdjustment),
    )

    @property
    def claims(self) -> list[ClaimPayment]:
        """Every claim, in order."""
        return self.all(ClaimPayment)


LOOPS: dict[str, type[Loop]] = {
    kind.LOOP: kind for kind in (Remittance, Payer, Payee, ClaimGroup, ClaimPayment, ServicePayment)
}
SEGMENTS: dict[str, type[Segment]] = {
    kind.ID: kind for kind in (PaymentOrder, On, Inpatient, Outpatient, ProviderAdjustment)
}
