"""Records that are hidden, and whose glass is broken: by whom, why, until when, and what a privacy officer thought."""

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.sensitivity import sees
from frontdesk.office.patients.errors import NoSuchPatient, Restricted
from frontdesk.office.patients.models import BrokenGlass, Patient

SHOWN = 50


def opened_by(by: Actor) -> frozenset[int]:
    """Return the patients whose glass `by` has broken and not put back; one query."""
    if by.id is None or by.kind != "staff":
        return frozenset()
    now = clock.now()
    live = BrokenGlass.objects.filter(user_id=by.id, until__gt=now, ended_at=None)
    return frozenset(live.values_list("patient_id", flat=True))


def refuse_hidden(by: Actor, patient_id: int, *labels: str) -> None:
    """Raise `Restricted` where a record with these labels is not for `by`, and they have not broken its glass."""
    if not sees(by, *labels) and patient_id not in opened_by(by):
        raise Restricted(patient_id)


def find_patient(by: Actor, patient_id: int, *, to_change: bool = False) -> Patient:
    """Return the patient with that id, or whom they were merged into; raise `NoSuchPatient`, `Restricted`.

    With `to_change` others who would change the record wait until this verb is done.
    """
    rows = Patient.objects.select_for_update() if to_change else Patient.objects.all()
    patient = rows.filter(pk=patient_id).first()
    seen: set[int] = set()
    while patient is not None and patient.merged_into_id is not None and patient.pk not in seen:
        seen.add(patient.pk)
        patient = rows.filter(pk=patient.merged_into_id).first()
    if patient is None:
        msg = "There is no such patient."
        raise NoSuchPatient(msg)
    refuse_hidden(by, patient.pk, patient.labels)
    return patient


def glass_of(by: Actor, patient_id: int) -> BrokenGlass | None:
    """Return the glass of a record that `by` has broken and that is still open."""
    if by.id is None:
        return None
    live = BrokenGlass.objects.filter(user_id=by.id, patient=patient_id, until__gt=clock.now(), ended_at=None)
    return live.order_by("-pk").first()


def broken(*, to_review: bool, before: int | None = None, limit: int = SHOWN) -> list[BrokenGlass]:
    """Return broken glasses, newest first: those nobody has looked at, or those somebody has; one query."""
    rows = BrokenGlass.objects.filter(reviewed_at__isnull=to_review).select_related("patient")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows.defer("patient__photo").order_by("-pk")[:limit])


def how_many_broken(most: int) -> int:
    """Return how many broken glasses nobody has looked at yet, counted no further than `most`."""
    return BrokenGlass.objects.filter(reviewed_at=None)[:most].count()


def labels_of(patient_id: int) -> str | None:
    """Return a patient's labels; None where there is no such patient."""
    return Patient.objects.filter(pk=patient_id).values_list("labels", flat=True).first()
