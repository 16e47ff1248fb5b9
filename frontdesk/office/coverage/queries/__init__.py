"""Reads of the coverage room."""

from frontdesk.office.coverage.queries.cards import (
    Cards,
    Face,
    Meant,
    card_on_file,
    cards_of,
    faces_of,
    is_being_read,
    meant,
    proposed,
    scans_of,
)
from frontdesk.office.coverage.queries.judging import judge, judged
from frontdesk.office.coverage.queries.listing import (
    PAGE,
    PolicyLine,
    may_mean,
    offered,
    payer_page,
    payers,
    policies_of,
)
from frontdesk.office.coverage.queries.standing import (
    checks_of,
    is_connected,
    last_good,
    newest_of,
    policies_in_force,
    standings,
    still_waits,
    unasked,
)

__all__ = [
    "PAGE",
    "Cards",
    "Face",
    "Meant",
    "PolicyLine",
    "card_on_file",
    "cards_of",
    "checks_of",
    "faces_of",
    "is_being_read",
    "is_connected",
    "judge",
    "judged",
    "last_good",
    "may_mean",
    "meant",
    "newest_of",
    "offered",
    "payer_page",
    "payers",
    "policies_in_force",
    "policies_of",
    "proposed",
    "scans_of",
    "standings",
    "still_waits",
    "unasked",
]
