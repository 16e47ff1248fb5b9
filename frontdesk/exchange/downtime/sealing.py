"""Locking a pack with a passphrase that is kept nowhere.

When the passphrase is set, what the two files need of it is worked out once and kept: for the page a key of AES-256-GCM
from PBKDF2-SHA-256, for the PDF the key its pages are encrypted with (AES-256) and that key locked by the passphrase,
as ISO 32000-2 puts it into the file. The worker can write packs with these; nobody can read the passphrase out of them.
"""

import base64
import json
import os
import secrets
from dataclasses import asdict, dataclass
from hashlib import pbkdf2_hmac
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from frontdesk.kit.errors import Invalid, Refused

ITERATIONS = 600_000
SHORTEST, LONGEST = 16, 100
_CONSONANTS, _VOWELS = "bdfghklmnprstvz", "aeiou"


class NoPassphrase(Refused):
    """Without a passphrase nothing is written: a pack in the clear would be worse than none."""

    def __init__(self) -> None:
        super().__init__(
            "No downtime pack is written: it has no passphrase yet. A manager sets one: frontdesk downtime passphrase"
        )


class OpenKeys(Refused):
    """The file with the keys can be read by others."""


@dataclass(frozen=True, slots=True)
class Keys:
    """What locks packs. All bytes as base64; `pdf` are the entries of the PDF's own lock, in hexadecimal."""

    salt: str
    iterations: int
    key: str
    pdf: dict[str, str]


def make_passphrase() -> str:
    """Return a passphrase that can be said and typed: five made-up words, 61 bits."""
    return "-".join("".join(_syllable() for _ in range(2)) for _ in range(5))


def make_keys(passphrase: str) -> Keys:
    """Work out what locks packs under a passphrase. Raises `Invalid` for one that is too short or hard to type."""
    words = passphrase.strip()
    if not SHORTEST <= len(words) <= LONGEST or not words.isascii() or not words.isprintable():
        msg = f"A passphrase has {SHORTEST} to {LONGEST} plain letters, digits, signs and spaces."
        raise Invalid(msg, fields={"passphrase": msg})
    if len(set(words)) < 6:
        msg = (
            "That passphrase is too easily guessed. Take five words that have nothing to do with each other."
        )
        raise Invalid(msg, fields={"passphrase": msg})
    from frontdesk.exchange.downtime.pdf_lock import worked_out  # noqa: PLC0415 - it needs Keys, and takes long to load

    salt = secrets.token_bytes(16)
    key = pbkdf2_hmac("sha256", words.encode(), salt, ITERATIONS, dklen=32)
    return Keys(_text(salt), ITERATIONS, _text(key), worked_out(words))


def keep(keys: Keys, folder: Path) -> None:
    """Put the keys into `folder`, for this program's own user alone, in place of earlier ones."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = folder / "keys.json.part"
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump(asdict(keys), file)
        file.flush()
        os.fsync(file.fileno())
    part.replace(folder / "keys.json")


def kept(folder: Path) -> Keys | None:
    """Return the keys kept in `folder`, None before a passphrase was set. Raises `OpenKeys`."""
    path = folder / "keys.json"
    if not path.exists():
        return None
    if path.stat().st_mode & 0o077:
        msg = f"{path} can be read by others; run: chmod 600 {path}"
        raise OpenKeys(msg)
    return Keys(**json.loads(path.read_text()))


def seal(plain: bytes, keys: Keys, about: str) -> str:
    """Return `plain` locked, as JSON for the page; `about` stands beside it in the clear and cannot be exchanged."""
    nonce = secrets.token_bytes(12)
    locked = AESGCM(base64.b64decode(keys.key)).encrypt(nonce, plain, about.encode())
    given = {"v": 1, "salt": keys.salt, "iterations": keys.iterations, "nonce": _text(nonce), "about": about}
    return json.dumps({**given, "data": _text(locked)})


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _syllable() -> str:
    return secrets.choice(_CONSONANTS) + secrets.choice(_VOWELS)
