"""Load the synthetic practice: millions of rows past the verbs, but within every rule the tables and `check` hold."""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import chain, islice
from random import Random
from typing import Any

from django.db import connection, transaction

from frontdesk.entrypoints.commands.demo import (
    book_rows,
    card_rows,
    coverage_rows,
    diary,
    drawer_rows,
    extras,
    fee_rows,
    furnish,
    message_rows,
    patient_rows,
    paying_rows,
    people,
    places,
    plan_rows,
    privacy_rows,
    referral_rows,
    visit_rows,
)
from frontdesk.entrypoints.commands.demo.book_rows import Plan
from frontdesk.entrypoints.commands.demo.later import indexes_later
from frontdesk.entrypoints.commands.demo.layout import SIZES, Size
from frontdesk.entrypoints.commands.demo.sink import Shape, next_id, numbers_follow, pour
from frontdesk.kit import clock
from frontdesk.kit.actor import SYSTEM, Actor
from frontdesk.kit.errors import Refused
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.audit.services import record, service
from frontdesk.office.coverage.models import Policy
from frontdesk.office.patients import index
from frontdesk.office.patients.models import (
    Address,
    Alert,
    Confirmation,
    Contact,
    MrnCounter,
    Patient,
    PatientName,
    RelatedPerson,
    SearchName,
    SearchPhone,
    SocialSecurityNumber,
    SuspectedPair,
)
from frontdesk.office.practice.models import Practice
from frontdesk.office.scheduling.models import Appointment, Claim, DaySheet, Leg
from frontdesk.office.scheduling.services import _sheets

LOADED = "demo.load"
LOOK_BACK = 60
Tell = Callable[[str, int, int], None]
"""Is told the stage, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The synthetic practice a database holds."""

    size: str
    seed: int
    day: date


def present() -> Loaded | None:
    """Return the synthetic practice that is here; None when there is no practice. Refuses to touch a real one."""
    entry = AuditEntry.objects.filter(action=LOADED).order_by("-id").first()
    if entry is not None and entry.extra:
        return Loaded(entry.extra["size"], entry.extra["seed"], date.fromisoformat(entry.extra["day"]))
    if Practice.objects.exists() or Patient.objects.exists():
        msg = (
            "This database holds a practice that is not the demo, or a demo whose making was cut short. "
            "Set FRONTDESK_DATA or DATABASE_URL to an empty place."
        )
        raise Refused(msg)
    return None


def load(size_name: str, seed: int, tell: Tell, *, processes: int | None = None) -> None:
    """Fill the empty database with the practice of `size_name` made from `seed`."""
    size = SIZES[size_name]
    workers = processes if processes is not None else (1 if size_name == "clinic" else os.cpu_count() or 1)
    with _quickly():
        plan = _furnish(size, seed, tell)
        plan = replace(plan, absent=_load_people(size, seed, plan, workers, tell))
        _load_book(size, plan, workers, tell)
        _finish(plan, size, seed, tell)


def _furnish(size: Size, seed: int, tell: Tell) -> Plan:
    tell("practice", 0, 1)
    zone, extended = present_hours()
    today = clock.today(zone)
    # The practice has worked with the program for a while: what its people did last week came after it was set up.
    with clock.fixed(clock.now() - privacy_rows.SINCE):
        made = furnish.furnish(size, seed, zone, today, extended)
        furnish.add_accounts(made)
        payers = coverage_rows.add_payers()
        fee_rows.add_fees(payers, {code: row.pk for code, row in made.visit_types.items()}, today)
    tell("practice", 1, 1)
    return Plan(
        seed=seed,
        zone=zone,
        today=today,
        now=clock.now(),
        locations=tuple(row.pk for row in made.locations),
        providers=tuple(row.pk for row in made.providers),
        site_of=tuple(made.site_of),
        resources={key: row.pk for key, row in made.resources.items()},
        visit_types={code: row.pk for code, row in made.visit_types.items()},
        reasons={row.code: row.pk for row in made.reasons},
        holidays=frozenset(made.holidays),
        away=made.away,
        payers=payers,
        first_patient=next_id(Patient),
        patients=size.patients,
        absent=frozenset(),
        steady=size.fill_ahead,
        nurses=furnish.NURSES,
        extended=extended,
    )


def present_hours() -> tuple[str, diary.Session | None]:
    """Return the practice's zone, and today's extra session where now lies outside the usual hours there.

    The demo is to be busy whenever it is started. Late in the evening the practice lies further west.
    """
    zone = places.ZONE
    wall = furnish.now_wall(zone)
    if wall.hour >= 21 or wall.hour < 1:
        zone = "America/Los_Angeles"
        wall = furnish.now_wall(zone)
    minute = wall.hour * 60 + wall.minute
    usual = wall.weekday() < 5 and 9 * 60 + 30 <= minute <= 15 * 60 + 30
    return zone, None if usual else diary.extended_sessions(minute)[0]


def _load_people(size: Size, seed: int, plan: Plan, workers: int, tell: Tell) -> frozenset[int]:
    """Load the patients; return the numbers of those who cannot be booked."""
    shapes = {
        "patient": Shape.of(Patient, *patient_rows.PATIENT),
        "name": Shape.of(PatientName, *patient_rows.NAME),
        "ssn": Shape.of(SocialSecurityNumber, *patient_rows.SSN_COLUMNS),
        "address": Shape.of(Address, *patient_rows.ADDRESS),
        "contact": Shape.of(Contact, *patient_rows.CONTACT),
        "related": Shape.of(RelatedPerson, *patient_rows.RELATED),
        "alert": Shape.of(Alert, *patient_rows.ALERT),
        "confirmation": Shape.of(Confirmation, *patient_rows.CONFIRMATION),
        "search_name": Shape.of(SearchName, *patient_rows.SEARCH_NAME),
        "search_phone": Shape.of(SearchPhone, *patient_rows.SEARCH_PHONE),
        "pair": Shape.of(SuspectedPair, *patient_rows.PAIR),
        "policy": Shape.of(Policy, *coverage_rows.POLICY),
    }
    blocks = range((size.patients + people.BLOCK - 1) // people.BLOCK)
    counts = [min(people.BLOCK, size.patients - n * people.BLOCK) for n in blocks]
    work = [
        (seed, n, count, plan.today, plan.first_patient, plan.now, plan.payers)
        for n, count in zip(blocks, counts, strict=True)
    ]
    absent: set[int] = set()
    tokens: set[str] = set()
    done = 0
    with indexes_later(shape.model for shape in shapes.values()):
        for rows, count in zip(_spread(people_block, work, workers), counts, strict=True):
            for table, shape in shapes.items():
                pour(shape, rows[table])
            tokens.update(token for row in rows["search_name"] for token in row[1:])
            absent.update(row[0] - plan.first_patient for row in rows["patient"] if row[17])
            done += count
            tell("patients", done, size.patients)
        tell("patient index", 0, 1)
    tell("patient index", 1, 1)
    index.learn(tokens)
    numbers_follow(*(shape.model for shape in shapes.values()))
    MrnCounter.objects.update_or_create(pk=1, defaults={"last": patient_rows.FIRST_MRN + size.patients})
    return frozenset(absent)


def people_block(
    seed: int,
    number: int,
    count: int,
    today: date,
    first_patient: int,
    now: datetime,
    payers: tuple[int, ...],
) -> patient_rows.Rows:
    """Make one block's people and their rows (in a process of its own)."""
    made = people.block(seed, number, count, today)
    rows = dict(patient_rows.rows_of(made, first_patient, now, seed))
    rows["policy"] = coverage_rows.policies(made, first_patient, payers, now, seed)
    return rows


def _load_book(size: Size, plan: Plan, workers: int, tell: Tell) -> None:
    shapes = {
        "appointment": Shape.of(Appointment, *book_rows.APPOINTMENT),
        "leg": Shape.of(Leg, *book_rows.LEG),
        "claim": Shape.of(Claim, *book_rows.CLAIM),
        "sheet": Shape.of(DaySheet, *book_rows.SHEET),
    }
    first = max(next_id(Appointment), next_id(Leg))
    days = [plan.today + timedelta(days=n) for n in range(-size.days_back, size.days_ahead + 1)]
    work = [
        (plan, day, first + index * len(plan.locations) * book_rows.STRIDE) for index, day in enumerate(days)
    ]
    with indexes_later((Appointment, Leg, Claim, DaySheet)):
        for done, rows in enumerate(_spread(book_day, work, workers), start=1):
            for table, shape in shapes.items():
                pour(shape, rows.get(table, []))
            tell("appointments", done, len(days))
        tell("book index", 0, 1)
    tell("book index", 1, 1)
    numbers_follow(Appointment, Leg, Claim, DaySheet)
    tell("open hours", 0, 1)
    # What was open in the last weeks is asked by the reports; further back would only cost.
    _sheets.rebuild(plan.resources.values(), plan.today - timedelta(days=min(size.days_back, LOOK_BACK)))
    tell("open hours", 1, 1)


def book_day(plan: Plan, day: date, first_id: int) -> patient_rows.Rows:
    """Make the rows of one day at all sites (in a process of its own)."""
    whole: patient_rows.Rows = {"appointment": [], "leg": [], "claim": [], "sheet": []}
    for site in range(len(plan.locations)):
        rows = book_rows.day_rows(plan, site, day, first_id + site * book_rows.STRIDE)
        for table, found in rows.items():
            whole[table] += found
    return whole


def _spread(work: Callable[..., Any], arguments: Iterable[tuple[Any, ...]], workers: int) -> Iterator[Any]:
    """Yield what `work` returns for each of `arguments`, in order, a few processes working ahead."""
    if workers <= 1:
        for given in arguments:
            yield work(*given)
        return
    waiting = iter(arguments)
    with ProcessPoolExecutor(workers) as pool:
        ahead: list[Future[Any]] = [pool.submit(work, *given) for given in islice(waiting, workers * 3)]
        while ahead:
            done = ahead.pop(0)
            yield done.result()
            ahead += [pool.submit(work, *given) for given in islice(waiting, 1)]


def _finish(plan: Plan, size: Size, seed: int, tell: Tell) -> None:
    """Add what waits beside the book, and put on record that all this is synthetic."""
    rng = Random(f"extras-{seed}")
    extras.add_waiting(plan, rng, 14 * min(size.providers, 60))
    extras.add_recalls(plan, rng, 40 * min(size.providers, 60))
    tell("visits", 0, 1)
    visit_rows.add_visits(plan, Random(f"visits-{seed}"), LOOK_BACK if size.name == "clinic" else 2)
    extras.link_moves(plan, rng, 400)
    tell("visits", 1, 1)
    message_rows.add_messages(plan, Random(f"messages-{seed}"), 400)
    if size.name == "clinic":
        message_rows.add_reminders(plan, Random(f"reminders-{seed}"), LOOK_BACK)
        tell("privacy", 0, 1)
        if connection.vendor == "postgresql":
            # What is poured is over. The books write an entry's lines before it.
            _say("SET CONSTRAINTS ALL DEFERRED")
        privacy_rows.add_privacy(plan, seed, chain(drawer_rows.month(plan, seed), plan_rows.owing(plan)))
        # From here on it is done today, and stands on record after the month that was poured.
        card_rows.add_cards(plan, seed)
        referral_rows.add_referrals(plan, seed)
        paying_rows.add_paying(plan)
        tell("privacy", 1, 1)
    _note(SYSTEM, size=size.name, seed=seed, day=plan.today)
    tell("record", 1, 1)


@service(LOADED, permission="practice.change")
def _note(by: Actor, /, *, size: str, seed: int, day: date) -> None:
    record(
        by,
        reason="A synthetic practice was loaded.",
        extra={"size": size, "seed": seed, "day": day.isoformat()},
    )


@contextmanager
def _quickly() -> Iterator[None]:
    """One transaction, so that a load that is cut short leaves nothing; SQLite need not wait for the disk meanwhile."""
    tuned = connection.vendor == "sqlite" and not connection.in_atomic_block
    if tuned:
        _say("PRAGMA synchronous=OFF", "PRAGMA cache_size=-524288")
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                # Foreign keys are checked with each COPY, not all of them, from memory, at the end.
                _say("SET CONSTRAINTS ALL IMMEDIATE")
            yield
    finally:
        if tuned:
            _say("PRAGMA synchronous=FULL", "PRAGMA cache_size=-65536", "PRAGMA wal_checkpoint(TRUNCATE)")
    _say("ANALYZE")


def _say(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
