"""What happened in the practice, for rooms above to follow."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HoursChanged:
    """A location's hours or closed days are others than before; no location means all of them."""

    location_id: int | None
