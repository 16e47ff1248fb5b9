"""AuditEvent (HL7 FHIR R4): one deed or look of a record, written as the resource."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

DICOM = "http://dicom.nema.org/resources/ontology/DCM"
ENTITY_TYPE = "http://terminology.hl7.org/CodeSystem/audit-entity-type"
ENTITY_ROLE = "http://terminology.hl7.org/CodeSystem/object-role"
SOURCE_TYPE = "http://terminology.hl7.org/CodeSystem/security-source-type"

# What kind of event it is: DICOM's codes, which R4 recommends where one fits.
AUTHENTICATION = (DICOM, "110114", "User Authentication")
QUERY = (DICOM, "110112", "Query")
EXPORT = (DICOM, "110106", "Export")
PATIENT_RECORD = (DICOM, "110110", "Patient Record")
USER_SECURITY = (DICOM, "110137", "User Security Attributes Changed")
OPERATION = (DICOM, "110100", "Application Activity")
SUCCESS, REFUSED = "0", "4"
CONFIDENTIALITY = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"


@dataclass(frozen=True, slots=True)
class Event:
    """What an AuditEvent says. `action` is one of C, R, U, D, E; `changed` names fields, never their values.

    With `restricted` it is about somebody's record and does not say whose.
    """

    id: int
    recorded: datetime
    kind: tuple[str, str, str]
    deed: str
    action: str
    succeeded: bool
    actor: str
    actor_name: str
    role: str
    source: str
    location: str = ""
    patient: str = ""
    subject: str = ""
    reason: str = ""
    changed: tuple[str, ...] = ()
    restricted: bool = False


def resource(event: Event) -> dict[str, Any]:
    """Return the resource, ready to be written as JSON; what is empty is left out, as FHIR asks."""
    system, code, display = event.kind
    recorded = event.recorded.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return _without_empty(
        {
            "resourceType": "AuditEvent",
            "id": str(event.id),
            "type": {"system": system, "code": code, "display": display},
            "subtype": [{"code": event.deed}],
            "action": event.action,
            "recorded": recorded,
            "outcome": SUCCESS if event.succeeded else REFUSED,
            "purposeOfEvent": [{"text": event.reason}] if event.reason else [],
            "agent": [
                {
                    "role": [{"coding": [{"code": event.role}]}] if event.role else [],
                    "who": {"identifier": {"value": event.actor}, "display": event.actor_name},
                    "name": event.actor_name,
                    "requestor": True,
                    "location": {"identifier": {"value": event.location}} if event.location else {},
                }
            ],
            "source": {
                "site": event.source,
                "observer": {"display": "frontdesk"},
                "type": [{"system": SOURCE_TYPE, "code": "4", "display": "Application Server"}],
            },
            "entity": _entities(event),
        }
    )


def _entities(event: Event) -> list[dict[str, Any]]:
    details = [{"type": "changed", "valueString": name} for name in event.changed]
    found: list[dict[str, Any]] = []
    if event.restricted:
        found.append(
            {
                "type": {"system": ENTITY_TYPE, "code": "1", "display": "Person"},
                "role": {"system": ENTITY_ROLE, "code": "1", "display": "Patient"},
                "securityLabel": [{"system": CONFIDENTIALITY, "code": "R", "display": "restricted"}],
            }
        )
    if event.patient:
        found.append(
            {
                "what": {"reference": event.patient},
                "type": {"system": ENTITY_TYPE, "code": "1", "display": "Person"},
                "role": {"system": ENTITY_ROLE, "code": "1", "display": "Patient"},
            }
        )
    if event.subject:
        found.append(
            {
                "what": {"identifier": {"value": event.subject}},
                "type": {"system": ENTITY_TYPE, "code": "2", "display": "System Object"},
                "role": {"system": ENTITY_ROLE, "code": "4", "display": "Domain Resource"},
            }
        )
    if found and details:
        found[-1]["detail"] = details
    return found


def _without_empty(value: Mapping[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for name, one in value.items():
        if isinstance(one, dict):
            one = _without_empty(one)  # noqa: PLW2901 - the same value, without what is empty in it
        elif isinstance(one, list):
            one = [_without_empty(part) for part in one]  # noqa: PLW2901 - as above
        if one not in ("", [], {}, None):
            kept[name] = one
    return kept
