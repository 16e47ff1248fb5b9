"""Take down what a patient asks about their record, and answer it within the time the law gives."""

from datetime import date
from typing import Any

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid, NotFound
from frontdesk.kit.versioned import save_changes
from frontdesk.office.audit.services import record, service
from frontdesk.office.patients.fields import cleaned, misfits, refuse, tidy
from frontdesk.office.privacy.errors import SettledAlready, TooLate
from frontdesk.office.privacy.models import RecordRequest, Restriction
from frontdesk.office.privacy.rules import clocks
from frontdesk.office.privacy.services._days import today
from frontdesk.office.privacy.services._known import patient_of

_ASKED = ("kind", "asked_by", "what", "about", "form", "to_whom")
_RESTRICTION = ("kind", "what", "payer", "subject")


@service("privacy.take_request")
def take_request(
    by: Actor, /, *, patient_id: int, kind: str, what: str, asked_on: date, **fields: Any
) -> RecordRequest:
    """Take down that the patient asks for a copy, a correction or an accounting; says until when it must be answered."""
    patient, given = patient_of(by, patient_id), cleaned({"kind": kind, "what": what, **fields})
    wrong = misfits(RecordRequest, given, _ASKED)
    if kind not in clocks.KINDS:
        wrong["kind"] = "A copy, a correction, or an accounting?"
    if not given["what"]:
        wrong["what"] = "What do they ask for? In their words."
    if asked_on > today(by):
        wrong["asked_on"] = "That day is still to come."
    refuse(wrong)
    made = RecordRequest.objects.create(
        patient=patient,
        asked_on=asked_on,
        due=clocks.due(kind, asked_on),
        noted_at=clock.now(),
        noted_by=by.name,
        **given,
    )
    record(by, subject=made, patient_id=patient.pk, after={"kind": kind, "due": made.due})
    return made


@service("privacy.extend_request", permission="privacy.decide")
def extend_request(by: Actor, /, *, request_id: int, version: int, reason: str) -> RecordRequest:
    """Take thirty days more, once, and note the reason the patient was told in writing. Raises `TooLate`."""
    found, day = _open(by, request_id), today(by)
    refusal = clocks.no_extension(found.kind, found.asked_on, day, extended=found.extended_on is not None)
    if refusal:
        raise TooLate(refusal, found)
    why = tidy(reason)[:200]
    if not why:
        msg = "Write the reason the patient is told, and by when they will have an answer."
        raise Invalid(msg, fields={"reason": msg})
    changes = {
        "extended_on": day,
        "extension_why": why,
        "due": clocks.due(found.kind, found.asked_on, extended=True),
    }
    before = save_changes(found, changes, expected=version)
    record(by, subject=found, patient_id=found.patient_id, before=before, after=changes, reason=why)
    return found


@service("privacy.answer_request", permission="privacy.decide")
def answer_request(
    by: Actor, /, *, request_id: int, version: int, status: str, answer: str = "", linked: str = ""
) -> RecordRequest:
    """Grant, deny or close a request. A denial says why; an accepted correction says where it was written.

    An answer given late is still an answer: what is overdue is shown, never refused.
    """
    found = _open(by, request_id)
    given = cleaned({"answer": answer, "linked": linked})
    wrong = misfits(RecordRequest, given, ("answer", "linked"))
    if status not in clocks.ANSWERS[found.kind]:
        wrong["status"] = (
            "An accounting cannot be denied." if status == clocks.DENIED else "Choose an answer."
        )
    if status in {clocks.DENIED, clocks.PARTLY, clocks.WITHDRAWN} and not given["answer"]:
        wrong["answer"] = "Say why, in words the patient is given."
    accepted = found.kind == clocks.AMENDMENT and status in {clocks.GRANTED, clocks.PARTLY}
    if accepted and not given["linked"]:
        wrong["linked"] = "Say where the correction stands now, beside what it corrects."
    refuse(wrong)
    changes = {"status": status, "answered_on": today(by), "answered_by": by.name, **given}
    before = save_changes(found, changes, expected=version)
    record(by, subject=found, patient_id=found.patient_id, before=before, after=changes)
    return found


@service("privacy.add_disagreement", permission="privacy.take_request")
def add_disagreement(
    by: Actor, /, *, request_id: int, version: int, statement: str, rebuttal: str = ""
) -> RecordRequest:
    """Keep the patient's statement about a denied correction; from now on it goes with what is disclosed."""
    found = _request(by, request_id)
    given = cleaned({"disagreement": statement, "rebuttal": rebuttal})
    wrong = misfits(RecordRequest, given, ("disagreement", "rebuttal"))
    if not given["disagreement"]:
        wrong["disagreement"] = "The patient's own words."
    refuse(wrong)
    if found.kind != clocks.AMENDMENT or found.status not in {clocks.DENIED, clocks.PARTLY}:
        msg = "A statement of disagreement belongs to a correction that was denied."
        raise SettledAlready(msg, found)
    changes = {**given, "disagreement_on": today(by)}
    before = save_changes(found, changes, expected=version)
    record(by, subject=found, patient_id=found.patient_id, before=before, after=changes)
    return found


@service("privacy.ask_restriction", permission="privacy.take_request")
def ask_restriction(
    by: Actor, /, *, patient_id: int, kind: str, what: str, asked_on: date, **fields: Any
) -> Restriction:
    """Take down a use or disclosure the patient does not want.

    What was paid in full out of pocket and is to be kept from a health plan holds at once; another waits for an answer.
    """
    patient, given = patient_of(by, patient_id), cleaned({"kind": kind, "what": what, **fields})
    wrong = misfits(Restriction, given, _RESTRICTION)
    if kind not in Restriction.Kind.values:
        wrong["kind"] = "Paid in full, or something else?"
    if not given["what"]:
        wrong["what"] = "Which service, or which use?"
    if asked_on > today(by):
        wrong["asked_on"] = "That day is still to come."
    refuse(wrong)
    must = kind == Restriction.Kind.PAID_IN_FULL
    now = clock.now()
    made = Restriction.objects.create(
        patient=patient,
        asked_on=asked_on,
        status=Restriction.Status.ACCEPTED if must else Restriction.Status.ASKED,
        answered_at=now if must else None,
        answered_by=by.name if must else "",
        noted_at=now,
        noted_by=by.name,
        **given,
    )
    record(by, subject=made, patient_id=patient.pk, after={"kind": kind, "status": made.status})
    return made


@service("privacy.answer_restriction", permission="privacy.decide")
def answer_restriction(
    by: Actor, /, *, restriction_id: int, version: int, accept: bool, reason: str = ""
) -> Restriction:
    """Accept a restriction, or decline it with a reason; one that was paid in full is never asked here."""
    found, why = _restriction(by, restriction_id), tidy(reason)[:300]
    if found.status != Restriction.Status.ASKED:
        raise SettledAlready("That was answered already.", found)
    if not accept and not why:
        msg = "Say why it cannot be kept, in words the patient is given."
        raise Invalid(msg, fields={"reason": msg})
    changes = {
        "status": Restriction.Status.ACCEPTED if accept else Restriction.Status.DECLINED,
        "reason": why,
        "answered_at": clock.now(),
        "answered_by": by.name,
    }
    before = save_changes(found, changes, expected=version)
    record(by, subject=found, patient_id=found.patient_id, before=before, after=changes)
    return found


@service("privacy.end_restriction", permission="privacy.decide")
def end_restriction(by: Actor, /, *, restriction_id: int, version: int, reason: str) -> Restriction:
    """End a restriction: the patient agrees, or asks for it. One paid in full ends only because the patient asks."""
    found, why = _restriction(by, restriction_id), tidy(reason)[:200]
    if found.ended_at is not None:
        raise SettledAlready("That has ended already.", found)
    if not why:
        msg = "Say who asked for it to end, and how."
        raise Invalid(msg, fields={"reason": msg})
    changes = {"ended_at": clock.now(), "ended_by": by.name, "ended_why": why}
    before = save_changes(found, changes, expected=version)
    record(by, subject=found, patient_id=found.patient_id, before=before, after=changes, reason=why)
    return found


def _request(by: Actor, request_id: int) -> RecordRequest:
    found = RecordRequest.objects.filter(pk=request_id).first()
    if found is None:
        msg = "There is no such request."
        raise NotFound(msg)
    patient_of(by, found.patient_id)
    return found


def _open(by: Actor, request_id: int) -> RecordRequest:
    found = _request(by, request_id)
    if found.status != RecordRequest.Status.OPEN:
        raise SettledAlready("That was answered already.", found)
    return found


def _restriction(by: Actor, restriction_id: int) -> Restriction:
    found = Restriction.objects.filter(pk=restriction_id).first()
    if found is None:
        msg = "There is no such restriction."
        raise NotFound(msg)
    patient_of(by, found.patient_id)
    return found
