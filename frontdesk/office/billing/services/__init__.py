"""The verbs of the billing room."""

from frontdesk.office.billing.services.asking import place_on_scale, set_balance_rule, set_scale
from frontdesk.office.billing.services.charging import charge_visit, take_back_charge
from frontdesk.office.billing.services.collecting import note_uncollected, waive
from frontdesk.office.billing.services.following import follow_visit
from frontdesk.office.billing.services.looking import (
    open_abn,
    open_estimate,
    open_estimates,
    open_papers,
    print_estimate,
)
from frontdesk.office.billing.services.notices import Noticed, end_abn, make_abn, note_choice
from frontdesk.office.billing.services.pricing import end_fee, end_rate, import_price, set_fee, set_rate
from frontdesk.office.billing.services.usual import set_usual
from frontdesk.office.billing.services.writing import (
    end_estimate,
    give_estimate,
    make_estimate,
    note_question,
    set_paper_numbers,
)

__all__ = [
    "Noticed",
    "charge_visit",
    "end_abn",
    "end_estimate",
    "end_fee",
    "end_rate",
    "follow_visit",
    "give_estimate",
    "import_price",
    "make_abn",
    "make_estimate",
    "note_choice",
    "note_question",
    "note_uncollected",
    "open_abn",
    "open_estimate",
    "open_estimates",
    "open_papers",
    "place_on_scale",
    "print_estimate",
    "set_balance_rule",
    "set_fee",
    "set_paper_numbers",
    "set_rate",
    "set_scale",
    "set_usual",
    "take_back_charge",
    "waive",
]
