"""Sign in with the practice's own provider, or link one's account with it: to the provider, and back with its answer.

The question is kept in a cookie of the asking browser and not in a session: looking at a page changes nothing here.
"""

from typing import Any

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from frontdesk.entrypoints.desk import letting_in
from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, done
from frontdesk.entrypoints.desk.my_sign_in import HERE, must_have_proven
from frontdesk.entrypoints.desk.session import come_in, door
from frontdesk.exchange import single_sign_on as sso
from frontdesk.kit.errors import Refusal
from frontdesk.office.accounts import services as accounts

SALT, LASTS = "frontdesk.single_sign_on", 10 * 60
FAILED = "That sign-in could not be believed. Try again, or use your password."


@require_safe
def begin(request: HttpRequest) -> HttpResponse:
    """Send the browser to the provider, to sign in."""
    return _sent(request, "sign in")


@desk_view(before_opening=True)
def link(request: DeskRequest) -> HttpResponse:
    """Send the browser to the provider, to link one's account with whom it knows."""
    must_have_proven(request)
    return _sent(request, f"link {request.person.pk}")


@desk_view(("POST",), before_opening=True)
def unlink(request: DeskRequest) -> HttpResponse:
    """Take the link of one's account away."""
    must_have_proven(request)
    accounts.unlink_identity(request.actor, issuer=_provider().issuer)
    return done(request, HERE, "The link is taken away.")


@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """Take the provider's answer: let in whom it vouches for, or link them with who asked."""
    provider, kept = _provider(), _kept(request)
    try:
        known = sso.finish(
            provider,
            kept["asked"],
            state=request.GET.get("state", ""),
            code=request.GET.get("code", ""),
            back=_back(request),
        )
        answer = _linked(request, known, kept["to"]) or _signed_in(request, known)
    except (sso.NotBelieved, KeyError, TypeError):
        answer = door(request, "desk/sign_in.html", {"problem": FAILED}, 422)
    except Refusal as refusal:
        answer = door(request, "desk/sign_in.html", {"problem": refusal.sentence}, 422)
    answer.delete_cookie(_name())
    return answer


def _signed_in(request: HttpRequest, known: sso.Known) -> HttpResponse:
    """A second proof here is asked for unless the provider says that it saw one."""
    person = accounts.identified(issuer=known.issuer, subject=known.subject)
    if accounts.has_factor(person) and not known.by_two:
        letting_in.half_in(request, person)
        return HttpResponseRedirect("/sign-in/code")
    how = "single sign-on with two proofs" if known.by_two else "single sign-on"
    accounts.come_in(user=person, how=how)
    return come_in(request, person, how)


def _linked(request: HttpRequest, known: sso.Known, to: str) -> HttpResponse | None:
    """Link the person who asked for it, if it is still they who sit here; None when signing in was asked for."""
    if not to.startswith("link "):
        return None
    return desk_view(("GET", "HEAD"), before_opening=True)(_link)(request, known, to)


def _link(request: DeskRequest, known: sso.Known, to: str) -> HttpResponse:
    must_have_proven(request)
    if to != f"link {request.person.pk}":
        raise sso.NotBelieved
    accounts.link_identity(request.actor, issuer=known.issuer, subject=known.subject)
    return done(request, HERE, "You can sign in with it from now on.")


def _sent(request: HttpRequest, to: str) -> HttpResponse:
    try:
        address, asked = sso.begin(_provider(), _back(request))
    except sso.NotBelieved:
        return door(request, "desk/sign_in.html", {"problem": FAILED}, 422)
    answer = HttpResponseRedirect(address)
    answer.set_cookie(
        _name(),
        signing.dumps({"asked": asked, "to": to}, salt=SALT),
        max_age=LASTS,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return answer


def _kept(request: HttpRequest) -> dict[str, Any]:
    try:
        return dict(signing.loads(request.COOKIES.get(_name(), ""), salt=SALT, max_age=LASTS))
    except (signing.BadSignature, ValueError, TypeError):
        return {}


def _provider() -> sso.Provider:
    found: sso.Provider | None = settings.SINGLE_SIGN_ON
    if found is None:
        raise Http404
    return found


def _back(request: HttpRequest) -> str:
    return f"{settings.PUBLIC_URL or f'{request.scheme}://{request.get_host()}'}/sign-in/back"


def _name() -> str:
    return "__Host-asked" if settings.HTTPS else "asked"
