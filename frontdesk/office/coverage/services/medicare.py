"""Ask a Medicare patient who pays before Medicare, and keep the answers; each asking is a row of its own."""

from collections.abc import Mapping

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.office.audit.services import record, service
from frontdesk.office.coverage.errors import NeverAsked
from frontdesk.office.coverage.events import CoverageChanged
from frontdesk.office.coverage.models import MedicareAnswers
from frontdesk.office.coverage.queries import last_asked
from frontdesk.office.coverage.rules import medicare as rules
from frontdesk.office.jobs.services import publish
from frontdesk.office.patients.fields import misfits, refuse, tidy
from frontdesk.office.patients.queries import find_patient
from frontdesk.office.practice.queries import zone_of

PATIENT = "the patient"


@service("coverage.open_medicare", permission="coverage.view", reads=True)
def open_medicare(by: Actor, /, *, patient_id: int) -> MedicareAnswers | None:
    """Return what a patient answered last to the Medicare questions, None when never asked. Raises `NoSuchPatient`, `Restricted`."""
    patient = find_patient(by, patient_id)
    record(by, patient_id=patient.pk)
    return last_asked(patient.pk)


@service("coverage.answer_medicare", permission="coverage.change")
def answer_medicare(
    by: Actor, /, *, patient_id: int, answers: Mapping[str, str], answered_by: str = ""
) -> MedicareAnswers:
    """Keep what was answered today, and what follows from it. `answered_by` is "" for the patient.

    `answers` maps codes of `rules.medicare.QUESTIONS` to what was said; days as ISO 8601. What does not matter after the
    others is left out. Raises `Invalid` where an answer fits no question or one is lacking.
    """
    patient = find_patient(by, patient_id, to_change=True)
    given = {code: tidy(text) for code, text in answers.items()}
    wrong = {
        code: "That is no answer to this question."
        for code, text in given.items()
        if code not in rules.BY_CODE or not rules.is_good(rules.BY_CODE[code], text)
    }
    refuse(wrong)
    lacking = rules.next_question(given)
    if lacking is not None:
        msg = f"Still to be asked: {lacking.words}"
        raise Invalid(msg, fields={lacking.code: msg})
    return _keep(by, patient.pk, rules.settled(given), answered_by)


@service("coverage.medicare_unchanged", permission="coverage.change")
def medicare_unchanged(by: Actor, /, *, patient_id: int, answered_by: str = "") -> MedicareAnswers:
    """Note that the patient was asked today and nothing has changed since the last time. Raises `NeverAsked`."""
    patient = find_patient(by, patient_id, to_change=True)
    last = last_asked(patient.pk)
    if last is None or last.edition != rules.EDITION:
        msg = "These questions were never asked of this patient. Ask them all once."
        raise NeverAsked(msg)
    return _keep(by, patient.pk, last.answers, answered_by, last)


def _keep(
    by: Actor,
    patient_id: int,
    answers: Mapping[str, str],
    answered_by: str,
    last: MedicareAnswers | None = None,
) -> MedicareAnswers:
    who = tidy(answered_by) or PATIENT
    refuse(misfits(MedicareAnswers, {"answered_by": who}, ("answered_by",)))
    today = clock.today(zone_of(by))
    found = rules.judge(answers, today)
    made = MedicareAnswers.objects.create(
        patient_id=patient_id,
        asked_on=today,
        asked_at=clock.now(),
        asked_by=by.name,
        answered_by=who,
        edition=rules.EDITION,
        answers=dict(answers),
        unchanged=last,
        secondary_to=found.to if found.state == rules.SECONDARY else "",
        code=found.code,
        words=found.line[:400],
    )
    after = {
        "asked_on": today,
        "state": found.state,
        "code": found.code,
        "unchanged": last.pk if last else None,
    }
    record(by, subject=made, patient_id=patient_id, after=after)
    publish(CoverageChanged(patient_id))
    return made
