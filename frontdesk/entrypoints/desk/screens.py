"""A screen that works by itself: known by a secret in its own browser, bound to one location, no person's."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import engines
from django.views.decorators.http import require_safe

from frontdesk.entrypoints.desk.visits import wall
from frontdesk.kit.actor import Actor
from frontdesk.office.accounts import services as accounts
from frontdesk.office.accounts.models import Device
from frontdesk.office.practice.queries import location

AGE = 400 * 24 * 60 * 60
# A screen looks at the day of its site, and does nothing.
RIGHTS = {Device.WALL: frozenset({"visits.wall"}), Device.KIOSK: frozenset[str]()}


@require_safe
def screen(request: HttpRequest) -> HttpResponse:
    """Show what this screen is registered for; a browser that is none is sent to sign in."""
    device = accounts.known_device(request.COOKIES.get(cookie(), ""))
    place = location(device.location_id) if device else None
    if device is None or place is None or not place.is_active:
        return HttpResponseRedirect("/sign-in")
    by = Actor(
        "device", device.pk, device.name, RIGHTS[device.kind], location_id=place.pk, source=device.kind
    )
    if device.kind == Device.WALL:
        return wall.shown(request, by, place, device)
    template = engines["jinja2"].get_template("desk/my/kiosk.html")
    return HttpResponse(template.render({"place": place}, request))


def keep(answer: HttpResponse, secret: str) -> None:
    """Give a browser the secret of the screen it is from now on; no script reads it."""
    answer.set_cookie(cookie(), secret, max_age=AGE, secure=settings.HTTPS, httponly=True, samesite="Strict")


def cookie() -> str:
    """Return the name of the cookie a screen is known by."""
    return "__Host-screen" if settings.HTTPS else "screen"
