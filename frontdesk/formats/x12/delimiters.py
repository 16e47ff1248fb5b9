"""The four characters that cut a file into segments, elements, repetitions and components."""

from typing import NamedTuple


class Delimiters(NamedTuple):
    """As an ISA declares them: ISA04's neighbour, ISA16, ISA11 and the character after ISA16.

    `repetition` is empty before version 00402, where ISA11 meant something else.
    """

    element: str = "*"
    component: str = ":"
    repetition: str = "^"
    segment: str = "~"


USUAL = Delimiters()
