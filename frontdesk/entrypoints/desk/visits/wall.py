"""The wall: the board on a screen everybody in the corridor can see. Initials and times, no name, no reason.

It is opened by somebody who is signed in, and then goes on by itself: what it fetches carries a signed word that opens
initials of one site for a day and nothing else. No session is touched, so a screen nobody sits at keeps nobody signed
in, and does not stop because nobody does. A new password or a closed account of who opened it ends it.
"""

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.views.decorators.http import require_safe

from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, session_stamp
from frontdesk.entrypoints.desk.visits.board_rows import STAGES, card, columns
from frontdesk.entrypoints.desk.visits.live import drawn_once, stamp_of, token
from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.office.accounts.models import User
from frontdesk.office.practice.models import Location
from frontdesk.office.visits import queries
from frontdesk.office.visits import services as visits

PAGE, LINES = "desk/visits/wall.html", "desk/visits/wall_lines.html"
SALT = "frontdesk.wall"
HOURS = 24 * 60 * 60
NOBODY = Actor("screen", None, "wall")


@desk_view()
def wall(request: DeskRequest) -> HttpResponse:
    """Open the wall screen of the site one works at."""
    place = request.location
    shown = [one.patient_id for one in queries.day_of(clock.today(place.zone), place.pk, place.zone)]
    visits.open_day(request.actor, name="wall", location_id=place.pk, patient_ids=shown)
    theme = request.GET.get("theme", "")
    context = {
        **_context(place),
        "live": token(place.pk),
        "lines": signing.dumps([place.pk, request.person.pk, session_stamp(request.person)], salt=SALT),
        "theme": theme if theme in {"light", "dark"} else "system",
        "location": place,
        "now": clock.now().isoformat(),
    }
    return HttpResponse(engines["jinja2"].get_template(PAGE).render(context, request))


@require_safe
def lines(_request: HttpRequest, token: str) -> HttpResponse:
    """Answer the wall with all its lines; 410 when it is too old or must end."""
    place = _place(token)
    if place is None:
        return HttpResponse(status=410)
    minute = int(clock.now().timestamp()) // 60
    key = ("wall", place.pk, str(stamp_of(place.pk)), minute)

    def draw() -> str:
        return str(engines["jinja2"].get_template(LINES).render(_context(place)))

    return HttpResponse(drawn_once(key, draw))


def _place(token: str) -> Location | None:
    try:
        place, person, stamp = signing.loads(token, salt=SALT, max_age=HOURS)
    except (signing.BadSignature, ValueError):
        return None
    opened = User.objects.filter(pk=person, is_active=True).first()
    if opened is None or session_stamp(opened) != stamp:
        return None
    return Location.objects.filter(pk=place, is_active=True).first()


def _context(place: Location) -> dict[str, object]:
    now, stamp = clock.now(), stamp_of(place.pk)
    found = queries.day_of(clock.today(place.zone), place.pk, place.zone)
    cards = [card(line, NOBODY, now, by_room=False) for line in found]
    return {"columns": columns(cards, None), "stages": STAGES, "stamp": stamp}
