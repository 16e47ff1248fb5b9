"""What a visit costs and who owes it: pure functions over integer cents."""

from frontdesk.office.billing.rules.chips import COLLECT, NOTHING, UNKNOWN, chip
from frontdesk.office.billing.rules.due import NOT_OF_VISIT, Due, Expected, Priced
from frontdesk.office.billing.rules.expecting import balance_asked, expected, of_visit
from frontdesk.office.billing.rules.facts import Band, Facts, Plan, Service, fees_of
from frontdesk.office.billing.rules.preventive import is_preventive
from frontdesk.office.billing.rules.sliding import (
    FLAT,
    PERCENT,
    band_of,
    poverty_percent,
    read_bands,
    said,
    slid,
)
from frontdesk.office.billing.rules.wording import dollars, short

__all__ = [
    "COLLECT",
    "FLAT",
    "NOTHING",
    "NOT_OF_VISIT",
    "PERCENT",
    "UNKNOWN",
    "Band",
    "Due",
    "Expected",
    "Facts",
    "Plan",
    "Priced",
    "Service",
    "balance_asked",
    "band_of",
    "chip",
    "dollars",
    "expected",
    "fees_of",
    "is_preventive",
    "of_visit",
    "poverty_percent",
    "read_bands",
    "said",
    "short",
    "slid",
]
