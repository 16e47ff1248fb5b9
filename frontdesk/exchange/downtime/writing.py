"""Putting packs down: each file whole or not at all, for this program's own user alone, older ones cleared away."""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from frontdesk.exchange.downtime import html, words
from frontdesk.exchange.downtime.sealing import NoPassphrase, kept
from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.walltime import to_wall
from frontdesk.office.downtime import services
from frontdesk.office.practice.models import Location

PAUSE = timedelta(minutes=15)
LATE = timedelta(minutes=20)
KEPT = 8
KINDS = ("html", "pdf")
_STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Written:
    """A pack that lies ready: as of when, and the size of each of its files in bytes."""

    location_id: int
    as_of: datetime
    sizes: dict[str, int]
    folder: Path

    def file(self, kind: str) -> Path:
        """Return where its file of a kind is."""
        return self.folder / f"downtime-{self.as_of:{_STAMP}}.{kind}"

    @property
    def is_late(self) -> bool:
        """Say whether a newer one should be here by now."""
        return clock.now() - self.as_of > LATE


def write(by: Actor, location_id: int, folder: Path, *, to: Path | None = None) -> Written:
    """Write a site's pack into `folder`, and a copy under a name that stays into `to`. No transaction may be open.

    Raises `NoPassphrase`. When only the copy fails, the pack is written all the same, and what was wrong stands beside
    it for the page to say.
    """
    keys = kept(folder)
    if keys is None:
        raise NoPassphrase
    pack = services.open_pack(by, location_id=location_id)
    from frontdesk.exchange.downtime import pdf  # noqa: PLC0415 - takes long to load, and few commands make a PDF

    drawn = {"html": html.draw(pack, keys), "pdf": pdf.draw(pack, keys)}
    place = folder_of(folder, pack.location)
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = Written(
        location_id, pack.as_of.replace(microsecond=0), {k: len(v) for k, v in drawn.items()}, place
    )
    for kind, content in drawn.items():
        put(made.file(kind), content)
    prune(packs_of(folder, pack.location))
    copied = "" if to is None else copy(made, drawn, pack.location, to)
    digests = {kind: hashlib.sha256(content).hexdigest() for kind, content in drawn.items()}
    services.note_pack(by, location_id=location_id, as_of=pack.as_of, digests=digests, copied_to=copied)
    return made


def packs_of(folder: Path, location: Location) -> list[Written]:
    """Return a site's packs that lie ready, newest first; one with a file missing is none."""
    found = []
    place = folder_of(folder, location)
    for path in sorted(place.glob("downtime-*.html"), reverse=True):
        other = path.with_suffix(".pdf")
        if other.exists():
            as_of = datetime.strptime(path.stem.removeprefix("downtime-"), _STAMP).replace(tzinfo=UTC)
            sizes = {"html": path.stat().st_size, "pdf": other.stat().st_size}
            found.append(Written(location.pk, as_of, sizes, place))
    return found


def copy_trouble(folder: Path, location: Location) -> str:
    """Return what went wrong with the last copy, "" when nothing did."""
    path = folder_of(folder, location) / "copy-trouble.txt"
    return path.read_text() if path.exists() else ""


def download_name(pack: Written, location: Location, kind: str) -> str:
    """Return the name a pack is taken away under: site and moment, no patient."""
    wall = to_wall(pack.as_of, location.zone)
    return f"downtime-{words.file_stem(location.short_name)}-{wall:%Y-%m-%d-%H%M}.{kind}"


def folder_of(folder: Path, location: Location) -> Path:
    """Return where a site's packs are."""
    return folder / f"{location.pk}-{words.file_stem(location.short_name)}"


def put(path: Path, content: bytes) -> None:
    """Write a file beside its place and move it there: who opens it sees the old one or the new one."""
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def prune(packs: Iterable[Written]) -> None:
    """Clear away all but the newest."""
    for old in list(packs)[KEPT:]:
        for kind in KINDS:
            old.file(kind).unlink(missing_ok=True)


def copy(made: Written, drawn: dict[str, bytes], location: Location, to: Path) -> str:
    """Put a pack where the desk finds it without this server; return where, or keep what was wrong and return ""."""
    trouble = made.folder / "copy-trouble.txt"
    try:
        for kind, content in drawn.items():
            put(to / f"downtime-{words.file_stem(location.short_name)}.{kind}", content)
    except OSError as wrong:
        put(trouble, f"The copy to {to} failed: {wrong.strerror}".encode())
        return ""
    trouble.unlink(missing_ok=True)
    return str(to)
