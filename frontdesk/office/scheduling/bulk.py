"""Filling the book with millions of appointments past the verbs, but to the same rules as theirs.

    load(rows: Iterable[BulkAppointment], *, chunk=5_000, tell=None) -> int
    mark_taken() -> int        after claims were written in another way: make all day sheets show them

Rows may come from a generator. PostgreSQL takes them by COPY, SQLite by executemany; the unique constraint on claims
and every check hold all the while. The day sheets' open cells are not touched: `services` builds them from templates.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import Max, Model

from frontdesk.kit import clock
from frontdesk.office.scheduling.models import Appointment, Claim, DaySheet, Leg
from frontdesk.office.scheduling.queries.invariants import sheets_wanted
from frontdesk.office.scheduling.services._claims import Span, cells_by_span

SHEETS = 500


@dataclass(frozen=True, slots=True)
class BulkAppointment:
    """One appointment to load. Moments are aware UTC, `wall` naive; `legs` are (resource, seat, starts, ends).

    Seats are the caller's choice: two rows with the same resource, seat and cell are refused by the database.
    """

    patient_id: int
    visit_type_id: int
    location_id: int
    provider_id: int | None
    starts: datetime
    ends: datetime
    wall: datetime
    zone: str
    status: str = "scheduled"
    legs: Sequence[Span] = field(default_factory=tuple)
    fold: int = 0
    internal_note: str = ""
    patient_instructions: str = ""
    cancel_reason_id: int | None = None
    cancelled_at: datetime | None = None
    booked_at: datetime | None = None
    booked_by: str = ""


APPOINTMENT = (
    "id", "version", "patient_id", "visit_type_id", "location_id", "provider_id", "status", "starts", "ends", "wall",
    "fold", "zone", "internal_note", "patient_instructions", "override_reason", "cancel_reason_id", "cancel_note",
    "cancelled_at", "booked_at", "booked_by",
)  # fmt: skip
LEG = ("id", "appointment_id", "resource_id", "seat", "starts", "ends")
CLAIM = ("resource_id", "seat", "cell", "leg_id")


def load(
    rows: Iterable[BulkAppointment], *, chunk: int = 5_000, tell: Callable[[int], None] | None = None
) -> int:
    """Write appointments, legs and claims, then the day sheets; all or nothing. `tell` hears how many are in.

    Returns how many appointments were written.
    """
    done = 0
    waiting = iter(rows)
    with transaction.atomic():
        numbers: dict[type[Model], int] = {Appointment: _next(Appointment), Leg: _next(Leg)}
        while part := list(islice(waiting, chunk)):
            _pour_part(part, numbers)
            done += len(part)
            if tell is not None:
                tell(done)
        _numbers_follow(Appointment, Leg)
        mark_taken()
    return done


def mark_taken() -> int:
    """Make every day sheet show the claims there are, and no others; return how many were written."""
    wanted = sheets_wanted()
    changed: list[DaySheet] = []
    for sheet in DaySheet.objects.order_by("pk").iterator(chunk_size=SHEETS * 4):
        taken = _hexed(wanted.pop((sheet.day, sheet.resource_id), {}))
        if taken != sheet.taken:
            sheet.taken = taken
            changed.append(sheet)
    _write_sheets([*changed, *_missing(wanted)])
    return len(changed) + len(wanted)


def _missing(wanted: dict[tuple[date, int], dict[str, int]]) -> Iterator[DaySheet]:
    for (day, resource), seats in wanted.items():
        yield DaySheet(day=day, resource_id=resource, taken=_hexed(seats))


def _write_sheets(sheets: Iterable[DaySheet]) -> None:
    rows = [DaySheet(day=s.day, resource_id=s.resource_id, open=s.open, taken=s.taken) for s in sheets]
    DaySheet.objects.bulk_create(
        rows,
        batch_size=SHEETS,
        update_conflicts=True,
        update_fields=["taken"],
        unique_fields=["day", "resource"],
    )


def _hexed(seats: dict[str, int]) -> dict[str, str]:
    return {seat: f"{bits:x}" for seat, bits in sorted(seats.items()) if bits}


def _pour_part(part: list[BulkAppointment], numbers: dict[type[Model], int]) -> None:
    now = clock.now()
    appointments: list[tuple[Any, ...]] = []
    legs: list[tuple[Any, ...]] = []
    spans: list[Span] = []
    holding: list[int] = []
    for row in part:
        number = numbers[Appointment]
        numbers[Appointment] += 1
        appointments.append(_appointment(number, row, now))
        for span in row.legs:
            leg = numbers[Leg]
            numbers[Leg] += 1
            legs.append((leg, number, *span))
            if row.status in Appointment.HOLDING:
                spans.append(span)
                holding.append(leg)
    pour(Appointment, APPOINTMENT, appointments)
    pour(Leg, LEG, legs)
    pour(Claim, CLAIM, _claims(spans, holding))


def _appointment(number: int, row: BulkAppointment, now: datetime) -> tuple[Any, ...]:
    wall = row.wall.replace(fold=0).isoformat(timespec="minutes")
    return (
        number, 1, row.patient_id, row.visit_type_id, row.location_id, row.provider_id, row.status, row.starts, row.ends,
        wall, row.fold, row.zone, row.internal_note, row.patient_instructions, "", row.cancel_reason_id, "",
        row.cancelled_at, row.booked_at or now, row.booked_by,
    )  # fmt: skip


def _claims(spans: list[Span], legs: list[int]) -> list[tuple[int, int, int, int]]:
    return [
        (cells.resource_id, cells.seat, cell, leg)
        for leg, several in zip(legs, cells_by_span(spans), strict=True)
        for cells in several
        for cell in range(cells.first, cells.after)
    ]


def pour(model: type[Model], columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    """Write rows as fast as the database takes them. Columns are the table's own, values Python's."""
    if not rows:
        return
    table, named = f'"{model._meta.db_table}"', ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({named}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(columns))
        # SQLite keeps moments as text without a zone, in UTC.
        plain = [tuple(_plain(value) for value in row) for row in rows]
        cursor.executemany(f"INSERT INTO {table} ({named}) VALUES ({marks})", plain)  # noqa: S608 - names of our own tables


def _plain(value: Any) -> Any:
    return str(value.replace(tzinfo=None)) if isinstance(value, datetime) else value


def _next(model: type[Model]) -> int:
    most: int | None = model._default_manager.aggregate(most=Max("pk"))["most"]
    return (most or 0) + 1


def _numbers_follow(*models: type[Model]) -> None:
    """Let the database's own numbering go on after the numbers given here."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for model in models:
            table = model._meta.db_table
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, _next(model)])
