"""Measure the book: finding openings, booking, a day of twenty providers."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from uuid import uuid4

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Count, Model, QuerySet

from frontdesk.entrypoints.commands.bench.finding import some_patients
from frontdesk.entrypoints.commands.bench.measure import Result, timed_by_turns
from frontdesk.kit import clock
from frontdesk.kit.actor import SYSTEM, Actor
from frontdesk.kit.walltime import midnight_utc
from frontdesk.office.audit.models import AuditEntry, FormKey
from frontdesk.office.jobs.models import Job
from frontdesk.office.practice.models import Location, Provider
from frontdesk.office.scheduling import queries, services
from frontdesk.office.scheduling.models import (
    Appointment,
    CancelReason,
    Claim,
    DaySheet,
    Leg,
    Resource,
    VisitType,
)
from frontdesk.office.scheduling.services import Offer, OpeningsAsk

# ruff: noqa: S608 - the names are those of our own tables, the values are parameters
AHEAD = timedelta(days=90)
Work = Callable[[], object]


def openings(seed: int, rounds: int) -> list[Result]:
    """Measure the first ten openings over all providers and ninety days."""
    return [_openings("openings", ("follow-up", "sick", "physical", "new", "telehealth"), 15.0, seed, rounds)]


def openings_multi(seed: int, rounds: int) -> list[Result]:
    """Measure them where a room and a machine, or a nurse and a provider, must be free together."""
    return [_openings("openings_multi", ("ultrasound", "procedure"), 40.0, seed, rounds)]


def _openings(name: str, codes: tuple[str, ...], limit: float, seed: int, rounds: int) -> Result:
    rng = Random(f"openings-{seed}")
    types = list(VisitType.objects.filter(code__in=codes).values_list("id", flat=True))
    asks = [_ask(rng, types) for _ in range(60)]
    answers = [services.find_openings(SYSTEM, ask=ask) for ask in asks]
    ours, floor = timed_by_turns(
        [_find(ask) for ask in asks],
        [_sheets(ask.from_day, answer.looked_until) for ask, answer in zip(asks, answers, strict=True)],
        rounds=rounds,
    )
    offers = sum(len(answer.offers) for answer in answers) / len(answers)
    looked = max((answer.looked_until - ask.from_day).days for ask, answer in zip(asks, answers, strict=True))
    notes = [
        f"{Provider.objects.count()} providers, {AHEAD.days} days, {offers:.1f} offers an ask, looked at up to {looked + 1} days"
    ]
    passed = ours.p95 <= limit
    return Result(
        name, "ms", ours.p50, ours.p95, floor.p50, ours.p50 / floor.p50, len(asks), connection.vendor, passed,
        f"p95 {limit:.0f} ms", notes,
    )  # fmt: skip


def _ask(rng: Random, types: list[int]) -> OpeningsAsk:
    first = clock.now().date() + timedelta(days=rng.randint(0, 20))
    return OpeningsAsk(visit_type_id=rng.choice(types), from_day=first, to_day=first + AHEAD)


def _find(ask: OpeningsAsk) -> Work:
    return lambda: services.find_openings(SYSTEM, ask=ask)


def _sheets(first: date, last: date) -> Work:
    """Return the floor: the database hands over the bitmaps of the days looked at, by index."""
    table = DaySheet._meta.db_table
    statement = f'SELECT resource_id, day, "open", taken FROM {table} WHERE day BETWEEN %s AND %s'

    def run() -> object:
        with connection.cursor() as cursor:
            cursor.execute(statement, [first.isoformat(), last.isoformat()])
            return cursor.fetchall()

    return run


def book(seed: int, rounds: int) -> list[Result]:
    """Measure bookings beside bare inserts of the same rows; the bookings are cancelled again."""
    count = 100 * rounds
    offers = _free_times(count)
    patients = some_patients(len(offers), seed)
    made: list[Appointment] = []

    def booked(patient: int, offer: Offer) -> Work:
        return lambda: made.append(_book(patient, offer))

    work = [booked(p, o) for p, o in zip(patients, offers, strict=False)]
    bare = _BareInserts()
    ours, floor = timed_by_turns(work, [bare.one] * len(work), warm=0)
    bare.undo()
    reason = CancelReason.objects.filter(initiator="organization").first()
    code = reason.code if reason else ""
    for appointment in made:
        services.cancel(SYSTEM, appointment_id=appointment.pk, reason_code=code, version=appointment.version)
    ratio = ours.p50 / floor.p50
    rate = f"{1000 / ours.p50:,.0f} bookings a second beside {1000 / floor.p50:,.0f} bare inserts: {1 / ratio:.0%}"
    return [
        Result(
            "book", "ms", ours.p50, ours.p95, floor.p50, ratio, len(work), connection.vendor, ratio <= 4.0,
            "25 % of the bare rate", [rate],
        )
    ]  # fmt: skip


def _free_times(count: int) -> list[Offer]:
    """Return free times that do not overlap one another."""
    kind = VisitType.objects.get(code="sick")
    today = clock.now().date()
    found: dict[tuple[int | None, object], Offer] = {}
    for provider in Provider.objects.filter(is_active=True).values_list("id", flat=True):
        ask = OpeningsAsk(
            kind.pk, today + timedelta(days=1), today + AHEAD, provider_ids=(provider,), limit=40
        )
        until = None
        for offer in services.find_openings(SYSTEM, ask=ask).offers:
            if until is None or offer.starts >= until:
                found[provider, offer.starts] = offer
                until = offer.ends
        if len(found) >= count:
            break
    return list(found.values())[:count]


def _book(patient: int, offer: Offer) -> Appointment:
    by = Actor("system", None, "bench", source="bench", key=uuid4().hex, body="bench")
    return services.book(
        by,
        patient_id=patient,
        visit_type_id=offer.visit_type_id,
        provider_id=offer.provider_id,
        location_id=offer.location_id,
        starts=offer.starts,
    )


class _BareInserts:
    """Inserts the rows a booking leaves behind, as plain SQL, in one transaction each."""

    def __init__(self) -> None:
        appointment = Appointment.objects.filter(status="scheduled", provider__isnull=False).latest("id")
        leg = Leg.objects.filter(appointment=appointment)[0]
        claims = Claim.objects.filter(leg=leg)
        now = clock.now()
        self.sheet = DaySheet.objects.filter(resource=leg.resource_id).latest("day").pk
        self.appointment, self.leg = _Insert(appointment), _Insert(leg)
        self.claims = [_Insert(claim) for claim in claims]
        self.record = _Insert(
            AuditEntry(at=now, actor_kind="system", actor_name="bench", action="bench.bare")
        )
        self.key = _Insert(FormKey(action="bench.bare", body="", at=now))
        self.job = _Insert(Job(name="bench.bare", payload={}, created_at=now, run_at=now, done_at=now))
        self.made: list[int] = []
        # Cells nobody will ever book: far beyond any year's.
        self.cell = 1_500_000_000

    def one(self) -> None:
        """Insert an appointment, its leg and claims, the day sheet's change, the record, the form key and the job."""
        with transaction.atomic(), connection.cursor() as cursor:
            appointment = self.appointment.run(cursor)
            leg = self.leg.run(cursor, appointment_id=appointment)
            for claim in self.claims:
                claim.run(cursor, leg_id=leg, cell=self.cell)
                self.cell += 1
            cursor.execute(f"UPDATE {DaySheet._meta.db_table} SET taken = taken WHERE id = %s", [self.sheet])
            self.record.run(cursor)
            self.key.run(cursor, key=uuid4().hex)
            self.job.run(cursor)
        self.made.append(appointment)

    def undo(self) -> None:
        """Take the rows out again, but for the entries of the record, which stay."""
        Claim.objects.filter(leg__appointment__in=self.made).delete()
        Leg.objects.filter(appointment__in=self.made).delete()
        Appointment.objects.filter(pk__in=self.made).delete()
        FormKey.objects.filter(action="bench.bare").delete()
        Job.objects.filter(name="bench.bare").delete()


class _Insert:
    """An INSERT of one row like `row`, its values made ready beforehand."""

    def __init__(self, row: Model) -> None:
        fields = [field for field in row._meta.concrete_fields if not field.primary_key]
        columns = ", ".join(f'"{field.column}"' for field in fields)
        marks = ", ".join("%s" for _ in fields)
        self.values = {f.attname: f.get_db_prep_save(getattr(row, f.attname), connection) for f in fields}
        self.statement = f'INSERT INTO "{row._meta.db_table}" ({columns}) VALUES ({marks}) RETURNING id'

    def run(self, cursor: CursorWrapper, **changes: object) -> int:
        """Insert the row with `changes`; return its number."""
        cursor.execute(self.statement, list({**self.values, **changes}.values()))
        return int(cursor.fetchone()[0])


def day_grid(seed: int, rounds: int) -> list[Result]:
    """Measure the fullest day of the largest site, and count its queries."""
    del seed
    site, day, visits = busy_day()
    providers = Resource.objects.filter(location=site, kind="provider", is_active=True).count()
    counted = _queries_of(lambda: queries.day_grid(day, site))
    ours, floor = timed_by_turns(
        [lambda: queries.day_grid(day, site)] * 40, [_rows_of_day(day, site)] * 40, rounds=rounds
    )
    passed = ours.p95 <= 60.0 and counted <= 12
    notes = [f"{providers} providers, {visits} appointments, {counted} queries"]
    return [
        Result(
            "day_grid", "ms", ours.p50, ours.p95, floor.p50, ours.p50 / floor.p50, 40, connection.vendor, passed,
            "60 ms, 12 queries", notes,
        )
    ]  # fmt: skip


def busy_day() -> tuple[int, date, int]:
    """Return the site with the most providers, its fullest day of the next seven, and how many visits it has then."""
    largest = (
        Resource.objects.filter(kind="provider").values("location").annotate(n=Count("id")).order_by("-n")
    )
    site = int(largest[0]["location"])
    today = clock.today(Location.objects.get(pk=site).zone)
    days = [today + timedelta(days=ahead) for ahead in range(1, 8)]
    visits = {day: _of_day(day, site).count() for day in days}
    fullest = max(days, key=lambda day: visits[day])
    return site, fullest, visits[fullest]


def _of_day(day: date, site: int) -> QuerySet[Appointment]:
    zone = Location.objects.get(pk=site).zone
    begins, ends = midnight_utc(day, zone), midnight_utc(day + timedelta(days=1), zone)
    return Appointment.objects.filter(location=site, starts__gte=begins, starts__lt=ends)


def _queries_of(work: Work) -> int:
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 - only the bench counts queries

    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


def _rows_of_day(day: date, site: int) -> Work:
    """Return the floor: the day's appointments and patients by index, as plain rows."""
    columns = ("id", "starts", "ends", "status", "provider", "patient__legal_last", "patient__birth_date")
    statement, parameters = _of_day(day, site).values_list(*columns).query.sql_with_params()

    def run() -> object:
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            return cursor.fetchall()

    return run
