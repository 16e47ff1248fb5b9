"""Sign in, show a second factor, sign out, change one's password, choose a site, keep preferences."""

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.template import engines
from django.views.decorators.http import require_http_methods, require_POST

from frontdesk.entrypoints.desk import letting_in
from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view, done, page
from frontdesk.kit.card_numbers import has_card_number
from frontdesk.kit.errors import Invalid, Refusal
from frontdesk.office.accounts import services as accounts
from frontdesk.office.accounts.models import User
from frontdesk.office.accounts.queries import account_called, factors_of
from frontdesk.office.practice.queries import locations, practice


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the sign-in page; let a person in whose name and password belong together, or ask for their second factor."""
    username = request.POST.get("username", "")
    if has_card_number(username):
        username = ""  # nobody is called that, and who tried to sign in is on record
    if request.method == "GET":
        return door(request, "desk/sign_in.html")
    try:
        person = accounts.sign_in(
            username=username,
            password=request.POST.get("password", ""),
            address=letting_in.address_of(request),
            station=letting_in.station_of(request, account_called(username[:200])),
        )
    except Refusal as refusal:
        return door(request, "desk/sign_in.html", {"problem": refusal.sentence, "username": username}, 422)
    if accounts.has_factor(person):
        letting_in.half_in(request, person)
        return HttpResponseRedirect("/sign-in/code")
    return come_in(request, person, "password")


@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Ask whoever gave the right password for the second factor."""
    person = letting_in.who_is_half_in(request)
    if person is None:
        return HttpResponseRedirect("/sign-in")
    problem = ""
    if request.method == "POST":
        try:
            shown, how = accounts.show_code(user_id=person.pk, code=request.POST.get("code", ""))
        except Refusal as refusal:
            problem = refusal.sentence
        else:
            return come_in(request, shown, how)
    kinds = {one.kind for one in factors_of(person.pk)}
    context = {"problem": problem, "by_app": "app" in kinds, "by_passkey": "passkey" in kinds}
    return door(request, "desk/code.html", context, 422 if problem else 200)


@require_POST
def passkey(request: HttpRequest) -> HttpResponse:
    """Ask the browser for a passkey, or take its answer: alone it lets in, after a password it is the second factor."""
    person = letting_in.who_is_half_in(request)
    site = letting_in.site_of(request)
    answer = request.POST.get("answer", "")
    if not answer:
        question, state = accounts.ask_passkey(site, user=person)
        request.session["passkey"] = state
        return JsonResponse(plain(question))
    state = request.session.pop("passkey", None)
    try:
        if state is None:
            msg = "That took too long. Try again."
            raise Invalid(msg)
        shown = accounts.shown_passkey(site=site, state=state, answer=answer, user=person)
        accounts.come_in(user=shown, how="passkey")
    except Refusal as refusal:
        return JsonResponse({"problem": refusal.sentence}, status=STATUS[refusal.kind])
    to = come_in(request, shown, "passkey")
    went = JsonResponse({"to": to["Location"]})
    went.cookies = to.cookies
    return went


def come_in(request: HttpRequest, person: User, how: str) -> HttpResponse:
    """Begin the session of a person whose proofs are checked, and send them to what comes first."""
    letting_in.let_in(request, person, how)
    answer = HttpResponseRedirect("/my/sign-in" if request.session.get("owes_factor") else "/")
    letting_in.remember_station(request, answer, person)
    return answer


def plain(question: dict[str, Any]) -> Any:
    """Return a question as JSON holds it: bytes in base64url, as browsers take them."""
    return json.loads(json.dumps(question, default=dict))


def door(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """Draw a page that stands before the desk."""
    found = practice()
    values = {
        "request": request,
        "csrf_token": get_token(request),
        "practice": found.name if found else "frontdesk",
        "problem": "",
        "username": "",
        "provider": settings.SINGLE_SIGN_ON,
        **(context or {}),
    }
    return HttpResponse(engines["jinja2"].get_template(template).render(values, request), status=status)


def known_names() -> list[str]:
    """Return the names everybody here knows, of which no password is made."""
    found = practice()
    return [*([found.name] if found else []), *(site.name for site in locations())]


@desk_view(("GET", "POST"), before_opening=True, before_password=True)
def password(request: DeskRequest) -> HttpResponse:
    """Change one's own password; whoever came in with a one-time password does it before anything else."""
    refusal = None
    if request.method == "POST":
        how = request.session.get("by", "password")
        try:
            person = _changed(request)
        except Refusal as refused:
            refusal = refused
        else:
            letting_in.let_in(request, person, how)
            return done(request, "/", "Your password is changed. Everywhere else you are signed out.")
    context = {
        "first": request.person.must_change_password,
        "beside": accounts.has_factor(request.person),
        "problem": refusal.sentence if refusal else "",
        "errors": refusal.fields if isinstance(refusal, Invalid) else {},
    }
    template = "desk/first_password.html" if request.person.must_change_password else "desk/password.html"
    return page(request, template, context, status=STATUS[refusal.kind] if refusal else 200)


def _changed(request: DeskRequest) -> User:
    new = request.POST.get("password_new", "")
    if new != request.POST.get("password_again", ""):
        msg = "The two do not read the same."
        raise Invalid(msg, fields={"password_again": msg})
    current = request.POST.get("password_current", "")
    return accounts.change_password(request.actor, current=current, new=new, avoid=known_names())


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session here and on the server."""
    letting_in.sign_out_whoever_is_here(request)
    request.session.flush()
    return HttpResponseRedirect("/sign-in")


@desk_view(("POST",))
def choose_location(request: DeskRequest) -> HttpResponse:
    """Work at another site from now on."""
    wanted = request.POST.get("location", "")
    if wanted not in {str(site.pk) for site in request.sites}:
        msg = "There is no such location."
        raise Invalid(msg, fields={"location": msg})
    request.session["location_id"] = int(wanted)
    return done(request, "/")


@desk_view(("POST",))
def preferences(request: DeskRequest) -> HttpResponse:
    """Keep density, theme and single-letter keys as this person likes them."""
    changes = {
        k: v for k, v in request.POST.items() if k in {"density", "theme", "keys"} and isinstance(v, str)
    }
    accounts.set_preferences(request.actor, changes=changes)
    return HttpResponse(status=204, headers={"HX-Refresh": "true"})
