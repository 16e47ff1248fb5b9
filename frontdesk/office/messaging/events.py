"""What happened to words for patients. Moments are UTC; ids are row ids; no names, no words of the message."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MessageNotDelivered:
    """A message failed for good, or may not have gone out (`state` failed or in_doubt): somebody must look at it."""

    message_id: int
    patient_id: int
    location_id: int | None
    state: str


@dataclass(frozen=True, slots=True)
class OptedOut:
    """Somebody wants no more messages on a channel."""

    channel: str
    patient_id: int | None


@dataclass(frozen=True, slots=True)
class OptedIn:
    """Somebody wants messages again at the address of an opt-out that is over now."""

    opt_out_id: int


@dataclass(frozen=True, slots=True)
class LinkAnswered:
    """A patient answered by a link: `action` confirm, cancel or reschedule, about the row `about` (a Ref)."""

    link_id: int
    patient_id: int
    about: str
    action: str
