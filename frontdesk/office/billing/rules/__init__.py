"""What a visit costs and who owes it: pure functions over integer cents."""

from frontdesk.office.billing.rules.chips import chip
from frontdesk.office.billing.rules.due import NOT_OF_VISIT, Due, Expected, Priced
from frontdesk.office.billing.rules.estimates import (
    ALERT,
    DISPUTE,
    Clock,
    Over,
    asked,
    clock_of,
    diagnosis,
    is_service_code,
    last_change,
    over,
    scheduled,
)
from frontdesk.office.billing.rules.expecting import balance_asked, credit_left, expected, of_visit
from frontdesk.office.billing.rules.facts import Band, Facts, Plan, Service, fees_of
from frontdesk.office.billing.rules.notices import EXPIRES, Decision, decision, is_good_estimate
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
from frontdesk.office.billing.rules.wording import short

__all__ = [
    "ALERT",
    "DISPUTE",
    "EXPIRES",
    "FLAT",
    "NOT_OF_VISIT",
    "PERCENT",
    "Band",
    "Clock",
    "Decision",
    "Due",
    "Expected",
    "Facts",
    "Over",
    "Plan",
    "Priced",
    "Service",
    "asked",
    "balance_asked",
    "band_of",
    "chip",
    "clock_of",
    "credit_left",
    "decision",
    "diagnosis",
    "expected",
    "fees_of",
    "is_good_estimate",
    "is_preventive",
    "is_service_code",
    "last_change",
    "of_visit",
    "over",
    "poverty_percent",
    "read_bands",
    "said",
    "scheduled",
    "short",
    "slid",
]
