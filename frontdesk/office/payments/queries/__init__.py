"""Reads of the payments room."""

from frontdesk.office.payments.queries.accounts import (
    Balance,
    OpenItem,
    balance_of,
    balances_of,
    credits_of,
    owed_by_payers,
    owed_items,
)
from frontdesk.office.payments.queries.drawers import business_day, open_session
from frontdesk.office.payments.queries.fates import Fate, fates, had_check_returned
from frontdesk.office.payments.queries.history import Movement, history
from frontdesk.office.payments.queries.plans import (
    PlanLine,
    instalments_due,
    paid_of,
    plan_of,
    plans_of,
    returned_check_fee,
    watched_plans,
)
from frontdesk.office.payments.queries.receipts import payments_of, plan_paper, slip

__all__ = [
    "Balance",
    "Fate",
    "Movement",
    "OpenItem",
    "PlanLine",
    "balance_of",
    "balances_of",
    "business_day",
    "credits_of",
    "fates",
    "had_check_returned",
    "history",
    "instalments_due",
    "open_session",
    "owed_by_payers",
    "owed_items",
    "paid_of",
    "payments_of",
    "plan_of",
    "plan_paper",
    "plans_of",
    "returned_check_fee",
    "slip",
    "watched_plans",
]
