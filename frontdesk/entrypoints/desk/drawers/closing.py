"""Close a drawer and the day, four steps on one page: open items, the blind count, over or short, the deposit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse

from frontdesk.entrypoints.desk.drawers import counts
from frontdesk.entrypoints.desk.drawers.moving import of_here
from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view, done, page
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.payments.batch import BY_HAND, Batch, batch_total
from frontdesk.entrypoints.desk.payments.open_items import open_items
from frontdesk.entrypoints.desk.templating import long_date
from frontdesk.kit.errors import Invalid, NotFound, NotPermitted, Refusal
from frontdesk.kit.money import dollars
from frontdesk.office.accounts.models import User
from frontdesk.office.payments import queries
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.models import DayLock, DrawerCount, DrawerSession
from frontdesk.office.payments.rules import over_or_short, read_cents
from frontdesk.office.payments.services import Ending


@dataclass(frozen=True, slots=True)
class Compared:
    """A tender as step three shows it."""

    name: str
    expected: str
    counted: str
    said: str
    is_even: bool


@desk_view()
def close(request: DeskRequest) -> HttpResponse:
    """Show the close of a drawer: one's own, the one that was chosen, or the only one; without any, of a day."""
    return _page(request, _chosen(request), {})


@desk_view(("POST",))
def count(request: DeskRequest, session_id: int) -> HttpResponse:
    """Keep a count, and show what was expected."""
    session, data = of_here(request, session_id), request.POST
    try:
        found = {pk for one in data.getlist("check") if (pk := number(one)) is not None}
        payments.count_drawer(
            request.actor, session_id=session_id, counts=counts.read(data), found=found,
            card=read_cents(data.get("card", ""), "card", needed=False),
        )  # fmt: skip
    except (NotPermitted, NotFound):
        raise
    except Refusal as refusal:
        return _page(request, session, data, refusal, again=True)
    return done(request, f"/close?drawer={session_id}", "Counted.")


@desk_view(("POST",))
def finish(request: DeskRequest, session_id: int) -> HttpResponse:
    """Close the drawer by its count, and the day with the last one."""
    session, data = of_here(request, session_id), request.POST
    try:
        left = read_cents(data.get("float", ""), "float")
        made = payments.close_drawer(
            request.actor, session_id=session_id, count_id=number(data.get("count")) or 0,
            ending=Ending(
                left or 0, data.get("bank", ""), data.get("bag", ""), data.get("reason", ""), "goes_on" in data, data.get("note", "")
            ),
            second_id=number(data.get("second")), password=data.get("password", ""),
        )  # fmt: skip
    except (NotPermitted, NotFound):
        raise
    except Refusal as refusal:
        if session.closed_at is not None:
            raise
        return _page(request, session, data, refusal)
    return done(request, f"/close/done/{made.pk}", f"{session.drawer.name} is closed.")


@desk_view(("POST",))
def day(request: DeskRequest) -> HttpResponse:
    """Close a day whose drawers are closed, or that had none."""
    data = request.POST
    try:
        made = payments.close_day(
            request.actor, location_id=request.location.pk, day=_day(data.get("day", "")),
            card=read_cents(data.get("card", ""), "card", needed=False), reason=data.get("reason", ""), note=data.get("note", ""),
        )  # fmt: skip
    except (NotPermitted, NotFound):
        raise
    except Refusal as refusal:
        return _page(request, None, data, refusal)
    return done(request, "/close/past", f"{long_date(made.day)} is closed.")


@desk_view()
def done_page(request: DeskRequest, close_id: int) -> HttpResponse:
    """Show what a close came to, and its papers."""
    made = payments.print_close(request.actor, close_id=close_id, name="close")
    session = made.session
    lock = DayLock.objects.filter(location_id=session.drawer.location_id, day=session.day).first()
    context = {
        "made": made,
        "session": session,
        "deposit": queries.deposit_of(close_id),
        "rows": compared(made.count),
        "lock": lock,
        "others": [one for one in queries.drawers(session.drawer.location_id) if one.session_id],
        "dollars": dollars,
    }
    return page(request, "desk/drawers/closed.html", context)


def compared(found: DrawerCount) -> list[Compared]:
    """Return expected against counted, a line for each tender."""
    rows = [
        ("Cash", found.expected_cash, found.cash),
        ("Checks and money orders", found.expected_check, found.check_cents),
    ]
    if found.card is not None or found.expected_card:
        rows.append(("Cards, batch total", found.expected_card, found.card or 0))
    return [
        Compared(
            name, dollars(expected), dollars(counted), over_or_short(counted - expected), expected == counted
        )
        for name, expected, counted in rows
    ]


def _chosen(request: DeskRequest) -> DrawerSession | None:
    wanted = number(request.GET.get("drawer"))
    if wanted is not None:
        session = of_here(request, wanted)
        return session if session.closed_at is None else None
    if "day" in request.GET:
        return None
    own = queries.open_session(request.location.pk, request.person.pk)
    return queries.session_of(own.pk) if own else None


def _page(
    request: DeskRequest,
    session: DrawerSession | None,
    typed: Mapping[str, str],
    refusal: Refusal | None = None,
    *,
    again: bool = False,
) -> HttpResponse:
    place = request.location
    here = session.drawer.location_id if session else place.pk
    today = session.day if session else queries.business_day(place.pk)
    items = open_items(request, today)
    context: dict[str, Any] = {
        "session": session,
        "day": today,
        "items": items,
        "typed": typed,
        "problem": refusal.sentence if refusal else "",
        "errors": counts.errors_of(refusal),
        "others": [one for one in queries.drawers(here) if one.session_id and (not session or one.session_id != session.pk)],
        "days": [one for one in queries.open_days(place.pk, today) if not one.sessions],
        "dollars": dollars,
    }  # fmt: skip
    shown = [one.patient_id for group in items for one in group.items]
    if session is not None:
        found = None if again or "again" in request.GET else queries.last_count(session.pk)
        checks = queries.checks_of(session.pk)
        shown += [one.payment.patient_id for one in checks]
        context |= {"count": found, "checks": checks, "is_last": queries.is_last_of_day(session)}
        context |= _ending(session, found) if found else _counting(request, session, typed, refusal)
    payments.open_close(request.actor, location_id=here, patient_ids=shown)
    return page(request, "desk/drawers/close.html", context, status=STATUS[refusal.kind] if refusal else 200)


def _counting(
    request: DeskRequest, session: DrawerSession, typed: Mapping[str, str], refusal: Refusal | None
) -> dict[str, Any]:
    asked = batch_total(request, session.day) if queries.is_last_of_day(session) else Batch(None, BY_HAND)
    ticked = {number(one) for one in request.POST.getlist("check")} if request.method == "POST" else set()
    return {
        "kinds": counts.kinds(typed, refusal),
        "batch": dollars(asked.cents) if asked.cents is not None else "",
        "batch_words": asked.words,
        "ticked": ticked,
    }


def _ending(session: DrawerSession, found: DrawerCount) -> dict[str, Any]:
    rule = queries.close_rule()
    dropped = queries.dropped(session.pk)
    return {
        "rows": compared(found),
        "rule": rule,
        "must_explain": found.widest >= rule.threshold_cents,
        "seconds": [(one.pk, _named(one)) for one in queries.seconds(session, found.by_id)]
        if found.widest >= rule.threshold_cents
        else [],
        "stays": dollars(min(rule.float_cents, found.cash)),
        "dropped": dropped,
        "missing": len(found.missing),
        "counts": [(int(cents), many) for cents, many in found.counts.items()],
    }


def _named(one: User) -> str:
    return one.display_name or one.username


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        msg = "Choose a day."
        raise Invalid(msg, fields={"day": msg}) from None
