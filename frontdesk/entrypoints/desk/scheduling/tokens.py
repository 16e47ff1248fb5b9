"""A time on offer, as one word that a form can carry: 20260303T1410Z-7-1 is a moment, a provider (0: none) and a location."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from frontdesk.entrypoints.desk.scheduling.days import FIRST, LAST
from frontdesk.kit.errors import Invalid

_TOKEN = re.compile(r"(\d{8}T\d{4})Z-(\d{1,18})-(\d{1,18})")


@dataclass(frozen=True, slots=True)
class Pick:
    """What a token says; `starts` is aware, in UTC."""

    starts: datetime
    provider_id: int | None
    location_id: int


def write_token(starts: datetime, provider_id: int | None, location_id: int) -> str:
    """Return the token of a time with a provider at a location."""
    return f"{starts.astimezone(UTC):%Y%m%dT%H%M}Z-{provider_id or 0}-{location_id}"


def read_token(token: str) -> Pick:
    """Return what a token says; raise `Invalid` for anything else."""
    found = _TOKEN.fullmatch(token)
    if not found:
        raise Invalid("Choose one of the times that are offered.", fields={"offer": "Choose a time."})
    try:
        starts = datetime.strptime(found[1], "%Y%m%dT%H%M").replace(tzinfo=UTC)
        if not FIRST <= starts.date() <= LAST:
            raise ValueError(token)
    except ValueError:
        raise Invalid(
            "Choose one of the times that are offered.", fields={"offer": "Choose a time."}
        ) from None
    return Pick(starts, int(found[2]) or None, int(found[3]))
