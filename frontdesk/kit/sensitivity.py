"""Labels for what must be known to fewer people, and who is looking: a labelled thing shows its mask to all others.

A list does not ask who reads it: it is drawn for whoever is `looking`, which the way in says once for a whole request.
Where nobody is named the program works for itself (the worker, the command line, a patient at their own link).
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date

from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid

LABELS: dict[str, str] = {
    "behavioural": "Behavioural health",
    "substance": "Substance use (42 CFR Part 2)",
    "reproductive": "Reproductive health",
    "hiv": "HIV",
    "minor": "Confidential care of a minor",
    "employee": "Works here",
    "vip": "Known to the public",
}
HIDDEN = "Restricted record"
HIDDEN_VISIT = "Restricted"
NO_DAY = date(1, 1, 1)
"""The date of birth of somebody whose date of birth is not shown; it is written as nothing."""


def codes(text: str) -> frozenset[str]:
    """Return the labels in a column's text: codes with commas between them."""
    return frozenset(filter(None, text.split(",")))


def text_of(labels: Iterable[str]) -> str:
    """Return labels as a column keeps them."""
    return ",".join(sorted(set(labels)))


def checked(labels: Iterable[str]) -> str:
    """Return labels as a column keeps them. Raises `Invalid` for one there is none of."""
    text = text_of(labels)
    if not codes(text) <= LABELS.keys():
        msg = "There is no such label."
        raise Invalid(msg, fields={"labels": msg})
    return text


def permission_for(code: str) -> str:
    """Return the permission to see what bears a label."""
    return f"patients.see_{code}"


def sees(by: Actor, *texts: str) -> bool:
    """Say whether `by` may see what bears these labels (each text a column's): patients see what is their own."""
    if by.kind == "patient":
        return True
    return all(by.can(permission_for(code)) for text in texts if text for code in codes(text))


@dataclass(slots=True)
class _Looking:
    by: Actor
    find: Callable[[], frozenset[int]]
    opened: frozenset[int] | None = None


_looking: ContextVar[_Looking | None] = ContextVar("looking", default=None)


@contextmanager
def looking(by: Actor, opened: Callable[[], frozenset[int]] = frozenset) -> Iterator[None]:
    """Draw everything inside for `by`; `opened` finds the patients whose record they may open for the present."""
    token = _looking.set(_Looking(by, opened))
    try:
        yield
    finally:
        _looking.reset(token)


def hidden(*texts: str, patient_id: int | None = None) -> bool:
    """Say whether what bears these labels is hidden from whoever is looking.

    With `patient_id` a record they have broken the glass of is not; a list that many are shown alike gives none.
    """
    if not any(texts):
        return False
    here = _looking.get()
    if here is None or sees(here.by, *texts):
        return False
    if patient_id is None:
        return True
    if here.opened is None:
        here.opened = here.find()
    return patient_id not in here.opened


def may(permission: str) -> bool:
    """Say whether whoever is looking holds a permission; the program itself does."""
    here = _looking.get()
    return here is None or here.by.kind == "patient" or here.by.can(permission)
