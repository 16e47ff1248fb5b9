"""Looks at charts that ask to be explained: a week at a time, each line settled with a sentence."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse

from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view, done, page
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.oversight import wording
from frontdesk.entrypoints.desk.templating import us_date
from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid, NotFound, NotPermitted, Refusal
from frontdesk.office.oversight import queries
from frontdesk.office.oversight import services as oversight

STATES = {"open": "To settle", "explained": "Explained", "follow_up": "Followed up"}


@desk_view()
def week(request: DeskRequest) -> HttpResponse:
    """Show a week's looks, the weightiest first."""
    known = queries.weeks()
    monday = _monday(request.GET.get("week", ""), known, clock.today(request.location.zone))
    state = request.GET.get("state", "open")
    state = state if state in STATES else ""
    number_ = max(1, number(request.GET.get("page")) or 1)
    found, total = oversight.open_snooping(request.actor, week=monday, state=state, page=number_)
    first = (number_ - 1) * queries.ON_A_PAGE
    context = {
        "monday": monday,
        "words": f"{us_date(monday)} to {us_date(monday + timedelta(days=6))}",
        "lines": [_words(one, request.location.zone) for one in found],
        "total": total,
        "shown": f"{first + 1}–{first + len(found)}",
        "states": [
            (words, f"/audit/snooping?week={monday}&state={code}", code == (state or "all"))
            for code, words in [*STATES.items(), ("all", "All")]
        ],
        "weeks": [
            (f"/audit/snooping?week={one}", us_date(one), many, still, one == monday)
            for one, many, still in known
        ],
        "earlier": _page(monday, state, number_ - 1) if number_ > 1 else "",
        "more": _page(monday, state, number_ + 1) if first + len(found) < total else "",
    }
    return page(request, "desk/oversight/snooping.html", context)


@desk_view(("GET", "POST"))
def look(request: DeskRequest, look_id: int) -> HttpResponse:
    """Show one line with the form that settles it; posted, settle it."""
    if not request.actor.can("oversight.snooping"):
        msg = "Your role does not see this. Ask the privacy officer."
        raise NotPermitted(msg, "oversight.snooping")
    one = queries.line(look_id)
    if one is None:
        msg = "There is no such line."
        raise NotFound(msg)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            oversight.settle_look(
                request.actor,
                look_id=look_id,
                state=request.POST.get("state", ""),
                note=request.POST.get("note", ""),
                version=number(request.POST.get("version")) or one.version,
            )
        except Refusal as refused:
            refusal = refused
        else:
            return done(request, f"/audit/snooping?week={one.week}", "It is settled, and on record.")
    context = {
        "one": _words(one, request.location.zone),
        "given": {"state": request.POST.get("state", one.state), "note": request.POST.get("note", one.note)},
        "states": [(code, words) for code, words in STATES.items() if code != "open"],
        "back": f"/audit/snooping?week={one.week}",
        "record": f"/audit?person={one.user_id}&patient={one.patient_id or ''}",
        "problem": refusal.sentence if refusal else "",
        "errors": refusal.fields if isinstance(refusal, Invalid) else {},
    }
    return page(request, "desk/oversight/look.html", context, status=STATUS[refusal.kind] if refusal else 200)


def _words(one: queries.Line, zone: str) -> dict[str, Any]:
    return {
        "id": one.id,
        "who": one.who,
        "role": wording.role(one.role),
        "patient_id": one.patient_id,
        "whose": one.whose,
        "mrn": one.mrn,
        "why": one.why,
        "times": f"{one.times} charts"
        if one.patient_id is None
        else f"{one.times} look{'s' if one.times > 1 else ''}",
        "when": wording.stamp(one.first_at, zone),
        "state": one.state,
        "state_words": STATES[one.state],
        "note": one.note,
        "settled": f"{one.settled_by}, {wording.stamp(one.settled_at, zone)}" if one.settled_at else "",
        "version": one.version,
    }


def _monday(text: str, known: list[tuple[date, int, int]], today: date) -> date:
    """Return the week asked for, else the newest there is, else the last whole one."""
    try:
        asked = date.fromisoformat(text)
        monday = asked - timedelta(days=asked.weekday())
        monday + timedelta(days=6)  # the last week of all has no Sunday
    except (ValueError, OverflowError):
        return known[0][0] if known else today - timedelta(days=today.weekday() + 7)
    return monday


def _page(monday: date, state: str, number_: int) -> str:
    return f"/audit/snooping?week={monday}&state={state or 'all'}&page={number_}"
