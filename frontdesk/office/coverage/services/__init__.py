"""The verbs of the coverage room."""

from frontdesk.office.coverage.services.answering import give_up, settle
from frontdesk.office.coverage.services.cards import (
    confirm_card,
    dismiss_card,
    open_card,
    scan_card,
    see_card,
    settle_card,
)
from frontdesk.office.coverage.services.checking import ask, note_by_phone, open_check
from frontdesk.office.coverage.services.looking import open_coverage
from frontdesk.office.coverage.services.payers import (
    add_payer,
    change_payer,
    end_payer,
    import_payer,
    merge_payers,
    name_payer,
    number_payer,
)
from frontdesk.office.coverage.services.policies import add_policy, change_policy, end_policy, reorder
from frontdesk.office.coverage.services.responses import open_responses, read_responses

__all__ = [
    "add_payer",
    "add_policy",
    "ask",
    "change_payer",
    "change_policy",
    "confirm_card",
    "dismiss_card",
    "end_payer",
    "end_policy",
    "give_up",
    "import_payer",
    "merge_payers",
    "name_payer",
    "note_by_phone",
    "number_payer",
    "open_card",
    "open_check",
    "open_coverage",
    "open_responses",
    "read_responses",
    "reorder",
    "scan_card",
    "see_card",
    "settle",
    "settle_card",
]
