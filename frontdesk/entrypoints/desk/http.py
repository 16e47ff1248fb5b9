"""A request at the desk: who is asking, from which site, and how a refusal is shown."""

import hashlib
import hmac
import json
import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import wraps
from typing import Any, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, QueryDict
from django.middleware.csrf import get_token
from django.template import engines
from django.utils.http import url_has_allowed_host_and_scheme
from jinja2_fragments import render_block

from frontdesk.entrypoints.desk import navigation
from frontdesk.kit import card_numbers, clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Conflict, Invalid, NotPermitted, Refusal
from frontdesk.kit.permissions import KIOSK, SERVICE, stand_of, whom_to_ask
from frontdesk.kit.sensitivity import looking
from frontdesk.office.accounts import services as accounts
from frontdesk.office.accounts.models import User
from frontdesk.office.accounts.queries import actor_for, emergencies_unseen, factors_of, sites_of
from frontdesk.office.audit.services import (
    AnotherPatient,
    begin_settling,
    same_patient,
    service,
    settled_before_leaving,
)
from frontdesk.office.patients.errors import Restricted
from frontdesk.office.patients.queries import opened_by
from frontdesk.office.patients.services import discard_draft, note_restricted, save_draft
from frontdesk.office.practice.models import Location
from frontdesk.office.practice.queries import locations, practice

log = logging.getLogger("frontdesk.security")
STATUS = {"refused": 422, "invalid": 422, "conflict": 409, "not_permitted": 403, "not_found": 404}
View = Callable[..., HttpResponse]


class CardNumberTyped(Invalid):
    """A card number stands in a form: it is kept nowhere, and not shown again."""


class DeskRequest(HttpRequest):
    """A request that has come through `desk_view`: someone is known to be asking, at a known site."""

    actor: Actor
    person: User
    location: Location
    sites: list[Location]
    is_fragment: bool  # the page asks for a part of itself


def desk_view(
    methods: Iterable[str] = ("GET",),
    *,
    before_opening: bool = False,
    before_password: bool = False,
    before_factor: bool = False,
    while_covered: bool = False,
) -> Callable[[View], View]:
    """Make a function a page of the desk: signed in, methods checked, refusals turned into an answer.

    Until the practice has its first location only a page made with `before_opening` answers; to whoever came in with
    a one-time password, only one made with `before_password`; to whoever owes a second factor, `before_factor`. While
    the screen is covered only one made with `while_covered` answers, and the cover in place of all others.
    """
    allowed = tuple(methods)

    def decorate(view: View) -> View:
        @wraps(view)
        def handle(plain: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if plain.method not in allowed and not (plain.method == "HEAD" and "GET" in allowed):
                return HttpResponseNotAllowed(allowed)
            if plain.method == "HEAD":
                # A view that takes all that is not GET for a deed must not take this for one: no token is asked of it.
                plain.method = "GET"
                answer = handle(plain, *args, **kwargs)
                plain.method = "HEAD"
                return answer
            request = cast(DeskRequest, plain)
            request.GET = _without_nul(plain.GET)
            request.is_fragment = _asks_for_a_part(plain)
            if not _identify(request) or _is_forgotten(request):
                return _sent_on(request, "/sign-in")
            if not while_covered and is_covered(request):
                return cover(request, keep=not card_numbers.where(typed(request)))
            first = _owed(request, before_opening, before_password, before_factor)
            if first:
                return _sent_away(request) if first == "/set-up" else _sent_on(request, first)
            if request.person.role == KIOSK and plain.path == "/":
                return HttpResponseRedirect("/board/wall")
            try:
                refuse_card_numbers(request)
                _must_hold(request, kwargs)
                same_patient(request.actor, kwargs.get("patient_id"))
                with settled_before_leaving(), looking(request.actor, lambda: opened_by(request.actor)):
                    answer = view(request, *args, **kwargs)
                _forget_draft(request, answer)
                return answer
            except (Refusal, AnotherPatient) as refusal:
                return refused(request, refusal)

        handle.asks_may = True  # type: ignore[attr-defined]  # a house test knows such a view by it
        return handle

    return decorate


def _without_nul(given: QueryDict) -> Any:
    """Return what stands in an address without the one sign PostgreSQL neither keeps nor looks for."""
    if not any("\0" in one for _, values in given.lists() for one in values):
        return given
    found = given.copy()
    for name, values in given.lists():
        found.setlist(name, [one.replace("\0", "") for one in values])
    return found


def _owed(request: DeskRequest, before_opening: bool, before_password: bool, before_factor: bool) -> str:
    """Return the page this person must go through before the one they ask for, "" when there is none."""
    if request.person.must_change_password and not before_password:
        return "/password"
    if request.session.get("owes_factor") and not (before_factor or before_password):
        return "/my/sign-in"
    return "" if request.sites or before_opening else "/set-up"


def page(
    request: DeskRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    block: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """Draw a screen, or with `block` just that named part of the same file."""
    values = {**base_context(request), **(context or {})}
    begin_settling()
    if block is None:
        html = engines["jinja2"].get_template(template).render(values, request)
    else:
        env = engines["jinja2"].env  # type: ignore[attr-defined]  # the Jinja2 backend has it
        html = render_block(env, template, block, **values)
    return HttpResponse(html, status=status)


def base_context(request: DeskRequest) -> dict[str, Any]:
    """Return what every page shows around its own matter."""
    return {
        "request": request,
        "csrf_token": get_token(request),
        "actor": request.actor,
        "person": request.person,
        "preferences": request.person.preferences,
        "location": request.location,
        "locations": request.sites,
        # A part of a page has no frame around it: what only the frame names is asked for when it is drawn.
        "practice": _practice_name,
        "nav": navigation.rail(request.actor, request.path),
        "lock_seconds": lock_seconds(request.location),
        "alarms": emergencies_unseen() if request.actor.can("accounts.review_emergency") else 0,
        "emergency": bool(request.person.emergency_until and request.person.emergency_until > clock.now()),
    }


def refused(request: DeskRequest, refusal: Refusal | AnotherPatient) -> HttpResponse:
    """Show a refusal: as a message in place when a part of a page asked, else as a page of its own."""
    if isinstance(refusal, AnotherPatient):
        match = request.resolver_match
        facts = {"route": match.view_name if match else "", "user": request.person.pk}
        log.warning("form from another patient's page", extra={"facts": facts})
        refusal = Conflict(str(refusal), code="AnotherPatient")
    if isinstance(refusal, Restricted):
        return _restricted(request, refusal)
    status = STATUS[refusal.kind]
    fields = refusal.fields if isinstance(refusal, Invalid) else {}
    context = {"sentence": refusal.sentence, "fields": fields, "code": refusal.code, "status": status}
    answer = page(
        request, "desk/refused.html", context, block="message" if request.is_fragment else None, status=status
    )
    if request.is_fragment:
        answer["HX-Retarget"] = "#refusal"
        answer["HX-Reswap"] = "innerHTML"
    return answer


def _restricted(request: DeskRequest, refusal: Restricted) -> HttpResponse:
    """Say that a record is restricted, and how it is opened; that it was asked for is on record."""
    if request.actor.can("patients.search"):
        note_restricted(request.actor.keyless().showing(None), patient_id=refusal.patient_id)
    context = {
        "sentence": refusal.sentence,
        "patient_id": refusal.patient_id,
        "may_break": request.actor.can("patients.break_glass"),
    }
    answer = page(
        request,
        "desk/patients/restricted.html",
        context,
        block="message" if request.is_fragment else None,
        status=403,
    )
    if request.is_fragment:
        answer["HX-Retarget"] = "#refusal"
        answer["HX-Reswap"] = "innerHTML"
    return answer


def done(request: DeskRequest, to: str, message: str = "") -> HttpResponse:
    """Answer a deed with the page to look at next; `message` is announced there."""
    if message:
        request.session["said"] = message
    if request.is_fragment:
        return HttpResponse(status=204, headers={"HX-Redirect": to})
    return HttpResponseRedirect(to)


def _asks_for_a_part(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Boosted") != "true"


def _identify(request: DeskRequest) -> bool:
    user_id = request.session.get("user_id")
    person = User.objects.filter(pk=user_id, is_active=True).first() if user_id else None
    if person is None or person.role == SERVICE or request.session.get("stamp") != session_stamp(person):
        return False
    request.person = person
    may_know, everywhere = sites_of(person), locations()
    request.sites = [site for site in everywhere if may_know is None or site.pk in may_know]
    chosen = request.session.get("location_id") or person.home_location_id
    at = next((site for site in request.sites if site.pk == chosen), None) or next(iter(request.sites), None)
    request.location = at or Location()
    request.actor = actor_for(person, location_id=request.location.pk)
    key = request.POST.get("_key") if request.method == "POST" else None
    if key:
        request.actor = request.actor.keyed(key[:64], _fingerprint(request))
    shown = request.POST.get("_patient") if request.method == "POST" else None
    if shown:
        # What is no number shows nobody, and is about nobody either.
        request.actor = request.actor.showing(int(shown) if shown.isdecimal() and len(shown) < 19 else 0)
    return True


def _is_forgotten(request: DeskRequest) -> bool:
    """End a session nobody has used for too long, or that began half a day ago, however much it is used."""
    now, session = int(clock.now().timestamp()), request.session
    idle = now - session.get("used_at", now) > settings.FRONTDESK_IDLE_MINUTES * 60
    if not idle and now - session.get("since", now) <= settings.FRONTDESK_SESSION_SECONDS:
        return False
    accounts.sign_out(leaving(request), session_key=session.session_key or "", why="ran out")
    session.flush()
    return True


def leaving(request: DeskRequest) -> Actor:
    """Return who signs out, which everybody may."""
    return replace(request.actor, permissions=frozenset({"accounts.sign_in"}), key=None)


def lock_seconds(location: Location) -> int:
    """Return after how many seconds a screen that nobody uses is covered at a location."""
    return (location.lock_minutes or settings.FRONTDESK_LOCK_MINUTES) * 60


def is_covered(request: DeskRequest) -> bool:
    """Say whether this person's screens are covered; note, now and then, that they are in use.

    What a page fetches by itself, to follow what others do, says so and is no use by anybody.
    """
    now, session, after = int(clock.now().timestamp()), request.session, lock_seconds(request.location)
    last = session.get("used_at", now)
    if not session.get("covered") and now - last > after:
        session["covered"] = True
        accounts.cover(leaving(request), why="nobody used it")
    if session.get("covered"):
        return True
    if "X-Follows" not in request.headers and (
        now - last >= min(60, after // 10) or "used_at" not in session
    ):
        session["used_at"] = now
    return False


def refuse_card_numbers(request: HttpRequest) -> None:
    """Refuse a form in which a card number was typed, before anything is made of it. Raises `CardNumberTyped`."""
    name = card_numbers.where(typed(request))
    if name:
        raise CardNumberTyped(card_numbers.refusal(name), fields={name: "Take the card number out."})


def typed(request: HttpRequest) -> Iterator[tuple[str, Any]]:
    """Yield what was sent in a form or as JSON, by the names of its fields; nothing of files."""
    if request.method != "POST":
        return
    if request.content_type == "application/json":
        with suppress(ValueError, RecursionError):
            yield "body", json.loads(request.body)
        return
    yield from request.POST.lists()


def cover(request: DeskRequest, problem: str = "", back: str = "", *, keep: bool = True) -> HttpResponse:
    """Answer with the cover in place of the page: nothing of the page is sent, what was typed in a form is kept."""
    if keep:
        _keep_what_was_typed(request)
    if request.headers.get("HX-Request") == "true" and not problem:
        return HttpResponse(status=401, headers={"HX-Refresh": "true"})
    if not back:
        back = (
            request.get_full_path() if request.method == "GET" else local(request.headers.get("Referer", ""))
        )
    values = {
        "request": request,
        "csrf_token": get_token(request),
        "person": request.person,
        "practice": _practice_name(),
        "back": back,
        "problem": problem,
        "by_pin": bool(request.person.pin) and not request.session.get("pin_over"),
        "by_passkey": any(one.kind == "passkey" for one in factors_of(request.person.pk)),
    }
    html = engines["jinja2"].get_template("desk/covered.html").render(values, request)
    return HttpResponse(html, status=401)


def local(address: str) -> str:
    """Return the path of an address of this program, "/" for any other: nobody is sent on to where others say."""
    parts = urlsplit(address)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    fine = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if fine and url_has_allowed_host_and_scheme(path, allowed_hosts=None) else "/"


def _keep_what_was_typed(request: DeskRequest) -> None:
    """A form that was sent to a covered screen is not done; its draft holds what stood in it."""
    name = request.POST.get("_draft", "").replace("\0", "") if request.method == "POST" else ""
    if not name:
        return
    told = (k for k in request.POST if not k.startswith(("_", "csrf", "password")) and k != "version")
    values = {k: [one.replace("\0", "") for one in request.POST.getlist(k)] for k in told}
    with suppress(Refusal):
        save_draft(replace(request.actor, key=None), name=name, values=values)


def session_stamp(person: User) -> str:
    """Return what a session keeps of the password, so that a new password ends the old sessions."""
    return hashlib.sha256(person.password.encode()).hexdigest()[:32]


def _fingerprint(request: HttpRequest) -> str:
    """Tell what a form says, without its token and passwords; keyed, for it is kept, and what is short can be guessed at."""
    told = (k for k in sorted(request.POST) if k != "csrfmiddlewaretoken" and not k.startswith("password"))
    fields = {k: request.POST.getlist(k) for k in told}
    said = json.dumps([request.path, fields]).encode()
    return hmac.digest(f"form:{settings.SECRET_KEY}".encode(), said, "sha256").hex()


def _must_hold(request: DeskRequest, words: dict[str, Any]) -> None:
    """Refuse who does not hold what the address stands on (`may`); an address without a row is refused to all."""
    match = request.resolver_match
    stands_on = stand_of(match.view_name) if match else None
    needed = stands_on.needs(request.method or "", words) if stands_on else ""
    if not needed or not request.actor.can(needed):
        with suppress(NotPermitted):
            # As a verb of that name nobody could finish: the refusal is put on record where all others are.
            service(needed or "desk.no_row", reads=True)(_nothing)(replace(request.actor, key=None))
        raise NotPermitted(f"Your role does not allow this. {whom_to_ask(needed)}", needed)


def _nothing(_by: Actor, /) -> None:
    """Do nothing: there is only the question whether it would be allowed."""


def _forget_draft(request: DeskRequest, answer: HttpResponse) -> None:
    """Drop what was kept of a form, now that it has been sent and the answer is no refusal."""
    name = request.POST.get("_draft", "") if request.method == "POST" else ""
    if name and answer.status_code < 400:
        discard_draft(replace(request.actor, key=None), name=name.replace("\0", ""))


def _practice_name() -> str:
    found = practice()
    return found.name if found else "frontdesk"


def _sent_away(request: DeskRequest) -> HttpResponse:
    """Answer who has no site to work at: the practice is not open yet, or theirs is closed."""
    if not locations():
        return HttpResponseRedirect("/set-up")
    msg = "None of the locations you work at is open. Ask the practice manager."
    return refused(request, NotPermitted(msg))


def _sent_on(request: HttpRequest, to: str) -> HttpResponse:
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=401, headers={"HX-Redirect": to})
    return HttpResponseRedirect(to)
