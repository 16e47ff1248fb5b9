"""The arithmetic and the wording of taking money: pure functions over integer cents."""

from frontdesk.office.payments.rules.charging import (
    CONSENT,
    FOLLOWS,
    Outcome,
    as_credit,
    charged,
    pause,
    why_not,
)
from frontdesk.office.payments.rules.posting import (
    CARD,
    account_of,
    drawer_account,
    payment,
    put_against,
)
from frontdesk.office.payments.rules.sheet import (
    BY_CARD,
    IN_DRAWER,
    KIND,
    PURPOSE,
    Given,
    Part,
    Sheet,
    refuse_wrong,
    sheet_of,
    written,
)

__all__ = [
    "BY_CARD",
    "CARD",
    "CONSENT",
    "FOLLOWS",
    "IN_DRAWER",
    "KIND",
    "PURPOSE",
    "Given",
    "Outcome",
    "Part",
    "Sheet",
    "account_of",
    "as_credit",
    "charged",
    "drawer_account",
    "pause",
    "payment",
    "put_against",
    "refuse_wrong",
    "sheet_of",
    "why_not",
    "written",
]
