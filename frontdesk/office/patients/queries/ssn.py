"""What is shown of social security numbers, and who bears which: by blind index, without opening any but one's own."""

from collections import defaultdict
from collections.abc import Collection

from frontdesk.kit import sealed
from frontdesk.kit.actor import Actor
from frontdesk.kit.sealed import CannotBeOpened
from frontdesk.office.patients import rules
from frontdesk.office.patients.models import SSN, SocialSecurityNumber

UNREADABLE = "cannot be read"


def ssn_shown(by: Actor, patient_id: int) -> str:
    """Return a patient's number as `by` may see it: its last four digits, or only that there is one; "" for none."""
    row = SocialSecurityNumber.objects.filter(pk=patient_id).first()
    if row is None:
        return ""
    if not by.can("patients.see_ssn"):
        return rules.SSN_HIDDEN
    try:
        return rules.masked_ssn(SSN.open(row.pk, row.number))
    except CannotBeOpened:
        return UNREADABLE


def ssn_version(patient_id: int) -> int:
    """Return the version of a patient's number, 0 while there is none."""
    rows = SocialSecurityNumber.objects.filter(pk=patient_id)
    return rows.values_list("version", flat=True).first() or 0


def ssn_marks(patient_ids: Collection[int]) -> dict[int, frozenset[str]]:
    """Return the blind indexes of patients' numbers: as it stands and, where an older key made it, as it would be now.

    Two who have one in common have the same number, in the middle of a change of keys too.
    """
    found: dict[int, frozenset[str]] = defaultdict(frozenset)
    rows = SocialSecurityNumber.objects.filter(pk__in=patient_ids).values_list("pk", "number", "blind_index")
    for pk, number, index in rows:
        found[pk] = frozenset({index, _as_now(pk, number) or index})
    return found


def who_bear(marks: Collection[str], most: int) -> set[int]:
    """Return the patients whose number has one of these blind indexes, at most `most`."""
    rows = SocialSecurityNumber.objects.filter(blind_index__in=marks)
    return set(rows.values_list("pk", flat=True)[:most]) if marks else set()


def _as_now(patient_id: int, number: str) -> str:
    if sealed.key_of(number) == sealed.newest():
        return ""
    try:
        return SSN.index_of(SSN.open(patient_id, number))
    except CannotBeOpened:
        return ""
