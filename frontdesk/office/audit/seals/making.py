"""Sealing: what the worker does every ten minutes, and what a restore does once."""

import hashlib
from datetime import UTC, datetime, timedelta

from django.db import transaction

from frontdesk.kit import clock
from frontdesk.kit.rows import fetch
from frontdesk.office.audit.models import AuditSeal
from frontdesk.office.audit.seals import lines
from frontdesk.office.audit.seals.anchor import RESTORED, SEALED, Anchor, note

RUN = 1_000
"""Entries under one seal: as near as a run comes to be named when its marks were taken too."""
# Entries get their number before their transaction commits; nothing of ours stays open as long as this.
SETTLED = timedelta(minutes=2)
# An entry from further ahead was written under a wrong clock, and must not keep the rest from being sealed.
_AHEAD = timedelta(hours=1)
_AT_ONCE = 2_000
_FACTS = ("first_id", "last_id", "count", "root", "digest")


def seal(anchor: Anchor | None = None, *, settled: timedelta = SETTLED) -> int:
    """Seal all settled entries since the last seal, run by run, and note the seals in the anchor; return how many entries."""
    count = 0
    while made := _seal_run(anchor, settled):
        count += made.count
    if anchor is not None:
        _note_new(anchor)
    return count


def adopt(anchor: Anchor) -> None:
    """Say in the anchor that the database was put back as it is now: what was noted of later entries ends."""
    last = fetch("SELECT COALESCE(MAX(last_id), 0) FROM audit_auditseal")[0][0]
    anchor.append([note(RESTORED, clock.now(), (last + 1, last, 0, "-", "-"))], anchor.read().tail)


def digest_of(before: str, made: AuditSeal) -> str:
    """Return the digest of a seal: of everything it says and the digest of the seal before."""
    moment = made.at.astimezone(UTC).isoformat(timespec="microseconds")
    marks = hashlib.sha256(made.marks).hexdigest()
    said = f"{before} {made.form} {made.first_id} {made.last_id} {made.count} {made.root} {marks} {moment}"
    return hashlib.sha256(said.encode()).hexdigest()


def _seal_run(anchor: Anchor | None, settled: timedelta) -> AuditSeal | None:
    with transaction.atomic():
        last = AuditSeal.objects.order_by("-last_id").values_list("last_id", "digest").first()
        since, before = last or (0, "")
        rows = _settled(lines.next_run(since, RUN), settled)
        if not rows:
            return None
        made = AuditSeal(
            first_id=since + 1,
            last_id=rows[-1][0],
            count=len(rows),
            root=lines.root_of(rows),
            form=lines.PRESENT_FORM,
            marks=lines.marks_of(anchor.keys[0] if anchor else b"", rows),
            at=clock.now(),
        )
        made.digest = digest_of(before, made)
        made.save(force_insert=True)
        return made


def _settled(rows: list[lines.Row], settled: timedelta) -> list[lines.Row]:
    """Return the rows up to the first that may have neighbours still under way."""
    now = clock.now().astimezone(UTC)
    least, most = _written(now - settled), _written(now + _AHEAD)
    for at, row in enumerate(rows):
        if least < row[1] <= most:
            return rows[:at]
    return rows


def _written(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M:%S.%f")


def _note_new(anchor: Anchor) -> None:
    """Note every seal the anchor does not know yet: those just made, those of another machine's worker, those a crash left."""
    reading = anchor.read()
    since, tail = max(reading.lines, default=0), reading.tail
    while True:
        new = AuditSeal.objects.filter(last_id__gt=since).order_by("last_id")
        noted = [note(SEALED, at, run) for at, *run in new.values_list("at", *_FACTS)[:_AT_ONCE]]
        if not noted:
            return
        tail = anchor.append(noted, tail)
        since = noted[-1].last
