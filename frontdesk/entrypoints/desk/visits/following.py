"""The many screens that follow one list, answered together.

When something changes, two hundred screens ask for the same lines within the same second. The first time, a screen's
question goes through the whole program: who asks is established, what they may see is drawn. From then on the screen is
known here, and is answered from what was drawn for its site and role, as long as nothing has changed of what it was let
in by: its session, its person's account, the sites that are open. These are looked up for all known screens in one go,
at most `FRESH` seconds before an answer. Whatever is not certain here goes through the whole program again.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl
from wsgiref.types import WSGIEnvironment

from django.conf import settings
from django.contrib.sessions.models import Session
from django.middleware.csrf import get_token

from frontdesk.entrypoints.desk.http import DeskRequest, lock_seconds
from frontdesk.kit import clock
from frontdesk.office.accounts.queries import standings
from frontdesk.office.practice.models import Location
from frontdesk.office.practice.queries import locations
from frontdesk.office.visits.queries import Feed, Stamp

FRESH = 0.1
MOST = 1000  # screens one process knows; the one longest unheard of is forgotten first
Key = tuple[object, ...]
Question = tuple[str, str, str]  # the cookies, the path, and what is asked besides the stamp


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen that was let in: by what, what it looks at, and what in its lines is its own."""

    session: str
    data: str  # of its session, as it is stored
    person_id: int
    standing: tuple[Any, ...]
    sites: tuple[tuple[int, int], ...]  # those open, and how soon a screen is covered there
    ends: float  # when nobody has touched it for too long: it is covered then
    feed: Feed
    looks_at: Key
    csrf: str


_screens: OrderedDict[Question, Screen] = OrderedDict()
_lock = threading.Lock()
_checked = [0.0]


def key_of(looks_at: Key, since: Stamp, stamp: Stamp, now: datetime, *, everybody: bool) -> Key:
    """Return what names the lines a question asks for: the same for all who look at the same list in the same minute."""
    return (*looks_at, everybody, str(since), str(stamp), int(now.timestamp()) // 60)


def know(request: DeskRequest, looks_at: Key, *, ahead: bool = False) -> None:
    """Remember a screen whose question has just come through the whole program; `ahead` for one that looks further."""
    if "X-Follows" not in request.headers or not request.session.session_key:
        return
    key = request.session.session_key
    data = Session.objects.filter(pk=key).values_list("session_data", flat=True).first()
    used = request.session.get("used_at")
    began = request.session.get("since", used)
    if data is None or used is None or request.session.get("covered") or request.person.emergency_until:
        return
    question = _question(request.META)
    screen = Screen(
        session=key,
        data=data,
        person_id=request.person.pk,
        standing=standings([request.person.pk])[request.person.pk],
        sites=_standing_of(locations()),
        ends=min(used + lock_seconds(request.location), began + settings.FRONTDESK_SESSION_SECONDS),
        feed=Feed(request.location.pk, ahead),
        looks_at=looks_at,
        csrf=get_token(request),
    )
    with _lock:
        _screens[question] = screen
        _screens.move_to_end(question)
        while len(_screens) > MOST:
            _screens.popitem(last=False)


def known(environ: WSGIEnvironment) -> Screen | None:
    """Return the screen that asks, if it is known and still let in."""
    if "HTTP_X_FOLLOWS" not in environ or not environ.get("HTTP_COOKIE"):
        return None
    question = _question(environ)
    with _lock:
        if question not in _screens:
            return None
        if time.monotonic() - _checked[0] >= FRESH:
            _forget_the_changed()
            _checked[0] = time.monotonic()
        screen = _screens.get(question)
        if screen is None or clock.now().timestamp() > screen.ends:
            return None
        _screens.move_to_end(question)
        return screen


def forget_all() -> None:
    """Know no screen any more."""
    with _lock:
        _screens.clear()


def _question(environ: WSGIEnvironment) -> Question:
    asked = [pair for pair in parse_qsl(environ.get("QUERY_STRING", "")) if pair[0] not in {"since", "all"}]
    return environ.get("HTTP_COOKIE", ""), environ["PATH_INFO"], repr(sorted(asked))


def _forget_the_changed() -> None:
    """Forget each screen whose session, person or choice of sites is no longer what it was let in by."""
    now = clock.now()
    stored = _stored([screen.session for screen in _screens.values()], now)
    people = standings({screen.person_id for screen in _screens.values()})
    sites = _standing_of(locations())
    for question, screen in list(_screens.items()):
        same_session = stored.get(screen.session) == screen.data
        same_person = people.get(screen.person_id) == screen.standing
        if not (same_session and same_person and screen.sites == sites and now.timestamp() <= screen.ends):
            del _screens[question]


def _standing_of(sites: Sequence[Location]) -> tuple[tuple[int, int], ...]:
    return tuple((site.pk, lock_seconds(site)) for site in sites)


def _stored(keys: Sequence[str], now: datetime) -> dict[str, str]:
    found = Session.objects.filter(pk__in=keys, expire_date__gt=now)
    return dict(found.values_list("session_key", "session_data"))
