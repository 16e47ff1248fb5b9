"""The CAQH CORE Connectivity envelope (rules 270, vC2.2.0, and 470, v4.0.0): its fields, and what is wrong with them.

The two ways to write it are `mime` (HTTP and MIME multipart) and `soap` (SOAP 1.2 and WSDL).
"""

import hashlib
import re
import uuid
from dataclasses import dataclass, field
from datetime import datetime

from frontdesk.kit import clock

VERSIONS = ("2.2.0", "4.0.0")
INQUIRY, ANSWER = "X12_270_Request_005010X279A1", "X12_271_Response_005010X279A1"
PICKUP = "X12_005010_Request_Batch_Results_271"
PICKUP_999 = "X12_999_RetrievalRequest_005010X231A1"
TA1, REJECTED = "X12_TA1_Response_00501X231A1", "X12_999_Response_005010X231A1"
RECEIVED, NOTHING = "X12_BatchReceiptConfirmation", "X12_005010_Response_NoBatchResultsFile"
FAULTY = "CoreEnvelopeError"
REAL_TIME, BATCH = "RealTime", "Batch"
_NEEDED = (
    "PayloadType",
    "ProcessingMode",
    "PayloadID",
    "TimeStamp",
    "UserName",
    "Password",
    "SenderID",
    "ReceiverID",
    "CORERuleVersion",
)
_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who may ask."""

    user: str
    password: str


@dataclass(slots=True)
class Request:
    """An envelope as it came: its fields by their names in the rule, and what it carries."""

    fields: dict[str, str]
    payload: bytes | None

    def get(self, name: str) -> str:
        """Return a field; empty where it is not there."""
        return self.fields.get(name, "")


@dataclass(slots=True)
class Response:
    """An envelope to send back."""

    payload_type: str
    payload: bytes = b""
    code: str = "Success"
    message: str = ""
    mode: str = REAL_TIME
    payload_id: str = ""
    sender: str = ""
    receiver: str = ""
    version: str = VERSIONS[0]
    at: datetime = field(default_factory=clock.now)

    def fields(self) -> dict[str, str]:
        """Return its fields in the order of the rule; a batch says how long its payload is, and its checksum."""
        made = {
            "PayloadType": self.payload_type,
            "ProcessingMode": self.mode,
            "PayloadID": self.payload_id or str(uuid.uuid4()),
        }
        if self.mode == BATCH and self.payload:
            made |= {"PayloadLength": str(len(self.payload)), "CheckSum": checksum(self.payload)}
        return made | {
            "TimeStamp": f"{self.at:%Y-%m-%dT%H:%M:%SZ}",
            "SenderID": self.sender,
            "ReceiverID": self.receiver,
            "CORERuleVersion": self.version,
            "ErrorCode": self.code,
            "ErrorMessage": self.message,
        }


def answering(request: Request, payload_type: str, payload: bytes, mode: str, at: datetime) -> Response:
    """Return the envelope that answers one: its parties exchanged, its PayloadID kept."""
    version = request.get("CORERuleVersion")
    return Response(
        payload_type,
        payload,
        mode=mode,
        payload_id=request.get("PayloadID") if _is_uuid(request.get("PayloadID")) else "",
        sender=request.get("ReceiverID"),
        receiver=request.get("SenderID"),
        version=version if version in VERSIONS else VERSIONS[0],
        at=at,
    )


def refusing(request: Request, trouble: tuple[str, str], mode: str, at: datetime) -> Response:
    """Return the envelope that says what was wrong with one."""
    made = answering(request, FAULTY, b"", mode, at)
    made.code, made.message = trouble
    return made


def trouble_with(
    request: Request, allowed: Credentials, mode: str, payload_types: tuple[str, ...]
) -> tuple[str, str] | None:
    """Return the ErrorCode and ErrorMessage an envelope earns; None where nothing is wrong with it."""
    for name in _NEEDED:
        if not request.get(name):
            return f"{name}Required", f"The field {name} is required but was not provided."
    if (request.get("UserName"), request.get("Password")) != (allowed.user, allowed.password):
        return "UnAuthorized", "The user name or password could not be verified."
    if request.get("CORERuleVersion") not in VERSIONS:
        return "VersionMismatch", f"The versions spoken here are {' and '.join(VERSIONS)}."
    allowed_values = {"PayloadType": payload_types, "ProcessingMode": (mode,)}
    for name, values in allowed_values.items():
        if request.get(name) not in values:
            return f"{name}Illegal", f"{name} is one of {', '.join(values)} here."
    if not _is_uuid(request.get("PayloadID")):
        return "PayloadIDIllegal", "PayloadID is not a UUID."
    if not _STAMP.fullmatch(request.get("TimeStamp")):
        return "TimeStampIllegal", "TimeStamp is not a UTC time as 2026-03-03T14:00:00Z."
    if request.get("PayloadType") in {PICKUP, PICKUP_999}:
        return None
    return _trouble_with_payload(request, mode)


def _trouble_with_payload(request: Request, mode: str) -> tuple[str, str] | None:
    if not request.payload:
        return "PayloadRequired", "The field Payload is required but was not provided."
    if mode == BATCH:
        for name in ("PayloadLength", "CheckSum"):
            if not request.get(name):
                return f"{name}Required", f"The field {name} is required but was not provided."
    length, summed = request.get("PayloadLength"), request.get("CheckSum")
    if length and length != str(len(request.payload)):
        return "PayloadLengthIllegal", "PayloadLength is not the length of the payload."
    if summed and summed.lower() != checksum(request.payload):
        return "ChecksumMismatched", "CheckSum is not the SHA-1 of the payload."
    return None


def checksum(payload: bytes) -> str:
    """Return the SHA-1 of a payload in hexadecimal, as the rule has it; it protects from accidents, not from attacks."""
    return hashlib.sha1(payload, usedforsecurity=False).hexdigest()


def _is_uuid(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
