"""The CORE envelope as SOAP 1.2 and WSDL, its credentials in a WS-Security UsernameToken.

The payload of real time is text, that of a batch base64 in place. What is read has no document type: without one there are
no entities to expand, and nothing outside is fetched.
"""

import base64
import binascii
from xml.parsers import expat
from xml.sax.saxutils import escape

from frontdesk.outside.payer.envelope import BATCH, Request, Response

SOAP = "http://www.w3.org/2003/05/soap-envelope"
CORE = "http://www.caqh.org/SOAP/WSDL/CORERule{}.xsd"
WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
# What answers each request, by the local name of its element.
ANSWERS = {
    "COREEnvelopeRealTimeRequest": "COREEnvelopeRealTimeResponse",
    "COREEnvelopeBatchSubmission": "COREEnvelopeBatchSubmissionResponse",
    "COREEnvelopeBatchResultsRetrievalRequest": "COREEnvelopeBatchResultsRetrievalResponse",
}
_DEEPEST = 8


class Unreadable(ValueError):
    """No envelope of this kind; `code` is that of the SOAP fault: Sender, VersionMismatch or MustUnderstand."""

    def __init__(self, words: str, code: str = "Sender") -> None:
        super().__init__(words)
        self.code = code


class _Reading:
    """What a parser has seen: the text of each element by its path of (namespace, name)."""

    def __init__(self) -> None:
        self.path: list[tuple[str, str]] = []
        self.texts: list[list[str]] = []
        self.request = ""
        self.namespace = ""
        self.fields: dict[str, str] = {}

    def begin(self, name: str, _attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        if not self.path and local == "Envelope" and namespace != SOAP:
            raise Unreadable("This is SOAP 1.2.", "VersionMismatch")
        if len(self.path) == _DEEPEST:
            raise Unreadable("The elements lie too deep.")
        self.path.append((namespace, local))
        self.texts.append([])
        if len(self.path) == 3 and self.path[:2] == [(SOAP, "Envelope"), (SOAP, "Body")]:
            self.request, self.namespace = local, namespace

    def text(self, text: str) -> None:
        if self.texts:
            self.texts[-1].append(text)

    def end(self, _name: str) -> None:
        text = "".join(self.texts.pop())
        namespace, local = self.path.pop()
        where = [name for _, name in self.path]
        if namespace == WSSE and local in {"Username", "Password"} and where[-1:] == ["UsernameToken"]:
            self.fields["UserName" if local == "Username" else local] = text.strip()
        elif where == ["Envelope", "Body", self.request]:
            self.fields[local] = text if local == "Payload" else text.strip()


def read(body: bytes) -> tuple[Request, str, str]:
    """Return the envelope in a body, the name of its element, and that element's namespace. Raises `Unreadable`."""
    reading = _Reading()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _no_document_type
    parser.StartElementHandler, parser.EndElementHandler = reading.begin, reading.end
    parser.CharacterDataHandler = reading.text
    try:
        parser.Parse(body, True)
    except Unreadable:
        raise
    except (
        expat.ExpatError,
        LookupError,
        ValueError,
    ):  # the last two are encodings that are none, or not of XML
        raise Unreadable("The body is not well-formed XML.") from None
    if reading.request not in ANSWERS or reading.namespace not in (
        CORE.format("2.2.0"),
        CORE.format("4.0.0"),
    ):
        raise Unreadable(f"The body holds none of {', '.join(ANSWERS)}.")
    payload = reading.fields.pop("Payload", None)
    request = Request(reading.fields, None if payload is None else payload.strip().encode())
    if request.get("ProcessingMode") == BATCH and request.payload:
        try:
            request.payload = base64.b64decode(b"".join(request.payload.split()), validate=True)
        except binascii.Error:
            raise Unreadable("The payload of a batch is base64.") from None
    return request, reading.request, reading.namespace


def _no_document_type(*_: object) -> None:
    raise Unreadable("A document type is not read here.")


def write(response: Response, asked: str, namespace: str) -> tuple[bytes, str]:
    """Return the body of an answer to the element `asked`, and its content type."""
    fields = response.fields()
    if response.payload:
        batch = response.mode == BATCH
        fields["Payload"] = (
            base64.b64encode(response.payload).decode() if batch else response.payload.decode()
        )
    inner = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in fields.items())
    return _envelope(f'<core:{ANSWERS[asked]} xmlns:core="{namespace}">{inner}</core:{ANSWERS[asked]}>')


def fault(code: str, words: str) -> tuple[bytes, str]:
    """Return the body of a SOAP fault, and its content type."""
    return _envelope(
        f"<env:Fault><env:Code><env:Value>env:{code}</env:Value></env:Code>"
        f'<env:Reason><env:Text xml:lang="en">{escape(words)}</env:Text></env:Reason></env:Fault>'
    )


def _envelope(inner: str) -> tuple[bytes, str]:
    text = f'<env:Envelope xmlns:env="{SOAP}"><env:Body>{inner}</env:Body></env:Envelope>'
    return text.encode(), "application/soap+xml; charset=UTF-8"
