"""What a patient pays in full and keeps from a plan: asked in the last moment before anything is sent to a payer."""

from collections.abc import Collection

from frontdesk.office.coverage.queries import may_mean
from frontdesk.office.privacy.queries import kept_from_payers


def is_kept(patient_id: int, payer_id: int, about: Collection[str]) -> bool:
    """Say whether a restriction covers a question: of this payer or any, of one of the visits it is `about` or of none in particular."""
    return any(
        may_mean(one.payer, payer_id) and (not one.subject or one.subject in about)
        for one in kept_from_payers(patient_id)
    )
