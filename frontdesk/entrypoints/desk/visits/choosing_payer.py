"""The choice who pays for a visit, as a field of a form: on the visit's card, and where a time is booked."""

from collections.abc import Sequence
from typing import Any

from frontdesk.entrypoints.desk.coverage.case_words import named
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.office.coverage.queries import open_cases_of
from frontdesk.office.coverage.rules import SELF_PAY_WORDS

INSURANCE = "insurance"
_SELF_PAY = {
    "uninsured": "Self-pay: has no insurance",
    "chosen": "Self-pay: does not want insurance used",
    "kept": "Self-pay in full, and kept from the health plan",
}


def choices(patient_id: int) -> list[tuple[str, str]]:
    """Return who can pay for a visit of a patient: their open cases first, insurance, the patient; one query."""
    cases = [(f"case:{row.pk}", named(row)) for row in open_cases_of(patient_id)]
    own = [(f"self_pay:{reason}", _SELF_PAY[reason]) for reason in SELF_PAY_WORDS]
    return [*cases, (INSURANCE, "Insurance as on file"), *own]


def read_choice(text: str) -> dict[str, Any]:
    """Return what was chosen, as the verbs take it; insurance where nothing was."""
    how, _, which = text.partition(":")
    if how == "case":
        return {"how": how, "case_id": number(which)}
    return {"how": how or INSURANCE, "reason": which if how == "self_pay" else ""}


def carried_choice(offered: Sequence[tuple[str, str]], typed: str) -> str:
    """Return what is chosen in a form that is drawn again: what was sent, where it is still offered; else insurance."""
    return typed if typed in dict(offered) else INSURANCE
