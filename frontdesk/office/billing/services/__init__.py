"""The verbs of the billing room."""

from frontdesk.office.billing.services.following import follow_visit
from frontdesk.office.billing.services.looking import (
    open_abn,
    open_estimate,
    open_estimates,
    open_papers,
    print_estimate,
)
from frontdesk.office.billing.services.notices import Noticed, end_abn, make_abn, note_choice
from frontdesk.office.billing.services.writing import (
    end_estimate,
    give_estimate,
    make_estimate,
    note_question,
    set_paper_numbers,
)

__all__ = [
    "Noticed",
    "end_abn",
    "end_estimate",
    "follow_visit",
    "give_estimate",
    "make_abn",
    "make_estimate",
    "note_choice",
    "note_question",
    "open_abn",
    "open_estimate",
    "open_estimates",
    "open_papers",
    "print_estimate",
    "set_paper_numbers",
]
