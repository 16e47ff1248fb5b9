"""The verbs of the coverage room."""

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

__all__ = [
    "add_payer",
    "add_policy",
    "change_payer",
    "change_policy",
    "end_payer",
    "end_policy",
    "import_payer",
    "merge_payers",
    "name_payer",
    "number_payer",
    "open_coverage",
    "reorder",
]
