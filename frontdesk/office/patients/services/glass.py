"""Breaking the glass: a record that is hidden from a role, opened for an hour with a reason, and looked at afterwards."""

from collections.abc import Iterable
from datetime import timedelta

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid, NotFound, Refused
from frontdesk.kit.sensitivity import checked
from frontdesk.kit.versioned import save_changes
from frontdesk.office.audit.services import record, service
from frontdesk.office.jobs.services import publish
from frontdesk.office.patients.errors import NoSuchPatient
from frontdesk.office.patients.events import GlassBroken
from frontdesk.office.patients.models import BrokenGlass, Patient

LASTS = timedelta(minutes=60)
VERDICTS = {"right": "There was good reason", "follow_up": "To be followed up"}


@service("patients.break_glass")
def break_glass(by: Actor, /, *, patient_id: int, reason: str, words: str) -> BrokenGlass:
    """Open a restricted record to oneself for sixty minutes; `reason` is a code, `words` say it. The officers are told.

    Broken already, it is the same glass. Raises `NoSuchPatient`, `Invalid`, `Refused` for who is no person.
    """
    wrong = {}
    if reason not in BrokenGlass.Reason.values:
        wrong["reason"] = "Choose why."
    if len(words.strip()) < 5:
        wrong["words"] = "Say in a few words why you need it."
    if wrong:
        msg = "Say why you open this record. The privacy officer reads it."
        raise Invalid(msg, fields=wrong)
    if by.kind != "staff" or by.id is None:
        msg = "Only a person can break the glass."
        raise Refused(msg)
    patient, now = _patient(patient_id), clock.now()
    live = BrokenGlass.objects.filter(user_id=by.id, patient=patient, until__gt=now, ended_at=None).first()
    if live is not None:
        return live
    made = BrokenGlass.objects.create(
        patient=patient,
        user_id=by.id,
        user_name=by.name,
        reason=reason,
        words=words.strip()[:300],
        labels=patient.labels,
        at=now,
        until=now + LASTS,
    )
    after = {"reason": reason, "labels": patient.labels, "until": made.until}
    record(by, subject=made, patient_id=patient.pk, after=after, reason=made.words)
    publish(GlassBroken(made.pk, patient.pk, by.id, now))
    return made


@service("patients.end_glass", permission="patients.break_glass")
def end_glass(by: Actor, /, *, patient_id: int) -> None:
    """Put one's own glass back before its time; none broken is fine."""
    now = clock.now()
    live = BrokenGlass.objects.filter(user_id=by.id or 0, patient=patient_id, until__gt=now, ended_at=None)
    for one in live:
        save_changes(one, {"ended_at": now})
        record(by, subject=one, patient_id=patient_id, after={"ended_at": now})


@service("patients.review_glass")
def review_glass(by: Actor, /, *, glass_id: int, verdict: str, note: str = "") -> BrokenGlass:
    """Say of a broken glass whether there was good reason; never of one's own. Said already is fine.

    Raises `NotFound`, `Invalid`, `Refused`.
    """
    found = BrokenGlass.objects.select_for_update(of=("self",)).filter(pk=glass_id).first()
    if found is None:
        msg = "There is no such line."
        raise NotFound(msg)
    if found.user_id == by.id:
        msg = "Somebody else looks at your own."
        raise Refused(msg)
    if verdict not in VERDICTS or (verdict == "follow_up" and not note.strip()):
        msg = "Say whether there was good reason; of what is to be followed up, in words."
        raise Invalid(msg, fields={"verdict": msg})
    if found.reviewed_at is not None:
        return found
    changes = {
        "reviewed_at": clock.now(),
        "reviewed_by": by.name,
        "verdict": verdict,
        "verdict_note": note.strip()[:300],
    }
    save_changes(found, changes)
    record(by, subject=found, patient_id=found.patient_id, after=changes, reason=note.strip())
    return found


@service("patients.open_glass_list", permission="patients.review_glass", reads=True)
def open_glass_list(by: Actor, /, *, patient_ids: Iterable[int]) -> None:
    """Put on record that the list of broken glasses was looked at, and whose records stood in it."""
    record(by, extra={"list": "broken glass", "shown": sorted(set(patient_ids))})


@service("patients.note_restricted", permission="patients.search", reads=True)
def note_restricted(by: Actor, /, *, patient_id: int) -> None:
    """Put on record that a restricted record was asked for and not shown."""
    record(by, patient_id=patient_id, extra={"restricted": True})


@service("patients.label")
def label_patient(
    by: Actor, /, *, patient_id: int, labels: Iterable[str], version: int | None = None
) -> Patient:
    """Say which sensitivity labels a record bears; who sees it changes from the next click on. Raises `Invalid`."""
    patient, given = _patient(patient_id), checked(labels)
    before = save_changes(patient, {"labels": given}, expected=version)
    record(by, subject=patient, patient_id=patient.pk, before=before, after={"labels": given})
    return patient


def _patient(patient_id: int) -> Patient:
    found = Patient.objects.defer("photo").filter(pk=patient_id).exclude(status=Patient.Status.MERGED).first()
    if found is None:
        msg = "There is no such patient."
        raise NoSuchPatient(msg)
    return found
