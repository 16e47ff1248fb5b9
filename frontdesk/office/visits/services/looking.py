"""Looking at the day is a deed too: its lists show names. So is printing: paper goes where no screen can follow."""

from collections.abc import Iterable

from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import NotFound
from frontdesk.kit.refs import Ref
from frontdesk.office.audit.services import record, service
from frontdesk.office.visits.queries import Line, line_of


@service("visits.open_day", permission="visits.view", reads=True)
def open_day(by: Actor, /, *, name: str, location_id: int | None, patient_ids: Iterable[int]) -> None:
    """Put on record that a list of the day was opened, and whose names stood in it.

    `name` says which: "desk", "board", "tomorrow", "huddle", "roster". A list that stays open follows the
    changes at its site; what it shows later is in the record of those changes.
    """
    record(by, extra={"list": name, "location": location_id, "shown": sorted(set(patient_ids))})


@service("visits.open_wall", permission="visits.wall", reads=True)
def open_wall(by: Actor, /, *, location_id: int, patient_ids: Iterable[int]) -> None:
    """Put on record that a wall screen was opened, and of whom it showed the initials."""
    record(by, extra={"list": "wall", "location": location_id, "shown": sorted(set(patient_ids))})


@service("visits.open_visitors", permission="visits.visitors", reads=True)
def open_visitors(by: Actor, /, *, location_id: int, number: int) -> None:
    """Put on record that the list of visitors in the building was looked at."""
    record(by, extra={"list": "visitors", "location": location_id, "shown": number})


@service("visits.print_paper", permission="visits.print", reads=True)
def print_paper(by: Actor, /, *, appointment_id: int, name: str) -> Line:
    """Return a visit for a paper about it, and put on record that the paper was made; raise `NotFound`.

    `name` says which: "slip", "label", "visit-slip".
    """
    line = line_of(by, appointment_id)
    if line is None:
        msg = "There is no such visit, or it was cancelled."
        raise NotFound(msg)
    subject = Ref("scheduling.appointment", line.id)
    record(by, subject=subject, patient_id=line.patient_id, extra={"paper": name})
    return line
