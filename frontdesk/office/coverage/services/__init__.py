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
from frontdesk.office.coverage.services.cases import change_case, close_case, open_case, open_cases
from frontdesk.office.coverage.services.checking import ask, note_by_phone, open_check
from frontdesk.office.coverage.services.looking import open_coverage
from frontdesk.office.coverage.services.medicare import answer_medicare, medicare_unchanged, open_medicare
from frontdesk.office.coverage.services.networks import add_network, end_network, import_network
from frontdesk.office.coverage.services.ordering import accept_order, keep_order, note_order_facts
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
    "accept_order",
    "add_network",
    "add_payer",
    "add_policy",
    "answer_medicare",
    "ask",
    "change_case",
    "change_payer",
    "change_policy",
    "close_case",
    "confirm_card",
    "dismiss_card",
    "end_network",
    "end_payer",
    "end_policy",
    "give_up",
    "import_network",
    "import_payer",
    "keep_order",
    "medicare_unchanged",
    "merge_payers",
    "name_payer",
    "note_by_phone",
    "note_order_facts",
    "number_payer",
    "open_card",
    "open_case",
    "open_cases",
    "open_check",
    "open_coverage",
    "open_medicare",
    "open_responses",
    "read_responses",
    "reorder",
    "scan_card",
    "see_card",
    "settle",
    "settle_card",
]
