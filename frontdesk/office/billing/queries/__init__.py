"""Reads of the billing room."""

from frontdesk.office.billing.queries.expecting import expected, expected_of
from frontdesk.office.billing.queries.prices import prices

__all__ = ["expected", "expected_of", "prices"]
