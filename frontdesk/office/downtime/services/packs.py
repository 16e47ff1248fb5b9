"""The downtime pack: its facts gathered as of one moment, and on record who had them, where they went, who took them."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import NotFound
from frontdesk.kit.scope import must_work_at
from frontdesk.office.audit.services import record, service
from frontdesk.office.downtime import rules
from frontdesk.office.downtime.events import PackWritten
from frontdesk.office.downtime.models import PaperForm
from frontdesk.office.downtime.queries.pack import Day, Pack, day_of
from frontdesk.office.downtime.services.forms import issue_forms
from frontdesk.office.jobs.services import publish
from frontdesk.office.practice.models import Department, Location
from frontdesk.office.practice.queries import practice
from frontdesk.office.visits.queries import visitors_in

DAYS = 3


@service("downtime.open_pack", permission="downtime.write_pack")
def open_pack(by: Actor, /, *, location_id: int, days: int = DAYS) -> Pack:
    """Return what a site's pack says, today and the days after it, with a numbered form for each visit.

    Everything is as of the same moment, and whose names are in it goes on record. Raises `NotFound`.
    """
    must_work_at(by, location_id, "This location is not open for business.")
    place = Location.objects.filter(pk=location_id, is_active=True).first()
    if place is None:
        msg = "This location is not open for business."
        raise NotFound(msg)
    first = clock.today(place.zone)
    found = practice()
    pack = Pack(
        location=place,
        practice=found.name if found else place.name,
        as_of=clock.now(),
        days=tuple(_day(by, place, first + timedelta(days=ahead)) for ahead in range(days)),
        departments=tuple(Department.objects.filter(location=place).order_by("name")[:12]),
        visitors=tuple((one.badge, one.name, one.host) for one in visitors_in(place.pk)),
    )
    shown = {"list": "downtime pack", "location": place.pk, "from": first, "days": days}
    record(by, subject=place, extra={**shown, "shown": pack.patient_ids})
    return pack


@service("downtime.note_pack", permission="downtime.write_pack")
def note_pack(
    by: Actor, /, *, location_id: int, as_of: datetime, digests: Mapping[str, str], copied_to: str = ""
) -> None:
    """Put on record that the pack of `as_of` was written, with the SHA-256 of each of its files by kind."""
    record(
        by, extra={"location": location_id, "as_of": as_of, "sha256": dict(digests), "copied_to": copied_to}
    )
    publish(PackWritten(location_id, as_of))


@service("downtime.take_pack", reads=True)
def take_pack(by: Actor, /, *, location_id: int, as_of: datetime, kind: str) -> None:
    """Put on record that somebody takes a site's pack along. It stays locked; who has the passphrase can open it."""
    must_work_at(by, location_id, "There is no such pack.")
    record(by, extra={"list": "downtime pack", "location": location_id, "as_of": as_of, "kind": kind})


@service("downtime.change_passphrase", permission="downtime.write_pack")
def change_passphrase(by: Actor, /) -> None:
    """Put on record that the passphrase of the packs was changed; it is itself kept nowhere."""
    record(by, after={"passphrase": "changed"})


def _day(by: Actor, place: Location, day: date) -> Day:
    forms = issue_forms(by, location_id=place.pk, day=day)
    numbers = {form.appointment_id: form.number for form in forms if form.appointment_id}
    entries = day_of(day, place, numbers)
    missing = [entry.appointment_id for entry in entries if not entry.number]
    if missing:
        numbers |= dict(
            PaperForm.objects.filter(appointment__in=missing)
            .exclude(state=rules.VOID)
            .values_list("appointment_id", "number")
        )
        entries = day_of(day, place, numbers)
    return Day(
        day=day, entries=entries, blanks=_open(forms, rules.WALK_IN), receipts=_open(forms, rules.RECEIPT)
    )


def _open(forms: list[PaperForm], kind: str) -> tuple[str, ...]:
    return tuple(form.number for form in forms if form.kind == kind and form.state == rules.ISSUED)
