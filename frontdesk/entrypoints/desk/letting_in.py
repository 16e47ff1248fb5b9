"""How a session begins and ends: who is let in, from where, on what, and what the browser is remembered by."""

import re
import secrets
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token

from frontdesk.entrypoints.desk.http import session_stamp
from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.office.accounts import services as accounts
from frontdesk.office.accounts.models import User
from frontdesk.office.accounts.services import Site

HALF_IN = 10 * 60
"""Seconds between a right password and the second factor."""
STATION, STATION_AGE, MOST_AT_ONE = "station", 180 * 24 * 60 * 60, 40
_BROWSERS = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (
    *(("Windows", "Windows"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android")),
    *(("CrOS", "Chromebook"), ("Mac OS", "Mac"), ("Linux", "Linux")),
)


def let_in(request: HttpRequest, person: User, how: str) -> None:
    """Begin a session under a new id; whoever sat here before is signed out, and nothing of theirs is taken over."""
    place = request.session.get("location_id")
    sign_out_whoever_is_here(request, next_person=person)
    session, now = request.session, int(clock.now().timestamp())
    session.flush()
    session["user_id"], session["stamp"], session["by"] = person.pk, session_stamp(person), how
    session["since"] = session["used_at"] = session["proved_at"] = now
    if place:
        session["location_id"] = place
    if (
        how in {"password", "invitation", "single sign-on"}
        and accounts.asked_of(person)
        and not accounts.has_factor(person)
    ):
        session["owes_factor"] = True
    session.save()
    by = _anybody(person, place)
    accounts.begin_session(
        by,
        session_key=session.session_key or "",
        how=how,
        address=address_of(request),
        agent=agent_of(request),
    )
    rotate_token(request)


def sign_out_whoever_is_here(request: HttpRequest, *, next_person: User | None = None) -> None:
    """Put on record that the person of this session leaves, by themselves or because somebody takes their place."""
    person = User.objects.filter(pk=request.session.get("user_id") or 0).first()
    if person is None:
        return
    taken = next_person is not None and next_person.pk != person.pk
    why = "somebody else signed in here" if taken else "signed in anew" if next_person else "signed out"
    accounts.sign_out(_anybody(person, None), session_key=request.session.session_key or "", why=why)


def _anybody(person: User, place: int | None) -> Actor:
    rights = frozenset({"accounts.sign_in"})
    return Actor("staff", person.pk, person.display_name, rights, location_id=place, source="desk")


def half_in(request: HttpRequest, person: User) -> None:
    """Note that the password was right; whoever was signed in here stays so until the second factor is shown."""
    request.session["half_in"] = [person.pk, session_stamp(person), int(clock.now().timestamp())]


def who_is_half_in(request: HttpRequest) -> User | None:
    """Return the person whose second factor is awaited here; None when it took too long or the password changed."""
    number, stamp, since = request.session.get("half_in") or (0, "", 0)
    if clock.now().timestamp() - since > HALF_IN:
        return None
    person = User.objects.filter(pk=number, is_active=True).first()
    return person if person and session_stamp(person) == stamp else None


def address_of(request: HttpRequest) -> str:
    """Return where a request comes from: behind TLS the address the nearest proxy saw, which nobody else can write."""
    told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() if settings.HTTPS else ""
    return (told if re.fullmatch(r"[0-9a-fA-F.:]{2,45}", told) else "") or request.META.get("REMOTE_ADDR", "")


def agent_of(request: HttpRequest) -> str:
    """Return the browser and the system in words, "" when it says nothing we know."""
    told = request.headers.get("User-Agent", "")
    browser = next((words for sign, words in _BROWSERS if sign in told), "")
    system = next((words for sign, words in _SYSTEMS if sign in told), "")
    return f"{browser or 'A browser'} on {system}" if system else browser


def site_of(request: HttpRequest) -> Site:
    """Return where passkeys are asked for; the host is one of those this installation answers to."""
    here = f"{request.scheme}://{request.get_host()}"
    return Site(urlsplit(here).hostname or "", here)


def station_of(request: HttpRequest, person: User | None) -> str:
    """Return what this browser is remembered by, if `person` signed in on it before; "" otherwise."""
    kept = _station(request)
    return str(kept["id"]) if person and person.pk in kept["who"] else ""


def remember_station(request: HttpRequest, answer: HttpResponse, person: User) -> None:
    """Remember that `person` signed in on this browser: tries of strangers elsewhere then make nobody wait here."""
    kept = _station(request)
    others = [one for one in kept["who"] if one != person.pk]
    kept["who"] = [*others[1 - MOST_AT_ONE :], person.pk]
    answer.set_cookie(
        _cookie(STATION),
        signing.dumps(kept, salt=STATION),
        max_age=STATION_AGE,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def _station(request: HttpRequest) -> dict[str, list[int]]:
    try:
        kept = signing.loads(request.COOKIES.get(_cookie(STATION), ""), salt=STATION, max_age=STATION_AGE)
        return {"id": kept["id"], "who": list(kept["who"])}
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        return {"id": secrets.token_urlsafe(12), "who": []}  # type: ignore[dict-item]  # an id is a word, who are numbers


def _cookie(name: str) -> str:
    return f"__Host-{name}" if settings.HTTPS else name
