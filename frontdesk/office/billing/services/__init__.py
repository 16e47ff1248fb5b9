"""The verbs of the billing room."""

from frontdesk.office.billing.services.asking import place_on_scale, set_balance_rule, set_scale
from frontdesk.office.billing.services.charging import charge_visit, take_back_charge
from frontdesk.office.billing.services.collecting import note_uncollected, waive
from frontdesk.office.billing.services.pricing import (
    end_fee,
    end_rate,
    import_price,
    set_fee,
    set_rate,
)
from frontdesk.office.billing.services.usual import set_usual

__all__ = [
    "charge_visit",
    "end_fee",
    "end_rate",
    "import_price",
    "note_uncollected",
    "place_on_scale",
    "set_balance_rule",
    "set_fee",
    "set_rate",
    "set_scale",
    "set_usual",
    "take_back_charge",
    "waive",
]
