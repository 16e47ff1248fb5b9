"""Change who a patient is, with others changing it too: different fields merge, the same field shows both."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import NotPermitted
from frontdesk.kit.versioned import save_changes
from frontdesk.office.audit.services import record, service
from frontdesk.office.jobs.services import publish
from frontdesk.office.patients import rules
from frontdesk.office.patients.errors import EditConflict
from frontdesk.office.patients.events import PatientChanged
from frontdesk.office.patients.fields import cleaned, misfits, refuse
from frontdesk.office.patients.index import reindex
from frontdesk.office.patients.models import Patient
from frontdesk.office.patients.queries.glass import find_patient as find
from frontdesk.office.patients.services.charts import not_for

FIELDS = frozenset(
    [
        "legal_first",
        "legal_middle",
        "legal_last",
        "suffix",
        "preferred_name",
        "birth_date",
        "sex",
        "gender_identity",
        "pronouns",
        "races",
        "ethnicity",
        "language",
        "interpreter_needed",
        "is_deceased",
        "deceased_on",
        "confidential",
        "confidential_note",
        "status",
    ]
)


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """One field that two people changed: what it was, what the other wrote, what this one wants."""

    field: str
    base: Any
    theirs: Any
    mine: Any


@service("patients.update_demographics", permission="patients.change")
def update_demographics(
    by: Actor, /, *, patient_id: int, changes: Mapping[str, Any], base: Mapping[str, Any], version: int
) -> Patient:
    """Write `changes`; `base` holds the values the form was drawn with, `version` the record's then.

    When the record has moved on, fields that only one side changed are merged. Raises `EditConflict` when both
    changed one field differently, `Invalid` when a value cannot be right, `StaleVersion` in a dead heat.
    """
    patient = find(by, patient_id, to_change=True)
    changes = _plain(cleaned(changes))
    base = _plain(cleaned(base))
    refuse(misfits(Patient, changes, FIELDS))
    wanted = {k: v for k, v in changes.items() if v != base.get(k, getattr(patient, k))}
    if patient.version != version or patient.pk != patient_id:
        wanted = _merged(patient, wanted, base)
    wanted = {k: v for k, v in wanted.items() if v != getattr(patient, k)}
    if not_for(by) & wanted.keys():
        msg = "Your role does not change this part of a record."
        raise NotPermitted(msg, "patients.see_needs")
    if not wanted:
        record(by, subject=patient, patient_id=patient.pk, after={})
        return patient
    _check(patient, wanted)
    if wanted.get("deceased_on"):
        wanted["is_deceased"] = True
    if "birth_date" in wanted:
        wanted["birthday"] = f"{wanted['birth_date']:%m%d}"
    before = save_changes(patient, wanted, expected=patient.version)
    reindex([patient.pk])
    record(by, subject=patient, patient_id=patient.pk, before=before, after=wanted)
    publish(PatientChanged(patient.pk, "identity"))
    return patient


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values as the record holds them: lists, not tuples, so that alike compares as alike."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


def _merged(patient: Patient, wanted: dict[str, Any], base: Mapping[str, Any]) -> dict[str, Any]:
    """Return what this side changed. A field that came without its base is taken for one the other changed too."""
    both = [
        FieldConflict(name, base.get(name), getattr(patient, name), mine)
        for name, mine in wanted.items()
        if getattr(patient, name) != mine and (name not in base or getattr(patient, name) != base[name])
    ]
    if both:
        msg = "Someone else changed the same thing a moment ago. Both are shown; choose one. Nothing was written yet."
        raise EditConflict(msg, *both)
    return wanted


def _check(patient: Patient, wanted: Mapping[str, Any]) -> None:
    """Refuse values that cannot be right, alone or together with what stays."""
    today = clock.now().date()
    wrong = rules.wrong_codes(wanted)
    for name in ("legal_first", "legal_last"):
        if name in wanted and not wanted[name]:
            wrong[name] = "This cannot be empty."
    born = wanted.get("birth_date", patient.birth_date)
    if not isinstance(born, date):
        wrong["birth_date"] = "Write it as 3/14/1962."
    elif "birth_date" in wanted and (problem := rules.wrong_birth_date(born, today)):
        wrong["birth_date"] = problem
    died = wanted.get("deceased_on")
    if died and isinstance(born, date) and not born <= died <= today:
        wrong["deceased_on"] = "That day is before the birth, or has not come yet."
    if wanted.get("status") == Patient.Status.MERGED:
        wrong["status"] = "Charts are merged from the merge queue."
    refuse(wrong)
