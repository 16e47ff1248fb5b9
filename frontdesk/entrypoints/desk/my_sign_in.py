"""How one signs in: second factors, recovery codes, the PIN of a covered screen, and where one is signed in."""

from dataclasses import dataclass
from typing import Any

import segno
from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse

from frontdesk.entrypoints.desk import letting_in
from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view, done, page
from frontdesk.entrypoints.desk.session import plain
from frontdesk.entrypoints.desk.templating import us_date, wall_time
from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid, Refusal
from frontdesk.kit.walltime import to_wall
from frontdesk.office.accounts import queries
from frontdesk.office.accounts import services as accounts
from frontdesk.office.accounts.errors import NotProven
from frontdesk.office.accounts.models import SignIn
from frontdesk.office.accounts.rules import app_address
from frontdesk.office.practice.queries import practice

PROVEN_FOR = 15 * 60
HOW = {
    "password": "Password",
    "app": "Password and app",
    "recovery code": "Password and recovery code",
    "passkey": "Passkey",
    "invitation": "Invitation",
    "single sign-on": "Single sign-on",
}
HERE = "/my/sign-in"


@dataclass(frozen=True, slots=True)
class Session:
    """A line of where one is signed in, in words."""

    id: int
    where: str
    since: str
    how: str
    here: bool


@desk_view(before_opening=True, before_factor=True)
def overview(request: DeskRequest) -> HttpResponse:
    """Show how one signs in; to whoever owes a second factor, only how to add one."""
    return _overview(request)


@desk_view(("POST",), before_opening=True, before_factor=True)
def begin_app(request: DeskRequest) -> HttpResponse:
    """Draw a secret for an authenticator app, and show it as a picture."""
    must_have_proven(request)
    accounts.begin_app(request.actor)
    return done(request, "/my/sign-in/app")


@desk_view(("GET", "POST"), before_opening=True, before_factor=True)
def app(request: DeskRequest) -> HttpResponse:
    """Show the picture for an authenticator app; posted, take the code it shows."""
    must_have_proven(request)
    problem = ""
    if request.method == "POST":
        try:
            accounts.confirm_app(request.actor, code=request.POST.get("code", ""))
        except Refusal as refusal:
            problem = refusal.sentence
        else:
            return _added(request, "The app is added.")
    secret = accounts.begun_app(request.actor)
    if not secret:
        return HttpResponseRedirect(HERE)
    found = practice()
    address = app_address(
        secret, issuer=found.name if found else "frontdesk", account=request.person.username
    )
    context = {"problem": problem, "secret": _grouped(secret), **_picture(address)}
    return page(request, "desk/my/app.html", context, status=422 if problem else 200)


@desk_view(("POST",), before_opening=True, before_factor=True)
def passkey(request: DeskRequest) -> HttpResponse:
    """Ask the browser to make a passkey, or take what it made."""
    must_have_proven(request)
    site, answer = letting_in.site_of(request), request.POST.get("answer", "")
    if not answer:
        question, state = accounts.begin_passkey(request.actor, site)
        request.session["new_passkey"] = state
        return JsonResponse(plain(question))
    state = request.session.pop("new_passkey", None)
    name = request.POST.get("name", "") or letting_in.agent_of(request)
    try:
        if state is None:
            msg = "That took too long. Try again."
            raise Invalid(msg)
        accounts.add_passkey(request.actor, site=site, state=state, answer=answer, name=name)
    except Refusal as refusal:
        return JsonResponse({"problem": refusal.sentence}, status=STATUS[refusal.kind])
    _added(request, "The passkey is added.")
    return JsonResponse({"to": "/my/sign-in/codes" if _needs_codes(request) else HERE})


@desk_view(("GET", "POST"), before_opening=True, before_factor=True)
def codes(request: DeskRequest) -> HttpResponse:
    """Draw new recovery codes and show them, once: they stand on this answer and nowhere else."""
    must_have_proven(request)
    drawn: tuple[str, ...] = ()
    if request.method == "POST":
        drawn = accounts.new_recovery_codes(request.actor) or ()
    return page(request, "desk/my/codes.html", {"codes": drawn, "first": _needs_codes(request)})


@desk_view(("POST",), before_opening=True, before_factor=True)
def remove(request: DeskRequest, factor_id: int) -> HttpResponse:
    """Take one of one's second factors away."""
    must_have_proven(request)
    accounts.remove_factor(request.actor, factor_id=factor_id)
    return done(request, HERE, "It is removed.")


@desk_view(("POST",), before_opening=True)
def pin(request: DeskRequest) -> HttpResponse:
    """Choose the PIN that opens one's covered screens, or take it away."""
    must_have_proven(request)
    try:
        accounts.set_pin(request.actor, pin=request.POST.get("pin", ""))
    except Invalid as wrong:
        return _overview(request, wrong)
    return done(request, HERE, "The PIN is saved." if request.POST.get("pin") else "The PIN is taken away.")


@desk_view(("POST",), before_opening=True)
def end(request: DeskRequest, sign_in_id: int) -> HttpResponse:
    """End one of one's own sessions; it may be this one."""
    gone = accounts.end_session(request.actor, sign_in_id=sign_in_id)
    if gone.session_key == request.session.session_key:
        request.session.flush()
        return HttpResponseRedirect("/sign-in")
    return done(request, HERE, "That screen is signed out.")


@desk_view(("POST",), before_opening=True)
def end_others(request: DeskRequest) -> HttpResponse:
    """End all of one's own sessions but this one."""
    gone = accounts.end_other_sessions(request.actor, session_key=request.session.session_key or "")
    return done(request, HERE, f"{gone} signed out." if gone else "You are signed in nowhere else.")


@desk_view(("GET", "POST"), before_opening=True, before_factor=True)
def prove(request: DeskRequest) -> HttpResponse:
    """Ask for the password before something about one's own sign-in changes."""
    problem = ""
    if request.method == "POST":
        try:
            accounts.prove(
                request.person,
                request.POST.get("password", ""),
                source="desk",
                address=letting_in.address_of(request),
            )
        except Refusal as refusal:
            problem = refusal.sentence
        else:
            request.session["proved_at"] = int(clock.now().timestamp())
            return HttpResponseRedirect(HERE)
    return page(request, "desk/my/prove.html", {"problem": problem}, status=422 if problem else 200)


def must_have_proven(request: DeskRequest) -> None:
    """Raise `NotProven` when the last proof of who sits here is too old for what they want to change."""
    if _is_proven(request):
        return
    msg = "Show your password again first: this changes how you sign in."
    raise NotProven(msg)


def _is_proven(request: DeskRequest) -> bool:
    return bool(clock.now().timestamp() - request.session.get("proved_at", 0) <= PROVEN_FOR)


def _needs_codes(request: DeskRequest) -> bool:
    return not queries.recovery_codes_left(request.person.pk)


def _added(request: DeskRequest, message: str) -> HttpResponse:
    """A second factor stands from now on: every other session ends, and this one goes on under a new id."""
    request.session.pop("owes_factor", None)
    accounts.end_other_sessions(request.actor, session_key=request.session.session_key or "")
    how = {"password": "app"}.get(
        request.session.get("by", "password"), request.session.get("by", "password")
    )
    letting_in.let_in(request, request.person, how)
    return done(request, "/my/sign-in/codes" if _needs_codes(request) else HERE, message)


def _overview(request: DeskRequest, wrong: Invalid | None = None) -> HttpResponse:
    factors, provider = queries.factors_of(request.person.pk), settings.SINGLE_SIGN_ON
    context: dict[str, Any] = {
        "owes": bool(request.session.get("owes_factor")),
        "asked": accounts.asked_of(request.person),
        "proven": _is_proven(request),
        "factors": [(one, _when(request, one.used_at) or "Not used yet") for one in factors],
        "has_app": any(one.kind == "app" for one in factors),
        "codes_left": queries.recovery_codes_left(request.person.pk),
        "sessions": [_session(request, one) for one in queries.open_sign_ins(request.person.pk)],
        "provider": provider,
        "linked": provider is not None and queries.is_linked(request.person.pk, provider.issuer),
        "problem": wrong.sentence if wrong else "",
        "errors": wrong.fields if wrong else {},
    }
    return page(request, "desk/my/sign_in.html", context, status=422 if wrong else 200)


def _session(request: DeskRequest, one: SignIn) -> Session:
    return Session(
        one.pk,
        ", ".join(word for word in (one.agent or "A browser", one.address) if word),
        _when(request, one.began_at),
        HOW.get(one.how, one.how.capitalize()),
        one.session_key == request.session.session_key,
    )


def _when(request: DeskRequest, moment: Any) -> str:
    wall = to_wall(moment, request.location.zone) if moment else None
    return f"{us_date(wall.date())}, {wall_time(wall)}" if wall else ""


def _grouped(secret: str) -> str:
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def _picture(address: str) -> dict[str, Any]:
    """Return a QR code as the path of an SVG: one small square for each dark one."""
    rows = [list(row) for row in segno.make(address, error="l", micro=False).matrix]
    dark = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, one in enumerate(row) if one)
    return {"dark": dark, "side": len(rows)}
