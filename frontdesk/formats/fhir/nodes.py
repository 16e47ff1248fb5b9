"""A place in a JSON document that knows its path, and reads typed values without ever raising."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Any

from frontdesk.formats.fhir.values import Problem

LONGEST_TEXT = 4_000
MOST_ITEMS = 500
_DAY = re.compile(r"^(\d{4})-(\d{2})-(\d{2})(T.*)?$", re.ASCII)
_PARTIAL = re.compile(r"^(\d{4})(?:-(\d{2}))?$", re.ASCII)
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_KINDS = {dict: "an object", list: "a list", str: "text", bool: "true or false", type(None): "null"}


def kind_of(value: object) -> str:
    """Name a JSON value's kind in words."""
    return _KINDS.get(type(value), "a number")


@dataclass(frozen=True, slots=True)
class Node:
    """`value` at `path`; what is wrong with it is added to `problems`, which all nodes of a reading share."""

    value: Any
    path: str
    problems: list[Problem]

    def say(self, why: str, *, fatal: bool = False) -> None:
        """Put down that something is wrong here."""
        self.problems.append(Problem(self.path, why, fatal))

    def child(self, key: str) -> "Node":
        """Return what stands under `key`; null where there is nothing, or where this is no object."""
        value = self.value.get(key) if isinstance(self.value, dict) else None
        return Node(value, f"{self.path}.{key}", self.problems)

    def object(self, key: str) -> "Node | None":
        """Return the object under `key`; None, with a problem when something else stands there."""
        found = self.child(key)
        if isinstance(found.value, dict):
            return found
        if found.value is not None:
            found.say(f"should be an object, is {kind_of(found.value)}")
        return None

    def objects(self, key: str) -> list["Node"]:
        """Return the objects of the list under `key`, leaving out, with a problem, what is none."""
        found = self.child(key)
        if found.value is None:
            return []
        if not isinstance(found.value, list):
            found.say(f"should be a list, is {kind_of(found.value)}")
            return []
        if len(found.value) > MOST_ITEMS:
            found.say(f"has {len(found.value):,} items; only the first {MOST_ITEMS} were read")
        items = (Node(v, f"{found.path}[{i}]", self.problems) for i, v in enumerate(found.value[:MOST_ITEMS]))
        return [item for item in items if item.is_object()]

    def is_object(self) -> bool:
        """Say whether this is an object; if not, put that down."""
        if not isinstance(self.value, dict):
            self.say(f"should be an object, is {kind_of(self.value)}")
        return isinstance(self.value, dict)

    def text(self, key: str) -> str:
        """Return the text under `key`, trimmed; "" when there is none or it cannot be text."""
        return self.child(key).as_text()

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the texts of the list under `key`, without empty ones."""
        found = self.child(key)
        if found.value is None:
            return ()
        if not isinstance(found.value, list):
            found.say(f"should be a list, is {kind_of(found.value)}")
            return ()
        items = (Node(v, f"{found.path}[{i}]", self.problems) for i, v in enumerate(found.value[:MOST_ITEMS]))
        return tuple(text for text in (item.as_text() for item in items) if text)

    def as_text(self) -> str:
        """Return the text here, trimmed; "" when there is none or it cannot be text."""
        if self.value is None:
            return ""
        if not isinstance(self.value, str):
            self.say(f"should be text, is {kind_of(self.value)}")
            return ""
        if _UNPRINTABLE.search(self.value):
            self.say("holds a control character or half a character")
            return ""
        if len(self.value) > LONGEST_TEXT:
            self.say(f"is {len(self.value):,} characters long; {LONGEST_TEXT:,} is the most")
            return ""
        return " ".join(self.value.split())

    def choice(self, key: str, allowed: frozenset[str]) -> str:
        """Return the code under `key` when it is one of `allowed`, else ""."""
        found = self.text(key)
        if found and found not in allowed:
            self.child(key).say(f"is not one of {', '.join(sorted(allowed))}")
            return ""
        return found

    def flag(self, key: str) -> bool | None:
        """Return true or false under `key`, None when it says neither."""
        found = self.child(key)
        if found.value is None or isinstance(found.value, bool):
            return found.value
        found.say(f"should be true or false, is {kind_of(found.value)}")
        return None

    def number(self, key: str) -> int | None:
        """Return the positive whole number under `key`, else None."""
        found = self.child(key)
        if found.value is None:
            return None
        if isinstance(found.value, int) and not isinstance(found.value, bool) and 0 < found.value < 2**31:
            return found.value
        found.say("should be a positive whole number")
        return None

    def day(self, key: str, *, fatal: bool = False) -> date | None:
        """Return the whole date under `key` (a time after it is dropped); a partial date is refused with a reason."""
        text = self.text(key)
        if not text:
            return None
        if _PARTIAL.match(text):
            known = "year" if len(text) == 4 else "year and month"
            self.child(key).say(
                f"{text} is a partial date: only the {known} is known, the day is needed", fatal=fatal
            )
            return None
        whole = _DAY.match(text)
        found = _date(int(whole[1]), int(whole[2]), int(whole[3])) if whole else None
        if found is None:
            self.child(key).say("is not a date as YYYY-MM-DD", fatal=fatal)
        return found

    def edge(self, key: str, *, last: bool) -> date | None:
        """Return a period's edge under `key`: a partial date stands for its first day, or with `last` its last."""
        text = self.text(key)
        partial = _PARTIAL.match(text)
        if not partial:
            return self.day(key) if text else None
        year, month = int(partial[1]), int(partial[2] or (12 if last else 1))
        if not (1 <= month <= 12 and year >= 1):
            self.child(key).say("is not a date")
            return None
        return date(year, month, monthrange(year, month)[1] if last else 1)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
