"""Why visits are cancelled or moved: the reasons a practice begins with, and those the program itself gives."""

from string import ascii_lowercase, digits

from frontdesk.kit.actor import Actor
from frontdesk.office.audit.services import record, service
from frontdesk.office.scheduling.models import CancelReason

EARLIER, DIED = "pt-earlier", "pt-died"
LETTERS = ascii_lowercase + digits
# One letter, code, whose side the reason lies on, words.
USUAL = (
    ("i", "pt-sick", "patient", "Patient is ill"),
    ("b", "pt-busy", "patient", "Something else came up"),
    ("t", "pt-transport", "patient", "No transport"),
    ("f", "pt-better", "patient", "Feels better, no longer needs it"),
    ("c", "pt-cost", "patient", "Worried about the cost"),
    ("e", "pt-elsewhere", "patient", "Goes to another practice"),
    ("p", "prov-out", "provider", "Provider is out"),
    ("l", "prov-late", "provider", "Provider is held up"),
    ("o", "prov-order", "provider", "Provider asked for another kind of visit"),
    ("x", "org-closed", "organization", "Practice is closed"),
    ("w", "org-weather", "organization", "Weather"),
    ("m", "org-error", "organization", "Booked by mistake"),
    ("a", EARLIER, "patient", "Can come earlier"),
    ("d", DIED, "patient", "Patient has died"),
)


@service("scheduling.adopt_reasons", permission="practice.change")
def adopt_reasons(by: Actor, /) -> list[CancelReason]:
    """Give a practice the usual reasons for cancelling and moving; one that has reasons of its own keeps those."""
    if CancelReason.objects.exists():
        return []
    made = CancelReason.objects.bulk_create(usual_reasons())
    record(by, subject=None, extra={"reasons": len(made)})
    return list(CancelReason.objects.order_by("pk"))


def usual_reasons() -> list[CancelReason]:
    """Return the usual reasons as rows not stored yet."""
    return [CancelReason(key=key, code=code, initiator=side, words=words) for key, code, side, words in USUAL]


def known_reason(code: str) -> CancelReason:
    """Return a usual reason the program itself gives; a list of reasons that lacks it gets it, under a free letter."""
    found = CancelReason.objects.filter(code=code).first()
    if found is not None:
        return found
    taken = set(CancelReason.objects.values_list("key", flat=True))
    key, _, side, words = next(one for one in USUAL if one[1] == code)
    letter = next(one for one in key + LETTERS if one not in taken)
    return CancelReason.objects.create(key=letter, code=code, initiator=side, words=words)
