"""Reads of the billing room."""

from frontdesk.office.billing.queries.closing import Left, uncharged, uncollected
from frontdesk.office.billing.queries.expecting import balance_rule, expected, expected_of, known_of, scale_on
from frontdesk.office.billing.queries.listing import charges_of, fee_list, places_of, prices_of
from frontdesk.office.billing.queries.prices import prices

__all__ = [
    "Left",
    "balance_rule",
    "charges_of",
    "expected",
    "expected_of",
    "fee_list",
    "known_of",
    "places_of",
    "prices",
    "prices_of",
    "scale_on",
    "uncharged",
    "uncollected",
]
