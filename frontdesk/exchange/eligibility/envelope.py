"""The envelope around a file: CAQH CORE Connectivity 2.2.0, as HTTP MIME multipart or as SOAP 1.2."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from email.parser import BytesParser
from email.policy import HTTP
from html import escape

from defusedxml import ElementTree as Xml

from frontdesk.exchange.eligibility.connections import SOAP, Connection

VERSION = "2.2.0"
QUESTION = "X12_270_Request_005010X279A1"
_CORE = "http://www.caqh.org/SOAP/WSDL/CORERule2.2.0.xsd"
_SOAP = "http://www.w3.org/2003/05/soap-envelope"
_WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"


class NotUnderstood(Exception):
    """What came back is no envelope of CORE, or says that the question was not taken; its words are for operators."""


class Refused(NotUnderstood):
    """The other side read the envelope and did not take it."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What is posted: the body, and how it is called."""

    body: bytes
    content_type: str


def enclosed(payload: str, to: Connection, at: datetime, kind: str = QUESTION) -> Sent:
    """Return a question in the envelope its connection wants, as of `at` (UTC). `kind` says what it is (PayloadType)."""
    fields = {
        "PayloadType": kind,
        "ProcessingMode": "RealTime",
        "PayloadID": str(uuid.uuid4()),
        "TimeStamp": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        "SenderID": to.sender,
        "ReceiverID": to.receiver,
        "CORERuleVersion": VERSION,
    }
    return sealed(
        {**fields, "Payload": payload},
        to.envelope,
        (to.user, to.password),
        ("COREEnvelopeRealTimeRequest", "RealTimeTransaction"),
    )


def sealed(fields: dict[str, str], kind: str, login: tuple[str, str], action: tuple[str, str]) -> Sent:
    """Return an envelope of a kind (mime or soap) with these fields; `action` is the element and SOAP action of the rule."""
    return _soap(fields, login, action) if kind == SOAP else _mime(fields, login)


def _mime(fields: dict[str, str], login: tuple[str, str]) -> Sent:
    boundary = uuid.uuid4().hex
    parts = {"UserName": login[0], "Password": login[1], **fields}
    lines = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in parts.items()
    ]
    body = "".join([*lines, f"--{boundary}--\r\n"]).encode()
    return Sent(body, f"multipart/form-data; boundary={boundary}")


def _soap(fields: dict[str, str], login: tuple[str, str], action: tuple[str, str]) -> Sent:
    inside = "".join(f"<{name}>{escape(value, quote=False)}</{name}>" for name, value in fields.items())
    element = action[0]
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="{_SOAP}"><soapenv:Header>'
        f'<wsse:Security xmlns:wsse="{_WSSE}" soapenv:mustUnderstand="true"><wsse:UsernameToken>'
        f"<wsse:Username>{escape(login[0], quote=False)}</wsse:Username>"
        f"<wsse:Password>{escape(login[1], quote=False)}</wsse:Password></wsse:UsernameToken></wsse:Security>"
        f'</soapenv:Header><soapenv:Body><ns1:{element} xmlns:ns1="{_CORE}">{inside}'
        f"</ns1:{element}></soapenv:Body></soapenv:Envelope>"
    )
    return Sent(text.encode(), f'application/soap+xml; charset=UTF-8; action="{action[1]}"')


def opened(body: bytes) -> bytes:
    """Return the file in an answer's envelope. Raises `NotUnderstood`."""
    payload = fields_of(body).get("Payload", b"").strip()
    if not payload:
        msg = "the envelope holds no answer"
        raise NotUnderstood(msg)
    return payload


def fields_of(body: bytes) -> dict[str, bytes]:
    """Return the fields of an answer's envelope. Raises `NotUnderstood`, `Refused` where the other side did not take ours."""
    text = body.lstrip()
    fields = _soap_fields(text) if text[:1] == b"<" else _mime_fields(text)
    error = fields.get("ErrorCode", b"").decode("utf-8", "replace").strip()
    if error.lower() not in {"", "success"}:
        msg = f"the payer refused the envelope: {error[:60]}"
        raise Refused(msg)
    return fields


def _mime_fields(body: bytes) -> dict[str, bytes]:
    first = body.split(b"\n", 1)[0].strip()
    if not first.startswith(b"--") or len(first) > 80:
        msg = "what came back is no envelope"
        raise NotUnderstood(msg)
    head = b'Content-Type: multipart/form-data; boundary="' + first[2:].replace(b'"', b"") + b'"\r\n\r\n'
    found = BytesParser(policy=HTTP).parsebytes(head + body)
    if not found.is_multipart() or (first + b"--") not in body:
        msg = "the envelope is cut off"
        raise NotUnderstood(msg)
    fields = {}
    for part in found.iter_parts():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(content, bytes):
            fields[name] = content
    return fields


def _soap_fields(body: bytes) -> dict[str, bytes]:
    try:
        root = Xml.fromstring(body, forbid_dtd=True)
    except (Xml.ParseError, ValueError) as wrong:
        msg = "the envelope is no sound XML"
        raise NotUnderstood(msg) from wrong
    return {
        element.tag.rpartition("}")[2]: (element.text or "").encode()
        for element in root.iter()
        if not len(element)
    }
