"""Rules about what a visit costs, as pure functions."""

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
from frontdesk.office.billing.rules.notices import EXPIRES, Decision, decision, is_good_estimate

__all__ = [
    "ALERT",
    "DISPUTE",
    "EXPIRES",
    "Clock",
    "Decision",
    "Over",
    "asked",
    "clock_of",
    "decision",
    "diagnosis",
    "is_good_estimate",
    "is_service_code",
    "last_change",
    "over",
    "scheduled",
]
