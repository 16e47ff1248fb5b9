"""Measure the visit day: the desk with two hundred arrivals, a change of status, two hundred screens that follow."""

import os
import secrets
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from frontdesk.entrypoints.commands.bench.measure import Result, Times, timed_by_turns
from frontdesk.entrypoints.commands.bench.serving import served
from frontdesk.entrypoints.commands.bench.watching import CHANGE_EVERY, Watch
from frontdesk.kit import clock
from frontdesk.kit.actor import SYSTEM
from frontdesk.kit.permissions import PSR
from frontdesk.kit.rows import fetch
from frontdesk.kit.walltime import to_wall
from frontdesk.office.accounts.models import User
from frontdesk.office.patients.models import Patient
from frontdesk.office.practice.models import Location
from frontdesk.office.scheduling.models import Appointment, Resource, VisitType
from frontdesk.office.visits.models import Step, Visit

ARRIVED = 200
SCREENS = 200
WATCHED = 30.0
# Twelve of the list itself, and four about money.
DESK_MS, DESK_QUERIES, CHANGE_MS, CORE = 60.0, 16, 25.0, 0.10
PLACE = "Bench Street"


def desk(seed: int, rounds: int) -> list[Result]:
    """Measure the whole page of the desk, signed in, on a day with two hundred people in the building."""
    del seed
    place, client = _busy_place(), signed_in()
    _at(client, place)
    with CaptureQueriesContext(connection) as asked:
        html = client.get("/").content.decode()
    number = len([q for q in asked if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))])
    shown = html.count("data-line=")
    ours, floor = timed_by_turns(
        [lambda: client.get("/")] * 10, [lambda: _bare_day(place)] * 10, rounds=rounds
    )
    passed = ours.p95 <= DESK_MS and number <= DESK_QUERIES and shown >= ARRIVED
    notes = [f"{shown} lines, {number} queries, {len(html) // 1024} KB"]
    return [
        _result("desk", ours, floor, 10 * rounds, f"{DESK_MS:.0f} ms, {DESK_QUERIES} queries", notes, passed)
    ]


def status_change(seed: int, rounds: int) -> list[Result]:
    """Measure one key at the desk: the POST that takes a visit a step on, with its answer; beside the bare update."""
    del seed, rounds
    place, client = _busy_place(), signed_in()
    _at(client, place)
    rows = list(Appointment.objects.filter(location=place, status="checked_in").order_by("pk")[:60])
    steps = [_post(client, row.pk, "room") for row in rows]
    bare = [_bare_step(row.pk) for row in rows]
    ours, floor = timed_by_turns(steps, bare, warm=0)
    moved = Appointment.objects.filter(pk__in=[row.pk for row in rows], status="roomed").count()
    notes = [f"{moved} of {len(rows)} moved; the answer is the whole card"]
    passed = ours.p95 <= CHANGE_MS and moved == len(rows)
    return [_result("status_change", ours, floor, len(rows), f"p95 {CHANGE_MS:.0f} ms", notes, passed)]


def live_screens(seed: int, rounds: int) -> list[Result]:
    """Measure what two hundred open screens cost the server: its own processor time, as a share of one core.

    Each screen has a session of its own, asks for its site's stamp as the page does, fetches the lines that changed (a
    step every ten seconds, several times as many as a day of two hundred visits has), and once a minute all of them.
    `p50` and `p95` are how long after a step the screens had it, in milliseconds.
    """
    del seed, rounds
    place = _busy_place()
    row = Appointment.objects.filter(location=place, status="arrived").order_by("pk").first()
    if row is None:
        return []
    with served("frontdesk.site.wsgi:application") as server, ExitStack() as open_still:
        client = signed_in()
        _at(client, place)
        html = client.get("/").content.decode()
        sessions = [_session_like(client) for _ in range(SCREENS)]
        watch = Watch(server.port, html, sessions, open_still)
        watch.run(12.0, lambda: _touch(row))  # warm: each screen has been let in once
        before, began = _spent(server.pid), time.monotonic()
        delays = watch.run(WATCHED, lambda: _touch(row))
        share = (_spent(server.pid) - before) / (time.monotonic() - began)
    seen = Times(tuple(sorted(delays)))
    notes = [
        f"{share * 100:.1f} % of one core; {watch.asked / WATCHED:.0f} questions a second, a step every {CHANGE_EVERY:.0f} s",
        f"seen after {seen.p50:.0f} ms at the middle, {seen.at(1.0):.0f} ms at the latest",
    ]
    passed = share <= CORE and seen.at(1.0) <= 1000 and len(delays) >= SCREENS
    limit = f"{CORE * 100:.0f} % of one core, within a second"
    return [
        Result(
            "live_screens",
            "ms",
            seen.p50,
            seen.p95,
            CORE,
            share / CORE,
            SCREENS,
            connection.vendor,
            passed,
            limit,
            notes,
        )
    ]


def _spent(pid: int) -> float:
    """Return the processor seconds a process and its children have spent (Linux)."""
    ticks = os.sysconf("SC_CLK_TCK")
    total = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parts = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if pid in {int(stat.parent.name), int(parts[1])}:
            total += (int(parts[11]) + int(parts[12])) / ticks
    return total


def _touch(row: Appointment) -> None:
    from frontdesk.office.visits import services  # noqa: PLC0415 - the verbs are wired once Django stands

    services.set_note(SYSTEM, appointment_id=row.pk, note=f"{secrets.token_hex(3)}")


def _busy_place() -> Location:
    """Return a site of the bench's own with two hundred people in the building; made anew, by bulk."""
    model = Location.objects.exclude(name=PLACE).order_by("pk")[0]
    place, _ = Location.objects.get_or_create(name=PLACE, defaults={"zone": model.zone})
    old = Appointment.objects.filter(location=place)
    Step.objects.filter(appointment__in=old).delete()
    Visit.objects.filter(appointment__in=old).delete()
    old.delete()
    kind = VisitType.objects.get(code="follow-up")
    providers = list(
        Resource.objects.filter(kind="provider").order_by("pk").values_list("provider", flat=True)[:20]
    )
    now = clock.now()
    patients = list(Patient.objects.order_by("pk").values_list("pk", flat=True)[:ARRIVED])
    rows = Appointment.objects.bulk_create(
        [
            _appointment(place, kind, patient, providers[at % len(providers)], now, at)
            for at, patient in enumerate(patients)
        ]
    )
    Visit.objects.bulk_create(
        [
            Visit(
                appointment=row, patient_id=row.patient_id, location=place, since=now, arrived_at=now,
                checked_in_at=now if row.status == "checked_in" else None,
            )
            for row in rows
        ]
    )  # fmt: skip
    return place


def _appointment(
    place: Location, kind: VisitType, patient_id: int, provider_id: int, now: datetime, at: int
) -> Appointment:
    starts = now.replace(second=0, microsecond=0) + timedelta(minutes=at % 3)
    return Appointment(
        location=place,
        visit_type=kind,
        patient_id=patient_id,
        provider_id=provider_id,
        zone=place.zone,
        starts=starts,
        ends=starts + timedelta(minutes=20),
        wall=f"{to_wall(starts, place.zone):%Y-%m-%dT%H:%M:%S}",
        status=("arrived", "checked_in")[at % 2],
        booked_at=now,
    )


def signed_in() -> Client:
    """Sign somebody in who is there for the bench alone, with a password nobody knows."""
    password = secrets.token_urlsafe(24)
    person, _ = User.objects.get_or_create(
        username="bench", defaults={"display_name": "Bench", "role": PSR, "created_at": clock.now()}
    )
    person.set_password(password)
    person.save()
    client = Client(SERVER_NAME="localhost")
    client.post("/sign-in", {"username": "bench", "password": password})
    return client


def _session_like(client: Client) -> str:
    """Return another session of the same person, as after one more sign-in."""
    session = SessionStore()
    session.update(dict(client.session.items()))
    session.create()
    return str(session.session_key)


def _at(client: Client, place: Location) -> None:
    session = client.session
    session["location_id"] = place.pk
    session.save()


def _post(client: Client, pk: int, verb: str) -> Callable[[], object]:
    def send() -> object:
        return client.post(
            f"/visits/{pk}/do/{verb}", {"_key": secrets.token_hex(8)}, headers={"HX-Request": "true"}
        )

    return send


def _bare_day(place: Location) -> object:
    """Read the same people of the same day, with nothing worked out of them."""
    return fetch(
        "SELECT a.id, a.status, a.starts, p.legal_first, p.legal_last, p.birth_date, v.since FROM scheduling_appointment a "
        "JOIN patients_patient p ON p.id = a.patient_id LEFT JOIN visits_visit v ON v.appointment_id = a.id "
        "WHERE a.location_id = %s ORDER BY a.starts",
        [place.pk],
    )


def _bare_step(pk: int) -> Callable[[], object]:
    def change() -> object:
        return Visit.objects.filter(appointment=pk).update(promised_minutes=10)

    return change


def _result(
    name: str, ours: Times, floor: Times, n: int, limit: str, notes: list[str], passed: bool
) -> Result:
    return Result(
        name,
        "ms",
        ours.p50,
        ours.p95,
        floor.p50,
        ours.p50 / floor.p50,
        n,
        connection.vendor,
        passed,
        limit,
        notes,
    )
