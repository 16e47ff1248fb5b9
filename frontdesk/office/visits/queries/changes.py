"""What has changed at a site since a screen last looked, read from the record of deeds.

Every verb leaves an entry in the transaction of its deed, so the record is the one feed nothing can be forgotten in.
Entries are numbered when they are written and seen when they are committed, which may be in another order: a stamp is
therefore the newest number and how many there are in a window before it, and a reader looks back over that window.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from frontdesk.kit import clock
from frontdesk.kit.rows import fetch

WINDOW = 400
BACK = 60
NEAR, FAR = timedelta(days=3), timedelta(days=14)
# The deeds (no looks, no refusals) of the window before the newest one.
_NEW = (
    "NOT e.is_read AND e.outcome = 'done' AND e.id > (SELECT COALESCE(MAX(n.id), 0) - %s FROM "
    "(SELECT id FROM audit_auditentry WHERE NOT is_read ORDER BY id DESC LIMIT 1) n)"
)


@dataclass(frozen=True, slots=True, order=True)
class Stamp:
    """How far a feed has come; a greater one has something new."""

    newest: int = 0
    count: int = 0

    def __str__(self) -> str:
        return f"{self.newest}.{self.count}"

    @classmethod
    def parse(cls, text: str) -> "Stamp":
        """Return the stamp a screen sent; the very first for anything else."""
        newest, _, count = text.partition(".")
        return cls(int(newest), int(count)) if newest.isdigit() and count.isdigit() else cls()


@dataclass(frozen=True, slots=True)
class Feed:
    """What a screen follows: what happens about those who are at a site about now, or `ahead` in the next weeks too."""

    place_id: int
    ahead: bool = False


def newest() -> Stamp:
    """Return the stamp of the whole practice: one query, cheap enough to ask several times a second."""
    rows = fetch(
        "SELECT MAX(e.id), COUNT(*) FROM audit_auditentry e WHERE NOT e.is_read AND e.id > "
        "(SELECT COALESCE(MAX(n.id), 0) - %s FROM (SELECT id FROM audit_auditentry WHERE NOT is_read "
        "ORDER BY id DESC LIMIT 1) n)",
        [WINDOW],
    )
    return Stamp(rows[0][0] or 0, rows[0][1])


def stamps() -> dict[Feed, Stamp]:
    """Return each site's stamps: the newest deed about a visitor there, or about somebody with a visit there about now.

    One query. What is done about a patient moves the screens of every site where they are expected. Screens that look
    `FAR` ahead have a stamp of their own: most bookings are for later, and would wake those of today for nothing.
    """
    now = clock.now()
    rows = fetch(
        "SELECT e.id, COALESCE(a.location_id, CASE WHEN e.subject LIKE 'visits.visitor:%%' THEN e.location_id END), "  # noqa: S608 - our own words only
        "MAX(CASE WHEN a.starts IS NULL OR a.starts < %s THEN 1 ELSE 0 END) "
        "FROM audit_auditentry e LEFT JOIN scheduling_appointment a "
        "ON a.patient_id = e.patient_id AND a.starts >= %s AND a.starts < %s "
        f"WHERE {_NEW} GROUP BY 1, 2",
        [now + NEAR, now - NEAR, now + FAR, WINDOW],
    )
    found: dict[Feed, list[int]] = defaultdict(list)
    for pk, place, near in rows:
        if place is not None:
            found[Feed(place, ahead=True)].append(pk)
            if near:
                found[Feed(place)].append(pk)
    return {feed: Stamp(max(ids), len(ids)) for feed, ids in found.items()}


def changed_since(since: Stamp) -> tuple[set[int], bool]:
    """Return the patients something was done about since `since` and a little before it, and whether visitors moved."""
    deeds = _deeds(since.newest - BACK)
    patients = {patient for _, patient, _ in deeds if patient is not None}
    return patients, any(place is not None for _, _, place in deeds)


def _deeds(after: int) -> list[tuple[int, int | None, int | None]]:
    """Return the newest deeds: number, whom about, and for those about a visitor the site they were done at."""
    rows = fetch(
        f"SELECT e.id, e.patient_id, e.subject, e.location_id FROM audit_auditentry e WHERE {_NEW} AND e.id > %s",  # noqa: S608 - our own words only
        [WINDOW, after],
    )
    return [
        (pk, patient, place if subject.startswith("visits.visitor:") else None)
        for pk, patient, subject, place in rows
    ]
