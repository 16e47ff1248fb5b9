"""The wall: the board on a screen everybody in the corridor can see. Initials and times, no name, no reason.

It is opened by somebody who is signed in, and then goes on by itself: what it fetches carries a signed word that opens
the initials of one site and nothing else, and is given a new one with every answer. No session is touched, so a screen
nobody sits at keeps nobody signed in, and does not stop because nobody does. A new password or a closed account of who
opened it ends it; so does half a day without an answer.
"""

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.views.decorators.http import require_safe

from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, session_stamp
from frontdesk.entrypoints.desk.visits.board_rows import STAGES, card, columns
from frontdesk.entrypoints.desk.visits.live import Drawn, drawn_once, stamp_of, token
from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.sensitivity import looking
from frontdesk.office.accounts.models import Device, User
from frontdesk.office.practice.models import Location
from frontdesk.office.visits import queries
from frontdesk.office.visits import services as visits

PAGE, LINES = "desk/visits/wall.html", "desk/visits/wall_lines.html"
SALT = "frontdesk.wall"
HOURS = 12 * 60 * 60
NOBODY = Actor("screen", None, "wall")


@desk_view()
def wall(request: DeskRequest) -> HttpResponse:
    """Open the wall screen of the site one works at."""
    return shown(request, request.actor, request.location, request.person)


def shown(request: HttpRequest, by: Actor, place: Location, opener: User | Device) -> HttpResponse:
    """Draw the wall of a site, opened by somebody or by a screen that is registered there."""
    here = [one.patient_id for one in queries.day_of(clock.today(place.zone), place.pk, place.zone)]
    visits.open_wall(by, location_id=place.pk, patient_ids=here)
    theme = request.GET.get("theme", "")
    context = {
        **_context(place),
        **_words(place, opener),
        "theme": theme if theme in {"light", "dark"} else "system",
        "location": place,
        "now": clock.now().isoformat(),
    }
    return HttpResponse(engines["jinja2"].get_template(PAGE).render(context, request))


@require_safe
def lines(_request: HttpRequest, token: str) -> HttpResponse:
    """Answer the wall with all its lines; 410 when it was without an answer for too long, or must end."""
    opened = _opened(token)
    if opened is None:
        return HttpResponse(status=410)
    place, person = opened
    minute = int(clock.now().timestamp()) // 60
    key = ("wall", place.pk, str(stamp_of(place.pk)), minute)
    template = engines["jinja2"].get_template(LINES)
    drawn = drawn_once(key, lambda: Drawn(template.render(_context(place)), visitors=False))
    html = drawn.html
    for name, word in _words(place, person).items():
        html = html.replace(f"@@{name}@@", word)
    return HttpResponse(html)


def _words(place: Location, opener: User | Device) -> dict[str, str]:
    """Return what the screen asks with: the word for the stamp, and the one for the lines."""
    return {
        "live": token(place.pk),
        "lines": signing.dumps([place.pk, *_named(opener)], salt=SALT),
    }


def _named(opener: User | Device) -> tuple[int, str]:
    """Return who opened a screen as its word names them: a registered screen by a number below zero."""
    return (-opener.pk, opener.digest) if isinstance(opener, Device) else (opener.pk, session_stamp(opener))


def _opened(token: str) -> tuple[Location, User | Device] | None:
    """Return the site a word is for and who opened the screen, while both still stand."""
    try:
        place, number, stamp = signing.loads(token, salt=SALT, max_age=HOURS)
    except (signing.BadSignature, ValueError):
        return None
    who: User | Device | None = (
        Device.objects.filter(pk=-number, ended_at=None, location_id=place).first()
        if number < 0
        else User.objects.filter(pk=number, is_active=True).first()
    )
    where = Location.objects.filter(pk=place, is_active=True).first()
    return (where, who) if who and where and _named(who)[1] == stamp else None


def _context(place: Location) -> dict[str, object]:
    now, stamp = clock.now(), stamp_of(place.pk)
    with looking(NOBODY):
        found = queries.day_of(clock.today(place.zone), place.pk, place.zone)
    cards = [card(line, NOBODY, now, by_room=False) for line in found]
    return {"columns": columns(cards, None), "stages": STAGES, "stamp": stamp}
