"""Reads of the billing room."""

from frontdesk.office.billing.queries.closing import Left, uncharged, uncollected
from frontdesk.office.billing.queries.estimates import (
    Listed,
    Numbers,
    Whole,
    estimate_of,
    estimates_of,
    lately_given,
    listed,
    newest_versions,
    paper_numbers,
    to_give,
    versions_of,
    visits_ahead,
    whole,
)
from frontdesk.office.billing.queries.expecting import (
    balance_rule,
    expected,
    expected_for,
    expected_of,
    known_of,
    scale_on,
)
from frontdesk.office.billing.queries.listing import charges_of, fee_list, places_of, prices_of
from frontdesk.office.billing.queries.notices import (
    abn_of,
    abns_of,
    abns_of_visit,
    decided,
    has_original_medicare,
)
from frontdesk.office.billing.queries.over import Exceeded, exceeded, over_estimate
from frontdesk.office.billing.queries.owing import owing
from frontdesk.office.billing.queries.prices import prices, usual_services
from frontdesk.office.billing.queries.reports import waived
from frontdesk.office.billing.queries.shares import shares_by_day

__all__ = [
    "Exceeded",
    "Left",
    "Listed",
    "Numbers",
    "Whole",
    "abn_of",
    "abns_of",
    "abns_of_visit",
    "balance_rule",
    "charges_of",
    "decided",
    "estimate_of",
    "estimates_of",
    "exceeded",
    "expected",
    "expected_for",
    "expected_of",
    "fee_list",
    "has_original_medicare",
    "known_of",
    "lately_given",
    "listed",
    "newest_versions",
    "over_estimate",
    "owing",
    "paper_numbers",
    "places_of",
    "prices",
    "prices_of",
    "scale_on",
    "shares_by_day",
    "to_give",
    "uncharged",
    "uncollected",
    "usual_services",
    "versions_of",
    "visits_ahead",
    "waived",
    "whole",
]
