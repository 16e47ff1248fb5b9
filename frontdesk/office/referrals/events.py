"""What happens to referrals and authorizations."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AuthorizationChanged:
    """A referral or authorization was noted, changed, decided or ended."""

    authorization_id: int
    patient_id: int


@dataclass(frozen=True, slots=True)
class AuthorizationLost:
    """A visit that used one uses it no longer, for it lies outside of it now; somebody has to see to it."""

    appointment_id: int
    patient_id: int
    kind: str
