"""The register form: seven fields that are asked of everyone, the rest when there is time for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.http import QueryDict

from frontdesk.entrypoints.desk.patients.typing import WRONG_DATE, YES_NO, birth_date
from frontdesk.entrypoints.desk.scheduling.asking import number
from frontdesk.kit import clock
from frontdesk.office.patients.services import NewPatient

ASKED = ("legal_first", "legal_last", "birth_date", "sex", "phone", "language", "zip")
MORE = (
    "legal_middle",
    "suffix",
    "preferred_name",
    "previous_last",
    "email",
    "line",
    "line2",
    "city",
    "state",
    "guardian_first",
    "guardian_last",
    "guardian_phone",
    "guardian_relationship",
)
ANSWERS = ("may_text", "may_leave_voicemail", "interpreter_needed")
FIELDS = (*ASKED, *MORE, *ANSWERS, "copy_from")
MISSING = {
    "legal_first": "The first name is needed.",
    "legal_last": "The last name is needed.",
    "birth_date": "The date of birth is needed: 3/14/1962.",
    "sex": "Choose one; Unknown is allowed.",
    "phone": "A telephone number is needed; write none if there is none.",
    "language": "Choose the language they speak at home.",
    "zip": "The ZIP code is needed; write none if there is none.",
}
NONE = {"none", "no", "n/a"}


@dataclass(frozen=True, slots=True)
class RegisterForm:
    """A register form as it stands: what was typed, what is wrong with it, and where the work goes on."""

    values: Mapping[str, str]
    errors: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""
    focus: str = "legal_first"
    back: str = ""
    place: str = "page"
    relative: str = ""

    def value(self, name: str) -> str:
        """Return what stands in a field."""
        return self.values.get(name, "")

    def error(self, name: str) -> str:
        """Return what is wrong with a field, nothing when it is right."""
        return self.errors.get(name, "")

    def attrs(self, name: str, **more: str) -> dict[str, str]:
        """Return the attributes of a field; the one where the work goes on takes the focus."""
        return {**({"data-focus": "", "autofocus": ""} if name == self.focus else {}), **more}

    def wrong(self, errors: Mapping[str, str], problem: str) -> "RegisterForm":
        """Return the form with its errors; the first bad field takes the focus."""
        first = next((name for name in FIELDS if name in errors), "legal_first")
        return replace(self, errors=dict(errors), problem=problem, focus=first)

    @property
    def opens_more(self) -> bool:
        """Say whether something beyond the seven fields is filled in or wrong."""
        return any(self.value(name) or self.error(name) for name in (*MORE, *ANSWERS))


def typed(data: QueryDict) -> dict[str, str]:
    """Return what was typed, field by field."""
    return {name: data.get(name, "").strip()[:120] for name in FIELDS}


def begun(values: Mapping[str, str], back: str = "", place: str = "page") -> RegisterForm:
    """Return a form begun with some values; the first of the seven that is missing takes the focus.

    `place` is where it stands: on a page of its own, or in the sheet at the side of another.
    """
    first = next((name for name in ASKED if not values.get(name)), ASKED[-1])
    return RegisterForm(values=dict(values), focus=first, back=back, place=place)


def missing(values: Mapping[str, str], today: date) -> dict[str, str]:
    """Return what the seven fields still lack, in words."""
    wrong = {name: words for name, words in MISSING.items() if not values.get(name)}
    if values.get("birth_date") and birth_date(values["birth_date"], today) is None:
        wrong["birth_date"] = WRONG_DATE
    return wrong


def details(values: Mapping[str, str]) -> NewPatient:
    """Return what was typed as the office takes it; a date of birth that is not there yet is None."""
    given: dict[str, Any] = {name: values.get(name, "") for name in (*ASKED, *MORE)}
    given["birth_date"] = birth_date(given["birth_date"], clock.now().date())
    for name in ("phone", "zip"):
        given[name] = "" if given[name].casefold() in NONE else given[name]
    for name in ANSWERS:
        given[name] = YES_NO.get(values.get(name, ""))
    return NewPatient(**given, copy_from=number(values.get("copy_from")))
