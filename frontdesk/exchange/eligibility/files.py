"""What the two ways for the night's files have in common: what comes back, and how either fails."""

from dataclasses import dataclass


class Gone(Exception):
    """Nobody answered, or not so that it could be understood: it is tried again later. Its words are for operators."""


class Refused(Gone):
    """The other side did not take a file, and said so."""


@dataclass(frozen=True, slots=True)
class Came:
    """A file that came back, under the name it has on the other side."""

    name: str
    content: bytes
