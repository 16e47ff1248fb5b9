"""What this room keeps of secrets: sealed where it must be read again, a digest where it need only be known again."""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def sealed(text: str) -> str:
    """Return a secret as it is stored: a copy of the database alone does not open it."""
    return _box().encrypt(text.encode()).decode()


def opened(text: str) -> str:
    """Return what was sealed."""
    return _box().decrypt(text.encode()).decode()


def digest(text: str, purpose: str) -> str:
    """Return what is kept of something drawn by lot, keyed by this installation's secret."""
    return hmac.new(_key(purpose), text.encode(), hashlib.sha256).hexdigest()


def _box() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_key("factors")))


def _key(purpose: str) -> bytes:
    made = HKDF(SHA256(), 32, salt=None, info=f"frontdesk.accounts.{purpose}".encode())
    return made.derive(settings.SECRET_KEY.encode())
