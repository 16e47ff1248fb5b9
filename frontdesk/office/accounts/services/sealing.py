"""What this room keeps of secrets that need only be known again: a digest under this installation's secret."""

import hashlib
import hmac

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def digest(text: str, purpose: str) -> str:
    """Return what is kept of something drawn by lot, keyed by this installation's secret."""
    return hmac.new(_key(purpose), text.encode(), hashlib.sha256).hexdigest()


def _key(purpose: str) -> bytes:
    made = HKDF(SHA256(), 32, salt=None, info=f"frontdesk.accounts.{purpose}".encode())
    return made.derive(settings.SECRET_KEY.encode())
