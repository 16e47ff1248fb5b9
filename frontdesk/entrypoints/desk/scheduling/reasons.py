"""Why visits are cancelled or moved: by whose side, each with its letter."""

from itertools import groupby

from frontdesk.office.scheduling.models import CancelReason
from frontdesk.office.scheduling.queries import cancel_reasons

WHOSE = {"patient": "The patient", "provider": "The provider", "organization": "The practice"}
ORDER = tuple(WHOSE)


def reason_groups() -> list[tuple[str, list[CancelReason]]]:
    """Return the reasons in use, the patient's own first."""
    found = sorted(cancel_reasons(), key=lambda one: ORDER.index(one.initiator))
    return [(WHOSE[whose], list(them)) for whose, them in groupby(found, key=lambda one: str(one.initiator))]


def reason(code: str) -> CancelReason | None:
    """Return the reason of a code, None when there is none such."""
    return next((one for one in cancel_reasons() if one.code == code), None)
