"""Why visits are cancelled or moved: the reasons a practice begins with, and those the program itself gives."""

from string import ascii_lowercase, digits

from frontdesk.kit.actor import Actor
from frontdesk.office.audit.services import record, service
from frontdesk.office.scheduling.models import CancelReason
from frontdesk.office.scheduling.rules import USUAL_REASONS

LETTERS = ascii_lowercase + digits


@service("scheduling.adopt_reasons", permission="practice.change")
def adopt_reasons(by: Actor, /) -> list[CancelReason]:
    """Give a practice the usual reasons for cancelling and moving; one that has reasons of its own keeps those."""
    if CancelReason.objects.exists():
        return []
    made = CancelReason.objects.bulk_create(
        [
            CancelReason(key=key, code=code, initiator=side, words=words)
            for key, code, side, words in USUAL_REASONS
        ]
    )
    record(by, subject=None, extra={"reasons": len(made)})
    return list(CancelReason.objects.order_by("pk"))


def known_reason(code: str) -> CancelReason:
    """Return a usual reason the program itself gives; a list of reasons that lacks it gets it, under a free letter."""
    found = CancelReason.objects.filter(code=code).first()
    if found is not None:
        return found
    taken = set(CancelReason.objects.values_list("key", flat=True))
    key, _, side, words = next(one for one in USUAL_REASONS if one[1] == code)
    letter = next(one for one in key + LETTERS if one not in taken)
    return CancelReason.objects.create(key=letter, code=code, initiator=side, words=words)
