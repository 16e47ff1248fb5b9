"""Who stands verified, who was, and by what they are known."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from frontdesk.kit import clock
from frontdesk.office.privacy.models import Alarm, LegalPaper, PassPhrase, Verification
from frontdesk.office.privacy.rules.identity import WITHIN


def standing(by_id: int | None, patient_id: int) -> Verification | None:
    """Return the newest verification of this clerk and patient while it is good; one query.

    A newer one ends the one before: the next caller is somebody else until they have said who they are.
    """
    if by_id is None:
        return None
    rows = Verification.objects.filter(patient_id=patient_id, by_id=by_id)
    newest = rows.order_by("-at", "-pk").first()
    if newest is None or newest.ended_at is not None or newest.good_until <= clock.now():
        return None
    return newest


def verifications_of(patient_id: int, limit: int = 10) -> list[Verification]:
    """Return who was asked about a patient, newest first; one query."""
    return list(Verification.objects.filter(patient_id=patient_id).order_by("-at", "-pk")[:limit])


def papers_on_file(patient_id: int) -> list[LegalPaper]:
    """Return a patient's papers that were not taken down, those run out too; one query."""
    return list(LegalPaper.objects.filter(patient_id=patient_id, ended_at=None).order_by("effect", "id"))


def acting_papers(patient_id: int, day: date) -> list[LegalPaper]:
    """Return the papers that let somebody act for the patient on `day`; one query."""
    return [
        one
        for one in papers_on_file(patient_id)
        if one.effect == LegalPaper.Effect.MAY_ACT
        and (one.begins is None or one.begins <= day)
        and (one.ends is None or one.ends >= day)
    ]


def has_phrase(patient_id: int) -> bool:
    """Say whether the patient wants to be asked for a phrase; one query."""
    return PassPhrase.objects.filter(patient_id=patient_id, ended_at=None).exists()


def open_alarms(limit: int = 50) -> list[Alarm]:
    """Return failed verifications nobody has looked at, newest first; one query."""
    rows = Alarm.objects.filter(settled_at=None).select_related("patient").defer("patient__photo")
    return list(rows.order_by("-at", "-pk")[:limit])


@dataclass(frozen=True, slots=True)
class Failed:
    """An alarm with the verifications it is about, newest first."""

    alarm: Alarm
    failed: list[Verification]


def alarm_of(alarm_id: int) -> Failed | None:
    """Return one alarm with the failures of the hour before it; two queries."""
    found = Alarm.objects.filter(pk=alarm_id).first()
    if found is None:
        return None
    which = Q(patient_id=found.patient_id) if found.patient_id else Q(by_id=found.user_id)
    span = Q(at__lte=found.settled_at or clock.now(), at__gt=found.at - WITHIN)
    rows = Verification.objects.filter(which, span, outcome=Verification.Outcome.FAILED)
    rows = rows.select_related("patient").defer("patient__photo").order_by("-at", "-pk")
    return Failed(found, list(rows[:50]))


def how_many_alarms(most: int) -> int:
    """Return how many alarms nobody has looked at, counted no further than `most`."""
    return Alarm.objects.filter(settled_at=None)[:most].count()
