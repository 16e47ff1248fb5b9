"""Give money back to a card: asked of the processor. Until one is set up it is refused in words."""

from frontdesk.kit.actor import Actor
from frontdesk.office.audit.services import service
from frontdesk.office.payments.errors import NoReader
from frontdesk.office.payments.models import Refund


@service("payments.refund_card", permission="payments.refund")
def refund_card(_by: Actor, /, *, tender_id: int, cents: int, reason: str, key: str) -> Refund:
    """Give `cents` of a card tender back to its card. Raises `NoReader` while no card processor is set up."""
    del tender_id, cents, reason, key
    msg = "No card processor is set up, so nothing can be given back to a card."
    raise NoReader(msg)
