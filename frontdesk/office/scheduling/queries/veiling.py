"""Rows read for a list, made to show no more than whoever is looking may see. They are shown, and never written back."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Model

from frontdesk.kit.sensitivity import HIDDEN_VISIT, hidden, may

R = TypeVar("R", bound=Model)
ABOUT = ("visit_type", "provider", "location")
WORDS = ("note", "reason", "internal_note", "patient_instructions")


def veiled(rows: Iterable[R]) -> list[R]:
    """Return rows that have a `patient`, each hidden that bears a label: its patient's, its kind's, provider's or site's."""
    return [veil(row) for row in rows]


def veil(row: R) -> R:
    """Hide one row from whoever is looking, where they do not see its labels; return it."""
    whole: Any = row
    about = [getattr(row, name) for name in ABOUT if _is_read(row, name)]
    labels = [whole.patient.labels, *(one.labels for one in about if one is not None)]
    shut = hidden(*labels, patient_id=whole.patient_id)
    if shut:
        whole.patient.hide()
        if _is_read(row, "visit_type"):
            whole.visit_type.name = HIDDEN_VISIT
    if shut or not may("patients.see_notes"):
        for name in WORDS:
            if hasattr(row, name):
                setattr(row, name, "")
    return row


def _is_read(row: Model, name: str) -> bool:
    """Say whether what a row points at was read with it: a list asks no query a row."""
    return row._meta.get_field(name).is_cached(row) if name in {f.name for f in row._meta.fields} else False  # type: ignore[union-attr]  # a foreign key
