"""A carrier tells of a text that came in: read once it is proved to be the carrier's own, and answered in its language.

The form and the signature are those of Twilio and of the carriers that speak as it does: a form in the body, signed
with a secret both sides know, over the address it is sent to and every field of it.
"""

import base64
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl
from xml.sax.saxutils import escape

# A text of ten pieces with all that carriers tell beside it is a third of this, in bytes.
MOST = 16_384
FIELDS = 100
_CONTENT = "application/x-www-form-urlencoded"
_NUMBER = re.compile(r"\+?[0-9]{5,15}")


class NotGenuine(Exception):
    """It is not signed, or not with our secret: whoever sent it learns nothing more."""


class Unreadable(Exception):
    """It is the carrier's, but holds no text from a telephone number."""


@dataclass(frozen=True, slots=True)
class Inbound:
    """One text as it came in. `id` is the carrier's own for it; `is_answered` that the carrier has answered it."""

    id: str
    sender: str
    said: str
    is_answered: bool


def read(body: bytes, headers: Mapping[str, str], address: str, secret: str) -> Inbound:
    """Return the text a carrier tells of. `address` is the one it was told to send to, `secret` the one shared with it.

    Raises `NotGenuine` before anything is made of it, `Unreadable`.
    """
    fields = _fields(body, headers.get("Content-Type", ""))
    if fields is None or not secret or not _is_signed(fields, headers, address, secret):
        raise NotGenuine
    given = dict(fields)
    sender = given.get("From", "").strip()
    if not given.get("MessageSid") or not _NUMBER.fullmatch(sender):
        raise Unreadable
    # Where the carrier keeps stops itself it says what it took the text for, and has answered.
    taken_for = given.get("OptOutType", "")
    said = "".join(c if c.isprintable() else " " for c in taken_for or given.get("Body", ""))
    return Inbound(given["MessageSid"], sender, said, bool(taken_for))


def answer(words: str) -> str:
    """Return what makes the carrier answer with `words`; with none, that nothing is to be answered."""
    inside = f"<Message>{escape(words)}</Message>" if words else ""
    return f'<?xml version="1.0" encoding="UTF-8"?><Response>{inside}</Response>'


def sign(fields: Mapping[str, str], address: str, secret: str, hashed: str = "sha1") -> str:
    """Return the signature of a form, in base64."""
    return _signature(list(fields.items()), address, secret, hashed)


def _fields(body: bytes, content: str) -> list[tuple[str, str]] | None:
    if content.split(";", maxsplit=1)[0].strip().lower() != _CONTENT:
        return None
    try:
        return parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=FIELDS, errors="strict")
    except ValueError:
        return None


def _is_signed(fields: list[tuple[str, str]], headers: Mapping[str, str], address: str, secret: str) -> bool:
    given = headers.get("X-Twilio-Signature", "")
    # Which of two hashes is the sender's choice; neither helps who does not know the secret.
    newer = "HMAC_SHA256" in headers.get("X-Twilio-Webhooks-Signature-Settings", "")
    expected = _signature(fields, address, secret, "sha256" if newer else "sha1")
    return hmac.compare_digest(expected.encode(), given.encode())


def _signature(fields: list[tuple[str, str]], address: str, secret: str, hashed: str) -> str:
    said = address + "".join(name + value for name, value in sorted(set(fields)))
    return base64.b64encode(hmac.digest(secret.encode(), said.encode(), hashed)).decode()
