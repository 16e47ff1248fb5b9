"""What messaging says when it will not do a thing: one sentence, fit to be read aloud.

Refused
├── CannotSend       the rules of consent and confidentiality stand against it; the sentence says which
├── AlreadyReminded  a reminder went out, or is about to; the sentence says which
├── AlreadyOnItsWay  the same was asked for by the same way a moment ago
├── LinkUsed         the link has done its work already
├── LinkOver         the link is too old, or what it was about has changed
└── GoneOut          the message has gone out, or is going out now
Invalid
└── WrongWords       a template holds what a message may not hold
"""

from frontdesk.kit.errors import Invalid, NotFound, Refused


class CannotSend(Refused):
    """No way is open to this patient now."""


class AlreadyReminded(Refused):
    """Nobody is reminded twice of a visit that stands as it stood."""


class AlreadyOnItsWay(Refused):
    """What waits to go out is not sent beside itself."""

    def __init__(self, *about: object) -> None:
        super().__init__("It is on its way already.", *about)


class LinkUsed(Refused):
    """Used already, for something else."""

    def __init__(self, *about: object) -> None:
        super().__init__("This link was used already. Please call us to change your appointment.", *about)


class LinkOver(Refused):
    """Expired, or closed because the appointment has changed since."""

    def __init__(self, *about: object) -> None:
        super().__init__("This link is no longer good. Please call us.", *about)


class NoSuchLink(NotFound):
    """Not one of ours, or altered on the way."""

    def __init__(self) -> None:
        super().__init__("This link is not complete. Open it again from the message, or call us.")


class GoneOut(Refused):
    """Too late to take it back."""

    def __init__(self, *about: object) -> None:
        super().__init__("This message has gone out already.", *about)


class WrongWords(Invalid):
    """A template that cannot be sent as it is."""
