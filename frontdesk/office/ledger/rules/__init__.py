"""The arithmetic of the ledger: pure functions over integer cents."""

from frontdesk.office.ledger.rules.allotting import Open, Part, allot
from frontdesk.office.ledger.rules.movements import (
    Draft,
    Leg,
    adjustment,
    application,
    charge,
    moved,
    opposite,
    payment,
    refund,
    returned_check,
    transfer,
)

__all__ = [
    "Draft",
    "Leg",
    "Open",
    "Part",
    "adjustment",
    "allot",
    "application",
    "charge",
    "moved",
    "opposite",
    "payment",
    "refund",
    "returned_check",
    "transfer",
]
