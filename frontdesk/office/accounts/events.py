"""What happens to accounts that the world outside hears of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody was sent a link to choose their password by."""

    invitation_id: int
