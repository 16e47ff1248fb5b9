"""Days and months that are closed: what they came to is kept, and nothing is posted into them any more."""

from datetime import date

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.kit.fitting import must_fit
from frontdesk.kit.money import dollars
from frontdesk.office.audit.services import record, service
from frontdesk.office.ledger import services as ledger
from frontdesk.office.payments.errors import ClosedAlready, NotClosedYet
from frontdesk.office.payments.models import DayLock, DrawerSession, MonthLock
from frontdesk.office.payments.queries import (
    business_day,
    card_of,
    close_rule,
    day_lines,
    is_closed,
    month_days,
    next_month,
    open_days,
    owed_before,
    sheet_of,
    sums_of,
)
from frontdesk.office.practice.models import Location


def close_this_day(
    by: Actor,
    location_id: int,
    day: date,
    *,
    card: int | None = None,
    reason: str = "",
    note: str = "",
    asks: bool = False,
) -> DayLock:
    """Keep what a day came to and lock it; the caller has a verb, and is alone with the books.

    With `asks` the card batch is compared here, since no drawer's count has it.
    """
    must_fit(DayLock, {"reason": reason, "note": note})
    if is_closed(location_id, day):
        msg = "This day was closed already."
        raise ClosedAlready(msg)
    if day > business_day(location_id):
        msg = "A day to come cannot be closed."
        raise NotClosedYet(msg)
    if DrawerSession.objects.filter(drawer__location_id=location_id, day=day, closed_at=None).exists():
        msg = "A drawer of this day is still open. Close it first."
        raise NotClosedYet(msg)
    lines = day_lines(location_id, day)
    expected = card_of(lines)
    if asks:
        _must_fit_the_batch(card, expected, reason)
    made = DayLock.objects.create(
        location_id=location_id, day=day, at=clock.now(), by_id=by.id, by_name=by.name,
        figures=sheet_of(location_id, day, lines), sums=kept_sums(sums_of(lines)), card=card,
        expected_card=expected, reason=reason.strip(), note=note.strip(),
    )  # fmt: skip
    record(by, subject=made, after={"day": day.isoformat(), **made.figures["totals"]})
    return made


def kept_sums(sums: dict[str, list[int]]) -> dict[str, object]:
    """Return what the proof needs later: the sums, and whether the practice had but one location then."""
    return {"alone": Location.objects.count() == 1, "by_kind": sums}


def _must_fit_the_batch(card: int | None, expected: int, reason: str) -> None:
    if card is None and expected:
        msg = "Type the batch total of the card terminal."
        raise Invalid(msg, fields={"card": msg})
    if abs((card or 0) - expected) >= close_rule().threshold_cents and not reason.strip():
        msg = f"The books have {dollars(expected)} by card. Say why the batch differs."
        raise Invalid(msg, fields={"reason": msg})


@service("payments.close_month", permission="payments.close_month")
def close_month(by: Actor, /, *, first: date) -> MonthLock:
    """Close a month that is over and whose days are closed at every location: keep what was owed before, after, and why.

    Raises `NotClosedYet`, `ClosedAlready`.
    """
    first = first.replace(day=1)
    ledger.alone()
    if MonthLock.objects.filter(first=first).exists():
        msg = "This month was closed already."
        raise ClosedAlready(msg)
    after = next_month(first)
    for place in Location.objects.order_by("name"):
        if clock.today(place.zone) < after:
            msg = "The month is not over yet."
            raise NotClosedYet(msg)
        left = [one.day for one in open_days(place.pk, after) if first <= one.day < after]
        if left:
            msg = f"{place.short_name} has {len(left)} {'day' if len(left) == 1 else 'days'} of it to close, the first {left[0]:%B} {left[0].day}."
            raise NotClosedYet(msg)
    rows = month_days(first)
    charges, payments, adjustments = (sum(int(str(row[n])) for row in rows) for n in (1, 2, 3))
    opening = owed_before(first)
    made = MonthLock.objects.create(
        first=first, at=clock.now(), by_id=by.id, by_name=by.name, opening=opening, charges=charges,
        payments=payments, adjustments=adjustments, closing=opening + charges - payments - adjustments, figures=rows,
    )  # fmt: skip
    record(by, subject=made, after={"opening": opening, "closing": made.closing})
    return made
