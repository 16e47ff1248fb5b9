"""The close: a drawer is counted blind, closed by its count, its money goes to the bank; the last one closes the day."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.kit.fitting import must_fit
from frontdesk.kit.versioned import save_changes
from frontdesk.office.accounts.models import User
from frontdesk.office.accounts.services import prove
from frontdesk.office.audit.services import record, service
from frontdesk.office.ledger import services as ledger
from frontdesk.office.ledger.rules import moved
from frontdesk.office.payments import rules
from frontdesk.office.payments.errors import CountedBefore, NoSuchDrawer
from frontdesk.office.payments.models import DayLock, Deposit, DrawerClose, DrawerCount, DrawerSession
from frontdesk.office.payments.queries import (
    checks_of,
    close_rule,
    dropped,
    expected_by_card,
    expected_in,
    is_last_of_day,
    last_count,
    seconds,
    session_of,
)
from frontdesk.office.payments.services.days import close_this_day
from frontdesk.office.payments.services.drawers import open_one


@dataclass(frozen=True, slots=True)
class Ending:
    """What is said at the end of a close: what stays in the drawer, where the rest goes, and why it is over or short."""

    float_left: int
    bank: str = ""
    bag: str = ""
    reason: str = ""
    goes_on: bool = False
    note: str = ""


@service("payments.count_drawer", permission="payments.close")
def count_drawer(
    by: Actor,
    /,
    *,
    session_id: int,
    counts: Mapping[str, int],
    found: Collection[int],
    card: int | None = None,
) -> DrawerCount:
    """Keep a count of an open drawer, made without knowing what should be in it. `found` are the checks that were there.

    `card` is the terminal's batch total; it is kept only with the day's last drawer.
    Raises `NoSuchDrawer`, `ClosedAlready`, `Invalid`.
    """
    rules.refuse_counts(counts)
    if card is not None and card < 0:
        msg = "Write it in dollars: 12.50."
        raise Invalid(msg, fields={"card": msg})
    ledger.alone()
    session = open_one(by, session_id)
    there = checks_of(session.pk)
    counted = [one for one in there if one.pk in set(found)]
    missing = [one.pk for one in there if one.pk not in set(found)]
    cash, checks = expected_in(session.pk)
    last = is_last_of_day(session)
    made = DrawerCount.objects.create(
        session=session, at=clock.now(), by_id=by.id, by_name=by.name, counts=dict(counts), cash=rules.total(counts),
        checks=[one.pk for one in counted], missing=missing, check_cents=sum(one.cents for one in counted),
        card=card if last else None, expected_cash=cash, expected_check=checks,
        expected_card=expected_by_card(session.drawer.location_id, session.day) if last else 0,
    )  # fmt: skip
    record(by, subject=made, after={"cash": made.cash, "checks": len(counted), "missing": len(missing)})
    return made


def close_drawer(
    by: Actor,
    /,
    *,
    session_id: int,
    count_id: int,
    ending: Ending,
    second_id: int | None = None,
    password: str = "",
) -> DrawerClose:
    """Close a drawer by its count. From the practice's threshold on a second person says so with their own password.

    The second is somebody who may sign off and neither counted, nor closes, nor had the drawer. Refused passwords are on
    record even though nothing else is. Raises `CountedBefore`, `ClosedAlready`, `NoSuchDrawer`, `Invalid`, `SignInRefused`,
    `TooManyTries`.
    """
    second = _second(by, session_id, second_id) if second_id else None
    if second is not None:
        prove(second, password, source=by.source)
    return _close(by, session_id=session_id, count_id=count_id, ending=ending, second=second)


def _second(by: Actor, session_id: int, second_id: int) -> User:
    session = session_of(session_id)
    able = seconds(session, by.id) if session else []
    found = next((one for one in able if one.pk == second_id), None)
    if found is None:
        msg = "Choose a lead or a manager who looked at it with you: not who counts, and not whose drawer it is."
        raise Invalid(msg, fields={"second": msg})
    return found


@service("payments.close_drawer", permission="payments.close")
def _close(
    by: Actor, /, *, session_id: int, count_id: int, ending: Ending, second: User | None
) -> DrawerClose:
    """Post what was over or short, leave the float, send the rest to the bank, and end the session; with the last, the day."""
    must_fit(DrawerClose, {"reason": ending.reason})
    must_fit(Deposit, {"bag": ending.bag, "bank": ending.bank})
    ledger.alone()
    session = open_one(by, session_id)
    count = _count_that_holds(session, count_id)
    _must_be_explained(count, ending, second)
    if not 0 <= ending.float_left <= count.cash:
        msg = "No more stays in the drawer than was counted."
        raise Invalid(msg, fields={"float": msg})
    made = DrawerClose.objects.create(
        session=session, count=count, at=clock.now(), by_id=by.id, by_name=by.name, reason=ending.reason.strip(),
        second_id=second.pk if second else None, second_name=(second.display_name or second.username) if second else "",
        float_left=ending.float_left,
    )  # fmt: skip
    _even_out(by, session, count, ending.reason.strip())
    if ending.float_left:
        _move(
            by,
            session,
            "left",
            ending.float_left,
            rules.cash_in(session.pk),
            rules.resting(session.drawer_id),
            "Float left",
        )
    deposit = _deposit(by, made, session, count, ending)
    save_changes(session, {"closed_at": made.at})
    record(
        by,
        subject=made,
        after={
            "over": count.over_cash,
            "deposit": deposit.number if deposit else "",
            "left": made.float_left,
        },
        reason=made.reason,
    )
    place, day = session.drawer.location_id, session.day
    # Without its card batch a day is not closed: the count may be of when another drawer was open, or no card charged yet.
    batched = count.card is not None or not expected_by_card(place, day)
    if not ending.goes_on and is_last_of_day(session) and batched:
        close_this_day(by, place, day, card=count.card, note=ending.note)
    return made


def _count_that_holds(session: DrawerSession, count_id: int) -> DrawerCount:
    """Return the count a close is by: the newest, and nothing was taken or moved since."""
    count = last_count(session.pk)
    if count is None or count.pk != count_id:
        msg = "It was counted again meanwhile. Look at the newest count."
        raise CountedBefore(msg, session)
    if (count.expected_cash, count.expected_check) != expected_in(session.pk):
        msg = "Money was taken or moved since it was counted. Count again."
        raise CountedBefore(msg, session)
    if count.card is not None and count.expected_card != expected_by_card(
        session.drawer.location_id, session.day
    ):
        msg = "A card was charged or refunded since the batch total was noted. Count again."
        raise CountedBefore(msg, session)
    return count


def _must_be_explained(count: DrawerCount, ending: Ending, second: User | None) -> None:
    if count.widest < close_rule().threshold_cents:
        return
    wrong = {}
    if not ending.reason.strip():
        wrong["reason"] = "Say why it is over or short."
    if second is None or second.pk == count.by_id:
        wrong["second"] = "A lead or manager who did not count signs with you."
    if wrong:
        raise Invalid(next(iter(wrong.values())), fields=wrong)


def _even_out(by: Actor, session: DrawerSession, count: DrawerCount, reason: str) -> None:
    for name, place, over in (
        ("cash", rules.cash_in(session.pk), count.over_cash),
        ("check", rules.checks_in(session.pk), count.over_check),
    ):
        if over:
            draft = rules.found_over(
                key=f"close:{session.pk}:over-{name}", day=session.day, drawer_id=session.drawer_id, place=place,
                over=over, reason=reason,
            )  # fmt: skip
            ledger.post(by, draft=draft)


def _deposit(
    by: Actor, made: DrawerClose, session: DrawerSession, count: DrawerCount, ending: Ending
) -> Deposit | None:
    """Send to the bank what does not stay: the counted cash, what was dropped before, and the checks that were found."""
    cash, safe = count.cash - ending.float_left, dropped(session.pk)
    if not cash and not safe and not count.check_cents:
        return None
    if not ending.bank.strip():
        msg = "Say which bank account it goes to."
        raise Invalid(msg, fields={"bank": msg})
    row = Deposit.objects.create(
        close=made, number=ledger.next_number(by, name="deposit"), bag=ending.bag.strip(), bank=ending.bank.strip(),
        cash=cash, dropped=safe, check_cents=count.check_cents,
    )  # fmt: skip
    for name, cents, out_of in (
        ("cash", cash, rules.cash_in(session.pk)),
        ("safe", safe, rules.safe(session.drawer.location_id)),
        ("check", count.check_cents, rules.checks_in(session.pk)),
    ):
        if cents:
            _move(by, session, f"bank-{name}", cents, out_of, rules.BANK, f"Deposit {row.number}")
    return row


def _move(
    by: Actor,
    session: DrawerSession,
    name: str,
    cents: int,
    out_of: tuple[str, str],
    into: tuple[str, str],
    reason: str,
) -> None:
    key = f"close:{session.pk}:{name}"
    ledger.post(
        by, draft=moved(key=key, day=session.day, amount=cents, out_of=out_of, into=into, reason=reason)
    )


@service("payments.close_day", permission="payments.close")
def close_day(
    by: Actor, /, *, location_id: int, day: date, card: int | None = None, reason: str = "", note: str = ""
) -> DayLock:
    """Close a day whose drawers are closed, or that had none: the batch total of its cards, a reason where it differs.

    Raises `NotClosedYet`, `ClosedAlready`, `NoSuchDrawer`, `Invalid`.
    """
    if not by.works_at(location_id):
        msg = "There is no such place."
        raise NoSuchDrawer(msg)
    ledger.alone()
    return close_this_day(by, location_id, day, card=card, reason=reason, note=note, asks=True)
