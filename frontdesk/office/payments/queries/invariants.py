"""What must always be true of money taken, of drawers and of closed days, proved from their rows; `SHOWN` breaches each."""

from collections.abc import Callable, Iterator
from itertools import islice

from frontdesk.kit.rows import fetch
from frontdesk.office.payments.models import DayLock, MonthLock, Payment
from frontdesk.office.payments.queries.closing import month_days, next_month, owed_before
from frontdesk.office.payments.queries.daysheet import day_lines, sums_of

SHOWN = 100
_TILL = "(d.of = 'payments.drawersession:' || s.id || '/cash' OR d.of = 'payments.drawersession:' || s.id || '/check')"

_PROOFS = {
    "payments.tenders_equal_their_entry": (
        "payment {}: tenders of {} cents, {} are in the books",
        (
            "SELECT p.id, t.cents, COALESCE(l.cents, 0) FROM payments_payment p "
            "JOIN (SELECT payment_id, SUM(cents) AS cents FROM payments_tender GROUP BY payment_id) t ON t.payment_id = p.id "
            "LEFT JOIN (SELECT x.entry_id, SUM(x.amount) AS cents FROM ledger_line x WHERE x.amount > 0 GROUP BY x.entry_id) l "
            "ON l.entry_id = p.entry_id WHERE t.cents <> p.cents OR COALESCE(l.cents, 0) <> p.cents"
        ),
    ),
    "payments.every_payment_has_what_it_is_for": (
        "payment {}: of {} cents {} are for something",
        (
            "SELECT p.id, p.cents, COALESCE(SUM(w.cents), 0) FROM payments_payment p "
            "LEFT JOIN payments_toward w ON w.payment_id = p.id GROUP BY p.id, p.cents HAVING COALESCE(SUM(w.cents), 0) <> p.cents"
        ),
    ),
    "payments.closed_drawers_are_empty": (
        "session {}: closed, and {} cents are in the books",
        (
            "SELECT s.id, SUM(l.amount) FROM payments_drawersession s JOIN ledger_account d ON d.kind = 'drawer' AND "  # noqa: S608 - our own words only
            f"{_TILL} JOIN ledger_line l ON l.account_id = d.id WHERE s.closed_at IS NOT NULL "
            "GROUP BY s.id HAVING SUM(l.amount) <> 0"
        ),
    ),
    "payments.floats_are_in_the_books": (
        "session {}: a float of {} cents, {} are in the books",
        (
            "SELECT s.id, s.float_cents, COALESCE(SUM(l.amount), 0) FROM payments_drawersession s "
            "LEFT JOIN ledger_entry e ON e.key IN ('float:' || s.id, 'floatover:' || s.id) "
            "LEFT JOIN ledger_account a ON a.kind = 'drawer' AND a.of = 'payments.drawersession:' || s.id || '/cash' "
            "LEFT JOIN ledger_line l ON l.entry_id = e.id AND l.account_id = a.id "
            "GROUP BY s.id, s.float_cents HAVING COALESCE(SUM(l.amount), 0) <> s.float_cents"
        ),
    ),
    "payments.deposits_are_what_left_the_drawers": (
        "deposit {}: of {} cents, {} went to the bank",
        (
            "SELECT b.id, b.cash + b.dropped + b.check_cents, COALESCE(SUM(l.amount), 0) FROM payments_deposit b "
            "JOIN payments_drawerclose c ON c.id = b.close_id LEFT JOIN ledger_entry e ON e.key IN ("
            "'close:' || c.session_id || ':bank-cash', 'close:' || c.session_id || ':bank-safe', "
            "'close:' || c.session_id || ':bank-check') LEFT JOIN ledger_account a ON a.kind = 'bank' "
            "LEFT JOIN ledger_line l ON l.entry_id = e.id AND l.account_id = a.id "
            "GROUP BY b.id, b.cash, b.dropped, b.check_cents "
            "HAVING COALESCE(SUM(l.amount), 0) <> b.cash + b.dropped + b.check_cents"
        ),
    ),
    "payments.no_drawer_of_a_closed_day_is_open": (
        "session {}: open, and its day {} is closed",
        (
            "SELECT s.id, s.day FROM payments_drawersession s JOIN payments_drawer d ON d.id = s.drawer_id "
            "JOIN payments_daylock k ON k.location_id = d.location_id AND k.day = s.day WHERE s.closed_at IS NULL"
        ),
    ),
    "payments.sessions_are_closed_by_a_close": (
        "session {}: closed at {} without a close, or the other way",
        (
            "SELECT s.id, s.closed_at FROM payments_drawersession s LEFT JOIN payments_drawerclose c ON c.session_id = s.id "
            "WHERE (s.closed_at IS NULL) <> (c.id IS NULL)"
        ),
    ),
}


def invariants() -> dict[str, Callable[[], list[str]]]:
    """Return the proofs by name; each returns its breaches, none when all is well."""
    return {
        **{name: _proof(words, statement) for name, (words, statement) in _PROOFS.items()},
        "payments.receipts_are_numbered_once": lambda: list(islice(_receipts(), SHOWN)),
        "payments.closed_days_are_unchanged": lambda: list(islice(_days(), SHOWN)),
        "payments.closed_months_are_unchanged": lambda: list(islice(_months(), SHOWN)),
    }


def _proof(words: str, statement: str) -> Callable[[], list[str]]:
    return lambda: [words.format(*row) for row in islice(fetch(f"{statement} LIMIT {SHOWN}"), SHOWN)]


def _receipts() -> Iterator[str]:
    """No receipt's number is larger than the last that was given out in its series."""
    known = {
        label: int(last)
        for label, last in fetch("SELECT label, last FROM ledger_series WHERE name = 'receipt'")
    }
    for pk, receipt in Payment.objects.order_by("id").values_list("pk", "receipt").iterator(chunk_size=2000):
        label, _, number = receipt.rpartition("-")
        if not number.isdigit() or (label in known and int(number) > known[label]):
            yield f"payment {pk}: receipt {receipt} was never given out"


def _days() -> Iterator[str]:
    """What was kept when a day was closed is what its entries come to now."""
    for one in DayLock.objects.order_by("day").iterator(chunk_size=100):
        now = sums_of(day_lines(one.location_id, one.day, alone=bool(one.sums["alone"])))
        if now != one.sums["by_kind"]:
            yield f"day {one.day} of location {one.location_id}: {one.sums['by_kind']} were kept, it is {now}"


def _months() -> Iterator[str]:
    for one in MonthLock.objects.order_by("first"):
        if month_days(one.first) != one.figures or owed_before(one.first) != one.opening:
            yield f"month {one.first:%Y-%m}: what was kept is not what its days come to now"
        after = next_month(one.first)
        if owed_before(after) != one.closing:
            yield f"month {one.first:%Y-%m}: {one.closing} cents were owed at its end, it is {owed_before(after)}"
