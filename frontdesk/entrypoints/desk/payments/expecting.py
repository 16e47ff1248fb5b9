"""What is to be collected for a visit: the one place of the payment sheet that asks billing."""

from collections.abc import Sequence

from frontdesk.entrypoints.desk.http import DeskRequest
from frontdesk.office.billing.queries import expected
from frontdesk.office.billing.rules import Due


def expecting(request: DeskRequest, appointment_id: int) -> Sequence[Due]:
    """Return what is to be collected for a visit; nothing for whom that is not to be seen."""
    return expected(appointment_id).due if request.actor.can("billing.view_expected") else ()
