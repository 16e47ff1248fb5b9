"""Who stands verified, who was, and by what they are known."""

from datetime import date

from frontdesk.kit import clock
from frontdesk.office.privacy.models import LegalPaper, PassPhrase, Verification


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
