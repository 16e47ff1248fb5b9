"""The board: where everybody is, by stage or by room, and one key to take a visit on. It follows what others do."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.template import engines
from jinja2_fragments import render_block

from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, done, page
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.scheduling.panels import panel, tell
from frontdesk.entrypoints.desk.templating import wall_time
from frontdesk.entrypoints.desk.visits.board_rows import Card, card, columns
from frontdesk.entrypoints.desk.visits.deeds import DEEDS
from frontdesk.entrypoints.desk.visits.following import key_of, know
from frontdesk.entrypoints.desk.visits.live import Drawn, drawn_once, personal, stamp_of, token
from frontdesk.kit import clock
from frontdesk.kit.errors import NotFound
from frontdesk.kit.walltime import to_wall
from frontdesk.office.practice.models import Room
from frontdesk.office.visits import queries, rules
from frontdesk.office.visits import services as visits
from frontdesk.office.visits.errors import OpenFollowUp, Unidentified
from frontdesk.office.visits.queries import Stamp

TEMPLATE = "desk/visits/board.html"


@dataclass(frozen=True, slots=True)
class View:
    """How the board is looked at: by stage or by room, everybody's or one provider's."""

    by_room: bool
    provider_id: int | None

    def holds(self, line: queries.Line) -> bool:
        """Say whether a visit is one of those looked at."""
        return self.provider_id in {None, line.provider_id}

    def query(self, *, by_room: bool | None = None) -> str:
        """Return what stands in the address for this view, or for the other one."""
        rooms = self.by_room if by_room is None else by_room
        return urlencode(
            {
                **({"by": "room"} if rooms else {}),
                **({"provider": self.provider_id} if self.provider_id else {}),
            }
        )


@desk_view()
def board(request: DeskRequest) -> HttpResponse:
    """Show where everybody is."""
    place, now, view = request.location, clock.now(), _view(request)
    stamp = stamp_of(place.pk)
    lines = queries.day_of(clock.today(place.zone), place.pk, place.zone)
    shown = [line for line in lines if view.holds(line)]
    visits.open_day(
        request.actor, name="board", location_id=place.pk, patient_ids=[line.patient_id for line in shown]
    )
    context = {
        "view": view,
        "columns": columns(_cards(request, shown, now, view), _rooms(request, view)),
        "providers": sorted({(one.provider_id, one.provider) for one in lines if one.provider}, key=lambda one: one[1]),
        "stamp": stamp,
        "live": token(place.pk),
        "now": now.isoformat(),
        **_visitors(request),
    }  # fmt: skip
    html = page(request, TEMPLATE, context).content.decode()
    return HttpResponse(personal(request, html, get_token(request)))


@desk_view()
def changed(request: DeskRequest) -> HttpResponse:
    """Answer with the cards that changed since a stamp; with `all`, with every card, because time has passed."""
    place, now, view = request.location, clock.now(), _view(request)
    since, stamp = Stamp.parse(request.GET.get("since", "")), stamp_of(place.pk)
    everybody = "all" in request.GET
    looks_at = ("board", place.pk, request.actor.permissions, view)
    key = key_of(looks_at, since, stamp, now, everybody=everybody)
    drawn = drawn_once(key, lambda: _changes(request, view, since, stamp, everybody=everybody))
    know(request, looks_at)
    html = personal(request, drawn.html, get_token(request))
    if drawn.visitors and request.actor.can("visits.visitors"):
        html += page(request, TEMPLATE, _visitors(request), block="guests").content.decode()
    return HttpResponse(html)


def _changes(request: DeskRequest, view: View, since: Stamp, stamp: Stamp, *, everybody: bool) -> Drawn:
    place = request.location
    today = clock.today(place.zone)
    patients, visitors = queries.changed_since(since)
    if everybody:
        lines = queries.day_of(today, place.pk, place.zone)
    else:
        lines = queries.lines_of(patients, today, place.pk, place.zone)
    context = {
        "cards": _cards(request, [line for line in lines if view.holds(line)], clock.now(), view),
        "patients": sorted(patients),
        "stamp": stamp,
        "everybody": everybody,
    }
    env = engines["jinja2"].env  # type: ignore[attr-defined]  # the Jinja2 backend has it
    return Drawn(render_block(env, TEMPLATE, "changes", **context), visitors)


@desk_view(("POST",))
def advance(request: DeskRequest, appointment_id: int, name: str) -> HttpResponse:
    """Take a visit one step on; the board fetches the changed card by itself."""
    if name not in DEEDS:
        msg = "There is no such step."
        raise NotFound(msg)
    try:
        words = DEEDS[name](request, appointment_id, number(request.POST.get("version")))
    except (Unidentified, OpenFollowUp) as refusal:
        # Not a wrong key but something to do first, and that is done on the card of the visit.
        return _answer(request, f"{refusal.sentence} Open the visit to do it.", tone="info", changed=False)
    return _answer(request, words)


@desk_view(("GET", "POST"))
def choose_room(request: DeskRequest, appointment_id: int) -> HttpResponse:
    """Choose the room somebody will be in, or is in; each room says who has it."""
    if request.method == "POST":
        visits.plan_room(
            request.actor, appointment_id=appointment_id, room_id=number(request.POST.get("room"))
        )
        return _answer(request, "Room noted.", close=True)
    place, line = request.location, queries.line_of(request.actor, appointment_id)
    if line is None:
        msg = "That visit was cancelled."
        raise NotFound(msg)
    visits.open_day(request.actor, name="board", location_id=place.pk, patient_ids=[line.patient_id])
    taken: dict[int, str] = {}
    for one in queries.day_of(clock.today(place.zone), place.pk, place.zone):
        if one.room_id and one.id != line.id and one.status in rules.HERE and one.status != rules.CHECKOUT:
            taken[one.room_id] = one.name
    rooms = [(room.pk, room.name, taken.get(room.pk, "")) for room in queries.rooms_of(place.pk)]
    free = next((pk for pk, _, who in rooms if not who), None)
    context = {"l": line, "time": wall_time(line.wall), "rooms": rooms, "focus": line.room_id or free}
    return panel(request, "desk/visits/room_panel.html", context, title="Board")


def _answer(
    request: DeskRequest, words: str, *, tone: str = "good", changed: bool = True, close: bool = False
) -> HttpResponse:
    if not request.is_fragment:
        return done(request, "/board", words)
    return tell(HttpResponse(status=204), words, changed=changed, close=close, tone=tone)


def _view(request: DeskRequest) -> View:
    return View(request.GET.get("by") == "room", number(request.GET.get("provider")))


def _cards(request: DeskRequest, lines: list[queries.Line], now: datetime, view: View) -> list[Card]:
    return [card(line, request.actor, now, by_room=view.by_room) for line in lines]


def _rooms(request: DeskRequest, view: View) -> list[Room] | None:
    return queries.rooms_of(request.location.pk) if view.by_room else None


def _visitors(request: DeskRequest) -> dict[str, object]:
    """Return who else is in the building, for those who may know; looking is on record."""
    if not request.actor.can("visits.visitors"):
        return {"visitors": None}
    found = queries.visitors_in(request.location.pk)
    visits.open_visitors(request.actor, location_id=request.location.pk, number=len(found))
    zone = request.location.zone
    return {"visitors": [(one, wall_time(to_wall(one.in_at, zone))) for one in found]}
