"""The day that money posted from here on belongs to."""

from datetime import date

from frontdesk.office.ledger import services as ledger
from frontdesk.office.payments.queries import business_day


def day_now(location_id: int) -> date:
    """Wait until nobody else posts, and return a location's business day: no close comes in between it and the posting.

    What a verb has looked at before may be over now: drawers, what is open, what became of a payment. It looks after this.
    """
    ledger.alone()
    return business_day(location_id)
