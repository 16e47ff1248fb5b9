"""Which drawer is open, whose it is, what lies in it, and which business day it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from frontdesk.kit import clock
from frontdesk.office.accounts.models import User
from frontdesk.office.ledger.models import Entry
from frontdesk.office.ledger.queries import balances
from frontdesk.office.payments import rules
from frontdesk.office.payments.models import (
    CloseRule,
    DayLock,
    Drawer,
    DrawerClose,
    DrawerMove,
    DrawerSession,
    Tender,
)
from frontdesk.office.practice.models import Location

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Shown:
    """A drawer as the desk shows it: open or closed, whose it is and since when. Never how much should lie in it."""

    id: int
    name: str
    session_id: int | None
    keeper_id: int | None
    keeper: str
    since: datetime | None
    day: date | None
    is_active: bool


def open_session(location_id: int, user_id: int | None = None) -> DrawerSession | None:
    """Return the drawer that is open at a location: this person's own, else the newest; one query."""
    rows = DrawerSession.objects.filter(drawer__location_id=location_id, closed_at=None).select_related(
        "drawer"
    )
    found = list(rows.order_by("-opened_at")[:SHOWN])
    return next((row for row in found if row.keeper_id == user_id), found[0] if found else None)


def today_at(location_id: int) -> date:
    """Return the day it is at a location by its own clock, whatever was closed."""
    return clock.today(Location.objects.values_list("zone", flat=True).get(pk=location_id))


def business_day(location_id: int) -> date:
    """Return the day that money taken at a location now belongs to: by its own clock, and after a closed day the next.

    Asked right before something is posted, after `ledger.services.alone`, so that no close comes in between.
    """
    day = today_at(location_id)
    closed = set(DayLock.objects.filter(location_id=location_id, day__gte=day).values_list("day", flat=True))
    while day in closed:
        day += timedelta(days=1)
    return day


def is_closed(location_id: int, day: date) -> bool:
    """Say whether a location's day is closed: nothing is posted into it any more."""
    return DayLock.objects.filter(location_id=location_id, day=day).exists()


def drawers(location_id: int) -> list[Shown]:
    """Return a location's drawers by name, in use or open; two queries."""
    sessions = {
        one.drawer_id: one
        for one in DrawerSession.objects.filter(
            drawer__location_id=location_id, closed_at=None
        ).select_related("opened_by", "holder")
    }
    return [
        _shown(one, sessions.get(one.pk))
        for one in Drawer.objects.filter(location_id=location_id).order_by("name")
        if one.is_active or one.pk in sessions
    ]


def _shown(drawer: Drawer, session: DrawerSession | None) -> Shown:
    if session is None:
        return Shown(drawer.pk, drawer.name, None, None, "", None, None, drawer.is_active)
    keeper: User = session.holder or session.opened_by
    return Shown(
        drawer.pk, drawer.name, session.pk, keeper.pk, keeper.display_name or keeper.username,
        session.held_since or session.opened_at, session.day, drawer.is_active,
    )  # fmt: skip


def session_of(session_id: int) -> DrawerSession | None:
    """Return a session with its drawer, location and people."""
    rows = DrawerSession.objects.select_related("drawer__location", "opened_by", "holder")
    return rows.filter(pk=session_id).first()


def moves_of(session_ids: Iterable[int]) -> list[DrawerMove]:
    """Return what went out of drawers and into them, oldest first."""
    return list(DrawerMove.objects.filter(session_id__in=list(session_ids)).order_by("at", "id"))


def expected_in(session_id: int) -> tuple[int, int]:
    """Return the cash, and the checks and money orders, that the books have in an open drawer; one query."""
    cash, checks = rules.cash_in(session_id), rules.checks_in(session_id)
    found = balances([cash, checks])
    return found[cash], found[checks]


def checks_of(session_id: int) -> list[Tender]:
    """Return the checks and money orders that should lie in a drawer: those of payments taken back do not."""
    back = Entry.objects.filter(reverses__isnull=False).values("reverses")
    rows = Tender.objects.filter(
        payment__session_id=session_id, kind__in=(Tender.Kind.CHECK, Tender.Kind.MONEY_ORDER)
    )
    return list(
        rows.exclude(payment__entry_id__in=back).select_related("payment__receipt_row").order_by("id")
    )


def last_close(drawer_id: int) -> DrawerClose | None:
    """Return a drawer's newest close."""
    return DrawerClose.objects.filter(session__drawer_id=drawer_id).order_by("-at", "-id").first()


def close_rule() -> CloseRule:
    """Return how the practice closes; as it comes, until somebody has said otherwise."""
    return CloseRule.objects.order_by("id").first() or CloseRule()
