"""Seals over the record of deeds: a changed, removed or slipped-in entry no longer fits its seal.

A chain alone does not notice a cut tail, so the newest seal is also appended to a file outside the database.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from frontdesk.kit import clock
from frontdesk.office.audit.models import AuditEntry, AuditSeal

# Entries get their number before their transaction commits; nothing of ours stays open as long as this.
SETTLED = timedelta(minutes=2)
_FIELDS = [f.attname for f in AuditEntry._meta.concrete_fields]


def seal(anchor: Path | None = None, *, settled: timedelta = SETTLED) -> AuditSeal | None:
    """Seal all settled entries since the last seal, up to 50,000; return the seal, or None when there are none."""
    with transaction.atomic():
        last = AuditSeal.objects.order_by("-last_id").first()
        since = last.last_id if last else 0
        rows = AuditEntry.objects.filter(id__gt=since, at__lte=clock.now() - settled).order_by("id")[:50_000]
        values = list(rows.values(*_FIELDS))
        if not values:
            return None
        made = AuditSeal.objects.create(
            first_id=since + 1,
            last_id=values[-1]["id"],
            count=len(values),
            digest=_digest(last.digest if last else "", values),
            at=clock.now(),
        )
    if anchor is not None:
        with anchor.open("a") as lines:
            lines.write(f"{made.at.isoformat()} {made.last_id} {made.digest}\n")
    return made


def breaches(anchor: Path | None = None) -> list[str]:
    """Return what no longer fits, seal by seal; empty when the record is whole."""
    found: list[str] = []
    before = ""
    for made in AuditSeal.objects.order_by("last_id").iterator():
        rows = AuditEntry.objects.filter(id__gte=made.first_id, id__lte=made.last_id).order_by("id")
        values = list(rows.values(*_FIELDS))
        if len(values) != made.count or _digest(before, values) != made.digest:
            found.append(f"audit entries {made.first_id} to {made.last_id} do not fit their seal")
        before = made.digest
    if anchor is not None and anchor.exists():
        found += _missing_from_database(anchor)
    return found


def _missing_from_database(anchor: Path) -> list[str]:
    known = dict(AuditSeal.objects.values_list("last_id", "digest"))
    lines = [line.split() for line in anchor.read_text().splitlines() if line.strip()]
    return [
        f"the seal of entry {last} was cut or replaced"
        for _, last, digest in lines
        if known.get(int(last)) != digest
    ]


def _digest(before: str, values: Iterable[dict[str, Any]]) -> str:
    running = hashlib.sha256(before.encode())
    for row in values:
        running.update(json.dumps(row, sort_keys=True, default=_text).encode())
    return running.hexdigest()


def _text(value: object) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
