"""The CORE envelope as HTTP and MIME multipart: one form field a part."""

import re
import uuid
from itertools import pairwise

from frontdesk.outside.payer.envelope import Request, Response

_BOUNDARY = re.compile(r'boundary="?([^";,]{1,70})"?', re.IGNORECASE)
_NAME = re.compile(rb'content-disposition:[^\r\n]*?\bname="?([A-Za-z]{1,40})"?', re.IGNORECASE)


class Unreadable(ValueError):
    """No envelope of this kind."""


def read(body: bytes, content_type: str) -> Request:
    """Return the envelope in a body. Raises `Unreadable`.

    Lines may end in LF alone, and a part may name its content: what is in use does both.
    """
    found = _BOUNDARY.search(content_type)
    if found is None:
        raise Unreadable("The content type names no boundary.")
    mark = re.compile(rb"(?:^|\r?\n)--" + re.escape(found[1].strip().encode()) + rb"(--)?[ \t]*(?=\r?\n|$)")
    cuts = list(mark.finditer(body))
    if len(cuts) < 2 or cuts[-1][1] is None:
        raise Unreadable("The body is not whole: it does not end in its boundary.")
    fields: dict[str, str] = {}
    payload = None
    for cut, after in pairwise(cuts):
        head, content = _part(body[cut.end() : after.start()])
        name = _NAME.search(head)
        if name is None:
            raise Unreadable("A part has no name.")
        if name[1] == b"Payload":
            payload = content
        else:
            fields[name[1].decode()] = content.decode("utf-8", "replace").strip()
    return Request(fields, payload)


def _part(text: bytes) -> tuple[bytes, bytes]:
    """Return the headers of a part, and its content."""
    found = re.search(rb"\r?\n\r?\n", text)
    if found is None:
        raise Unreadable("A part has no content.")
    return text[: found.start()], text[found.end() :]


def write(response: Response) -> tuple[bytes, str]:
    """Return the body of an answer, and its content type."""
    boundary = f"core-{uuid.uuid4().hex}"
    parts = [(name, b"", value.encode()) for name, value in response.fields().items()]
    if response.payload:
        parts.append(("Payload", b"Content-Type: application/octet-stream\r\n", response.payload))
    body = b"".join(
        b'--%s\r\nContent-Disposition: form-data; name="%s"\r\n%s\r\n%s\r\n'
        % (boundary.encode(), name.encode(), kind, content)
        for name, kind, content in parts
    )
    return body + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"
