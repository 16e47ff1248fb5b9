"""Why visits are cancelled or moved: the reasons a practice begins with, and the one that goes without asking."""

from frontdesk.kit.actor import Actor
from frontdesk.office.audit.services import record, service
from frontdesk.office.scheduling.models import CancelReason

EARLIER = "pt-earlier"
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


def earlier_reason() -> CancelReason:
    """Return the reason of a patient who takes an earlier time; a list of reasons that lacks it gets it, under a free letter."""
    found = CancelReason.objects.filter(code=EARLIER).first()
    if found is not None:
        return found
    taken = set(CancelReason.objects.values_list("key", flat=True))
    letter = next(key for key in "aefghijklmnqrstuvwxyzbcdop0123456789" if key not in taken)
    words = next(one[3] for one in USUAL if one[1] == EARLIER)
    return CancelReason.objects.create(key=letter, code=EARLIER, initiator="patient", words=words)
