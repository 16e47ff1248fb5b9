"""What every verb that tells something asks first: does somebody stand verified here and now, for this?"""

from frontdesk.kit.actor import Actor
from frontdesk.office.privacy.errors import NotVerified
from frontdesk.office.privacy.models import Verification
from frontdesk.office.privacy.queries.identity import standing
from frontdesk.office.privacy.rules import identity


def must_be_verified(by: Actor, patient_id: int, topic: str = "") -> Verification:
    """Return the verification that lets `topic` be told now; raise `NotVerified`. Called inside a verb that tells."""
    found = standing(by.id, patient_id)
    if found is None:
        msg = "Nobody was verified on this call. Verify who is speaking first."
        raise NotVerified(msg)
    if found.outcome != Verification.Outcome.VERIFIED:
        msg = f"Whoever is speaking was not verified: nothing may be told. {found.why}"
        raise NotVerified(msg, found)
    if topic and topic not in found.topics:
        msg = f"They may be told of {identity.spoken(found.topics)}, and not of this."
        raise NotVerified(msg, found)
    return found
