"""Sign in, sign out, change one's password, choose a site, keep preferences."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token, rotate_token
from django.template import engines
from django.views.decorators.http import require_http_methods, require_POST

from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view, done, page, session_stamp
from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid, Refusal
from frontdesk.office.accounts import services as accounts
from frontdesk.office.accounts.models import User
from frontdesk.office.practice.queries import practice


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the sign-in page, and let a person in whose name and password belong together."""
    problem, status = "", 200
    username = request.POST.get("username", "")
    if request.method == "POST":
        try:
            person = accounts.sign_in(username=username, password=request.POST.get("password", ""))
        except Refusal as refusal:
            problem, status = refusal.sentence, 422
        else:
            _let_in(request, person)
            return HttpResponseRedirect("/")
    found = practice()
    values = {
        "csrf_token": get_token(request),
        "problem": problem,
        "username": username,
        "practice": found.name if found else "frontdesk",
    }
    return HttpResponse(
        engines["jinja2"].get_template("desk/sign_in.html").render(values, request), status=status
    )


def _let_in(request: HttpRequest, person: User) -> None:
    """Begin a session under the password this person has now."""
    request.session.cycle_key()
    request.session["user_id"] = person.pk
    request.session["stamp"] = session_stamp(person)
    request.session["used_at"] = int(clock.now().timestamp())
    rotate_token(request)


@desk_view(("GET", "POST"), before_opening=True, before_password=True)
def password(request: DeskRequest) -> HttpResponse:
    """Change one's own password; whoever came in with a one-time password does it before anything else."""
    refusal = None
    if request.method == "POST":
        try:
            person = _changed(request)
        except Refusal as refused:
            refusal = refused
        else:
            _let_in(request, person)
            return done(request, "/", "Your password is changed. Everywhere else you are signed out.")
    context = {
        "first": request.person.must_change_password,
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
    return accounts.change_password(request.actor, current=current, new=new)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session here and on the server."""
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
