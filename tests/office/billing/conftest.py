import pytest

from tests.factories import billing as make
from tests.factories.coverage import payer
from tests.factories.visits import Day


class Clinic(Day):
    """A visit day with prices: an office visit at $160, for which Aetna agreed to $100."""

    def __init__(self):
        super().__init__()
        self.aetna = payer(in_network=True)
        make.fee()
        make.fee(make.PANEL, 4000, "Blood panel")
        make.rate(self.aetna)
        make.usual(self.visit)

    def insured(self, *said, hour=9, **fields):
        """A visit of somebody whose payer said this of the day."""
        row = self.booked(hour)
        make.answered(row.patient, *said, payer=self.aetna, **fields)
        return row


@pytest.fixture
def the(db):
    return Clinic()
