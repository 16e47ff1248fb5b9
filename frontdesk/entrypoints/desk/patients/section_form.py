"""Sections of the record as forms: what a field shows, what was typed into it, and two people's work on one field."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.http import QueryDict

from frontdesk.entrypoints.desk.patients.typing import WRONG_DATE, YES_NO, any_date, birth_date
from frontdesk.entrypoints.desk.scheduling.asking import number
from frontdesk.entrypoints.desk.templating import us_date
from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid

DATES = {"birth_date", "deceased_on", "begins", "ends", "expires"}
ANSWERS = {"interpreter_needed", "may_call", "may_text", "may_leave_voicemail"}
SWITCHES = {"confidential", "is_deceased", "is_preferred", "is_confidential"}
LISTS = {"races"}


@dataclass(frozen=True, slots=True)
class Clash:
    """A field two people changed: what is on record now and by whom, what this one typed."""

    theirs: str
    mine: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class SectionForm:
    """A form as it stands. `base` is what it was drawn with, so that only what was changed here is written."""

    values: Mapping[str, Any]
    base: str = ""
    version: int | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    clashes: Mapping[str, Clash] = field(default_factory=dict)
    problem: str = ""
    focus: str = ""

    def value(self, name: str) -> Any:
        """Return what stands in a field."""
        return self.values.get(name, "")

    def error(self, name: str) -> str:
        """Return what is wrong with a field."""
        return self.errors.get(name, "")

    def attrs(self, name: str) -> dict[str, str]:
        """Return the attributes of a field: the one where the work begins takes the focus."""
        return {"data-focus": ""} if name == self.focus else {}

    def wrong(self, errors: Mapping[str, str], problem: str) -> "SectionForm":
        """Return the form with its errors; the first bad field takes the focus."""
        first = next((name for name in self.values if name in errors), self.focus)
        return replace(self, errors=dict(errors), problem=problem, focus=first)


def shown(row: Any, names: Sequence[str]) -> dict[str, Any]:
    """Return the fields of a row as a form shows them."""
    return {name: show(name, getattr(row, name)) for name in names}


def show(name: str, value: Any) -> Any:
    """Write a value as its field shows it."""
    if name in DATES:
        return us_date(value)
    if name in ANSWERS:
        return {True: "yes", False: "no"}.get(value, "")
    if name in SWITCHES:
        return "on" if value else ""
    return list(value) if name in LISTS else str(value or "")


def posted(data: QueryDict, names: Sequence[str]) -> dict[str, Any]:
    """Return what was typed, as the form shows it again."""
    return {
        name: sorted(data.getlist(name)) if name in LISTS else data.get(name, "").strip() for name in names
    }


def understood(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values as the office keeps them; raise `Invalid` naming the fields that cannot be read."""
    wrong: dict[str, str] = {}
    read = {name: _read(name, value, wrong) for name, value in values.items()}
    if wrong:
        msg = "Some of this cannot be read."
        raise Invalid(msg, fields=wrong)
    return read


def write_base(values: Mapping[str, Any]) -> str:
    """Return the values a form is drawn with, as one hidden field."""
    return json.dumps(dict(values), sort_keys=True)


def read_base(text: str, names: Sequence[str]) -> dict[str, Any]:
    """Return what `write_base` wrote; nothing of another form."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return {name: found[name] for name in names if name in found} if isinstance(found, dict) else {}


def read_version(data: QueryDict) -> int:
    """Return which version of the row a form was drawn from; 0, which no row has, when it does not say."""
    return number(data.get("version")) or 0


def _read(name: str, value: Any, wrong: dict[str, str]) -> Any:
    if name in DATES:
        return _date(name, str(value), wrong)
    if name in ANSWERS:
        return YES_NO.get(str(value))
    if name in SWITCHES:
        return value == "on"
    return sorted(value) if name in LISTS else value


def _date(name: str, text: str, wrong: dict[str, str]) -> date | None:
    if not text:
        if name == "birth_date":
            wrong[name] = "The date of birth is needed."
        return None
    past = name in {"birth_date", "deceased_on"}
    found = birth_date(text, clock.now().date()) if past else any_date(text)
    if found is None:
        wrong[name] = WRONG_DATE
    return found
