"""The word in a link: random, signed, and kept here only as a digest."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from frontdesk.kit import clock
from frontdesk.kit.refs import Ref
from frontdesk.office.messaging.models import Link

_SECRET, _SEAL = 15, 9


def issue(
    patient_id: int, about: Ref, actions: Sequence[str], expires_at: datetime, message_id: int | None
) -> tuple[Link, str]:
    """Store a link's digest; return it with its word, which is not kept."""
    secret = secrets.token_bytes(_SECRET)
    token = base64.urlsafe_b64encode(secret + _seal(secret)).decode()
    made = Link.objects.create(
        message_id=message_id,
        patient_id=patient_id,
        about_kind=about.kind,
        about_id=about.id,
        actions=list(actions),
        digest=digest_of(token),
        issued_at=clock.now(),
        expires_at=expires_at,
    )
    return made, token


def is_ours(token: str) -> bool:
    """Say whether the word was made by us, without asking the database."""
    try:
        raw = base64.urlsafe_b64decode(token.encode("ascii"))
    except (ValueError, UnicodeEncodeError):
        return False
    secret, seal = raw[:_SECRET], raw[_SECRET:]
    return len(secret) == _SECRET and hmac.compare_digest(seal, _seal(secret))


def digest_of(token: str) -> str:
    """Return what is kept of a word."""
    return hashlib.sha256(token.encode()).hexdigest()


def _seal(secret: bytes) -> bytes:
    key = settings.SECRET_KEY.encode()
    return hmac.digest(key, b"messaging.link" + secret, "sha256")[:_SEAL]
