"""What a patient is told of an appointment, put together from the book's own view of it."""

from dataclasses import replace
from datetime import datetime
from typing import Protocol

from frontdesk.kit.sensitivity import codes, text_of
from frontdesk.office.messaging.rules import Facts
from frontdesk.office.practice.models import Location


class Stands(Protocol):
    """An appointment as the room that keeps the book tells of it; this room may not know that one."""

    @property
    def starts(self) -> datetime: ...
    @property
    def minutes(self) -> int: ...
    @property
    def zone(self) -> str: ...
    @property
    def provider(self) -> str: ...
    @property
    def visit_type_id(self) -> int: ...
    @property
    def arrive_early(self) -> int: ...
    @property
    def ahead(self) -> bool: ...
    @property
    def location(self) -> Location: ...
    @property
    def labels(self) -> str: ...


def facts_of(stands: Stands) -> Facts:
    """Return what a patient is told of an appointment."""
    facts = Facts(
        starts=stands.starts,
        minutes=stands.minutes,
        zone=stands.zone,
        provider=stands.provider,
        visit_type_id=stands.visit_type_id,
        arrive_early=stands.arrive_early,
        stands=stands.ahead,
        labels=stands.labels,
    )
    return at_place(facts, stands.location)


def at_place(facts: Facts, place: Location | None) -> Facts:
    """Return facts with the site's name, address and telephone; unchanged without a site."""
    if place is None:
        return facts
    lines = (place.line, place.city, f"{place.state} {place.zip}".strip())
    return replace(
        facts,
        place=place.name,
        address=", ".join(line for line in lines if line),
        phone=place.phone,
        location_id=place.pk,
        labels=text_of(codes(facts.labels) | codes(place.labels)),
    )
