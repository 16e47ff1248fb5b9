"""Remember which segments are sound, so that most need no second look.

A segment seen sound before is known by its text, unless it names a person. A segment of a kind met often is matched against one regular expression
made from its guide; what does not match is looked at element by element (`elements.faults`), which alone says what is
wrong. So the expression may be too strict, never too lax.
"""

import re
from functools import lru_cache

from frontdesk.formats.x12.codes import CodeSets
from frontdesk.formats.x12.conditions import RULES
from frontdesk.formats.x12.delimiters import Delimiters
from frontdesk.formats.x12.elements import Fault, faults
from frontdesk.formats.x12.guides.model import Element, Use

OFTEN = 60  # how often a segment is met before an expression for it pays
_KEPT = 512
# Seldom the same twice, or about a person: nothing of these is remembered between files.
_FORGOTTEN = frozenset(
    {
        *("NM1", "N1", "N3", "DMG", "REF", "TRN", "PER", "MSG", "NTE", "K3", "PWK", "CLM", "CLP"),
        *("TS3", "HL", "BHT", "ST", "SE", "BPR", "PLB", "III", "FRM", "IK4", "CTX"),
    }
)
_DAY = r"(?:19|20)[0-9]{2}(?:(?:0[1-9]|1[0-2])(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])(?:29|30)|(?:0[13578]|1[02])31)"
_TIME = r"(?:[01][0-9]|2[0-3])[0-5][0-9](?:[0-5][0-9])?"


class Sound:
    """What is known of one segment of a guide, under one set of delimiters."""

    __slots__ = ("marks", "met", "pattern", "rule", "texts", "use")

    def __init__(self, use: Use, marks: Delimiters) -> None:
        self.use, self.marks = use, marks
        self.texts: set[str] = set()
        self.met = 0
        self.pattern: re.Pattern[str] | None = None
        self.rule = RULES.get(use.id)

    def look(self, raw: str, elements: list[str], fuller: CodeSets) -> list[Fault]:
        """Return what is wrong with a segment not known to be sound."""
        self.met += 1
        if self.met == OFTEN:
            self.pattern = re.compile(pattern(self.use, self.marks))
        if self.pattern is not None and self.pattern.fullmatch(raw):
            found: list[Fault] = []
        else:
            found = list(faults(self.use, elements, self.marks))
        if self.rule is not None and (more := list(self.rule(elements, self.marks.component, fuller))):
            told = {fault.position for fault in found}
            found += [fault for fault in more if fault.position not in told]
        if not found and self.use.id not in _FORGOTTEN:
            if len(self.texts) >= _KEPT:
                self.texts.clear()
            self.texts.add(raw)
        return found


class Plan(dict[Use, Sound]):
    """What is known of every segment met so far."""

    def __init__(self, marks: Delimiters) -> None:
        super().__init__()
        self.marks = marks

    def __missing__(self, use: Use) -> Sound:
        sound = self[use] = Sound(use, self.marks)
        return sound


@lru_cache(maxsize=8)
def plan(marks: Delimiters) -> Plan:
    """Return what is known under these delimiters, where no fuller code sets are given."""
    return Plan(marks)


def pattern(use: Use, marks: Delimiters) -> str:
    """Return an expression that only sound segments match."""
    mark = re.escape(marks.element)
    tail = _tail([(element, _element(element, marks)) for element in use.elements], mark, mark)
    # The last element is not empty.
    return f"{re.escape(use.id)}{tail}(?<!{mark})"


def _tail(elements: list[tuple[Element, str]], mark: str, first: str) -> str:
    """Return the expression of elements in a row; what may be left out at the end may be absent."""
    words, needed = "", False
    for at in range(len(elements) - 1, -1, -1):
        element, one = elements[at]
        lead = mark if at else first
        if element.required:
            words, needed = f"{lead}{one}{words}", True
        else:
            here = f"{lead}(?:{one})?{words}" if element.used else f"{lead}{words}"
            words = here if needed else f"(?:{here})?"
    return words


def _element(element: Element, marks: Delimiters) -> str:
    if element.kind == "C":
        mark = re.escape(marks.component)
        parts = [(part, _simple(part, marks)) for part in element.parts]
        one = f"{_tail(parts, mark, '')}(?<!{mark})"
    else:
        one = _simple(element, marks)
    if element.repeats > 1 and marks.repetition:
        return f"{one}(?:{re.escape(marks.repetition)}{one}){{0,{min(element.repeats - 1, 98)}}}"
    return one


def _simple(element: Element, marks: Delimiters) -> str:
    if element.kind == "D":
        return _DAY if element.longest == 8 else "(?!)"
    if element.kind == "T":
        return _TIME
    if element.codes is not None:
        if len(element.codes) > 100:
            return "(?!)"  # too long a list to be quick: never taken for sound here
        return f"(?:{'|'.join(map(re.escape, sorted(element.codes, key=lambda code: (-len(code), code))))})"
    if element.kind == "N":
        return f"-?[0-9]{{{element.shortest},{element.longest}}}"
    if element.kind == "R":
        return f"-?[0-9]{{1,{max(1, element.longest - 4)}}}(?:\\.[0-9]{{1,4}})?"
    letters = _letters(marks)
    some = f"[{letters}]{{{element.shortest},{element.longest}}}"
    return some if element.kind == "I" else f"(?! *(?![{letters}])){some}"  # a string is not blank


@lru_cache(maxsize=8)
def _letters(marks: Delimiters) -> str:
    """Return what a string may hold: what can be printed and is no delimiter."""
    return "".join(re.escape(chr(code)) for code in range(32, 127) if chr(code) not in marks)
