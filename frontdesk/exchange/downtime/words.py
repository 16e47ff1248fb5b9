"""How days, times, numbers and people are written in a pack, on screen and on paper alike."""

from datetime import date, datetime

from frontdesk.kit.walltime import to_wall, zone_info
from frontdesk.office.downtime.queries import Entry, Pack, Phone

# What is done while the system is away, in the order it is done.
STEPS = (
    "Print today’s list and forms, or work from this screen. Tell everybody at the site that paper is used from now on.",
    "Each visit has one form with one number. Who is booked has a form with their name; who walks in gets a blank one.",
    "Write every time when it happens: arrived, checked in, roomed, provider in, out.",
    "Ask for name and birth date, look at a photo ID, copy the insurance card. Read out nothing that others may hear.",
    "Take money on a numbered receipt, a copy for the patient. Book nothing: write a follow-up on the form.",
    "Afterwards open Downtime in frontdesk and enter each form by its number. Then shred the paper as your practice does.",
)
EMERGENCY = (
    "Danger to life: call 911 first, then a nurse. Say the address below, and that you stay on the line.",
    "Clear the building with the list of who is here. Count patients, companions and visitors outside.",
)


def us_date(day: date) -> str:
    """Write a day: 3/14/1962."""
    return f"{day.month}/{day.day}/{day.year}"


def long_day(day: date) -> str:
    """Write a day in words: Tuesday, March 10, 2026."""
    return f"{day:%A, %B} {day.day}, {day.year}"


def time_of(wall: datetime) -> str:
    """Write a wall time: 9:10 am."""
    return f"{wall:%-I:%M} {f'{wall:%p}'.lower()}"


def as_of(pack: Pack) -> str:
    """Say as of when a pack is, with the zone: "as of 7:30 am EDT, Tuesday, March 10, 2026"."""
    wall = to_wall(pack.as_of, pack.location.zone)
    zone = f"{pack.as_of.astimezone(zone_info(pack.location.zone)):%Z}"
    return f"as of {time_of(wall)} {zone}, {long_day(wall.date())}"


def number_of(phone: str) -> str:
    """Write a US number as it is read: (617) 555-0134."""
    bare = phone.removeprefix("+1")
    return f"({bare[:3]}) {bare[3:6]}-{bare[6:]}" if len(bare) == 10 and bare.isdigit() else phone


def phone_of(phone: Phone) -> str:
    """Write a patient's number with its kind and limits: "(617) 555-0134 mobile, no voicemail"."""
    words = f"{number_of(phone.number)} {phone.use}"
    return f"{words}, {phone.limits}" if phone.limits else words


def phones_of(entry: Entry) -> str:
    """Write how to reach somebody, or that nobody knows."""
    return "; ".join(phone_of(one) for one in entry.phones[:3]) or "no telephone on file"


def person(entry: Entry) -> str:
    """Write what tells people apart: born when, how old, sex, pronouns, record number."""
    parts = (f"born {us_date(entry.birth_date)} ({entry.age})", entry.sex, entry.pronouns, f"MRN {entry.mrn}")
    return " · ".join(part for part in parts if part)


def what_for(entry: Entry) -> str:
    """Write what a visit is for: "Office visit, 20 min: cough"."""
    words = f"{entry.visit_type}, {entry.minutes} min"
    return f"{words}: {entry.reason}" if entry.reason else words


def to_mind(entry: Entry) -> list[tuple[str, str]]:
    """Return what is to be minded, by kind: interpreter, alerts, what was still missing, coverage."""
    kinds = (
        ("Interpreter", entry.interpreter),
        ("Alert", "; ".join(entry.alerts)),
        ("Needs", "; ".join(entry.needs)),
        ("Coverage", entry.coverage),
    )
    return [(kind, words) for kind, words in kinds if words]


def by_provider(entries: tuple[Entry, ...]) -> dict[str, list[Entry]]:
    """Return the visits of a day under whom they are with, by name."""
    found: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda one: (one.provider, one.wall)):
        found.setdefault(entry.provider, []).append(entry)
    return found


def file_stem(pack_name: str) -> str:
    """Return a name fit for a file: small letters, digits, hyphens."""
    kept = "".join(c if c.isascii() and c.isalnum() else "-" for c in pack_name.lower())
    return "-".join(part for part in kept.split("-") if part) or "site"
