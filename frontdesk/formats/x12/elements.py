"""Test one segment against its place in a guide: what each element must be."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from frontdesk.formats.x12.delimiters import Delimiters
from frontdesk.formats.x12.findings import Level
from frontdesk.formats.x12.guides.model import Element, Use


class Fault(NamedTuple):
    """What is wrong with an element: IK403 code, our code, and words that follow the element's name."""

    ack: str
    code: str
    words: str
    position: int
    component: int
    value: str
    level: Level = Level.ELEMENT


def faults(use: Use, elements: list[str], marks: Delimiters) -> Iterator[Fault]:  # noqa: C901 - a question a branch
    """Yield what is wrong with each element of a segment, in order."""
    expected = use.elements
    if len(elements) > 1 and not elements[-1]:
        at = len(elements) - 1
        yield Fault("5", "trailing-empty", "ends in empty elements, which must be left out", at, 0, "")
    for at, value in enumerate(elements[1:], 1):
        if at > len(expected):
            if value:
                yield _unused(at, value)
                break  # one word for all that follow
            continue
        element = expected[at - 1]
        if not value:
            if element.required:
                yield _missing(element, 0)
        elif not element.used:
            yield _unused(at, value)
        elif element.repeats > 1 and marks.repetition and marks.repetition in value:
            yield from _repeated(element, value, marks)
        elif element.kind == "C":
            yield from _composite(element, value, marks)
        else:
            yield from _simple(element, value, at, 0, marks)
    for element in expected[len(elements) - 1 :]:
        if element.required:
            yield _missing(element, 0)


def _missing(element: Element, inside: int) -> Fault:
    at, component = (inside, element.position) if inside else (element.position, 0)
    return Fault("1", "element-missing", f"({element.name}) is required", at, component, "")


def _unused(at: int, value: str) -> Fault:
    return Fault("I10", "element-not-used", "is not used here and must be left out", at, 0, value)


def _repeated(element: Element, value: str, marks: Delimiters) -> Iterator[Fault]:
    values = value.split(marks.repetition)
    if len(values) > element.repeats:
        words = f"({element.name}) is given {len(values)} times; at most {element.repeats} are allowed"
        yield Fault("12", "element-repeats", words, element.position, 0, "")
    for one in values:
        if not one:
            yield Fault("5", "trailing-empty", "has an empty repetition", element.position, 0, "")
        elif element.kind == "C":
            yield from _composite(element, one, marks)
        else:
            yield from _simple(element, one, element.position, 0, marks)


def _composite(element: Element, value: str, marks: Delimiters) -> Iterator[Fault]:
    at = element.position
    values = value.split(marks.component)
    if not values[-1]:
        yield Fault(
            "5", "trailing-empty", "ends in empty components, which must be left out", at, len(values), ""
        )
    if len(values) > len(element.parts):
        words = f"({element.name}) has {len(values)} components; at most {len(element.parts)} are allowed"
        yield Fault("13", "too-many-components", words, at, len(element.parts) + 1, value)
    for part, inner in zip(element.parts, values, strict=False):
        if not inner:
            if part.required:
                yield _missing(part, at)
        elif not part.used:
            yield Fault(
                "I10", "element-not-used", "is not used here and must be left out", at, part.position, inner
            )
        else:
            yield from _simple(part, inner, at, part.position, marks)
    for part in element.parts[len(values) :]:
        if part.required:
            yield _missing(part, at)


def _simple(element: Element, value: str, at: int, component: int, marks: Delimiters) -> Iterator[Fault]:  # noqa: C901 - a question a branch
    def fault(ack: str, code: str, words: str) -> Fault:
        return Fault(ack, code, f"({element.name}) {words}", at, component, value)

    if not value.isascii() or not value.isprintable():
        bad = next(letter for letter in value if not (letter.isprintable() and letter.isascii()))
        if not bad.isprintable():
            yield fault(
                "6", "bad-character", f"holds the character {ord(bad):#04x}, which no X12 file may hold"
            )
            return
    if (marks.repetition and marks.repetition in value) or (marks.component in value and at < 16):
        yield fault("13", "too-many-components", "has more parts than one, and may have only one")
        return
    if element.kind == "A" and value.isspace():
        yield fault("6", "blank", "holds nothing but spaces")
        return
    length = _length(value, element.kind)
    if length < element.shortest:
        yield fault("4", "too-short", f"has {length} characters; at least {element.shortest} are asked for")
        return
    if length > element.longest:
        yield fault("5", "too-long", f"has {length} characters; at most {element.longest} are allowed")
        return
    if element.kind == "N" and not _is_number(value, whole=True):
        yield fault("6", "not-a-number", "is not a whole number")
    elif element.kind == "R" and not _is_number(value, whole=False):
        yield fault("6", "not-a-number", "is not a number")
    elif element.kind == "D" and not is_date(value):
        yield fault("8", "not-a-date", "is not a date")
    elif element.kind == "T" and not is_time(value):
        yield fault("9", "not-a-time", "is not a time of day")
    elif element.codes is not None and value not in element.codes:
        yield fault("7", "not-in-list", f"is {_list_words(element)}")


def _list_words(element: Element) -> str:
    if element.codes is None or len(element.codes) > 12:
        return "not one of the codes allowed here"
    return f"not one of {', '.join(sorted(element.codes))}"


def _length(value: str, kind: str) -> int:
    """Count a value's length; the sign and the point of a number do not count."""
    if kind in "NR":
        return len(value) - value.count("-") - value.count(".")
    return len(value)


def _is_number(value: str, *, whole: bool) -> bool:
    digits = value.removeprefix("-")
    if not whole and "." in digits:
        before, _, after = digits.partition(".")
        return before + after != "" and (before + after).isdigit() and value.isascii()
    return digits.isdigit() and value.isascii()


@lru_cache(maxsize=4096)
def is_date(value: str) -> bool:
    """Say whether CCYYMMDD or YYMMDD is a day that exists, in the years 1800 to 2199."""
    if len(value) == 6:
        value = "20" + value
    if len(value) != 8 or not (value.isascii() and value.isdigit()):
        return False
    try:
        return 1800 <= date(int(value[:4]), int(value[4:6]), int(value[6:])).year < 2200
    except ValueError:
        return False


@lru_cache(maxsize=4096)
def is_time(value: str) -> bool:
    """Say whether HHMM, HHMMSS or HHMMSSD(D) is a time of day."""
    return (
        value.isascii()
        and value.isdigit()
        and len(value) in {4, 6, 7, 8}
        and value[:2] < "24"
        and value[2:4] < "60"
        and (len(value) == 4 or value[4:6] < "60")
    )


def is_period(value: str, form: str) -> bool:
    """Say whether a value is what its format qualifier (D8, RD8, D6, DT, RDT, TM…) promises."""
    if form == "D8":
        return len(value) == 8 and is_date(value)
    if form == "RD8":
        first, dash, last = value.partition("-")
        return (
            bool(dash) and len(first) == len(last) == 8 and is_date(first) and is_date(last) and first <= last
        )
    if form == "DT":
        return len(value) >= 12 and is_date(value[:8]) and is_time(value[8:])
    if form == "TM":
        return is_time(value)
    return True
