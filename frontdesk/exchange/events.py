"""The record of deeds for other systems: FHIR AuditEvent, one a line (NDJSON)."""

import json
from collections.abc import Iterable
from typing import TextIO

from frontdesk.formats.fhir import audit_event
from frontdesk.formats.fhir.audit_event import Event
from frontdesk.office.audit.queries import Entry

_QUERIES = {"patients.search", "scheduling.find_openings", "oversight.search_record"}
_CREATES = ("add_", "register", "book", "invite", "import_", "open", "walk_in", "order", "issue_")
_ENDS = ("end_", "remove_", "cancel", "delete")


def write(entries: Iterable[Entry], to: TextIO) -> int:
    """Write entries one after another as they come, none held; return how many."""
    count = 0
    for count, entry in enumerate(entries, 1):  # noqa: B007 - the last number is the answer
        to.write(json.dumps(audit_event.resource(event_of(entry)), ensure_ascii=False, separators=(",", ":")))
        to.write("\n")
    return count


def event_of(entry: Entry) -> Event:
    """Return what an entry says in the words of AuditEvent."""
    return Event(
        id=entry.id,
        recorded=entry.at,
        kind=_kind(entry),
        deed=entry.action,
        action=_action(entry),
        succeeded=entry.outcome == "done",
        actor=f"{entry.actor_kind}/{entry.actor_id}" if entry.actor_id is not None else entry.actor_kind,
        actor_name=entry.actor_name,
        role=entry.acting_as,
        source=entry.source,
        location=str(entry.location_id or ""),
        patient=f"Patient/{entry.patient_id}" if entry.patient_id else "",
        subject="" if entry.subject == f"patients.patient:{entry.patient_id}" else entry.subject,
        reason=entry.reason or str(entry.extra.get("purpose", "")),
        changed=() if entry.is_read else entry.changed,
        restricted=entry.is_restricted,
    )


def _kind(entry: Entry) -> tuple[str, str, str]:
    verb = entry.action.partition(".")[2]
    if verb.startswith(("sign_in", "sign_out")):
        return audit_event.AUTHENTICATION
    if verb.startswith(("export", "take_pack", "print_")):
        return audit_event.EXPORT
    if entry.action in _QUERIES:
        return audit_event.QUERY
    if entry.action.startswith("accounts."):
        return audit_event.USER_SECURITY
    return audit_event.PATIENT_RECORD if entry.patient_id or entry.is_restricted else audit_event.OPERATION


def _action(entry: Entry) -> str:
    """Return C, R, U, D or E (execute)."""
    verb = entry.action.partition(".")[2]
    if entry.is_read:
        return "E" if entry.action in _QUERIES else "R"
    if verb.startswith(("sign_in", "sign_out")):
        return "E"
    if verb.startswith(_CREATES):
        return "C"
    return "D" if verb.startswith(_ENDS) else "U"
