"""Live screens: a number that says whether anything is new, and the lines that have changed.

A screen asks for its site's stamp every 0.4 seconds. That question names no person, touches no session (so it never
keeps a forgotten screen signed in), and is answered from one short query a process, at most every tenth of a second. Only when the
stamp is newer does the screen ask for lines, as the person who is signed in; screens that are known (`following`) are
answered from what was drawn for the first of them.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.core import signing
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from frontdesk.entrypoints.desk.http import DeskRequest
from frontdesk.entrypoints.desk.visits.following import key_of, known
from frontdesk.kit import clock
from frontdesk.office.visits import queries
from frontdesk.office.visits.queries import Feed, Stamp

FRESH = 0.1
PATH = "/live/"
LINES = ("/desk/lines", "/board/lines", "/tomorrow/lines")
GUARDED = [
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
]
PLAIN = [("Content-Type", "text/plain"), *GUARDED]
HTML = [("Content-Type", "text/html; charset=utf-8"), ("Vary", "Cookie"), *GUARDED]
SALT = "frontdesk.live"
HOURS = 12 * 60 * 60
TRUSTED = 60
KEPT = 64
Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Lines as they were drawn, and whether visitors came or went with them."""

    html: str
    visitors: bool


class _Memory:
    """What this process knows of the stamps; looked up anew at most every `FRESH` seconds."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._looked = 0.0
        self._newest = Stamp()
        self._feeds: dict[Feed, Stamp] = {}

    def stamp(self, feed: Feed, *, now: bool = False) -> Stamp:
        """Return the stamp of a feed; with `now`, not from memory."""
        with self._lock:
            if now or time.monotonic() - self._looked >= FRESH:
                newest = queries.newest()
                if newest != self._newest or not self._looked:
                    self._newest, self._feeds = newest, queries.stamps()
                self._looked = time.monotonic()
            return self._feeds.get(feed, Stamp())


_feed = _Memory()
_drawn: OrderedDict[Key, Drawn] = OrderedDict()
_drawing = threading.Lock()


def token(location_id: int, *, ahead: bool = False) -> str:
    """Return what a screen shows to be told the stamps of a site; `ahead` for one that looks further than today."""
    return signing.dumps([location_id, ahead], salt=SALT, compress=False)


def stamp_of(location_id: int, *, ahead: bool = False) -> Stamp:
    """Return a site's stamp as it is now: taken before its lines are read, so that nothing falls in between."""
    return _feed.stamp(Feed(location_id, ahead), now=True)


@require_safe
def live(_request: HttpRequest, token: str) -> HttpResponse:
    """Answer with the stamp of a site; 410 when the screen is so old that it should be opened again."""
    words = _told(token)
    return HttpResponse(words or "", status=200 if words else 410, content_type="text/plain")


def before(application: WSGIApplication) -> WSGIApplication:
    """Answer what all the screens ask at once before the rest of the program wakes up for it.

    Two hundred screens ask for a stamp five hundred times a second; sessions, cookies and policies have no part in it.
    When it has moved they ask for lines, and those that are known get what was drawn already.
    """

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if environ["REQUEST_METHOD"] != "GET" or not path.startswith((PATH, *LINES)):
            return application(environ, start_response)
        try:
            words = _told(path.removeprefix(PATH)) if path.startswith(PATH) else _lines(environ)
        except DatabaseError:
            connection.close()
            start_response("503 Service Unavailable", PLAIN)
            return [b""]
        if path.startswith(LINES):
            if words is None:
                return application(environ, start_response)
            body = words.encode()
            start_response("200 OK", [*HTML, ("Content-Length", str(len(body)))])
            return [body]
        start_response("200 OK" if words else "410 Gone", PLAIN)
        return [(words or "").encode()]

    return answer


def _lines(environ: WSGIEnvironment) -> str | None:
    """Return the lines a known screen asks for, if they are drawn; of visitors each is told by themselves."""
    screen = known(environ)
    if screen is None:
        return None
    asked = dict(parse_qsl(environ.get("QUERY_STRING", "")))
    since, stamp = Stamp.parse(asked.get("since", "")), _feed.stamp(screen.feed)
    if stamp <= since:
        stamp = _feed.stamp(screen.feed, now=True)
    key = key_of(screen.looks_at, since, stamp, clock.now(), everybody="all" in asked)
    with _drawing:
        drawn = _drawn.get(key)
    if drawn is None or drawn.visitors:
        return None
    return own(drawn.html, screen.csrf, screen.person_id)


def _told(token: str) -> str | None:
    feed = _feed_of(token, int(time.time()) // TRUSTED)
    return None if feed is None else str(_feed.stamp(feed))


@lru_cache(maxsize=2000)
def _feed_of(token: str, _while: int) -> Feed | None:
    """Return what a screen's token lets it follow, if it is ours and not too old; looked at anew every `TRUSTED` seconds."""
    try:
        place, ahead = signing.loads(token, salt=SALT, max_age=HOURS)
    except (signing.BadSignature, TypeError, ValueError):
        return None
    return Feed(place, ahead)


def drawn_once(key: Key, draw: Callable[[], Drawn]) -> Drawn:
    """Draw what many screens of one site and role show alike once, and keep it while it may be asked for again."""
    with _drawing:
        if key in _drawn:
            return _drawn[key]
    made = draw()
    with _drawing:
        _drawn[key] = made
        while len(_drawn) > KEPT:
            _drawn.popitem(last=False)
    return made


def personal(request: DeskRequest, html: str, csrf: str) -> str:
    """Put into shared lines what is one person's own: the token of their session and their part of the form keys."""
    return own(html, csrf, request.person.pk)


def own(html: str, csrf: str, person_id: int) -> str:
    """Return shared lines as one person's."""
    return html.replace("@@csrf@@", csrf).replace("@@who@@", str(person_id))
