"""Reads of the ledger."""

from frontdesk.office.ledger.queries.balances import (
    balance,
    balances,
    open_by_account,
    open_lines,
    open_of_kinds,
)
from frontdesk.office.ledger.queries.invariants import invariants

__all__ = ["balance", "balances", "invariants", "open_by_account", "open_lines", "open_of_kinds"]
