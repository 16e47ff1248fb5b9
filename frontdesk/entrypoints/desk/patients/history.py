"""The history of a record: who, when, what was there before and what after; and the merges it was part of."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, page
from frontdesk.entrypoints.desk.patients import wording
from frontdesk.entrypoints.desk.patients.frame import frame
from frontdesk.entrypoints.desk.patients.record import moved
from frontdesk.entrypoints.desk.patients.typing import iso_words
from frontdesk.entrypoints.desk.templating import phone
from frontdesk.office.oversight.queries import shut_subjects
from frontdesk.office.patients import rules
from frontdesk.office.patients import services as patients
from frontdesk.office.patients.queries import Change, history, merges_of
from frontdesk.office.patients.services import SCOPES

DEEDS = {
    "patients.register": ("Registered", "user-plus"),
    "patients.import_patient": ("Taken over from another system", "user-plus"),
    "patients.update_demographics": ("Person changed", "pencil"),
    "patients.change_ssn": ("Social security number changed", "shield"),
    "patients.confirm_section": ("Confirmed unchanged", "check"),
    "patients.add_name": ("Name added", "plus"),
    "patients.add_address": ("Address added", "plus"),
    "patients.change_address": ("Address changed", "pencil"),
    "patients.end_address": ("Address ended", "x"),
    "patients.add_contact": ("Number added", "plus"),
    "patients.change_contact": ("Number changed", "pencil"),
    "patients.end_contact": ("Number ended", "x"),
    "patients.add_related": ("Person added", "plus"),
    "patients.change_related": ("Person of theirs changed", "pencil"),
    "patients.end_related": ("Person ended", "x"),
    "patients.add_alert": ("Alert added", "bell"),
    "patients.end_alert": ("Alert ended", "x"),
    "patients.read_alert": ("Alert read", "eye"),
    "patients.merge": ("Charts merged", "merge"),
    "patients.unmerge": ("Charts parted again", "unlink"),
    "patients.dismiss_pair": ("Found to be two people", "users"),
    "scheduling.book": ("Visit booked", "calendar-plus"),
    "scheduling.reschedule": ("Visit moved", "calendar-clock"),
    "scheduling.cancel": ("Visit cancelled", "calendar-x"),
    "scheduling.mark_no_show": ("Missed visit", "user-x"),
    "scheduling.undo": ("Undone", "undo-2"),
}
FIELDS = {
    "legal_first": "First name",
    "legal_middle": "Middle name",
    "legal_last": "Last name",
    "preferred_name": "Preferred name",
    "birth_date": "Date of birth",
    "gender_identity": "Gender",
    "interpreter_needed": "Interpreter",
    "is_deceased": "Died",
    "deceased_on": "Died on",
    "confidential_note": "How to reach them",
    "mrn": "MRN",
    "ssn": "Social security number",
    "line": "Street",
    "line2": "Apartment",
    "zip": "ZIP",
    "value": "Number or address",
    "may_call": "May call",
    "may_text": "May text",
    "may_leave_voicemail": "May leave voicemail",
    "is_preferred": "Tried first",
    "is_confidential": "Only here, in confidence",
    "ended_at": "Ended at",
    "read_at": "Read at",
    "confirmed": "Section",
    "wall": "Time",
    "into": "Into chart",
}
HIDDEN = {"birthday", "made_at", "made_by", "version", "system", "legs", "patient", "patient_id", "fold"}
CODES: dict[str, dict[str, str]] = {
    "sex": rules.SEXES,
    "language": rules.LANGUAGES,
    "ethnicity": rules.ETHNICITIES,
    "scope": SCOPES,
    "role": wording.ROLES,
    "show": wording.SHOWS,
    "confirmed": {
        "identity": "Name and person",
        "contact": "Telephones and addresses",
        "people": "Their people",
        "needs": "Language and needs",
    },
}
A_PAGE = 40


@dataclass(frozen=True, slots=True)
class Line:
    """One deed of the history, in words."""

    when: str
    who: str
    deed: str
    icon: str
    reason: str
    rows: list[tuple[str, str, str]]


@desk_view()
def tab(request: DeskRequest, patient_id: int) -> HttpResponse:
    """Show what was changed on a record, newest first."""
    chart = patients.open_chart(request.actor, patient_id, purpose="record: history")
    if chart.patient.pk != patient_id:
        return moved(request, chart, "/history")
    zone, found = request.location.zone, history(patient_id, limit=A_PAGE)
    silent = shut_subjects(request.actor, [one.subject for one in found])
    context = {
        **frame(request, chart, "/history"),
        "lines": [_line(one, zone, silent=one.subject in silent) for one in found],
        "merges": [
            {
                "id": one.pk,
                "kept": one.survivor.mrn,
                "gone": one.duplicate.mrn,
                "is_survivor": one.survivor_id == patient_id,
                "when": wording.moment(one.at, zone),
                "who": one.by_name,
                "reason": one.reason,
                "undone": wording.moment(one.undone_at, zone) if one.undone_at else "",
            }
            for one in merges_of(patient_id)
        ],
    }
    return page(request, "desk/patients/history.html", context)


def _line(one: Change, zone: str, *, silent: bool) -> Line:
    deed, icon = DEEDS.get(
        one.action, (one.action.rpartition(".")[2].replace("_", " ").capitalize(), "circle-dot")
    )
    if silent:
        return Line(wording.moment(one.at, zone), one.who, deed, icon, "", [])
    found = {name: before for name, before, _ in one.fields}
    left = {name: after for name, _, after in one.fields}
    return Line(wording.moment(one.at, zone), one.who, deed, icon, one.reason, values(found, left))


def values(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return what a deed changed, in words: the field, what was there, and what is there now."""
    rows = [
        (
            FIELDS.get(name, name.replace("_", " ").capitalize()),
            _words(name, before.get(name)),
            _words(name, after.get(name)),
        )
        for name in sorted(before.keys() | after.keys())
        if name not in HIDDEN
    ]
    return [row for row in rows if row[1] != row[2]]


def _words(name: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list):
        return wording.race(str(one) for one in value)
    if name in {"phone", "value"}:
        return phone(str(value))
    return CODES.get(name, {}).get(str(value)) or iso_words(str(value))
