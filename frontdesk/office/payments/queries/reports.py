"""Figures about money for the manager: over and short, what was collected at the visit; waived copays are billing's.

Each is read in one statement a source, however long the period; at most `MOST` rows stand behind one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from frontdesk.kit.rows import fetch, marks

MOST = 2000


@dataclass(frozen=True, slots=True)
class Definition:
    """What a report says of itself: its question, what it counts, what it leaves out, what to bear in mind."""

    code: str
    title: str
    asks: str
    defined: str
    counted: str
    left_out: str
    mind: str


REPORTS = {
    one.code: one
    for one in (
        Definition(
            "drawers", "Over and short", "How far are the drawers off, and where?",
            "What was counted less what the books had, of cash and checks: at each close, each hand-over and each opening.",
            "Every count a drawer was closed or handed over by; an opening against what the last close left in the drawer.",
            "Counts that were made again before the close. The card batch, which the processor settles.",
            "A drawer that is over is as wrong as one that is short: the sums of both are shown, and neither makes up for the other. "
            "A difference is whose the drawer was; one found at an opening is nobody’s.",
        ),
        Definition(
            "collection", "Collected at the visit", "How much of what is due at the visit is paid at the visit?",
            "Of the patients’ part of the visits of a day, what was paid toward them on that day.",
            "Collected: payments toward a visit on the visit’s day; what was taken back is out. Expected: the patient’s part of each visit "
            "somebody came to, as it was charged, also where it was waived or noted as not collected; not charged yet, what it costs by "
            "what is known now.",
            "Payments on older balances and payment plans, payments for a visit on another day; visits that were missed or left unseen.",
            "Practices collect 85–95% at the time of service, and 50–70% of what a statement asks for later.",
        ),
        Definition(
            "waived", "Waived copays", "How many copays are waived, and why?",
            "What patients were let off paying at their visits, by the reason that was given.",
            "What was noted as waived at the visits of these days, before or after they were charged.",
            "Contractual adjustments, sliding fees and bad debt; what was not collected for another reason.",
            "A copay that is waived as a habit may break the contract with the payer, and with Medicare the law.",
        ),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Off:
    """One time a drawer was over or short: when, which, whose, by how much, and the close it was found at."""

    at: datetime
    day: date
    drawer_id: int
    drawer: str
    who_id: int | None
    who: str
    found: str
    over: int
    reason: str
    close_id: int | None


def offs(location_ids: Sequence[int], first: date, last: date) -> list[Off]:
    """Return every count of drawers of these days, the newest first, also those that were even; one query."""
    if not location_ids:
        return []
    here = f"d.location_id IN ({marks(len(location_ids))}) AND s.day BETWEEN %s AND %s"
    name = "COALESCE(NULLIF(u.display_name, ''), u.username)"
    given = [*location_ids, first, last]
    rows = fetch(
        "SELECT c.at, s.day, d.id, d.name, u.id, "  # noqa: S608 - places and our own words only
        f"{name}, 'close', k.cash - k.expected_cash + k.check_cents - k.expected_check, c.reason, c.id "
        "FROM payments_drawerclose c JOIN payments_drawersession s ON s.id = c.session_id JOIN payments_drawer d ON d.id = s.drawer_id "
        "JOIN payments_drawercount k ON k.id = c.count_id JOIN accounts_user u ON u.id = COALESCE(s.holder_id, s.opened_by_id) "
        f"WHERE {here} UNION ALL "
        "SELECT m.at, s.day, d.id, d.name, m.by_id, m.by_name, 'hand-over', m.over, m.what, NULL FROM payments_drawermove m "
        "JOIN payments_drawersession s ON s.id = m.session_id JOIN payments_drawer d ON d.id = s.drawer_id "
        f"WHERE m.kind = 'hand' AND {here} UNION ALL "
        "SELECT s.opened_at, s.day, d.id, d.name, NULL, '', 'opening', s.float_over, '', NULL FROM payments_drawersession s "
        f"JOIN payments_drawer d ON d.id = s.drawer_id WHERE s.float_over <> 0 AND {here} ORDER BY 1 DESC LIMIT {MOST}",
        given * 3,
    )
    return [
        Off(
            _moment(at),
            _day(day),
            drawer_id,
            drawer,
            who_id,
            who or "Nobody",
            found,
            int(over),
            reason,
            close_id,
        )
        for at, day, drawer_id, drawer, who_id, who, found, over, reason, close_id in rows
    ]


def collected(location_ids: Sequence[int], first: date, last: date) -> dict[date, int]:
    """Return what was paid on each day toward visits of that day, in cents; one query."""
    if not location_ids:
        return {}
    rows = fetch(
        "SELECT p.day, SUM(w.cents) FROM payments_toward w JOIN payments_payment p ON p.id = w.payment_id "  # noqa: S608 - places only
        "JOIN scheduling_appointment a ON a.id = CASE WHEN w.about LIKE 'scheduling.appointment:%%' "
        "THEN CAST(SUBSTR(w.about, 24) AS BIGINT) END "
        f"WHERE p.location_id IN ({marks(len(location_ids))}) AND p.day BETWEEN %s AND %s "
        "AND SUBSTR(a.wall, 1, 10) = CAST(p.day AS VARCHAR(10)) AND NOT EXISTS (SELECT 1 FROM ledger_entry r WHERE r.reverses_id = p.entry_id) GROUP BY p.day",
        [*location_ids, first, last],
    )
    return {_day(day): int(cents) for day, cents in rows}


def _day(value: date | str) -> date:
    return date.fromisoformat(value[:10]) if isinstance(value, str) else value


def _moment(value: datetime | str) -> datetime:
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found if found.tzinfo else found.replace(tzinfo=UTC)
