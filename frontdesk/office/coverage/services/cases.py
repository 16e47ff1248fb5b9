"""Injuries somebody else may have to pay for: open a case, correct it, close it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.kit.versioned import save_changes
from frontdesk.office.audit.services import record, service
from frontdesk.office.coverage.events import CoverageChanged
from frontdesk.office.coverage.models import Case
from frontdesk.office.coverage.queries import cases_of, find_case
from frontdesk.office.coverage.rules.cases import CARRIER_ONLY, WORKERS_COMP, proposed_order
from frontdesk.office.coverage.services.payers import find_payer
from frontdesk.office.jobs.services import publish
from frontdesk.office.patients.fields import cleaned, misfits, refuse, tidy
from frontdesk.office.patients.queries import find_patient
from frontdesk.office.practice.queries import zone_of

_FIELDS = (
    *("kind", "payer_id", "order", "claim_number", "adjuster", "adjuster_phone", "adjuster_fax", "employer"),
    *("employer_contact", "injury", "happened_on", "happened_at", "state", "first_report", "authorization"),
    *("limit_cents", "attorney", "letter_of_protection", "police_report", "denied_on", "note"),
)
MOST = 100_000_000
"""The highest limit that is taken for one: a million dollars, in cents."""


@service("coverage.open_cases", permission="coverage.view", reads=True)
def open_cases(by: Actor, /, *, patient_id: int) -> list[Case]:
    """Return a patient's cases, those still open first. Raises `NoSuchPatient`, `Restricted`."""
    patient = find_patient(by, patient_id)
    record(by, patient_id=patient.pk)
    return cases_of(patient.pk)


@service("coverage.open_case", permission="coverage.change")
def open_case(
    by: Actor, /, *, patient_id: int, kind: str, injury: str, happened_on: date | None, **fields: Any
) -> Case:
    """Open a case; without an `order` its payers are asked as `rules.proposed_order` says.

    `fields` are those of `Case`; its limit in cents. Raises `Invalid`, `NoSuchPayer`, `NoSuchPatient`, `Restricted`.
    """
    patient = find_patient(by, patient_id, to_change=True)
    good = _good(by, {"kind": kind, "injury": injury, "happened_on": happened_on, **fields})
    if not good.get("order"):
        good["order"] = _proposed(good)
    _must_hold(good)
    made = Case.objects.create(patient=patient, opened_at=clock.now(), opened_by=by.name, **good)
    record(by, subject=made, patient_id=patient.pk, after=good)
    publish(CoverageChanged(patient.pk))
    return made


@service("coverage.change_case", permission="coverage.change")
def change_case(by: Actor, /, *, case_id: int, changes: Mapping[str, Any], version: int) -> Case:
    """Correct a case, or note what the carrier said: a claim number, a denial. Raises `Invalid`, `StaleVersion`, `CaseClosed`."""
    row = find_case(by, case_id)
    good = _good(by, changes)
    whole = {name: getattr(row, name) for name in _FIELDS} | good
    if not whole["order"]:
        whole["order"] = good["order"] = _proposed(whole)
    _must_hold(whole)
    before = save_changes(row, good, expected=version)
    record(by, subject=row, patient_id=row.patient_id, before=before, after=good)
    publish(CoverageChanged(row.patient_id))
    return row


@service("coverage.close_case", permission="coverage.change")
def close_case(by: Actor, /, *, case_id: int, version: int, reason: str = "") -> Case:
    """Close a case: it is settled, or was never one. It is offered for no further visit, and stays on record."""
    row, why = find_case(by, case_id), tidy(reason)[:200]
    save_changes(row, {"closed_at": clock.now(), "closed_why": why}, expected=version)
    record(by, subject=row, patient_id=row.patient_id, reason=why, after={"closed": True})
    publish(CoverageChanged(row.patient_id))
    return row


def _good(by: Actor, fields: Mapping[str, Any]) -> dict[str, Any]:
    good = cleaned(fields)
    order = good.get("order", "")
    wrong = misfits(Case, {name: value for name, value in good.items() if name != "order" or order}, _FIELDS)
    today = clock.today(zone_of(by))
    for name in ("happened_on", "denied_on"):
        if isinstance(good.get(name), date) and good[name] > today:
            wrong[name] = "That day is still to come."
    if "happened_on" in good and good["happened_on"] is None:
        wrong["happened_on"] = "When did it happen?"
    if "injury" in good and not good["injury"]:
        wrong["injury"] = "Say what happened, and which part of the body is hurt."
    if "state" in good:
        good["state"] = good["state"].upper()
        if good["state"] and not (len(good["state"]) == 2 and good["state"].isalpha()):
            wrong["state"] = "Two letters: MA."
    if good.get("limit_cents") is not None and not 0 <= good["limit_cents"] <= MOST:
        wrong["limit_cents"] = "A limit is at most $1,000,000."
    refuse(wrong)
    if good.get("payer_id") is not None:
        find_payer(good["payer_id"])
    if good.get("kind") == WORKERS_COMP:
        good["order"] = CARRIER_ONLY
    return good


def _proposed(whole: Mapping[str, Any]) -> str:
    letter, limit = bool(whole.get("letter_of_protection")), whole.get("limit_cents")
    return proposed_order(whole["kind"], whole.get("state", ""), letter=letter, limit_cents=limit)[0]


def _must_hold(whole: Mapping[str, Any]) -> None:
    denied, happened = whole.get("denied_on"), whole["happened_on"]
    if denied is not None and denied < happened:
        msg = "It was denied before it happened."
        raise Invalid(msg, fields={"denied_on": msg})
    if whole["kind"] == WORKERS_COMP and whole["order"] != CARRIER_ONLY:
        msg = "Workers' compensation pays alone until the claim is denied."
        raise Invalid(msg, fields={"order": msg})
