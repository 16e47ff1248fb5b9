"""Who waits for a time such as one that came free, in the words of the panel beside it."""

from dataclasses import dataclass
from datetime import datetime

from frontdesk.entrypoints.desk.scheduling.tokens import write_token
from frontdesk.entrypoints.desk.templating import us_date
from frontdesk.kit import clock
from frontdesk.office.scheduling.models import Appointment
from frontdesk.office.scheduling.queries import waitlist_matches


@dataclass(frozen=True, slots=True)
class Match:
    """Someone to offer a freed time to. `why` is what speaks for them."""

    name: str
    about: str
    why: str
    href: str


def matches_for(gone: Appointment) -> list[Match]:
    """Return who waits for the time of an appointment that is gone, best first."""
    minutes = int((gone.ends - gone.starts).total_seconds() // 60)
    return matches_at(gone.location_id, gone.provider_id, minutes, gone.starts)


def matches_at(location_id: int, provider_id: int | None, minutes: int, starts: datetime) -> list[Match]:
    """Return who waits for such a time; nobody once it has passed."""
    if starts <= clock.now():
        return []
    token = write_token(starts, provider_id, location_id)
    found = waitlist_matches(location_id, provider_id, minutes, starts, limit=3)
    return [
        Match(
            name=one.entry.patient.name,
            about=f"{us_date(one.entry.patient.birth_date)} · {one.entry.visit_type.name}",
            why=", ".join(one.why),
            href=f"/waitlist/{one.entry.pk}/offer?offer={token}",
        )
        for one in found
    ]
