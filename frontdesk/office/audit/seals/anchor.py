"""The file outside the database in which every seal is noted, each line under a key and chained to the one before."""

import hashlib
import hmac
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

_FIELDS = 10
_LONGEST = 1024  # bytes no line comes near
SEALED, RESTORED = "sealed", "restored"


@dataclass(frozen=True, slots=True)
class Noted:
    """A line of the anchor: which run was sealed, and with what."""

    at: str
    kind: str
    first: int
    last: int
    count: int
    root: str
    digest: str

    def words(self) -> str:
        """Return the line without the key's name and the mark."""
        return f"2 {self.at} {self.kind} {self.first} {self.last} {self.count} {self.root} {self.digest}"


@dataclass(slots=True)
class Reading:
    """What an anchor says: the lines that are in force by the last number of their run, and what is wrong with it."""

    lines: dict[int, Noted]
    tail: str
    wrong: list[str]


@dataclass(frozen=True)
class Anchor:
    """The file, the keys (the newest first; earlier ones still prove earlier lines), and where a copy of it is kept.

    `FRONTDESK_ANCHOR_TO` names a folder for the copy, best one on another machine: who cuts the database and this file
    alike does not reach it.
    """

    path: Path
    keys: tuple[bytes, ...]
    copy: Path | None = None

    @classmethod
    def of_installation(cls) -> "Anchor":
        """Return the anchor of this installation, as its settings say."""
        name = "audit-anchor.txt"
        to: Path | None = settings.FRONTDESK_ANCHOR_TO
        return cls(Path(settings.FRONTDESK_DATA) / name, settings.AUDIT_KEYS, to / name if to else None)

    def exists(self) -> bool:
        """Say whether anything was ever noted."""
        return self.path.exists()

    def read(self) -> Reading:
        """Read all lines in order and prove each by its mark."""
        found = Reading({}, "", [])
        for number, line in enumerate(self._whole_lines(self.path), 1):
            noted, key, mark = self._parsed(line)
            if noted is None:
                found.wrong.append(f"line {number} of the anchor was changed")
            elif key is None:
                found.wrong.append(f"line {number} of the anchor is under a key that is not here")
            elif not _fits(key, found.tail, line, mark):
                found.wrong.append(f"line {number} of the anchor was changed, or one before it taken out")
            else:
                self._take(found, noted)
            found.tail = mark
        return found

    def append(self, noted: Iterable[Noted], tail: str) -> str:
        """Note more lines after the one whose mark is `tail`, on disk before this returns; return the last mark."""
        lines = []
        for one in noted:
            words = f"{one.words()} {_name(self.keys[0])}"
            tail = _mark(self.keys[0], tail, words)
            lines.append(f"{words} {tail}\n")
        _add(self.path, "".join(lines))
        if self.copy is not None:
            self._follow(self.copy)
        return tail

    def lacks(self) -> list[str]:
        """Say what the copy knows and this file does not: both grow by the same lines."""
        if self.copy is None or not self.copy.exists():
            return []
        here, there = self._whole_lines(self.path), self._whole_lines(self.copy)
        same = sum(1 for _ in _while_equal(here, there))
        if same == len(there):
            return []
        if same == len(here):
            return [f"the last {len(there) - same} lines of the anchor were cut; its copy has them"]
        return [f"the anchor and its copy differ from line {same + 1} on"]

    def _follow(self, copy: Path) -> None:
        """Bring the copy up to date; a folder that is away now gets the lines the next time."""
        try:
            have = self._whole_lines(copy)
            here = self._whole_lines(self.path)
            if here[: len(have)] == have:
                _add(copy, "".join(f"{line}\n" for line in here[len(have) :]))
        except OSError:
            return

    def _parsed(self, line: str) -> tuple[Noted | None, bytes | None, str]:
        """Return what a line says, the key it is under, and its mark; None for what cannot be read or is not here."""
        parts = line.split(" ")
        mark = parts[-1]
        if len(parts) != _FIELDS or parts[0] != "2" or not all(part.isdecimal() for part in parts[3:6]):
            return None, None, mark
        key = next((key for key in self.keys if _name(key) == parts[8]), None)
        first, last, count = (int(part) for part in parts[3:6])
        return Noted(parts[1], parts[2], first, last, count, parts[6], parts[7]), key, mark

    @staticmethod
    def _take(found: Reading, noted: Noted) -> None:
        """Count a line in; after a restore, what was noted of later entries is in force no more."""
        if noted.kind == RESTORED:
            found.lines = {last: one for last, one in found.lines.items() if last <= noted.last}
        else:
            found.lines[noted.last] = noted

    @staticmethod
    def _whole_lines(path: Path) -> list[str]:
        """Return the lines; one that a crash tore is no line."""
        if not path.exists():
            return []
        return path.read_text(errors="replace").split("\n")[:-1]


def note(kind: str, at: datetime, run: Sequence[Any]) -> Noted:
    """Return the line for a run (first, last, count, root, digest)."""
    return Noted(at.isoformat(), kind, *run)


def _name(key: bytes) -> str:
    """Return the name of a key, which tells nothing of it."""
    return hashlib.sha256(b"name of " + key).hexdigest()[:8]


def _mark(key: bytes, tail: str, words: str) -> str:
    return hmac.digest(key, f"{tail}\n{words}".encode(), "sha256").hex()


def _fits(key: bytes, tail: str, line: str, mark: str) -> bool:
    return hmac.compare_digest(_mark(key, tail, line.rpartition(" ")[0]), mark)


def _while_equal(one: list[str], other: list[str]) -> Iterable[str]:
    for a, b in zip(one, other, strict=False):
        if a != b:
            return
        yield a


def _add(path: Path, text: str) -> None:
    """Append to a file that only its owner reads; a line that a crash tore is cut off first."""
    if not text:
        return
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+b") as file:
        end = file.seek(0, os.SEEK_END)
        start = file.seek(max(0, end - _LONGEST))
        file.seek(start + file.read().rfind(b"\n") + 1)
        file.truncate()
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())
