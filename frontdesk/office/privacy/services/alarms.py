"""Guessing at who one is: failures are counted in the database, and after too many somebody else must look."""

from datetime import datetime

from django.db.models import Q, QuerySet

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import NotFound, Refused
from frontdesk.kit.versioned import save_changes
from frontdesk.office.accounts.models import User
from frontdesk.office.audit.services import record, service
from frontdesk.office.patients.fields import refuse, tidy
from frontdesk.office.privacy.errors import AskLead, SettledAlready
from frontdesk.office.privacy.models import Alarm, Verification
from frontdesk.office.privacy.rules import identity
from frontdesk.office.privacy.services._known import patient_of

MAY = "privacy.settle_alarm"


def must_not_be_guessing(by: Actor, patient_id: int) -> None:
    """Raise `AskLead` where too many verifications of this patient, or by this clerk, failed within the hour.

    Called inside a verb that has locked the patient's row, so that two at once are counted one after the other. A lead
    goes on with a patient; with their own failures nobody does.
    """
    if by.id is not None:
        list(User.objects.select_for_update().filter(pk=by.id).values_list("pk", flat=True))
    if not by.can(MAY) and _failed_for(patient_id) >= identity.MOST_FOR_ONE:
        msg = "Verification of this patient failed too often within the hour. A lead asks the next one."
        raise AskLead(msg)
    if by.id is not None and _failed_by(by.id) >= identity.MOST_BY_ONE:
        msg = (
            "You could not verify the callers of several patients within the hour. Ask a lead to look at it."
        )
        raise AskLead(msg)


def note_failure(by: Actor, patient_id: int) -> None:
    """Raise an alarm where this failure was one too many; one that stands unsettled is raised once."""
    now = clock.now()
    if _failed_for(patient_id) >= identity.MOST_FOR_ONE:
        Alarm.objects.get_or_create(
            kind=Alarm.Kind.PATIENT, patient_id=patient_id, settled_at=None, defaults={"at": now}
        )
    if by.id is not None and _failed_by(by.id) >= identity.MOST_BY_ONE:
        Alarm.objects.get_or_create(
            kind=Alarm.Kind.CLERK, user_id=by.id, settled_at=None, defaults={"at": now, "user_name": by.name}
        )


@service("privacy.settle_alarm")
def settle_alarm(by: Actor, /, *, alarm_id: int, version: int, note: str) -> Alarm:
    """Say what was behind failed verifications; whoever was stopped may go on. Nobody settles what they did themselves."""
    found = Alarm.objects.select_for_update().filter(pk=alarm_id).first()
    if found is None:
        msg = "There is no such line."
        raise NotFound(msg)
    if found.patient_id is not None:
        patient_of(by, found.patient_id)
    if by.id is not None and by.id in who_failed(found):
        msg = "Some of these were your own. Somebody else looks at them."
        raise Refused(msg)
    if found.settled_at is not None:
        raise SettledAlready("Somebody looked at it already.", found)
    said = tidy(note)[:300]
    refuse({} if said else {"note": "Say in a sentence what was behind it."})
    changes = {"settled_at": clock.now(), "settled_by": by.name, "note": said}
    before = save_changes(found, changes, expected=version)
    record(by, subject=found, patient_id=found.patient_id, before=before, after=changes, reason=said)
    return found


def who_failed(one: Alarm) -> set[int]:
    """Return the clerks whose failures an alarm is about."""
    if one.patient_id is None:
        return {one.user_id} if one.user_id is not None else set()
    rows = Verification.objects.filter(
        patient_id=one.patient_id,
        outcome=Verification.Outcome.FAILED,
        at__lte=one.at,
        at__gt=one.at - identity.WITHIN,
    )
    return {pk for pk in rows.values_list("by_id", flat=True) if pk is not None}


def _failed_for(patient_id: int) -> int:
    return _failures(
        Q(patient_id=patient_id), _since(Q(kind=Alarm.Kind.PATIENT, patient_id=patient_id))
    ).count()


def _failed_by(user_id: int) -> int:
    """Return for how many patients a clerk's verifications failed."""
    rows = _failures(Q(by_id=user_id), _since(Q(kind=Alarm.Kind.CLERK, user_id=user_id)))
    return rows.values("patient_id").distinct().count()


def _failures(which: Q, since: datetime) -> QuerySet[Verification]:
    return Verification.objects.filter(which, outcome=Verification.Outcome.FAILED, at__gt=since)


def _since(which: Q) -> datetime:
    """Return from when failures count: an hour back, or since somebody looked at the ones before."""
    hour = clock.now() - identity.WITHIN
    looked = Alarm.objects.filter(which, settled_at__gt=hour).order_by("-settled_at").first()
    return looked.settled_at if looked and looked.settled_at else hour
