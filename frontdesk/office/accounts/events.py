"""What happens to accounts that the world outside, or whoever minds them, hears of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody was sent a link to choose their password by."""

    invitation_id: int


@dataclass(frozen=True, slots=True)
class EmergencyAccessTaken:
    """Somebody took wider rights for an hour because it could not wait."""

    access_id: int
