"""What the visit day says when it will not do a thing: one sentence, fit to be read to the person at the counter.

Refused
├── WrongDay        the visit is on another day; `about` holds it
├── WrongSite       the visit is at another site; `about` holds it
├── NotAllowed      this step does not follow from where the visit stands
├── NeedsReason     a correction goes on record with a reason
├── Unidentified    nobody is checked in before it is clear who they are
├── NotAhead        nobody is reminded of a visit that was cancelled, missed, or has begun
├── NothingMissing  there is nothing to arrange or to accept
├── NothingFree     no time is left today for somebody without an appointment
├── KeptFromPlan    the visit is kept from the health plan, until the patient asks otherwise
├── OpenFollowUp    an ordered follow-up is neither booked, recalled nor declined
└── TooLate         the ten minutes for taking it back are over
"""

from frontdesk.kit.errors import Refused


class WrongDay(Refused):
    """The appointment is not today."""


class WrongSite(Refused):
    """The appointment is elsewhere."""


class NotAllowed(Refused):
    """The machine of statuses has no such step."""


class NeedsReason(Refused):
    """A correction without its reason."""

    def __init__(self) -> None:
        super().__init__("Please say why: a correction goes on record with its reason.")


class Unidentified(Refused):
    """Identity has not been settled."""

    def __init__(self) -> None:
        super().__init__("First ask for their name and birth date, and look at an ID.")


class NotAhead(Refused):
    """The visit is cancelled, missed, or under way."""

    def __init__(self, *about: object) -> None:
        super().__init__("The visit was cancelled, or has begun.", *about)


class NothingMissing(Refused):
    """Nothing is left to prepare."""


class NothingFree(Refused):
    """No opening today."""


class KeptFromPlan(Refused):
    """A restriction keeps the visit from the health plan."""

    def __init__(self, *about: object) -> None:
        super().__init__(
            "The patient paid for this visit to keep it from the health plan. If they want otherwise, the restriction "
            "is ended first, under Privacy in their record.",
            *about,
        )


class OpenFollowUp(Refused):
    """A follow-up is still open."""

    def __init__(self, *about: object) -> None:
        super().__init__(
            "A follow-up was ordered. Book it, put it on recall, or note that it is not wanted.", *about
        )


class TooLate(Refused):
    """Taking back is for the first ten minutes."""

    def __init__(self) -> None:
        super().__init__("That was more than ten minutes ago. A lead can correct it, with a reason.")
