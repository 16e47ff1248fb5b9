"""Reads of the billing room."""

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
from frontdesk.office.billing.queries.fees_on import fees_on, usual_services
from frontdesk.office.billing.queries.notices import (
    abn_of,
    abns_of,
    abns_of_visit,
    decided,
    has_original_medicare,
)
from frontdesk.office.billing.queries.over import Exceeded, exceeded, over_estimate

__all__ = [
    "Exceeded",
    "Listed",
    "Numbers",
    "Whole",
    "abn_of",
    "abns_of",
    "abns_of_visit",
    "decided",
    "estimate_of",
    "estimates_of",
    "exceeded",
    "fees_on",
    "has_original_medicare",
    "lately_given",
    "listed",
    "newest_versions",
    "over_estimate",
    "paper_numbers",
    "to_give",
    "usual_services",
    "versions_of",
    "visits_ahead",
    "whole",
]
