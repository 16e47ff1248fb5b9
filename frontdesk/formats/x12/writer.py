"""Write segments, so that nothing in the data can cut them."""

from collections.abc import Iterable, Sequence

from frontdesk.formats.x12.delimiters import USUAL, Delimiters

Element = str | Sequence[str]  # several strings are the components of a composite


class Unwritable(ValueError):
    """A value that would change the meaning of the file around it; names the segment and element."""


def segment(elements: Sequence[Element], marks: Delimiters = USUAL, *, strict: bool = False) -> str:
    """Return one segment with its terminator; empty elements at its end are left out.

    Delimiters and control characters inside a value become spaces, unless `strict`: then they are refused.
    """
    bad = _unsafe(marks)
    words = [
        _clean(value, bad, strict=strict, place=f"{elements[0]}{at:02d}")
        if isinstance(value, str)
        else _joined(
            [_clean(v, bad, strict=strict, place=f"{elements[0]}{at:02d}") for v in value], marks.component
        )
        for at, value in enumerate(elements)
    ]
    return _joined(words, marks.element) + marks.segment


def raw_segment(elements: Sequence[str], marks: Delimiters = USUAL) -> str:
    """Return a segment whose elements already are text as files carry it, components and repetitions joined."""
    return _joined(list(elements), marks.element) + marks.segment


def segments(rows: Iterable[Sequence[Element]], marks: Delimiters = USUAL, line_end: str = "") -> bytes:
    """Return many segments as the bytes of a file; `line_end` follows each terminator."""
    return "".join(segment(row, marks) + line_end for row in rows).encode("utf-8", "surrogateescape")


def header(
    sender: tuple[str, str],
    receiver: tuple[str, str],
    stamp: tuple[str, str],
    control: int,
    marks: Delimiters = USUAL,
    *,
    test: bool = False,
    wants_ta1: bool = False,
) -> str:
    """Return an ISA of exactly 106 characters. A party is (qualifier, id), `stamp` is (YYYYMMDD, HHMM)."""
    bad = _unsafe(marks)
    parties = [
        part
        for qualifier, ident in (sender, receiver)
        for part in (f"{qualifier:2.2}", f"{_clean(ident, bad, strict=False, place='ISA'):15.15}")
    ]
    fixed = [
        "ISA",
        "00",
        " " * 10,
        "00",
        " " * 10,
        *parties,
        stamp[0][2:8],
        stamp[1][:4],
        marks.repetition or "U",
    ]
    rest = [
        "00501",
        f"{control % 10**9:09d}",
        "1" if wants_ta1 else "0",
        "T" if test else "P",
        marks.component,
    ]
    return marks.element.join([*fixed, *rest]) + marks.segment


def _clean(value: str, bad: dict[int, str], *, strict: bool, place: str) -> str:
    cleaned = value.translate(bad)
    if cleaned == value:
        return value
    if strict:
        raise Unwritable(f"{place} holds a delimiter or a control character.")
    return cleaned.strip()


def _unsafe(marks: Delimiters) -> dict[int, str]:
    return {**dict.fromkeys([*range(32), 127], " "), **{ord(mark): " " for mark in marks if mark}}


def _joined(words: list[str], mark: str) -> str:
    while words and not words[-1]:
        words.pop()
    return mark.join(words)
