"""The implementation guides, as tables: which one a set follows is asked of `guide_for`."""

from functools import cache

from frontdesk.formats.x12.guides import (
    acknowledgement,
    authorization,
    claim,
    eligibility,
    remittance,
    status,
)
from frontdesk.formats.x12.guides.model import Guide, Use, read


@cache
def guides() -> dict[str, Guide]:
    """Return every guide by its id (270, 271, 835, …; 277CA for 277 of X214)."""
    found = [
        *map(read, eligibility.TABLES),
        *(read(table, released=status.RELEASED) for table in status.TABLES),
        read(authorization.TABLE),
        read(remittance.TABLE, released=remittance.RELEASED),
        read(claim.TABLE, released=claim.RELEASED),
        read(acknowledgement.TABLE),
    ]
    return {guide.id: guide for guide in found}


@cache
def envelope() -> dict[str, Use]:
    """Return the segments around the sets: ISA, TA1, GS, SE, GE, IEA."""
    return {
        entry.id: entry for entry in read(acknowledgement.ENVELOPE).root.entries if isinstance(entry, Use)
    }


@cache
def guide_for(transaction: str, version: str) -> Guide | None:
    """Return the guide of a set, by ST01 and by ST03 or GS08; without a version the only one of that transaction."""
    named = [guide for guide in guides().values() if guide.transaction == transaction]
    exact = [guide for guide in named if version in guide.versions]
    return exact[0] if exact else None
