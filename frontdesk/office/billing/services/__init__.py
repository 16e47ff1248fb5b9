"""The verbs of the billing room."""

from frontdesk.office.billing.services.pricing import (
    end_fee,
    end_rate,
    import_price,
    set_fee,
    set_rate,
    set_usual,
)

__all__ = ["end_fee", "end_rate", "import_price", "set_fee", "set_rate", "set_usual"]
