"""What every text gateway offers, and the one that comes with the program: it keeps texts where staff can see them."""

from dataclasses import dataclass
from typing import Protocol


class NotNow(Exception):
    """The other side cannot take it at present; nothing was sent. The words are for the desk."""


class NotEver(Exception):
    """The other side will not take this message, however often it is offered."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the other side calls the message it has taken."""

    id: str


class Gateway(Protocol):
    """A carrier of texts. `name` stands on each message it took.

    `send` under a key that it took before has no second effect and returns the same receipt. Raises `NotNow`,
    `NotEver`; any other failure leaves it open whether the text went out.
    """

    name: str

    def send(self, to: str, words: str, key: str) -> Receipt: ...


class Outbox:
    """Carries nothing anywhere: the message's own row, with its words, is the outbox that the page shows."""

    name = "outbox"

    def send(self, to: str, words: str, key: str) -> Receipt:  # noqa: ARG002 - the words are on the row already
        """Take the text; its key is its receipt."""
        return Receipt(key)


def gateway() -> Gateway:
    """Return the gateway this installation uses."""
    return Outbox()
