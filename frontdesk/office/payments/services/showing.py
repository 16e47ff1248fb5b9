"""Looking at what a close shows is a deed too, and so is printing its papers."""

from collections.abc import Iterable
from datetime import date

from frontdesk.kit.actor import Actor
from frontdesk.office.audit.services import record, service
from frontdesk.office.payments.errors import NoSuchDrawer
from frontdesk.office.payments.models import DayLock, DrawerClose
from frontdesk.office.payments.queries import close_of, day_lock


@service("payments.open_close", permission="payments.close", reads=True)
def open_close(by: Actor, /, *, location_id: int, patient_ids: Iterable[int]) -> None:
    """Put on record that a close was looked at, and whose visits, cards and checks stood in it."""
    record(by, extra={"list": "close", "location": location_id, "shown": sorted(set(patient_ids))})


@service("payments.print_close", permission="payments.close", reads=True)
def print_close(by: Actor, /, *, close_id: int, name: str) -> DrawerClose:
    """Return a close of one's own site for one of its papers. Raises `NoSuchDrawer`."""
    found = close_of(close_id)
    if found is None or not by.works_at(found.session.drawer.location_id):
        msg = "There is no such close."
        raise NoSuchDrawer(msg)
    record(by, subject=found, extra={"paper": name})
    return found


@service("payments.print_day", permission="payments.close", reads=True)
def print_day(by: Actor, /, *, lock_id: int, name: str) -> DayLock:
    """Return a closed day of one's own site for one of its papers. Raises `NoSuchDrawer`."""
    found = day_lock(lock_id)
    if found is None or not by.works_at(found.location_id):
        msg = "There is no such day."
        raise NoSuchDrawer(msg)
    record(by, subject=found, extra={"paper": name})
    return found


@service("payments.read_reports", permission="payments.reports", reads=True)
def read_reports(
    by: Actor, /, *, code: str, first: date, last: date, patient_ids: Iterable[int] = ()
) -> None:
    """Put on record that a report about money was read, and whose visits stood in it."""
    days = {"first": first.isoformat(), "last": last.isoformat()}
    record(by, extra={"report": code, **days, "shown": sorted(set(patient_ids))})
