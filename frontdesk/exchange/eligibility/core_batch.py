"""The night's files over CAQH CORE Connectivity 2.2.0: handed in as a batch, its answers picked up under the same PayloadID."""

import base64
import binascii
import hashlib
from datetime import datetime

from frontdesk.exchange import outbound
from frontdesk.exchange.eligibility import envelope
from frontdesk.exchange.eligibility.connections import SOAP, Connection
from frontdesk.exchange.eligibility.files import Came, Gone, Refused
from frontdesk.kit import clock

PICKUP, PICKUP_999 = "X12_005010_Request_Batch_Results_271", "X12_999_RetrievalRequest_005010X231A1"
SECONDS, LARGEST = 60.0, 64 * 1024 * 1024
"""What the other side has for its receipt (CAQH CORE 270: 60 seconds), and the bytes a batch of answers may have."""
_SUBMIT = ("COREEnvelopeBatchSubmission", "BatchSubmitTransaction")
_RETRIEVE = ("COREEnvelopeBatchResultsRetrievalRequest", "BatchResultsRetrievalTransaction")


def hand_in(to: Connection, number: str, content: bytes) -> None:
    """Hand a file in as `number`. Raises `Gone` where nobody took it, `Refused` where the other side says it will not."""
    text = base64.b64encode(content).decode() if to.envelope == SOAP else content.decode()
    checked = {
        "PayloadLength": str(len(content)),
        "CheckSum": hashlib.sha1(content, usedforsecurity=False).hexdigest(),
        "Payload": text,
    }
    _asked(to, {**_fields(to, envelope.QUESTION, number, clock.now()), **checked}, _SUBMIT)


def pick_up(to: Connection, number: str) -> list[Came]:
    """Return what there is for the file handed in as `number`: the answers, or else its 999 or TA1. Raises `Gone`.

    What is there may be picked up again.
    """
    for kind in (PICKUP, PICKUP_999):
        try:
            fields = _asked(to, _fields(to, kind, number, clock.now()), _RETRIEVE)
        except Refused:  # a kind of pick-up the other side does not know, or nothing known under this number
            continue
        content = _payload(fields, to)
        if content:
            return [Came(f"{number} {fields.get('PayloadType', b'').decode('ascii', 'replace')}", content)]
    return []


def _payload(fields: dict[str, bytes], to: Connection) -> bytes:
    payload = fields.get("Payload", b"").strip()
    if to.envelope == SOAP and payload:
        try:
            payload = base64.b64decode(b"".join(payload.split()), validate=True)
        except binascii.Error as wrong:
            raise Gone("what came back cannot be read") from wrong
    summed = fields.get("CheckSum", b"").decode("ascii", "replace").strip().lower()
    whole = {
        hashlib.sha1(one, usedforsecurity=False).hexdigest() for one in (payload, fields.get("Payload", b""))
    }
    if payload and summed and summed not in whole:
        raise Gone("what came back is not whole")
    return payload


def _fields(to: Connection, kind: str, number: str, at: datetime) -> dict[str, str]:
    return {
        "PayloadType": kind,
        "ProcessingMode": "Batch",
        "PayloadID": number,
        "TimeStamp": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        "SenderID": to.sender,
        "ReceiverID": to.receiver,
        "CORERuleVersion": envelope.VERSION,
    }


def _asked(to: Connection, fields: dict[str, str], action: tuple[str, str]) -> dict[str, bytes]:
    sent = envelope.sealed(fields, to.envelope, to.files_login, action)
    try:
        body = outbound.ask(
            to.files, named=[outbound.host_of(to.files)], body=sent.body, headers={"Content-Type": sent.content_type},
            seconds=SECONDS, largest=LARGEST,
        )  # fmt: skip
        return envelope.fields_of(body)
    except envelope.Refused as refused:
        # "Receiver" is CORE's word for trouble of their own: the same file is taken another time.
        passing = str(refused).casefold().endswith(": receiver")
        raise (Gone if passing else Refused)(str(refused)) from refused
    except (outbound.NoAnswer, outbound.NotAllowed) as away:
        raise Gone("the payer could not be reached") from away
    except envelope.NotUnderstood as garbled:
        raise Gone(str(garbled)) from garbled
