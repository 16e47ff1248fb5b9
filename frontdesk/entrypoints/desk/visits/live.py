"""Live screens: a number that says whether anything is new, and the lines that have changed.

A screen asks for its site's stamp about every second. That question names no person, touches no session (so it never
keeps a forgotten screen signed in), and is answered from one short query a process a fifth of a second. Only when the
stamp is newer does the screen ask for lines, as the person who is signed in.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from frontdesk.entrypoints.desk.http import DeskRequest
from frontdesk.office.visits import queries
from frontdesk.office.visits.queries import Stamp

FRESH = 0.2
SALT = "frontdesk.live"
HOURS = 12 * 60 * 60
KEPT = 64
Key = tuple[object, ...]


class _Feed:
    """What this process knows of the stamps; looked up anew at most every `FRESH` seconds."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._looked = 0.0
        self._newest = Stamp()
        self._places: dict[int, Stamp] = {}

    def stamp(self, place: int, *, now: bool = False) -> Stamp:
        """Return the stamp of a site; with `now`, not from memory."""
        with self._lock:
            if now or time.monotonic() - self._looked >= FRESH:
                newest = queries.newest()
                if newest != self._newest or not self._looked:
                    self._newest, self._places = newest, queries.stamps()
                self._looked = time.monotonic()
            return self._places.get(place, Stamp())


_feed = _Feed()
_drawn: OrderedDict[Key, str] = OrderedDict()
_drawing = threading.Lock()


def token(location_id: int) -> str:
    """Return what a screen shows to be told the stamps of a site."""
    return signing.dumps(location_id, salt=SALT, compress=False)


def stamp_of(location_id: int) -> Stamp:
    """Return a site's stamp as it is now: taken before its lines are read, so that nothing falls in between."""
    return _feed.stamp(location_id, now=True)


@require_safe
def live(_request: HttpRequest, token: str) -> HttpResponse:
    """Answer with the stamp of a site; 410 when the screen is so old that it should be opened again."""
    try:
        place = int(signing.loads(token, salt=SALT, max_age=HOURS))
    except signing.BadSignature:
        return HttpResponse(status=410)
    return HttpResponse(str(_feed.stamp(place)), content_type="text/plain")


def drawn_once(key: Key, draw: Callable[[], str]) -> str:
    """Draw what many screens of one site and role show alike once, and keep it while it may be asked for again."""
    with _drawing:
        if key in _drawn:
            return _drawn[key]
    html = draw()
    with _drawing:
        _drawn[key] = html
        while len(_drawn) > KEPT:
            _drawn.popitem(last=False)
    return html


def personal(request: DeskRequest, html: str, csrf: str) -> str:
    """Put into shared lines what is one person's own: the token of their session and their part of the form keys."""
    return html.replace("@@csrf@@", csrf).replace("@@who@@", str(request.person.pk))
