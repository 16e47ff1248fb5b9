"""Reads of the referrals room."""

from frontdesk.office.referrals.queries.invariants import invariants
from frontdesk.office.referrals.queries.lines import (
    Line,
    authorizations_of,
    has_any,
    line_of,
    replies_of,
    uses_of,
    waits_still,
)
from frontdesk.office.referrals.queries.paying import ask_who_pays, paid_otherwise
from frontdesk.office.referrals.queries.requirements import Asks, asks_of
from frontdesk.office.referrals.queries.standing import Seen, Stand, stand_moved, stand_of, stands
from frontdesk.office.referrals.queries.worklist import Lacking, Open, lacking, pending, running_out

__all__ = [
    "Asks",
    "Lacking",
    "Line",
    "Open",
    "Seen",
    "Stand",
    "ask_who_pays",
    "asks_of",
    "authorizations_of",
    "has_any",
    "invariants",
    "lacking",
    "line_of",
    "paid_otherwise",
    "pending",
    "replies_of",
    "running_out",
    "stand_moved",
    "stand_of",
    "stands",
    "uses_of",
    "waits_still",
]
