"""Values that a copy of the database does not tell: sealed where they stand, and found again by a blind index.

A sealed value is text: "k", the id of its key, ":" and, in base 64, a nonce of 96 bits followed by what AES-256-GCM
makes of the value (NIST SP 800-38D). It is bound to its table, its column and the number of whom it belongs to: copied
into another column, or into another person's row, it does not open. A blind index is an HMAC-SHA256 (FIPS 198-1) of the
value under another key than the one that seals: equal values can be found without opening any, and that two rows hold
the same value is all it tells.

The keys are FIELD_KEYS of the settings, the newest first. New values are sealed with the newest; every known key opens.
"""

import base64
import hmac
import secrets
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from frontdesk.kit.errors import Refused

NONCE, TAG = 12, 16


class CannotBeOpened(Refused):
    """A value that is not as it was sealed, stands where it does not belong, or whose key is not here."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of sealed values: `table` is "room.model", `owner` the column with the number they are bound to.

    `index` is the column of the blind index, "" where nobody looks for a value.
    """

    table: str
    name: str
    owner: str
    index: str = ""

    def seal(self, owner: int, value: str) -> str:
        """Return `value` as it is stored for `owner`, sealed with the newest key."""
        key, nonce = newest(), secrets.token_bytes(NONCE)
        locked = _pair(key)[0].encrypt(nonce, value.encode(), self._bound_to(owner, key))
        return f"k{key}:{base64.b64encode(nonce + locked).decode()}"

    def open(self, owner: int, sealed: str) -> str:
        """Return what was sealed for `owner`. Raises `CannotBeOpened`."""
        key = key_of(sealed)
        if key not in known():
            msg = "This value was sealed with a key that is not here. Tell who keeps the system."
            raise CannotBeOpened(msg)
        try:
            raw = base64.b64decode(sealed.partition(":")[2], validate=True)
            if len(raw) < NONCE + TAG:
                raise InvalidTag
            return _pair(key)[0].decrypt(raw[:NONCE], raw[NONCE:], self._bound_to(owner, key)).decode()
        except (InvalidTag, ValueError):  # ValueError: no base64, or not even ASCII
            msg = "This value is not as it was sealed: it was changed, or belongs elsewhere. Tell who keeps the system."
            raise CannotBeOpened(msg) from None

    def index_of(self, value: str, key: str = "") -> str:
        """Return the blind index of a value in its one normal form, under the newest key unless another is named."""
        told = f"{self.table}.{self.name}\0{value}"
        return hmac.digest(_pair(key or newest())[1], told.encode(), "sha256").hex()

    def indexes(self, value: str) -> list[str]:
        """Return every blind index a row may have that holds `value`: one under each known key, the newest first."""
        return [self.index_of(value, key) for key in known()]

    def _bound_to(self, owner: int, key: str) -> bytes:
        return "\0".join(("frontdesk", key, self.table, self.name, str(owner))).encode()


_declared: dict[tuple[str, str], Column] = {}


def declare(table: str, name: str, *, owner: str, index: str = "") -> Column:
    """Make a column of sealed values known, so that it is proven and sealed anew with all others."""
    return _declared.setdefault((table, name), Column(table, name, owner, index))


def columns() -> list[Column]:
    """Return every column of sealed values."""
    return [_declared[known] for known in sorted(_declared)]


def key_of(sealed: str) -> str:
    """Return the id of the key a value says it was sealed with; "" when it says none."""
    head, colon, _ = sealed.partition(":")
    return head[1:] if colon and head.startswith("k") else ""


def newest() -> str:
    """Return the id of the key that new values are sealed with."""
    return known()[0]


def known() -> list[str]:
    """Return the ids of the keys that are here, the newest first."""
    return [name for name, _ in settings.FIELD_KEYS]


def _pair(name: str) -> tuple[AESGCM, bytes]:
    return _derived(next(secret for known, secret in settings.FIELD_KEYS if known == name))


@lru_cache(maxsize=16)
def _derived(secret: bytes) -> tuple[AESGCM, bytes]:
    """Return the key that seals and the key of the index: two that do not tell each other (HKDF, RFC 5869)."""
    made = HKDF(SHA256(), 64, salt=None, info=b"frontdesk.sealed").derive(secret)
    return AESGCM(made[:32]), made[32:]
