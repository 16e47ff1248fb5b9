"""A practice at the payer's door: writes 270s, puts them into either envelope, asks over HTTP, reads what comes back.

The envelopes are written and read here by hand and by another library, so that a mistake on both sides of the payer's own
code does not hide itself.
"""

import http.client
import uuid
from dataclasses import dataclass
from datetime import date
from email import message_from_bytes
from xml.etree import ElementTree
from xml.sax.saxutils import escape

CORE = "http://www.caqh.org/SOAP/WSDL/CORERule2.2.0.xsd"
SOAP = "http://www.w3.org/2003/05/soap-envelope"
WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
HEAD = (
    "ISA*00*          *00*          *ZZ*BACKBAYFM      *ZZ*GLH01          *260303*0900*^*00501*000000001*0*T*:~"
    "GS*HS*BACKBAYFM*GLH01*20260303*0900*7*X*005010X279A1~"
)


def inquiry(
    member_id,
    *,
    last="ITO",
    first="ANA",
    born="19580912",
    day="20260303",
    about="30",
    trace="TRACE-1",
    sets=1,
):
    """A 270 file about one subscriber; `about` is EQ01, `sets` how many times it is in the file."""
    whole = [HEAD]
    for number in range(1, sets + 1):
        rows = [
            f"ST*270*{number:04d}*005010X279A1",
            f"BHT*0022*13*REQ-{trace}-{number}*20260303*0900",
            "HL*1**20*1",
            "NM1*PR*2*GREAT LAKES HEALTH*****PI*GLH01",
            "HL*2*1*21*1",
            "NM1*1P*2*BACK BAY FAMILY MEDICINE*****XX*1234567893",
            "HL*3*2*22*0",
            f"TRN*1*{trace}-{number}*9877281234",
            f"NM1*IL*1*{last}*{first}****MI*{member_id}",
            f"DMG*D8*{born}*F" if born else "",
            f"DTP*291*D8*{day}" if day else "",
            f"EQ*{about}",
        ]
        rows = [row for row in rows if row]
        whole.append("".join(f"{row}~" for row in [*rows, f"SE*{len(rows) + 1}*{number:04d}"]))
    return ("".join(whole) + f"GE*{sets}*7~IEA*1*000000001~").encode()


def for_a_dependent(member_id, *, last, first, born):
    """A 270 file about somebody insured through the subscriber."""
    rows = [
        "ST*270*0001*005010X279A1", "BHT*0022*13*REQ-D*20260303*0900", "HL*1**20*1",
        "NM1*PR*2*GREAT LAKES HEALTH*****PI*GLH01", "HL*2*1*21*1",
        "NM1*1P*2*BACK BAY FAMILY MEDICINE*****XX*1234567893", "HL*3*2*22*1",
        f"NM1*IL*1*{last}*UMA****MI*{member_id}", "HL*4*3*23*0", "TRN*1*TRACE-D*9877281234",
        f"NM1*03*1*{last}*{first}", f"DMG*D8*{born}*M", "DTP*291*D8*20260303", "EQ*30",
    ]  # fmt: skip
    body = "".join(f"{row}~" for row in [*rows, f"SE*{len(rows) + 1}*0001"])
    return f"{HEAD}{body}GE*1*7~IEA*1*000000001~".encode()


def fields(**other):
    """The fields of a sound envelope; None leaves one out."""
    sound = {
        "PayloadType": "X12_270_Request_005010X279A1",
        "ProcessingMode": "RealTime",
        "PayloadID": str(uuid.uuid4()),
        "TimeStamp": "2026-03-03T14:00:00Z",
        "UserName": "practice",
        "Password": "stand-in",
        "SenderID": "BACKBAYFM",
        "ReceiverID": "GLH01",
        "CORERuleVersion": "2.2.0",
    }
    return {name: value for name, value in {**sound, **other}.items() if value is not None}


@dataclass
class Came:
    """What came back: the HTTP status, the fields of the envelope, and what it carries."""

    status: int
    fields: dict
    payload: bytes

    @property
    def code(self):
        return self.fields["ErrorCode"]


class Practice:
    """Asks a payer on a port of this machine."""

    def __init__(self, port):
        self.port = port

    def send(self, body, kind, path="/core/realtime", **headers):
        """Return (status, content type, body) of what is answered."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            line.request("POST", path, body, {"Content-Type": kind, **headers})
            answer = line.getresponse()
            return answer.status, answer.headers["Content-Type"], answer.read()
        finally:
            line.close()

    def get(self, path):
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            line.request("GET", path)
            answer = line.getresponse()
            return answer.status, answer.read()
        finally:
            line.close()

    def mime(self, payload, path="/core/realtime", **other):
        content = fields(**other, Payload=payload)
        status, kind, answer = self.send(multipart(content), "multipart/form-data; boundary=XbCY", path)
        parts = message_from_bytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + answer).get_payload()
        found = {
            part.get_param("name", header="content-disposition"): part.get_payload(decode=True)
            for part in parts
        }
        return Came(
            status, {name: value.decode() for name, value in found.items()}, found.get("Payload", b"")
        )

    def soap(self, payload, path="/core/realtime", element="COREEnvelopeRealTimeRequest", **other):
        content = fields(**other, Payload=None if payload is None else payload.decode())
        status, _, answer = self.send(
            soap_text(content, element), "application/soap+xml; charset=UTF-8", path
        )
        [answered] = ElementTree.fromstring(answer).find(f"{{{SOAP}}}Body")
        found = {one.tag: one.text or "" for one in answered}
        return Came(status, found, found.get("Payload", "").encode())


def multipart(content):
    """The fields as the body of a multipart form whose boundary is XbCY."""
    parts = (
        b'--XbCY\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
        % (name.encode(), value if isinstance(value, bytes) else value.encode())
        for name, value in content.items()
    )
    return b"".join(parts) + b"--XbCY--\r\n"


def soap_text(content, element="COREEnvelopeRealTimeRequest"):
    """The fields as a SOAP envelope, the credentials in its header."""
    inside = dict(content)
    said = {
        name: inside.pop(field, None) for name, field in (("Username", "UserName"), ("Password", "Password"))
    }
    token = "".join(
        f"<wsse:{name}>{escape(value)}</wsse:{name}>" for name, value in said.items() if value is not None
    )
    words = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in inside.items())
    return (
        f'<?xml version="1.0"?><e:Envelope xmlns:e="{SOAP}"><e:Header><wsse:Security xmlns:wsse="{WSSE}">'
        f"<wsse:UsernameToken>{token}</wsse:UsernameToken></wsse:Security></e:Header>"
        f'<e:Body><c:{element} xmlns:c="{CORE}">{words}</c:{element}></e:Body></e:Envelope>'
    ).encode()


def born(day):
    return f"{date.fromisoformat(day):%Y%m%d}"
