"""Verify who is speaking, and the phrase and papers that decide it."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib.auth.hashers import check_password, make_password

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid, NotFound
from frontdesk.kit.versioned import save_changes
from frontdesk.office.audit.services import record, service
from frontdesk.office.patients.fields import cleaned, misfits, refuse
from frontdesk.office.patients.models import Patient
from frontdesk.office.privacy.models import LegalPaper, PassPhrase, Verification
from frontdesk.office.privacy.queries.consents import given_by
from frontdesk.office.privacy.queries.identity import standing
from frontdesk.office.privacy.rules import identity, part_two
from frontdesk.office.privacy.rules.part_two import is_labelled
from frontdesk.office.privacy.services._days import today
from frontdesk.office.privacy.services._known import known_of, patient_of, speaker_of
from frontdesk.office.privacy.services.alarms import must_not_be_guessing, note_failure

_PAPER = ("effect", "first", "last", "relationship", "document", "begins", "ends", "note")
SHORTEST_PHRASE = 4
OTHERS = frozenset({"guardian", "guarantor", "authorized"})
"""Who speaks for a patient without being them, or standing for them by papers."""


@service("privacy.verify")
def verify(
    by: Actor,
    /,
    *,
    patient_id: int,
    speaker: str,
    said: Mapping[str, str],
    ticked: Collection[str] = (),
    related_id: int | None = None,
    paper_id: int | None = None,
    name: str = "",
    channel: str = Verification.Channel.PHONE,
    only_message: bool = False,
) -> Verification:
    """Compare what somebody stated with the record, and keep what came of it, good for this call.

    `said` is what was typed by identifier, `ticked` those the clerk heard and found right on the screen (name and
    address alone). What was said is compared and thrown away; which of it was right or wrong is kept.
    Raises `AskLead` once too many failed within the hour (`rules.identity.MOST_FOR_ONE`, `MOST_BY_ONE`).
    """
    patient, day = patient_of(by, patient_id, to_change=True), today(by)
    must_not_be_guessing(by, patient.pk)
    if channel not in Verification.Channel.values:
        msg = "On the telephone, or at the desk?"
        raise Invalid(msg, fields={"channel": msg})
    known = known_of(patient, day)
    who, called, related, paper = speaker_of(
        patient, speaker, related_id=related_id, paper_id=paper_id, name=name, day=day
    )
    matched, wrong = _compared(patient.pk, known, said, ticked, day)
    judged = identity.judge(who, known, matched, wrong, day=day, only_message=only_message)
    if judged.outcome == Verification.Outcome.VERIFIED and speaker in OTHERS and is_labelled(patient.labels):
        judged = _with_consent(patient.pk, called, judged, day)
    now = clock.now()
    made = Verification.objects.create(
        patient=patient,
        at=now,
        by_id=by.id,
        by_name=by.name,
        channel=channel,
        speaker=speaker,
        speaker_name=called,
        related=related,
        paper=paper,
        matched=list(judged.matched),
        wrong=list(judged.wrong),
        outcome=judged.outcome,
        topics=list(judged.topics),
        why=judged.why,
        good_until=now + identity.GOOD_FOR,
    )
    after = {"outcome": made.outcome, "speaker": speaker, "matched": made.matched, "wrong": made.wrong}
    record(by, subject=made, patient_id=patient.pk, after=after)
    if made.outcome == Verification.Outcome.FAILED:
        note_failure(by, patient.pk)
    return made


@service("privacy.end_call", permission="privacy.verify")
def end_call(by: Actor, /, *, patient_id: int) -> Verification | None:
    """Say that the call is over: who speaks next is asked again. Over already is fine."""
    found = standing(by.id, patient_id)
    if found is not None:
        found.ended_at = clock.now()
        found.save(update_fields=["ended_at"])
        record(by, subject=found, patient_id=found.patient_id, after={"ended": True})
    return found


@service("privacy.set_phrase", permission="privacy.phrase")
def set_phrase(by: Actor, /, *, patient_id: int, phrase: str) -> PassPhrase:
    """Keep the hash of a phrase everybody who speaks for the patient must say from now on; the one before ends."""
    patient, words = patient_of(by, patient_id, to_change=True), _folded(phrase)
    if len(words) < SHORTEST_PHRASE:
        msg = "A phrase of four letters or more, which the patient will remember."
        raise Invalid(msg, fields={"phrase": msg})
    if words in _guessable(patient):
        msg = "Not their own name, date of birth or number: anybody who asks for them knows those."
        raise Invalid(msg, fields={"phrase": msg})
    _end_phrase(patient.pk)
    made = PassPhrase.objects.create(
        patient=patient, hash=make_password(words), set_at=clock.now(), set_by=by.name
    )
    record(by, subject=made, patient_id=patient.pk, after={"phrase": "set"})
    return made


@service("privacy.end_phrase", permission="privacy.phrase")
def end_phrase(by: Actor, /, *, patient_id: int, reason: str) -> None:
    """Take the phrase away, because the patient wants none any more or has forgotten it; says why."""
    if not reason.strip():
        msg = "Say why the phrase goes, and how you know the patient wants it."
        raise Invalid(msg, fields={"reason": msg})
    patient = patient_of(by, patient_id, to_change=True)
    _end_phrase(patient.pk)
    record(by, subject=patient, patient_id=patient.pk, after={"phrase": "ended"}, reason=reason)


@service("privacy.add_paper", permission="privacy.papers")
def add_paper(by: Actor, /, *, patient_id: int, **fields: Any) -> LegalPaper:
    """Note a paper that lets somebody act for the patient, or bars them; `fields` are those of `LegalPaper`."""
    patient, given = patient_of(by, patient_id), cleaned(fields)
    wrong = misfits(LegalPaper, given, _PAPER) | _wrong_period(given.get("begins"), given.get("ends"))
    if given.get("effect") not in LegalPaper.Effect.values:
        wrong["effect"] = "May they act for the patient, or may they not?"
    for name, words in (("last", "Whose name stands in it?"), ("document", "Which paper is it?")):
        if not given.get(name):
            wrong[name] = words
    refuse(wrong)
    made = LegalPaper.objects.create(patient=patient, noted_at=clock.now(), noted_by=by.name, **given)
    record(by, subject=made, patient_id=patient.pk, after=given)
    return made


@service("privacy.end_paper", permission="privacy.papers")
def end_paper(by: Actor, /, *, paper_id: int, version: int) -> LegalPaper:
    """Say that a paper holds no longer; it stays on record."""
    found = LegalPaper.objects.filter(pk=paper_id).first()
    if found is None:
        msg = "There is no such paper."
        raise NotFound(msg)
    patient_of(by, found.patient_id)
    before = save_changes(found, {"ended_at": clock.now()}, expected=version)
    record(by, subject=found, patient_id=found.patient_id, before=before, after={"ended": True})
    return found


def _compared(
    patient_id: int, known: identity.Known, said: Mapping[str, str], ticked: Collection[str], day: date
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    matched, wrong = identity.compare(said, known, day)
    heard = tuple(name for name in identity.TICKABLE if name in ticked and name not in matched + wrong)
    phrase = _folded(said.get("phrase", ""))
    if not phrase or not known.has_phrase:
        return matched + heard, wrong
    kept = PassPhrase.objects.filter(patient_id=patient_id, ended_at=None).values_list("hash", flat=True)
    is_right = check_password(phrase, kept.get())
    return (*matched, *heard, *(["phrase"] * is_right)), (*wrong, *(["phrase"] * (not is_right)))


def _with_consent(patient_id: int, called: str, judged: identity.Judgement, day: date) -> identity.Judgement:
    """Return what somebody may be told of a record under Part 2: nothing, unless the patient consented to it in writing."""
    known = given_by(patient_id)
    if part_two.covering(known, called, "involved", day) is not None:
        return judged
    why = "About substance use the patient has not consented in writing that they be told (42 CFR Part 2)."
    return replace(judged, outcome=Verification.Outcome.MESSAGE_ONLY, topics=(), why=why)


def _folded(phrase: str) -> str:
    """Return a phrase as it is compared: spoken on a telephone, capitals and blanks say nothing."""
    return " ".join(str(phrase).casefold().split())


def _guessable(patient: Patient) -> set[str]:
    born = patient.birth_date
    return {
        _folded(one)
        for one in (
            patient.legal_first,
            patient.legal_last,
            patient.name,
            patient.legal_name,
            patient.mrn,
            f"{born.month}/{born.day}/{born.year}",
            f"{born:%m%d%Y}",
            f"{born:%Y-%m-%d}",
        )
    }


def _end_phrase(patient_id: int) -> None:
    PassPhrase.objects.filter(patient_id=patient_id, ended_at=None).update(ended_at=clock.now())


def _wrong_period(begins: date | None, ends: date | None) -> dict[str, str]:
    return {"ends": "It cannot end before it begins."} if begins and ends and ends < begins else {}
