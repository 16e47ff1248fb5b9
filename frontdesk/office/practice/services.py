"""The verbs that set up a practice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise
from typing import TypeVar
from zoneinfo import available_timezones

import holidays

from frontdesk.formats.x12 import is_npi
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Conflict, Invalid, NotFound
from frontdesk.kit.scope import must_work_at
from frontdesk.kit.sensitivity import checked
from frontdesk.kit.versioned import save_changes
from frontdesk.office.audit.services import record, service
from frontdesk.office.jobs.services import publish
from frontdesk.office.practice.events import HoursChanged
from frontdesk.office.practice.models import Holiday, Location, OpeningHours, Practice, Provider
from frontdesk.office.practice.queries import practice

Labelled = TypeVar("Labelled", Location, Provider)


@dataclass(frozen=True, slots=True)
class Hours:
    """When a location is open on a weekday (Monday is 0), in its own wall time."""

    weekday: int
    opens: time
    closes: time


@service("practice.open", permission="practice.change")
def open_practice(by: Actor, /, *, name: str, phone: str = "", npi: str = "") -> Practice:
    """Set up the organisation; called once."""
    made = Practice.objects.create(name=name, phone=phone, npi=npi)
    record(by, subject=made, after={"name": name})
    return made


@service("practice.change_practice", permission="practice.change")
def change_practice(by: Actor, /, *, version: int, **fields: str) -> Practice:
    """Change the organisation's name, telephone or NPI (its own, type 2), under which payers are asked.

    Raises `Invalid`, `NotFound`, `StaleVersion`.
    """
    found = practice()
    if found is None:
        msg = "The practice is not set up yet."
        raise NotFound(msg)
    given = {name: value.strip() for name, value in fields.items()}
    wrong = {name: "That is not changed here." for name in given if name not in {"name", "phone", "npi"}}
    if not given.get("name", found.name):
        wrong["name"] = "It needs a name."
    if given.get("npi") and not is_npi(given["npi"]):
        wrong["npi"] = "An NPI has ten digits, and this one fails its check digit. Copy it again."
    if wrong:
        msg = "Some of this cannot be yet."
        raise Invalid(msg, fields=wrong)
    before = save_changes(found, given, expected=version)
    record(by, subject=found, before=before, after=given)
    return found


@service("practice.set_up", permission="practice.change")
def set_up(
    by: Actor, /, *, name: str, phone: str, location: Mapping[str, str], years: Iterable[int]
) -> Location:
    """Open a practice with its first location: weekdays from eight to five, closed on the holidays of `years`.

    Raises `Conflict` when it is open already, `Invalid` for what is missing or cannot be.
    """
    if Location.objects.exists():
        msg = "The practice is set up already."
        raise Conflict(msg)
    if not name.strip():
        msg = "Some of this is missing."
        raise Invalid(msg, fields={"name": "It needs a name."})
    if not Practice.objects.exists():
        open_practice(by, name=name.strip(), phone=phone.strip())
    week = [Hours(weekday, time(8), time(17)) for weekday in range(5)]
    made = add_location(by, hours=week, **location)
    add_federal_holidays(by, years=years, state=made.state)
    record(by, subject=made, after={"name": name.strip()})
    return made


@service("practice.add_location", permission="practice.change")
def add_location(by: Actor, /, *, hours: Iterable[Hours] = (), **fields: str) -> Location:
    """Add a site with its hours; `fields` are those of `Location`. Raises `Invalid`."""
    given = _place(fields)
    made = Location.objects.create(**{"short_name": given.get("name", "")[:24], **given})
    record(by, subject=made, after=given)
    set_hours(by, location_id=made.pk, hours=hours)
    return made


@service("practice.change_location", permission="practice.change")
def change_location(
    by: Actor, /, *, location_id: int, hours: Iterable[Hours], version: int | None = None, **fields: str
) -> Location:
    """Change a site and its hours; `fields` are those of `Location`. Raises `NotFound`, `Invalid`, `StaleVersion`.

    Whoever may be booked there goes through `scheduling.change_location`, which minds the visits to come.
    """
    must_work_at(by, location_id, "There is no such location.")
    found = Location.objects.filter(pk=location_id).first()
    if found is None:
        msg = "There is no such location."
        raise NotFound(msg)
    changes = {name: value for name, value in _place(fields, found).items() if getattr(found, name) != value}
    before = save_changes(found, changes, expected=version)
    record(by, subject=found, before=before, after=changes)
    set_hours(by, location_id=found.pk, hours=hours)
    return found


@service("practice.set_lock_minutes", permission="practice.change")
def set_lock_minutes(by: Actor, /, *, location_id: int, minutes: int | None) -> Location:
    """Say after how many minutes a screen nobody uses is covered at a location; None: as the installation says.

    Raises `NotFound`, `Invalid`.
    """
    found = Location.objects.filter(pk=location_id).first()
    if found is None:
        msg = "There is no such location."
        raise NotFound(msg)
    if minutes is not None and not 1 <= minutes <= 120:
        msg = "From one minute to two hours."
        raise Invalid(msg, fields={f"minutes-{location_id}": msg})
    if found.lock_minutes != minutes:
        before = save_changes(found, {"lock_minutes": minutes})
        record(by, subject=found, before=before, after={"lock_minutes": minutes})
    return found


PLACE = frozenset({"name", "short_name", "phone", "line", "city", "state", "zip", "directions", "zone"})


def _place(fields: Mapping[str, str], known: Location | None = None) -> dict[str, str]:
    """Return what a location is given, trimmed; raise `Invalid` for what cannot be."""
    given = {name: value.strip() for name, value in fields.items()}
    wrong: dict[str, str] = {}
    for name, value in given.items():
        if name not in PLACE:
            wrong[name] = "That is not changed here."
        elif len(value) > getattr(Location._meta.get_field(name), "max_length", 0):
            wrong[name] = "That is too long."
    if not given.get("name", known.name if known else ""):
        wrong["location_name"] = "It needs a name."
    if given.get("zone", known.zone if known else "") not in available_timezones():
        wrong["zone"] = "Choose the time zone."
    if wrong:
        msg = "Some of this cannot be yet."
        raise Invalid(msg, fields=wrong)
    return given


@service("practice.add_provider", permission="practice.change")
def add_provider(by: Actor, /, *, first_name: str, last_name: str, **fields: object) -> Provider:
    """Add someone who sees patients; `fields` are those of `Provider`. Raises `Invalid`."""
    given = {"first_name": first_name.strip(), "last_name": last_name.strip()}
    if missing := {name: "It is needed." for name, value in given.items() if not value}:
        msg = "Some of this is missing."
        raise Invalid(msg, fields=missing)
    made = Provider.objects.create(**given, **fields)
    record(by, subject=made, after={**given, **fields})
    return made


@service("practice.add_holidays", permission="practice.close_day")
def add_federal_holidays(by: Actor, /, *, years: Iterable[int], state: str = "") -> list[Holiday]:
    """Close all locations on the US federal holidays of `years` (and those of `state`), keeping what is there."""
    days: dict[date, str] = dict(holidays.country_holidays("US", subdiv=state or None, years=list(years)))
    known = set(Holiday.objects.filter(location=None, day__in=days).values_list("day", flat=True))
    made = [
        Holiday.objects.create(day=day, name=name) for day, name in sorted(days.items()) if day not in known
    ]
    record(by, extra={"added": len(made)})
    publish(HoursChanged(None))
    return made


@service("practice.close_on", permission="practice.close_day")
def close_on(by: Actor, /, *, day: date, name: str, location_id: int | None = None) -> Holiday:
    """Close a location, or with none all of them, for a day. Raises `Invalid`, `Conflict` when it is closed already."""
    must_work_at(by, location_id, "There is no such location.")
    if not name.strip():
        msg = "Say why: patients are told."
        raise Invalid(msg, fields={"name": msg})
    if Holiday.objects.filter(day=day, location=location_id).exists():
        msg = "That day is closed already."
        raise Conflict(msg)
    made = Holiday.objects.create(day=day, name=name.strip(), location_id=location_id)
    record(by, subject=made, after={"day": day, "name": made.name, "location": location_id})
    publish(HoursChanged(location_id))
    return made


@service("practice.reopen_on", permission="practice.close_day")
def reopen_on(by: Actor, /, *, holiday_id: int) -> None:
    """Open on a day that was closed. Raises `NotFound`."""
    found = Holiday.objects.filter(pk=holiday_id).first()
    if found is None:
        msg = "That day is open already."
        raise NotFound(msg)
    must_work_at(by, found.location_id, "That day is open already.")
    record(by, subject=found, before={"day": found.day, "name": found.name, "location": found.location_id})
    publish(HoursChanged(found.location_id))
    found.delete()


@service("practice.set_hours", permission="practice.change")
def set_hours(by: Actor, /, *, location_id: int, hours: Iterable[Hours]) -> None:
    """Say when a location is open, all weekdays at once; a weekday without hours is closed. Raises `Invalid`."""
    must_work_at(by, location_id, "There is no such location.")
    given = sorted(hours, key=lambda one: (one.weekday, one.opens))
    if any(one.closes <= one.opens for one in given):
        msg = "It closes before it opens."
        raise Invalid(msg, fields={"hours": msg})
    if any(a.weekday == b.weekday and b.opens < a.closes for a, b in pairwise(given)):
        msg = "Two of the hours of a day overlap."
        raise Invalid(msg, fields={"hours": msg})
    if not Location.objects.filter(pk=location_id).exists():
        msg = "There is no such location."
        raise NotFound(msg)
    rows = OpeningHours.objects.filter(location_id=location_id).order_by("weekday", "opens")
    before = [(row.weekday, row.opens, row.closes) for row in rows]
    rows.delete()
    OpeningHours.objects.bulk_create(
        OpeningHours(location_id=location_id, weekday=one.weekday, opens=one.opens, closes=one.closes)
        for one in given
    )
    after = [(one.weekday, one.opens, one.closes) for one in given]
    record(by, extra={"location": location_id}, before={"hours": before}, after={"hours": after})
    publish(HoursChanged(location_id))


@service("practice.label_location", permission="patients.label")
def label_location(by: Actor, /, *, location_id: int, labels: Iterable[str]) -> Location:
    """Say which sensitivity labels a location bears: its visits are hidden from who does not see them. Raises `Invalid`."""
    must_work_at(by, location_id, "There is no such location.")
    return _labelled(by, Location.objects.filter(pk=location_id).first(), labels)


@service("practice.label_provider", permission="patients.label")
def label_provider(by: Actor, /, *, provider_id: int, labels: Iterable[str]) -> Provider:
    """Say which sensitivity labels a provider bears. Raises `NotFound`, `Invalid`."""
    return _labelled(by, Provider.objects.filter(pk=provider_id).first(), labels)


def _labelled(by: Actor, row: Labelled | None, labels: Iterable[str]) -> Labelled:
    if row is None:
        msg = "There is no such thing to label."
        raise NotFound(msg)
    given = checked(labels)
    before = save_changes(row, {"labels": given})
    record(by, subject=row, before=before, after={"labels": given})
    return row
