"""Who may see the books, write into them, and take an entry back."""

from frontdesk.kit.permissions import ADMIN, BILLER, LEAD, MANAGER, PSR, declare

declare("ledger.view", "See what patients and payers owe and have paid", PSR, LEAD, BILLER, MANAGER, ADMIN)
declare(
    "ledger.post",
    "Write charges, payments and what they are applied to into the ledger",
    PSR,
    LEAD,
    BILLER,
    MANAGER,
)
declare("ledger.reverse", "Take back an entry of the ledger, with a reason", LEAD, BILLER, MANAGER)
declare("ledger.keep", "Note balances so far, begin a new series of numbers; the program's own")
