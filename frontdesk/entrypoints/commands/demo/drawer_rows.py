"""Money of the synthetic practice: a month of days whose drawers were opened, taken in and closed, with what was charged; today's is open."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random

from frontdesk.entrypoints.commands.demo.book_rows import Plan
from frontdesk.entrypoints.commands.demo.layout import SIGN_INS
from frontdesk.kit.actor import Actor
from frontdesk.kit.permissions import held_by
from frontdesk.kit.walltime import to_utc
from frontdesk.office.accounts.models import User
from frontdesk.office.billing import services as billing
from frontdesk.office.billing.queries import usual_services
from frontdesk.office.patients.models import Patient
from frontdesk.office.payments import queries, rules, services
from frontdesk.office.payments.models import DrawerSession
from frontdesk.office.payments.services import Ending
from frontdesk.office.scheduling.models import Appointment

BACK = 30
CHARGED, DROPPED = 12, 10000
FLOAT = {"2000": 4, "1000": 4, "500": 8, "100": 30, "25": 40}
FURNISHED, OPENS, CLOSES = time(7, 5), time(7, 32), time(17, 6)
COPAYS = (2000, 2500, 3000, 3500, 4000)
# How far a close is off, in cents: mostly not at all, now and then so far that somebody else signs.
OFF = (0, 0, 0, 0, 0, 0, -100, 100, -25, -200, 500, -2000)
REASONS = {500: "Change given back was one bill short of it", -2000: "A twenty was given as a ten in change"}
PAID_OUT = (
    ("Corner Hardware", "light bulbs"),
    ("Post office", "stamps"),
    ("Market Street Deli", "milk and coffee"),
)


Deed = Callable[[], object]


class _Till:
    """Drawer 1 of the first location as it goes through the month; each deed is done when its moment has come."""

    def __init__(self, plan: Plan, seed: int) -> None:
        self.plan, self.rng, self.site = plan, Random(f"drawers-{seed}"), plan.locations[0]
        names = ("rosa", "lena", "mia", "dev")
        self.people = {one.username: one for one in User.objects.filter(username__in=names)}
        self.by = {name: _actor(one) for name, one in self.people.items()}
        self.drawer_id = 0
        self.session = DrawerSession()

    def furnish(self) -> None:
        mia = self.by["mia"]
        self.drawer_id = services.name_drawer(mia, location_id=self.site, name="Drawer 1").pk
        services.name_drawer(mia, location_id=self.site, name="Drawer 2")
        bank = "Pioneer Valley Bank, checking 4821"
        services.set_close_rule(mia, threshold_cents=500, float_cents=rules.total(FLOAT), bank=bank)

    def open(self) -> None:
        witness = "Lena Park" if self.rng.random() < 0.3 else ""
        counts = _left(self.drawer_id)
        self.session = services.open_drawer(
            self.by["rosa"], drawer_id=self.drawer_id, counts=counts, witness=witness
        )

    def visits(self, begin: datetime, end: datetime) -> list[Appointment]:
        rows = Appointment.objects.filter(
            location_id=self.site, starts__gte=begin, starts__lt=end, status="done"
        )
        return list(rows.order_by("starts", "pk"))

    def take(self, visit: Appointment) -> None:
        """Take a copay in cash or by check at a visit."""
        if _is_hidden(visit):
            return
        cents, about = self.rng.choice(COPAYS), f"scheduling.appointment:{visit.pk}"
        given = (
            rules.Given(rules.KIND.CASH, cents, -(-cents // 2000) * 2000)
            if self.rng.random() < 0.6
            else rules.Given(rules.KIND.CHECK, cents, reference=str(self.rng.randint(101, 4999)))
        )
        part = rules.Part(visit.patient_id, rules.PURPOSE.COPAY, cents, about)
        sheet = rules.Sheet(visit.patient_id, self.site, (given,), (part,))
        services.take(self.by["rosa"], sheet=sheet, key=f"demo-{self.session.pk}-{visit.pk}")

    def charge(self, visits: Sequence[Appointment]) -> None:
        """Charge visits for what they usually are made of: what was paid is put against it, the rest is owed."""
        for visit in visits:
            usual = usual_services(visit.visit_type_id)
            if usual and not _is_hidden(visit):
                lines = [(one.code, one.modifier, one.units) for one in usual]
                billing.charge_visit(
                    self.by["dev"], appointment_id=visit.pk, lines=lines, key=f"demo-visit-{visit.pk}"
                )

    def pay_out(self) -> None:
        if self.rng.random() < 0.25:
            to, what = self.rng.choice(PAID_OUT)
            cents = self.rng.randint(400, 2400)
            services.move_cash(
                self.by["rosa"], session_id=self.session.pk, kind="out", cents=cents, to=to, what=what
            )

    def drop(self) -> None:
        if self.rng.random() < 0.15 and queries.expected_in(self.session.pk)[0] > 2 * DROPPED:
            services.move_cash(
                self.by["rosa"], session_id=self.session.pk, kind="drop", cents=DROPPED, to="Lena Park", what="bag"
            )  # fmt: skip

    def close(self, off: int) -> None:
        by, session = self.by["rosa"], self.session
        cash, _ = queries.expected_in(session.pk)
        found = [one.pk for one in queries.checks_of(session.pk)]
        batch = queries.expected_by_card(self.site, session.day) or None
        count = services.count_drawer(
            by, session_id=session.pk, counts=_in_bills(cash + off), found=found, card=batch
        )
        signs = self.people["lena"] if abs(off) >= 500 else None
        left, bank = min(rules.total(FLOAT), count.cash), queries.close_rule().bank
        ending = Ending(left, bank, f"PV-{4000 + session.pk}", REASONS.get(off, ""))
        services.close_drawer(
            by, session_id=session.pk, count_id=count.pk, ending=ending, second_id=signs.pk if signs else None,
            password=_password(signs) if signs else "",
        )  # fmt: skip


def month(plan: Plan, seed: int) -> Iterator[tuple[datetime, Deed]]:
    """Yield what was done at a drawer in a month, each deed with its moment; yesterday's close is a dollar short, today's is open."""
    till = _Till(plan, seed)
    days = worked(plan)
    yield moment(plan, days[0], FURNISHED), till.furnish
    for day in days:
        yield from _day(plan, till, day)
        off = -100 if day == days[-1] else till.rng.choice(OFF)
        yield moment(plan, day, CLOSES), partial(till.close, off)
    yield from _day(plan, till, plan.today, until=plan.now - timedelta(minutes=5))


def _day(
    plan: Plan, till: _Till, day: date, until: datetime | None = None
) -> Iterator[tuple[datetime, Deed]]:
    opens = moment(plan, day, OPENS)
    yield min(opens, until or opens), till.open
    begin, end = moment(plan, day, time(8)), moment(plan, day, time(16, 50))
    visits = till.visits(begin, min(end, until or end))
    for visit in visits[: till.rng.randint(5, 9)]:
        yield min(visit.starts, until or visit.starts), partial(till.take, visit)
    if until is None:
        yield moment(plan, day, time(12, 40)), till.pay_out
        yield moment(plan, day, time(15, 5)), till.drop
        yield moment(plan, day, time(16, 55)), partial(till.charge, visits[:CHARGED])


def worked(plan: Plan) -> list[date]:
    """Return the days of the month before today on which the practice was open."""
    days = [plan.today - timedelta(days=n) for n in range(BACK, 0, -1)]
    return [day for day in days if day.weekday() < 5 and day not in plan.holidays]


def _is_hidden(visit: Appointment) -> bool:
    """Say whether a patient's record was labelled by now: neither Rosa nor Dev sees it without a reason."""
    return Patient.objects.filter(pk=visit.patient_id).exclude(labels="").exists()


def _left(drawer_id: int) -> dict[str, int]:
    """Return what lies in a drawer in the morning: what the last close left, the usual float before the first."""
    last = queries.last_close(drawer_id)
    return FLOAT if last is None or last.float_left == rules.total(FLOAT) else _in_bills(last.float_left)


def _in_bills(cents: int) -> dict[str, int]:
    found = {}
    for one in rules.DENOMINATIONS[2:]:
        many, cents = divmod(cents, one)
        if many:
            found[str(one)] = many
    return found


def _password(person: User) -> str:
    return next(one.password for one in SIGN_INS if one.username == person.username)


def _actor(person: User) -> Actor:
    return Actor("staff", person.pk, person.display_name, held_by(person.role), source="desk")


def moment(plan: Plan, day: date, wall: time) -> datetime:
    """Return the moment a clock on the practice's wall shows `wall` on a day."""
    return to_utc(datetime.combine(day, wall), plan.zone)
