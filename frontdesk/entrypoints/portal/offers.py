"""Times to choose from: near the old one, with the same person first; each signed for the link it was shown by."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from django.core import signing

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid, Refusal
from frontdesk.kit.walltime import to_wall
from frontdesk.office.scheduling import services as scheduling
from frontdesk.office.scheduling.services import Offer, OpeningsAsk

MOST, ENOUGH, SAME_HOUR = 5, 3, 3
BEFORE, AFTER = timedelta(days=1), timedelta(days=28)
AROUND = timedelta(hours=1)
# Two times closer than this are the same to whoever must come.
APART, ANOTHER_DAY = timedelta(hours=1), timedelta(hours=20)
LEAD = timedelta(hours=2)
GOOD_FOR = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Near:
    """What is looked for: a kind of visit, near a moment, rather with somebody and somewhere."""

    visit_type_id: int
    patient_id: int
    moment: datetime
    zone: str
    provider_id: int | None
    location_id: int | None


@dataclass(frozen=True, slots=True)
class Chosen:
    """A time that was offered and chosen."""

    starts: datetime
    provider_id: int | None
    location_id: int


def near(by: Actor, wish: Near) -> list[Offer]:
    """Return up to five free times, in order: other days about the same hour, then more freely; the same person first."""
    today, wall = clock.today(wish.zone), to_wall(wish.moment, wish.zone)
    ask = OpeningsAsk(
        visit_type_id=wish.visit_type_id,
        from_day=max(today, wall.date() - BEFORE),
        to_day=max(today, wall.date()) + AFTER,
        patient_id=wish.patient_id,
        provider_ids=(wish.provider_id,) if wish.provider_id else (),
        location_ids=(wish.location_id,) if wish.location_id else (),
        limit=300,
    )
    found: list[Offer] = []
    same_hour = sorted(
        _openings(by, _about_then(ask, wall)),
        key=lambda one: (_off_the_hour(one, wall), abs(one.starts - wish.moment)),
    )
    found += _some(same_hour, found, wish.moment, SAME_HOUR, ANOTHER_DAY)
    found += _some(_nearest(_openings(by, ask), wish), found, wish.moment, MOST)
    if len(found) < ENOUGH and ask.provider_ids:
        others = _openings(by, replace(ask, provider_ids=()))
        found += _some(_nearest(others, wish), found, wish.moment, MOST)
    return sorted(found, key=lambda offer: offer.starts)


def sign(offer: Offer, token: str) -> str:
    """Return an offer as a form can carry it; it can be neither changed nor used with another link."""
    return signing.dumps(
        [f"{offer.starts.astimezone(UTC):%Y%m%dT%H%M}", offer.provider_id or 0, offer.location_id],
        salt=_salt(token),
    )


def read(signed: str, token: str) -> Chosen:
    """Return what was chosen; raise `Invalid` for what was never offered here, or too long ago."""
    try:
        starts, provider, location = signing.loads(signed, salt=_salt(token), max_age=GOOD_FOR)
    except signing.BadSignature:
        msg = "Choose one of the times that are offered."
        raise Invalid(msg) from None
    return Chosen(datetime.strptime(starts, "%Y%m%dT%H%M").replace(tzinfo=UTC), provider or None, location)


def _about_then(ask: OpeningsAsk, wall: datetime) -> OpeningsAsk:
    first, last = wall - AROUND, wall + AROUND
    begins = first.time() if first.date() == wall.date() else time(0)
    ends = last.time() if last.date() == wall.date() else time(23, 59)
    return replace(ask, time_from=begins, time_to=ends)


def _openings(by: Actor, ask: OpeningsAsk) -> list[Offer]:
    try:
        return scheduling.find_openings(by, ask=ask).offers
    except Refusal:
        # The visit is no longer for them, or no longer given: a person at the desk will know what to do.
        return []


def _some(
    offers: Iterable[Offer], have: list[Offer], moment: datetime, most: int, apart: timedelta = APART
) -> list[Offer]:
    """Return the first of them, until there are `most` with those there are; never the old time itself."""
    taken = [moment, *(offer.starts for offer in have)]
    chosen: list[Offer] = []
    for offer in offers:
        if len(have) + len(chosen) >= most:
            break
        soon = offer.starts < clock.now() + LEAD
        if soon or any(abs(offer.starts - other) < apart for other in taken):
            continue
        taken.append(offer.starts)
        chosen.append(offer)
    return chosen


def _nearest(offers: Iterable[Offer], wish: Near) -> list[Offer]:
    return sorted(offers, key=lambda one: abs(one.starts - wish.moment))


def _off_the_hour(offer: Offer, wall: datetime) -> int:
    """Return how many minutes a time of day is from another."""
    return abs((offer.wall.hour - wall.hour) * 60 + offer.wall.minute - wall.minute)


def _salt(token: str) -> str:
    return f"portal.offer:{token}"
