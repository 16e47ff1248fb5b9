"""What a close stands on: counts, closes, the days that are not closed yet, and the papers of those that are."""

from dataclasses import dataclass
from datetime import date, timedelta

from frontdesk.kit.rows import fetch
from frontdesk.office.ledger.models import Account
from frontdesk.office.payments import rules
from frontdesk.office.payments.models import (
    CardCharge,
    DayLock,
    Deposit,
    DrawerClose,
    DrawerCount,
    DrawerMove,
    DrawerSession,
    MonthLock,
    Tender,
)
from frontdesk.office.payments.models.cards import UNDER_WAY
from frontdesk.office.payments.queries.daysheet import Posted, day_lines

SHOWN = 200


@dataclass(frozen=True, slots=True)
class OpenDay:
    """A day of a location that something was taken on, and that is not closed."""

    day: date
    sessions: int


def last_count(session_id: int) -> DrawerCount | None:
    """Return the newest count of a drawer."""
    return DrawerCount.objects.filter(session_id=session_id).order_by("-at", "-id").first()


def is_last_of_day(session: DrawerSession) -> bool:
    """Say whether no other drawer of the same day is open at its location."""
    others = DrawerSession.objects.filter(
        drawer__location_id=session.drawer.location_id, day=session.day, closed_at=None
    )
    return not others.exclude(pk=session.pk).exists()


def card_of(lines: list[Posted]) -> int:
    """Return what cards were charged with on a day, less what went back to cards."""
    kind, of = rules.CARD
    return sum(one.amount for one in lines if (one.kind, one.of) == (kind, of))


def expected_by_card(location_id: int, day: date) -> int:
    """Return what the terminal's batch of a location's day should come to."""
    return card_of(day_lines(location_id, day))


def open_days(location_id: int, upto: date) -> list[OpenDay]:
    """Return the days up to `upto` that are not closed though money was taken or a drawer was open; one query."""
    rows = fetch(
        "SELECT d.day, SUM(d.sessions) FROM (SELECT day, 0 AS sessions FROM payments_payment WHERE location_id = %s AND day <= %s "
        "UNION ALL SELECT s.day, CASE WHEN s.closed_at IS NULL THEN 1 ELSE 0 END FROM payments_drawersession s "
        "JOIN payments_drawer w ON w.id = s.drawer_id WHERE w.location_id = %s AND s.day <= %s) d "
        "WHERE NOT EXISTS (SELECT 1 FROM payments_daylock k WHERE k.location_id = %s AND k.day = d.day) "
        "GROUP BY d.day ORDER BY d.day",
        [location_id, upto, location_id, upto, location_id],
    )
    return [OpenDay(_day(day), int(sessions)) for day, sessions in rows]


def cards_in_doubt(location_id: int) -> list[CardCharge]:
    """Return the card charges of a location whose outcome is not known; a link that waits to be opened is none."""
    rows = CardCharge.objects.filter(location_id=location_id, state__in=UNDER_WAY)
    rows = rows.exclude(state=CardCharge.State.LINK)
    return list(rows.select_related("patient").order_by("at")[:SHOWN])


def dropped(session_id: int) -> int:
    """Return what was dropped in the safe out of a drawer, to go to the bank with its deposit."""
    rows = DrawerMove.objects.filter(session_id=session_id, kind=DrawerMove.Kind.DROP)
    return sum(rows.values_list("cents", flat=True))


def close_of(close_id: int) -> DrawerClose | None:
    """Return a close with its drawer, count and people."""
    return (
        DrawerClose.objects.select_related("session__drawer__location", "count").filter(pk=close_id).first()
    )


def deposit_of(close_id: int) -> Deposit | None:
    """Return the deposit of a close; none where nothing went to the bank."""
    return Deposit.objects.filter(close_id=close_id).first()


def deposited_checks(count: DrawerCount) -> list[Tender]:
    """Return the checks that were found and went to the bank, in the order they were taken."""
    return list(
        Tender.objects.filter(pk__in=count.checks).select_related("payment__receipt_row").order_by("id")
    )


def closes_of(location_id: int, limit: int = 30) -> list[DrawerClose]:
    """Return a location's last closes, the newest first."""
    rows = DrawerClose.objects.filter(session__drawer__location_id=location_id)
    return list(rows.select_related("session__drawer", "count").order_by("-at", "-id")[:limit])


def days_of(location_id: int, limit: int = 30) -> list[DayLock]:
    """Return a location's last closed days, the newest first."""
    return list(DayLock.objects.filter(location_id=location_id).order_by("-day")[:limit])


def day_lock(lock_id: int) -> DayLock | None:
    """Return a closed day."""
    return DayLock.objects.select_related("location").filter(pk=lock_id).first()


def months(limit: int = 13) -> list[MonthLock]:
    """Return the closed months, the newest first."""
    return list(MonthLock.objects.order_by("-first")[:limit])


def next_month(first: date) -> date:
    """Return the first day of the month after that of `first`."""
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1)


def month_days(first: date) -> list[list[object]]:
    """Return the days of a month with charges, payments and adjustments in cents; one query, the database sums."""
    money = "a.kind IN ('drawer', 'safe', 'clearing', 'bank') AND COALESCE(r.kind, e.kind) IN ('payment', 'refund', 'returned')"
    rows = fetch(
        "SELECT e.day, SUM(CASE WHEN a.kind = 'revenue' THEN -l.amount ELSE 0 END), "  # noqa: S608 - our own words only
        f"SUM(CASE WHEN {money} THEN l.amount ELSE 0 END), "
        "SUM(CASE WHEN a.kind = 'adjustment' THEN l.amount ELSE 0 END) "
        "FROM ledger_entry e JOIN ledger_line l ON l.entry_id = e.id JOIN ledger_account a ON a.id = l.account_id "
        "LEFT JOIN ledger_entry r ON r.id = e.reverses_id WHERE e.day >= %s AND e.day < %s GROUP BY e.day ORDER BY e.day",
        [first, next_month(first)],
    )
    return [[_day(day).isoformat(), int(c), int(p), int(a)] for day, c, p, a in rows]


def owed_before(day: date) -> int:
    """Return what patients and payers owed at the beginning of a day, less what was paid and not applied; one query."""
    owed = (Account.Kind.RECEIVABLE, Account.Kind.PAYER, Account.Kind.CREDIT, Account.Kind.REFUND)
    rows = fetch(
        "SELECT COALESCE(SUM(l.amount), 0) FROM ledger_line l JOIN ledger_entry e ON e.id = l.entry_id "
        "JOIN ledger_account a ON a.id = l.account_id WHERE e.day < %s AND a.kind IN (%s, %s, %s, %s)",
        [day, *owed],
    )
    return int(rows[0][0])


def _day(value: date | str) -> date:
    return date.fromisoformat(value[:10]) if isinstance(value, str) else value
