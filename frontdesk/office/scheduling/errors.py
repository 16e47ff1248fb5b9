"""What the appointment book says when it will not do a thing: one sentence, fit to be read to a caller.

    Conflict
    ├── SlotTaken            somebody else has that time, or was a moment quicker
    ├── PatientBookedThen    the patient already has a visit at that time
    └── HoldGone             the time was kept for five minutes and these are over
    Refused
    ├── NotOpen              nobody is open for it then
    │   └── OnTimeOff        the provider is away then
    ├── NotWithProvider      the visit takes nobody of the providers, so none can be named
    ├── WrongVisitType       that part of the day is kept for other visits
    ├── LimitNotMet          the patient's age, sex or standing does not fit the visit type
    ├── TooManyHeld          one person keeps more times than anybody reads out
    ├── GoneBy               the time has passed
    ├── NeedsReason          it may be done, with a reason on record
    ├── NotAllowedFrom       the appointment is past the point where this can be done
    └── TooLate              the ten minutes for taking it back are over

`about` holds what stands in the way: rows, never a patient's particulars.
"""

from frontdesk.kit.errors import Conflict, Refused


class SlotTaken(Conflict):
    """Some cell of some resource was given away already."""

    def __init__(
        self, sentence: str = "That time has just been taken. Please choose another.", *about: object
    ) -> None:
        super().__init__(sentence, *about)


class PatientBookedThen(Conflict):
    """The patient has an overlapping visit; a reason on record overrides."""

    def __init__(self, *about: object) -> None:
        super().__init__("The patient already has an appointment at that time.", *about)


class HoldGone(Conflict):
    """The hold has expired, was released, or is someone else's."""

    def __init__(self, sentence: str = "The time is no longer being held. Please look for it again.") -> None:
        super().__init__(sentence)


class GoneBy(Refused):
    """The time has passed: what was is entered where the day is entered afterwards, not booked."""

    def __init__(self) -> None:
        super().__init__("That time has passed.")


class TooManyHeld(Refused):
    """Somebody keeps as many times already as one person may."""


class NotOpen(Refused):
    """No resource of the kind that the visit needs is open then."""

    def __init__(
        self, sentence: str = "The office is not open for this visit at that time.", *about: object
    ) -> None:
        super().__init__(sentence, *about)


class OnTimeOff(NotOpen):
    """The provider (or room) is away then."""

    def __init__(self, sentence: str = "The provider is away at that time.", *about: object) -> None:
        super().__init__(sentence, *about)


class NotWithProvider(Refused):
    """A provider is named for a visit that takes no provider's time."""

    def __init__(
        self, sentence: str = "This visit is not with a provider. Choose a time of its own.", *about: object
    ) -> None:
        super().__init__(sentence, *about)


class WrongVisitType(Refused):
    """The time is open, for other visit types."""

    def __init__(
        self, sentence: str = "That time is kept for another kind of visit.", *about: object
    ) -> None:
        super().__init__(sentence, *about)


class LimitNotMet(Refused):
    """The visit type is not for this patient; the sentence says why."""


class NeedsReason(Refused):
    """Allowed to this person, but only with a reason on record."""

    def __init__(self, sentence: str = "This can be done, but a reason is needed.", *about: object) -> None:
        super().__init__(sentence, *about)


_WORDS = {
    "scheduled": "is only scheduled",
    "confirmed": "is confirmed",
    "arrived": "has arrived",
    "checked_in": "is checked in",
    "roomed": "is in a room already",
    "with_provider": "is with the provider",
    "checkout": "is at checkout",
    "done": "is already over",
    "no_show": "is marked as missed",
    "cancelled": "was cancelled",
}


class NotAllowedFrom(Refused):
    """The appointment's status does not allow this any more (or not yet)."""

    def __init__(self, status: str) -> None:
        super().__init__(f"This cannot be done: the appointment {_WORDS.get(status, status)}.", status)


class TooLate(Refused):
    """Taking back is for the first ten minutes."""

    def __init__(
        self, sentence: str = "That was more than ten minutes ago and cannot be taken back."
    ) -> None:
        super().__init__(sentence)
