"""A file that only the backup key opens, and of which no bit can be changed, moved or cut off unseen.

AES-256-GCM in blocks of a mebibyte. Each block's nonce says its place and whether it is the last, so blocks cannot be
exchanged, left out or cut off at the end (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizar). Every file
has a key of its own, derived (HKDF, RFC 5869) from the practice's backup key and a salt that stands at its head.
"""

import base64
import hmac
import os
import secrets
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from frontdesk.kit.errors import Refused

MAGIC = b"frontdesk backup 1\n"
BLOCK, TAG, SALT, PREFIX, CHECK = 1 << 20, 16, 32, 7, 8
KEY_FILE, KEY_BYTES = "backup_key", 32


class CannotBeOpened(Refused):
    """A backup that is damaged, cut off, changed, or locked with another key."""


class NoKey(Refused):
    """The backup key is not here, or not one."""


def backup_key(folder: Path, *, make: bool) -> bytes:
    """Return FRONTDESK_BACKUP_KEY, or the key kept in `folder`; with `make` it is made on first use. Raises `NoKey`."""
    given = os.environ.get("FRONTDESK_BACKUP_KEY", "").strip()
    path = folder / KEY_FILE
    if not given and make and not path.exists():
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode() + "\n")
    if not given and not path.exists():
        msg = f"The backup key is not here. Put it into {path} or into FRONTDESK_BACKUP_KEY."
        raise NoKey(msg)
    if not given and path.stat().st_mode & 0o077:
        msg = f"{path} can be read by others; run: chmod 600 {path}"
        raise NoKey(msg)
    try:
        key = base64.b64decode(given or path.read_text().strip(), validate=True)
    except ValueError:  # no base64, or not even ASCII
        key = b""
    if len(key) != KEY_BYTES:
        msg = f"{'FRONTDESK_BACKUP_KEY' if given else path} is not a backup key: 32 bytes in base64."
        raise NoKey(msg)
    return key


class SealedWriter:
    """Takes bytes with `write` and puts them, locked, into `file`. Nothing is whole before `close`."""

    def __init__(self, file: BinaryIO, key: bytes) -> None:
        salt = secrets.token_bytes(SALT)
        self._file, self._locks = file, _Locks(key, salt, secrets.token_bytes(PREFIX))
        self._waiting = bytearray()
        file.write(self._locks.head)

    def write(self, plain: bytes) -> int:
        """Take some bytes; they go out when a block is full and another has begun, for the last one is marked."""
        self._waiting += plain
        while len(self._waiting) > BLOCK:
            self._file.write(self._locks.lock(bytes(self._waiting[:BLOCK]), last=False))
            del self._waiting[:BLOCK]
        return len(plain)

    def close(self) -> None:
        """Write the last block."""
        self._file.write(self._locks.lock(bytes(self._waiting), last=True))
        self._waiting.clear()

    def flush(self) -> None:
        """Do nothing: a half block cannot go out."""


class SealedReader:
    """Gives the bytes of a sealed file with `read`; raises `CannotBeOpened` at the first that does not fit."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._file = path.open("rb")
        head = self._file.read(len(MAGIC) + SALT + PREFIX + CHECK)
        salt = head[len(MAGIC) : len(MAGIC) + SALT]
        prefix = head[len(MAGIC) + SALT : len(MAGIC) + SALT + PREFIX]
        if not head.startswith(MAGIC) or len(head) < len(MAGIC) + SALT + PREFIX + CHECK:
            self.close()
            msg = f"{path} is no backup of frontdesk, or its beginning is damaged. Nothing was changed."
            raise CannotBeOpened(msg)
        self._locks = _Locks(key, salt, prefix)
        if not hmac.compare_digest(self._locks.head, head):
            self.close()
            msg = f"{path} is locked with another key, or its beginning is damaged. Nothing was changed."
            raise CannotBeOpened(msg)
        self._next = self._file.read(BLOCK + TAG)
        self._plain, self._ended = b"", False

    def read(self, size: int = -1) -> bytes:
        """Return up to `size` bytes, or all that are left."""
        parts, wanted = [], size if size >= 0 else float("inf")
        while wanted > 0 and (self._plain or not self._ended):
            if not self._plain:
                self._open_next()
                continue
            part = self._plain[: int(wanted)] if wanted != float("inf") else self._plain
            self._plain = self._plain[len(part) :]
            parts.append(part)
            wanted -= len(part)
        return b"".join(parts)

    def _open_next(self) -> None:
        locked, self._next = self._next, self._file.read(BLOCK + TAG)
        self._ended = not self._next
        try:
            self._plain = self._locks.open(locked, last=self._ended)
        except InvalidTag:
            msg = f"{self._path} is not as it was written: it was changed, damaged or cut off. Nothing was changed."
            raise CannotBeOpened(msg) from None

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Locks:
    """The blocks of one file, locked and opened in their order."""

    def __init__(self, key: bytes, salt: bytes, prefix: bytes) -> None:
        made = HKDF(algorithm=hashes.SHA256(), length=64, salt=salt, info=b"frontdesk backup").derive(key)
        self._cipher, self._prefix, self._number = AESGCM(made[:32]), prefix, 0
        begun = MAGIC + salt + prefix
        self.head = begun + hmac.digest(made[32:], begun, "sha256")[:CHECK]

    def _nonce(self, *, last: bool) -> bytes:
        nonce = self._prefix + self._number.to_bytes(4, "big") + bytes([last])
        self._number += 1
        return nonce

    def lock(self, plain: bytes, *, last: bool) -> bytes:
        return self._cipher.encrypt(self._nonce(last=last), plain, self.head)

    def open(self, locked: bytes, *, last: bool) -> bytes:
        return self._cipher.decrypt(self._nonce(last=last), locked, self.head)
