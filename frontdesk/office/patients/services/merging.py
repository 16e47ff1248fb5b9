"""Two charts of one person become one, and two again when that was wrong."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import NotFound
from frontdesk.kit.sensitivity import codes, text_of
from frontdesk.kit.versioned import save_changes
from frontdesk.office.audit.services import record, service
from frontdesk.office.jobs.services import publish
from frontdesk.office.patients.errors import CannotMerge, CannotUnmerge
from frontdesk.office.patients.events import PatientsMerged, PatientsUnmerged
from frontdesk.office.patients.index import reindex, who_lean_on
from frontdesk.office.patients.models import (
    OLD_MRN,
    Identifier,
    MergeRecord,
    Patient,
    PatientName,
    SuspectedPair,
)
from frontdesk.office.patients.queries import refuse_hidden
from frontdesk.office.patients.services.editing import FIELDS
from frontdesk.office.patients.services.moving import move_all, move_back
from frontdesk.office.patients.services.pairs import carry_over
from frontdesk.office.patients.services.ssn import carry_ssn, give_back_ssn

TAKEABLE = FIELDS - {"status"}


@service("patients.merge")
def merge(
    by: Actor, /, *, survivor_id: int, duplicate_id: int, reason: str = "", take: Collection[str] = ()
) -> MergeRecord:
    """Move everything of the duplicate to the survivor; its MRN and names still find the person.

    `take` names fields of the patient (`TAKEABLE`) where the duplicate's value is the right one. What is moved or
    taken is written down row by row, rooms above this one included. What restricts one of them restricts both from
    now on, and nobody merges what they may not see. Raises `CannotMerge`, `Restricted`.
    """
    survivor, duplicate = _both(survivor_id, duplicate_id)
    for one in (survivor, duplicate):
        refuse_hidden(by, one.pk, one.labels)
    known_as = _names(survivor) | _names(duplicate)
    before, journal = _taken(survivor, duplicate, take)
    journal |= _traces(survivor, duplicate, known_as)
    journal |= move_all(duplicate.pk, survivor.pk)
    journal["new_pairs"] = carry_over(duplicate.pk, survivor.pk)
    journal["ssn"] = [survivor.pk] if carry_ssn(duplicate.pk, survivor.pk) else []
    journal["status"] = duplicate.status
    made = MergeRecord.objects.create(
        survivor=survivor, duplicate=duplicate, reason=reason, moved=journal, at=clock.now(), by_name=by.name
    )
    save_changes(duplicate, {"status": Patient.Status.MERGED, "merged_into": survivor})
    _pair_of(made).update(status=SuspectedPair.Status.MERGED)
    reindex([survivor.pk, duplicate.pk, *who_lean_on(survivor.pk)])
    after = {"merged": duplicate.pk, "into": survivor.pk}
    record(
        by,
        subject=made,
        patient_id=survivor.pk,
        reason=reason,
        before=before,
        after={**after, **{name: getattr(survivor, name) for name in before}},
    )
    record(by, subject=made, patient_id=duplicate.pk, reason=reason, after=after)
    publish(PatientsMerged(survivor.pk, duplicate.pk))
    return made


@service("patients.unmerge", permission="patients.merge")
def unmerge(by: Actor, /, *, merge_id: int) -> MergeRecord:
    """Undo a merge: every row that was moved and is still there goes back. Raises `CannotUnmerge`, `Restricted`."""
    made = MergeRecord.objects.select_for_update().filter(pk=merge_id).first()
    if made is None:
        msg = "There is no such merge."
        raise NotFound(msg)
    _may_be_undone(made)
    both = Patient.objects.select_for_update().filter(pk__in=[made.survivor_id, made.duplicate_id])
    charts = both.order_by("pk").in_bulk()
    for one in charts.values():
        refuse_hidden(by, one.pk, one.labels)
    move_back(made.moved, made.survivor_id, made.duplicate_id)
    PatientName.objects.filter(pk__in=made.moved.get("old_names", [])).delete()
    Identifier.objects.filter(pk__in=made.moved.get("old_number", [])).delete()
    SuspectedPair.objects.filter(pk__in=made.moved.get("new_pairs", [])).delete()
    if made.moved.get("ssn"):
        give_back_ssn(made.duplicate_id, made.survivor_id)
    before = _given_back(charts[made.survivor_id], made.moved.get("taken", {}))
    status = made.moved.get("status", Patient.Status.ACTIVE)
    save_changes(charts[made.duplicate_id], {"status": status, "merged_into": None})
    _pair_of(made).update(status=SuspectedPair.Status.OPEN)
    made.undone_at = clock.now()
    made.save(update_fields=["undone_at"])
    reindex([*charts, *who_lean_on(made.survivor_id), *who_lean_on(made.duplicate_id)])
    after = {"unmerged": made.duplicate_id, "from": made.survivor_id}
    restored = {name: getattr(charts[made.survivor_id], name) for name in before}
    record(by, subject=made, patient_id=made.survivor_id, before=before, after={**after, **restored})
    record(by, subject=made, patient_id=made.duplicate_id, after=after)
    publish(PatientsUnmerged(made.survivor_id, made.duplicate_id))
    return made


def _both(survivor_id: int, duplicate_id: int) -> tuple[Patient, Patient]:
    if survivor_id == duplicate_id:
        msg = "A chart cannot be merged into itself."
        raise CannotMerge(msg)
    rows = Patient.objects.select_for_update().filter(pk__in=[survivor_id, duplicate_id])
    locked = rows.order_by("pk").in_bulk()
    if len(locked) != 2:
        msg = "One of the two charts is not there."
        raise CannotMerge(msg)
    if any(patient.status == Patient.Status.MERGED for patient in locked.values()):
        msg = "One of the two charts was merged already. Open it to see into which."
        raise CannotMerge(msg, *locked.values())
    return locked[survivor_id], locked[duplicate_id]


def _taken(
    survivor: Patient, duplicate: Patient, names: Collection[str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Take fields from the duplicate; return what they were before, and the journal to give them back by."""
    if set(names) - TAKEABLE:
        msg = "That cannot be taken from the other chart."
        raise CannotMerge(msg)
    wanted = {name: getattr(duplicate, name) for name in names}
    wanted["labels"] = text_of(codes(survivor.labels) | codes(duplicate.labels))
    wanted = {name: value for name, value in wanted.items() if value != getattr(survivor, name)}
    before = _saved(survivor, wanted)
    return before, {"taken": {name: [before[name], wanted[name]] for name in wanted}}


def _given_back(survivor: Patient, taken: dict[str, list[Any]]) -> dict[str, Any]:
    """Put taken fields back, as far as nobody changed them since; return what they were until now."""
    wanted = {}
    for name, (was, took) in taken.items():
        field: Any = Patient._meta.get_field(name)
        if getattr(survivor, name) == field.to_python(took):
            wanted[name] = field.to_python(was)
    return _saved(survivor, wanted)


def _saved(patient: Patient, wanted: dict[str, Any]) -> dict[str, Any]:
    if not wanted:
        return {}
    whole = dict(wanted)
    if "birth_date" in wanted:
        whole["birthday"] = f"{wanted['birth_date']:%m%d}"
    before = save_changes(patient, whole)
    return {name: before[name] for name in wanted}


def _names(patient: Patient) -> set[tuple[str, str]]:
    firsts = {patient.legal_first, patient.preferred_name} - {""}
    return {(first, patient.legal_last) for first in firsts}


def _traces(survivor: Patient, duplicate: Patient, known_as: set[tuple[str, str]]) -> dict[str, list[int]]:
    """Keep the old number, and every name either chart had, findable under the survivor."""
    number = Identifier.objects.create(patient=survivor, system=OLD_MRN, value=duplicate.mrn)
    names = [
        PatientName.objects.create(patient=survivor, use=PatientName.Use.ALIAS, first=first, last=last)
        for first, last in sorted(known_as - _names(survivor))
    ]
    return {"old_number": [number.pk], "old_names": [name.pk for name in names]}


def _pair_of(made: MergeRecord) -> QuerySet[SuspectedPair]:
    low, high = sorted((made.survivor_id, made.duplicate_id))
    return SuspectedPair.objects.filter(first_id=low, second_id=high)


def _may_be_undone(made: MergeRecord) -> None:
    if made.undone_at:
        msg = "This merge was undone already."
        raise CannotUnmerge(msg)
    later = MergeRecord.objects.filter(duplicate_id=made.survivor_id, undone_at=None).first()
    if later is not None:
        msg = "The surviving chart was itself merged since. Undo that merge first."
        raise CannotUnmerge(msg, later)
