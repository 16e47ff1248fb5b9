"""Put an Advance Beneficiary Notice before a patient, and note what they chose."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.scope import must_work_at
from frontdesk.kit.versioned import save_changes
from frontdesk.kit.walltime import to_wall
from frontdesk.office.audit.services import record, service
from frontdesk.office.billing.errors import AlreadyDecided, NoMedicare, NoSuchPaper, TooLate
from frontdesk.office.billing.models import Abn
from frontdesk.office.billing.queries.estimates import paper_numbers
from frontdesk.office.billing.queries.notices import has_original_medicare
from frontdesk.office.ledger import services as ledger
from frontdesk.office.patients.fields import refuse, tidy
from frontdesk.office.patients.queries import find_patient, refuse_hidden
from frontdesk.office.practice.queries import practice
from frontdesk.office.scheduling.models import Appointment

NONE = "There is no such notice."
Choice = Abn.Choice
BEFORE = ("scheduled", "confirmed", "arrived", "checked_in", "roomed", "with_provider")
MOST_ITEMS = 6


@dataclass(frozen=True, slots=True)
class Noticed:
    """One service Medicare may not pay: what it is, why not, and what it is estimated to cost, in cents."""

    words: str
    reason: str
    cents: int | None


@service("billing.make_abn", permission="billing.write_papers")
def make_abn(
    by: Actor, /, *, appointment_id: int, items: Sequence[Noticed], more: str = "", is_voluntary: bool = False, language: str = "en"
) -> Abn:  # fmt: skip
    """Write a notice for a visit of a patient whom Original Medicare covers. It is never written blank: D, E and F are all filled.

    Raises `NoMedicare`, `TooLate` once the visit is over, `Invalid`, `NoSuchPaper`, `Restricted`.
    """
    visit = _visit(by, appointment_id)
    patient = find_patient(by, visit.patient_id)
    if visit.status not in BEFORE:
        raise TooLate("A notice is given before the service. This visit is over, or cancelled.")
    if not has_original_medicare(patient.pk, to_wall(visit.starts, visit.zone).date()):
        raise NoMedicare("Medicare itself does not cover this patient that day. A Medicare Advantage plan is asked beforehand instead.")  # fmt: skip
    refuse(_wrong(items))
    ours, place = practice(), visit.location
    town = f"{place.city}, {place.state} {place.zip}".strip(", ")
    facts = {
        "notifier": ours.name if ours else place.name,
        "address": ", ".join(filter(None, [place.line, town])),
        "phone": place.phone or (ours.phone if ours else ""),
        "patient": patient.legal_name,
        "mrn": patient.mrn,
        "expires": paper_numbers().abn_expires,
    }
    made = Abn.objects.create(
        patient=patient, appointment=visit, number=ledger.next_number(by, name="abn"), is_voluntary=is_voluntary,
        language=language if language in {"en", "es"} else "en", facts=facts, more=tidy(more), made_at=clock.now(),
        made_by=by.name,
        items=[{"words": tidy(one.words), "reason": tidy(one.reason), "cents": one.cents} for one in items],
    )  # fmt: skip
    record(by, subject=made, patient_id=patient.pk, after={"number": made.number, "items": len(items)})
    return made


@service("billing.note_choice", permission="billing.write_papers")
def note_choice(
    by: Actor, /, *, abn_id: int, version: int, choice: str, signed_on: date | None = None, signer: str = "", witness: str = "",
    wants_it: bool | None = None, copy_given: bool = False,
) -> Abn:  # fmt: skip
    """Note which box the patient ticked and when they signed; of who would not sign, who saw it, and whether they want the service.

    The patient gets a copy. Raises `AlreadyDecided`, `Invalid`, `NoSuchPaper`, `StaleVersion`.
    """
    row = locked(by, abn_id)
    if row.choice or row.ended_at:
        raise AlreadyDecided(
            "What the patient chose is noted already. For another choice write a new notice."
        )
    wrong: dict[str, str] = {}
    today = clock.today(row.appointment.zone)
    made_on = to_wall(row.made_at, row.appointment.zone).date()
    if choice not in Choice.values:
        wrong["choice"] = "Which box did the patient tick?"
    elif choice == Choice.REFUSED:
        if not tidy(witness):
            wrong["witness"] = "Write the name of who saw that they would not sign."
        if wants_it is None:
            wrong["wants_it"] = "Say whether they want the service all the same."
    elif signed_on is None:
        wrong["signed_on"] = "Write the day they signed."
    if signed_on and not made_on <= signed_on <= today:
        wrong["signed_on"] = "They signed between the day it was written and today."
    if not copy_given and choice != Choice.REFUSED:
        wrong["copy_given"] = "The patient gets a copy: give it, then note it."
    refuse(wrong)
    refused = choice == Choice.REFUSED
    changes: dict[str, Any] = {
        "choice": choice, "signed_on": None if refused else signed_on, "signer": tidy(signer), "witness": tidy(witness),
        "wants_it": wants_it if refused else None, "copy_given": copy_given, "noted_at": clock.now(), "noted_by": by.name,
    }  # fmt: skip
    before = save_changes(row, changes, expected=version)
    told = ("choice", "copy_given")
    record(
        by,
        subject=row,
        patient_id=row.patient_id,
        before={name: before[name] for name in told},
        after={name: changes[name] for name in told},
    )
    return row


@service("billing.end_abn", permission="billing.write_papers")
def end_abn(by: Actor, /, *, abn_id: int, version: int, reason: str) -> Abn:
    """Take a notice out of use: written by mistake, or another took its place. It stays on record. Raises `Invalid`, `NoSuchPaper`."""
    row = locked(by, abn_id)
    if not tidy(reason):
        refuse({"reason": "Say why."})
    changes = {"ended_at": clock.now(), "ended_why": tidy(reason)}
    before = save_changes(row, changes, expected=version)
    record(by, subject=row, patient_id=row.patient_id, before=before, after=changes, reason=tidy(reason))
    return row


def locked(by: Actor, abn_id: int) -> Abn:
    """Return a notice with its visit, locked until the verb ends. Raises `NoSuchPaper`, `Restricted`."""
    row = Abn.objects.select_for_update(of=("self",)).filter(pk=abn_id).first()
    if row is None:
        raise NoSuchPaper(NONE)
    row.appointment = _visit(by, row.appointment_id)
    find_patient(by, row.patient_id)
    return row


def _visit(by: Actor, appointment_id: int) -> Appointment:
    rows = Appointment.objects.select_related("visit_type", "location", "provider")
    visit = rows.filter(pk=appointment_id).first()
    if visit is None:
        raise NoSuchPaper("There is no such visit.")
    must_work_at(by, visit.location_id, "There is no such visit.")
    labels = (visit.visit_type.labels, visit.location.labels, visit.provider.labels if visit.provider else "")
    refuse_hidden(by, visit.patient_id, *filter(None, labels))
    return visit


def _wrong(items: Sequence[Noticed]) -> dict[str, str]:
    wrong = {}
    if not items:
        wrong["words-0"] = "A notice is never given blank: write what Medicare may not pay for."
    if len(items) > MOST_ITEMS:
        wrong["words-0"] = f"One notice has room for {MOST_ITEMS}. Write another for the rest."
    for at, one in enumerate(items):
        if not tidy(one.words) or len(one.words) > 160:
            wrong[f"words-{at}"] = "Say what Medicare may not pay for, in plain words."
        if not tidy(one.reason) or len(one.reason) > 300:
            wrong[f"reason-{at}"] = "Say why Medicare may not pay, so that the patient understands it."
        if one.cents is None or one.cents < 0:
            wrong[f"amount-{at}"] = (
                "Write what it is estimated to cost: within $100 or 25 percent is good faith."
            )
    return wrong
