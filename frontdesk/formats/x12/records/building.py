"""From the loops of a walked set to objects, and from objects to bytes."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from frontdesk.formats.x12 import writer
from frontdesk.formats.x12.delimiters import USUAL, Delimiters
from frontdesk.formats.x12.guides.model import Use
from frontdesk.formats.x12.nodes import Node, Row
from frontdesk.formats.x12.records.acknowledgement import InterchangeAnswered
from frontdesk.formats.x12.records.fields import COMPONENT, REPETITION, Loop, Segment
from frontdesk.formats.x12.records.levels import Level, Set
from frontdesk.formats.x12.records.segments import KINDS

Loops = dict[str, type[Loop]]
Segments = dict[str, type[Segment]]


def view(node: Node, loops: Loops, own: Segments, marks: Delimiters) -> Loop:
    """Return a loop of a set as an object, with all that is in it."""
    kind = loops.get(node.loop.id, Loop)
    first = node.items[0] if node.items else None
    begun = isinstance(first, Row) and first.use is node.loop.first
    made = kind.of(_inner(first, marks) if isinstance(first, Row) and begun else [])
    parts: list[Segment | Loop] = []
    for item in node.items[begun:]:
        if isinstance(item, Row):
            use = item.use
            if use is None:
                parts.append(Segment.of(_inner(item, marks)))
            elif use.id != "SE":
                known = own.get(use.id) or KINDS.get(use.id, Segment)
                parts.append(known.of(_inner(item, marks)))
        else:
            parts.append(view(item, loops, own, marks))
    made.parts = parts
    return made


def _inner(row: Row, marks: Delimiters) -> list[str]:
    """Return a segment's elements with the separators objects use inside them."""
    if row.use is None:
        return [_translated(text, marks) for text in row.elements]
    split = _split(row.use)
    if not split:
        return row.elements
    elements = list(row.elements)
    for at in split:
        if at < len(elements):
            elements[at] = _translated(elements[at], marks)
    return elements


def _translated(text: str, marks: Delimiters) -> str:
    text = text.replace(marks.component, COMPONENT)
    return text.replace(marks.repetition, REPETITION) if marks.repetition else text


@cache
def _split(use: Use) -> tuple[int, ...]:
    """Return which elements of a segment have components or repetitions."""
    return tuple(e.position for e in use.elements if e.kind == "C" or e.repeats > 1)


def build(found: Set | InterchangeAnswered, marks: Delimiters = USUAL, line_end: str = "") -> bytes:
    """Return a set as bytes, ST to SE: its levels numbered, its segments counted; or a TA1, which is one segment.

    Delimiters and control characters in its values become spaces.
    """
    if isinstance(found, InterchangeAnswered):
        return found.build(marks, line_end)
    if not found.transaction:  # made here, not read
        found.transaction = type(found).TRANSACTION
        found.version = found.version or type(found).VERSION
    if not found.control:
        found.control = "0001"
    _number(found, "", [0])
    lines: list[str] = []
    _write(found, lines, marks, _table(marks))
    lines.append(marks.element.join(("SE", str(len(lines) + 1), found.control)))
    end = marks.segment + line_end
    return (end.join(lines) + end).encode("utf-8", "surrogateescape")


def _number(loop: Loop, parent: str, count: list[int]) -> None:
    """Number the levels in order, and say of each whether others lie below it."""
    own = parent
    if (isinstance(loop, Level) and loop.elements) or (loop.elements[:1] == ["HL"]):
        count[0] += 1
        own = str(count[0])
        elements = loop.elements + [""] * (4 - len(loop.elements))
        below = any(part.elements[:1] == ["HL"] for part in loop.parts)
        flag = (
            "1"
            if below
            else ("0" if len(loop.elements) > 4 or not loop.elements[1:] or not elements[3] else "")
        )
        level = elements[3] or (type(loop).LEVEL if isinstance(loop, Level) else "")
        loop.elements = ["HL", own, parent, level, *([flag] if flag else [])]
    for part in loop.parts:
        if isinstance(part, Loop):
            _number(part, own, count)


def _write(loop: Loop, lines: list[str], marks: Delimiters, table: dict[int, str]) -> None:
    if loop.elements:
        lines.append(_line(loop.elements, marks, table))
    for part in loop.parts:
        if isinstance(part, Loop):
            _write(part, lines, marks, table)
        else:
            lines.append(_line(part.elements, marks, table))


def _line(elements: list[str], marks: Delimiters, table: dict[int, str]) -> str:
    return marks.element.join([text if text.isalnum() else _clean(text, table) for text in elements])


def _clean(text: str, table: dict[int, str]) -> str:
    cleaned = text.translate(table)
    return cleaned if cleaned == text or COMPONENT in text or REPETITION in text else cleaned.strip()


def _table(marks: Delimiters) -> dict[int, str]:
    table = {**dict.fromkeys([*range(32), 127], " "), **{ord(mark): " " for mark in marks if mark}}
    return {**table, ord(COMPONENT): marks.component, ord(REPETITION): marks.repetition}


def write(
    sets: Sequence[Set],
    sender: tuple[str, str],
    receiver: tuple[str, str],
    at: datetime,
    *,
    control: int = 1,
    marks: Delimiters = USUAL,
    line_end: str = "",
    test: bool = False,
) -> bytes:
    """Return a whole file: these sets in one group and interchange, numbered from 0001.

    A party is (qualifier, id): ("ZZ", "BACKBAY"). All sets must be of one kind.
    """
    stamp = (f"{at:%Y%m%d}", f"{at:%H%M}")
    for number, one in enumerate(sets, 1):
        one.control = f"{number:04d}"
    bodies = [build(one, marks, line_end) for one in sets]
    kind = sets[0].transaction
    version = sets[0].version or _VERSIONS.get(kind, "")
    gs = ["GS", _GROUPS.get(kind, ""), sender[1], receiver[1], *stamp, str(control), "X", version]
    head = writer.header(sender, receiver, stamp, control, marks, test=test) + line_end
    tail = [["GE", str(len(sets)), str(control)], ["IEA", "1", f"{control % 10**9:09d}"]]
    return (
        head.encode()
        + writer.segments([gs], marks, line_end)
        + b"".join(bodies)
        + writer.segments(tail, marks, line_end)
    )


_GROUPS = {
    "270": "HS",
    "271": "HB",
    "276": "HR",
    "277": "HN",
    "278": "HI",
    "835": "HP",
    "837": "HC",
    "999": "FA",
}
_VERSIONS = {"835": "005010X221A1"}
