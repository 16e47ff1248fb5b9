"""Tomorrow follows what others do: the lines that changed since a screen last asked, and how much is ready."""

from datetime import date

from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.template import engines
from jinja2_fragments import render_block

from frontdesk.entrypoints.desk.http import DeskRequest, desk_view
from frontdesk.entrypoints.desk.visits.days import planned_day
from frontdesk.entrypoints.desk.visits.following import key_of, know
from frontdesk.entrypoints.desk.visits.live import Drawn, drawn_once, personal, stamp_of, token
from frontdesk.entrypoints.desk.visits.money import money_of
from frontdesk.entrypoints.desk.visits.tomorrow_rows import Wanted, prepared, progress, read_wanted
from frontdesk.kit import clock
from frontdesk.office.visits import queries
from frontdesk.office.visits.queries import Stamp


@desk_view()
def changed(request: DeskRequest) -> HttpResponse:
    """Answer with the lines that changed since a stamp; with `all`, with every line, because time has passed."""
    place, day, wanted = request.location, planned_day(request), read_wanted(request.GET)
    since, stamp = Stamp.parse(request.GET.get("since", "")), stamp_of(place.pk, ahead=True)
    everybody = "all" in request.GET
    looks_at = ("tomorrow", place.pk, request.actor.permissions, day, wanted)
    key = key_of(looks_at, since, stamp, clock.now(), everybody=everybody)
    drawn = drawn_once(key, lambda: _changes(request, day, wanted, since, stamp, everybody=everybody))
    know(request, looks_at, ahead=True)
    return HttpResponse(personal(request, drawn.html, get_token(request)))


def _changes(
    request: DeskRequest, day: date, wanted: Wanted, since: Stamp, stamp: Stamp, *, everybody: bool
) -> Drawn:
    """Draw them. What is settled now is drawn too: where somebody has it before them it stays, as it stands."""
    place = request.location
    whole = wanted.narrowed(queries.day_of(day, place.pk, place.zone, money_of(request.actor)))
    patients = set[int]() if everybody else queries.changed_since(since)[0]
    lines = [line for line in whole if everybody or line.patient_id in patients]
    context = {
        "rows": prepared(lines, request.actor, wanted),
        "day": day.isoformat(),
        "wanted": wanted,
        "patients": sorted(patients),
        "stamp": stamp,
        "live": token(place.pk, ahead=True),
        "everybody": everybody,
        **progress(whole),
    }
    env = engines["jinja2"].env  # type: ignore[attr-defined]  # the Jinja2 backend has it
    return Drawn(render_block(env, "desk/visits/tomorrow.html", "changes", **context), visitors=False)
