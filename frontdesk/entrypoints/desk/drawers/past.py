"""What was closed: drawers and days with their papers, and the months."""

from datetime import date, timedelta

from django.http import HttpResponse

from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view, done, page
from frontdesk.entrypoints.desk.scheduling.wording import short_day
from frontdesk.entrypoints.desk.templating import wall_time
from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid, NotPermitted, Refusal
from frontdesk.kit.money import dollars
from frontdesk.kit.walltime import to_wall
from frontdesk.office.payments import queries
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.rules import over_or_short


@desk_view()
def past(request: DeskRequest) -> HttpResponse:
    """Show the last days that were closed here, with their drawers and papers."""
    place = request.location
    closes = queries.closes_of(place.pk, limit=90)
    days = [
        (
            lock,
            short_day(lock.day),
            wall_time(to_wall(lock.at, place.zone)),
            [
                (one, over_or_short(one.count.over_cash + one.count.over_check))
                for one in closes
                if one.session.day == lock.day
            ],
        )
        for lock in queries.days_of(place.pk)
    ]
    closed = {lock.day for lock, *_ in days}
    loose = [
        (one, short_day(one.session.day), over_or_short(one.count.over_cash + one.count.over_check))
        for one in closes
        if one.session.day not in closed and (not closed or one.session.day > min(closed))
    ]
    return page(request, "desk/drawers/past.html", {"days": days, "loose": loose, "dollars": dollars})


@desk_view(("GET", "POST"))
def months(request: DeskRequest) -> HttpResponse:
    """Show the months that are closed, and close the next; posted, do so."""
    problem, status = "", 200
    if request.method == "POST":
        try:
            made = payments.close_month(request.actor, first=_first(request.POST.get("month", "")))
            return done(request, "/close/months", f"{made.first:%B %Y} is closed.")
        except NotPermitted:
            raise
        except Refusal as refusal:
            problem, status = refusal.sentence, STATUS[refusal.kind]
    found = queries.months()
    this = clock.today(request.location.zone).replace(day=1)
    following = queries.next_month(found[0].first) if found else (this - timedelta(days=1)).replace(day=1)
    context = {
        "months": found,
        "next": following if following < this else None,
        "problem": problem,
        "dollars": dollars,
    }
    return page(request, "desk/drawers/months.html", context, status=status)


def _first(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        msg = "Choose a month."
        raise Invalid(msg, fields={"month": msg}) from None
