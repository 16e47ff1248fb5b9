"""Looking at the day is a deed too: its lists show names."""

from collections.abc import Iterable

from frontdesk.kit.actor import Actor
from frontdesk.office.audit.services import record, service


@service("visits.open_day", permission="visits.view", reads=True)
def open_day(by: Actor, /, *, name: str, location_id: int | None, patient_ids: Iterable[int]) -> None:
    """Put on record that a list of the day was opened, and whose names stood in it.

    `name` says which: "desk", "board", "tomorrow", "huddle", "slip". A list that stays open follows the changes at its
    site; what it shows later is in the record of those changes.
    """
    record(by, extra={"list": name, "location": location_id, "shown": sorted(set(patient_ids))})


@service("visits.open_visitors", permission="visits.visitors", reads=True)
def open_visitors(by: Actor, /, *, location_id: int, number: int) -> None:
    """Put on record that the list of visitors in the building was looked at."""
    record(by, extra={"list": "visitors", "location": location_id, "shown": number})
