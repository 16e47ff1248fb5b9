"""Sign in, sign out, choose a site, keep preferences."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token, rotate_token
from django.template import engines
from django.views.decorators.http import require_http_methods, require_POST

from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, done, session_stamp
from frontdesk.kit.errors import Invalid, Refusal
from frontdesk.office.accounts import services as accounts
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
            request.session.cycle_key()
            request.session["user_id"] = person.pk
            request.session["stamp"] = session_stamp(person)
            rotate_token(request)
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
