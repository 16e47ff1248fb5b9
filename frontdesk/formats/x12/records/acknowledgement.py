"""999 and TA1 in the field's words: what became of each set of a group, and of an interchange."""

from frontdesk.formats.x12 import writer
from frontdesk.formats.x12.delimiters import USUAL, Delimiters
from frontdesk.formats.x12.records.fields import Amount, Composite, Loop, Many, One, Parts, Segment, Text
from frontdesk.formats.x12.records.levels import Set


class GroupAnswered(Segment):
    """Which group is answered: GS01, GS06 and GS08 of it."""

    ID = "AK1"
    kind, control, version = Text(1), Text(2), Text(3)


class Context(Segment):
    """Where a fault lies, in the sender's words."""

    ID = "CTX"


class Place(Parts):
    """An element and, in a composite, its component."""

    element, component = Text(1), Text(2)


class ElementError(Loop):
    """An element in error."""

    ID, LOOP = "IK4", "2110"
    place, reference, code, value = Composite(1, Place), Text(2), Text(3), Text(4)
    contexts = Many(Context)


class SegmentError(Loop):
    """A segment in error; `position` counts from the ST."""

    ID, LOOP = "IK3", "2100"
    segment, position, loop, code = Text(1), Text(2), Text(3), Text(4)
    contexts, elements_in_error = Many(Context), Many(ElementError)


class Verdict(Segment):
    """What became of a set: `answer` A accepted, E accepted with errors, R rejected."""

    ID = "IK5"
    answer = Text(1)

    @property
    def codes(self) -> tuple[str, ...]:
        """Why."""
        return tuple(filter(None, self.elements[2:]))


class SetAnswered(Loop):
    """A set that is answered."""

    ID, LOOP = "AK2", "2000"
    transaction, control, version = Text(1), Text(2), Text(3)
    errors, verdict = Many(SegmentError), One(Verdict)


class GroupVerdict(Segment):
    """What became of the group: `answer` A, E, P (in part) or R, and how many sets."""

    ID = "AK9"
    answer, included, received, accepted = Text(1), Amount(2), Amount(3), Amount(4)


class Acknowledgement(Set):
    """A whole 999."""

    TRANSACTION, VERSION = "999", "005010X231A1"
    group, sets, verdict = One(GroupAnswered), Many(SetAnswered), One(GroupVerdict)


class InterchangeAnswered(Segment):
    """A TA1: what became of an interchange, told by the ISA13, ISA09 and ISA10 it had.

    `answer` is A accepted, E accepted with errors, R rejected; `code` says why (TA105, "000" nothing is wrong). It stands
    in no set, so it has no loop and is built by itself.
    """

    ID = "TA1"
    control, date, time, answer, code = Text(1), Text(2), Text(3), Text(4), Text(5)

    @property
    def is_accepted(self) -> bool:
        """Whether the interchange was taken in."""
        return self.answer in {"A", "E"}

    def build(self, marks: Delimiters = USUAL, line_end: str = "") -> bytes:
        """Return the segment as bytes, its terminator behind."""
        return writer.segment(self.elements, marks).encode("utf-8", "surrogateescape") + line_end.encode()


LOOPS: dict[str, type[Loop]] = {
    kind.LOOP: kind for kind in (Acknowledgement, SetAnswered, SegmentError, ElementError)
}
SEGMENTS: dict[str, type[Segment]] = {
    kind.ID: kind for kind in (GroupAnswered, Context, Verdict, GroupVerdict)
}
