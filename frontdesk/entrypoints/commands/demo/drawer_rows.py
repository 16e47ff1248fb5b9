"""Money of the synthetic practice: a month of days whose drawers were opened, taken in and closed, with what was charged; today's is open."""

from datetime import date, datetime, time, timedelta
from random import Random

from frontdesk.entrypoints.commands.demo.book_rows import Plan
from frontdesk.entrypoints.commands.demo.layout import SIGN_INS
from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.permissions import held_by
from frontdesk.kit.walltime import to_utc
from frontdesk.office.accounts.models import User
from frontdesk.office.billing import services as billing
from frontdesk.office.billing.queries import usual_services
from frontdesk.office.payments import queries, rules, services
from frontdesk.office.payments.models import DrawerSession
from frontdesk.office.payments.services import Ending
from frontdesk.office.scheduling.models import Appointment

BACK = 30
CHARGED = 12
FLOAT = {"2000": 4, "1000": 4, "500": 8, "100": 30, "25": 40}
OPENS, CLOSES = time(7, 32), time(17, 6)
COPAYS = (2000, 2500, 3000, 3500, 4000)
# How far a close is off, in cents: mostly not at all, now and then so far that somebody else signs.
OFF = (0, 0, 0, 0, 0, 0, -100, 100, -25, -200, 500, -2000)
REASONS = {500: "Change given back was one bill short of it", -2000: "A twenty was given as a ten in change"}
PAID_OUT = (
    ("Corner Hardware", "light bulbs"),
    ("Post office", "stamps"),
    ("Market Street Deli", "milk and coffee"),
)


def add_drawers(plan: Plan, seed: int) -> None:
    """Work a month of drawers at the first location; yesterday's close is a dollar short, today's drawer is open."""
    rng, site = Random(f"drawers-{seed}"), plan.locations[0]
    people = {one.username: one for one in User.objects.filter(username__in=("rosa", "lena", "mia", "dev"))}
    rosa, mia, dev = (_actor(people[name]) for name in ("rosa", "mia", "dev"))
    first = services.name_drawer(mia, location_id=site, name="Drawer 1")
    services.name_drawer(mia, location_id=site, name="Drawer 2")
    services.set_close_rule(
        mia, threshold_cents=500, float_cents=rules.total(FLOAT), bank="Pioneer Valley Bank, checking 4821"
    )
    days = [plan.today - timedelta(days=n) for n in range(BACK, 0, -1)]
    worked = [day for day in days if day.weekday() < 5 and day not in plan.holidays]
    for day in worked:
        with clock.fixed(_at(plan, day, OPENS)):
            session = services.open_drawer(
                rosa,
                drawer_id=first.pk,
                counts=_left(first.pk),
                witness="Lena Park" if rng.random() < 0.3 else "",
            )
        _take(plan, rng, rosa, session, day)
        _pay_out(plan, rng, rosa, session, day)
        _charge(plan, dev, session, day)
        _close(plan, rosa, people["lena"], session, -100 if day == worked[-1] else rng.choice(OFF))
    at = _at(plan, plan.today, OPENS)
    with clock.fixed(min(at, plan.now)):
        session = services.open_drawer(rosa, drawer_id=first.pk, counts=_left(first.pk))
    _take(plan, rng, rosa, session, plan.today, until=plan.now)


def _take(
    plan: Plan, rng: Random, by: Actor, session: DrawerSession, day: date, until: datetime | None = None
) -> None:
    """Take copays in cash and by check at visits of a day."""
    begin, end = _at(plan, day, time(8)), _at(plan, day, time(16, 50))
    rows = Appointment.objects.filter(
        location_id=session.drawer.location_id,
        starts__gte=begin,
        starts__lt=min(end, until or end),
        status="done",
    )
    for n, visit in enumerate(rows.order_by("starts", "pk")[: rng.randint(5, 9)]):
        cents, about = rng.choice(COPAYS), f"scheduling.appointment:{visit.pk}"
        cash = rng.random() < 0.6
        given = (
            rules.Given(rules.KIND.CASH, cents, -(-cents // 2000) * 2000)
            if cash
            else rules.Given(rules.KIND.CHECK, cents, reference=str(rng.randint(101, 4999)))
        )
        part = rules.Part(visit.patient_id, rules.PURPOSE.COPAY, cents, about)
        sheet = rules.Sheet(visit.patient_id, session.drawer.location_id, (given,), (part,))
        with clock.fixed(min(visit.starts, until or visit.starts)):
            services.take(by, sheet=sheet, key=f"demo-{session.pk}-{n}")


def _charge(plan: Plan, by: Actor, session: DrawerSession, day: date) -> None:
    """Charge visits of a day for what they usually are made of: what was paid is put against it, the rest is owed."""
    rows = Appointment.objects.filter(
        location_id=session.drawer.location_id,
        starts__gte=_at(plan, day, time(8)),
        starts__lt=_at(plan, day, CLOSES),
        status="done",
    )
    with clock.fixed(_at(plan, day, time(16, 55))):
        for visit in rows.order_by("starts", "pk")[:CHARGED]:
            usual = usual_services(visit.visit_type_id)
            if usual:
                lines = [(one.code, one.modifier, one.units) for one in usual]
                billing.charge_visit(by, appointment_id=visit.pk, lines=lines, key=f"demo-visit-{visit.pk}")


def _pay_out(plan: Plan, rng: Random, by: Actor, session: DrawerSession, day: date) -> None:
    if rng.random() < 0.25:
        to, what = rng.choice(PAID_OUT)
        with clock.fixed(_at(plan, day, time(12, 40))):
            services.move_cash(
                by, session_id=session.pk, kind="out", cents=rng.randint(400, 2400), to=to, what=what
            )
    if rng.random() < 0.15:
        with clock.fixed(_at(plan, day, time(15, 5))):
            services.move_cash(
                by, session_id=session.pk, kind="drop", cents=10000, to="Lena Park", what="bag"
            )


def _close(plan: Plan, by: Actor, second: User, session: DrawerSession, off: int) -> None:
    with clock.fixed(_at(plan, session.day, CLOSES)):
        cash, _ = queries.expected_in(session.pk)
        counts = _in_bills(cash + off)
        found = [one.pk for one in queries.checks_of(session.pk)]
        count = services.count_drawer(by, session_id=session.pk, counts=counts, found=found)
        signs = second if abs(off) >= 500 else None
        ending = Ending(
            min(rules.total(FLOAT), count.cash),
            queries.close_rule().bank,
            f"PV-{4000 + session.pk}",
            REASONS.get(off, ""),
        )
        services.close_drawer(
            by, session_id=session.pk, count_id=count.pk, ending=ending, second_id=signs.pk if signs else None,
            password=_password(signs) if signs else "",
        )  # fmt: skip


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


def _at(plan: Plan, day: date, moment: time) -> datetime:
    return to_utc(datetime.combine(day, moment), plan.zone)
