"""Who gets in, and with what: second factors by role, covered screens by location, screens of their own, emergencies."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse

from frontdesk.entrypoints.desk import screens
from frontdesk.entrypoints.desk.colleagues import one_account
from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view, done, page
from frontdesk.entrypoints.desk.templating import us_date, wall_time
from frontdesk.exchange.mail.inviting import can_invite
from frontdesk.kit.errors import Invalid, NotPermitted, Refusal
from frontdesk.kit.permissions import ROLES
from frontdesk.kit.walltime import to_wall
from frontdesk.office.accounts import queries
from frontdesk.office.accounts import services as accounts
from frontdesk.office.accounts.models import Device
from frontdesk.office.practice import services as practice

LASTS = [("1", "One hour"), ("24", "One day"), ("72", "Three days")]
KINDS = [
    (Device.WALL, "Wall screen: initials and times"),
    (Device.KIOSK, "Kiosk: greets patients, and does nothing else"),
]


@desk_view(("GET", "POST"))
def policy(request: DeskRequest) -> HttpResponse:
    """Say which roles need a second factor, and how soon an unused screen is covered at each location."""
    _must_hold(request, "accounts.policy")
    refusal = None
    if request.method == "POST":
        try:
            for site in request.sites:
                practice.set_lock_minutes(
                    request.actor.keyless(),
                    location_id=site.pk,
                    minutes=_minutes(request.POST.get(f"minutes-{site.pk}", ""), site.pk),
                )
            accounts.change_policy(request.actor, second_factor_roles=request.POST.getlist("roles"))
        except Refusal as refused:
            refusal = refused
        else:
            return done(
                request, "/people/policy", "Saved. Who needs a second factor and has none adds it now."
            )
    chosen = set(request.POST.getlist("roles")) if refusal else set(accounts.asking_roles())
    context = {
        "roles": [(code, words, code in chosen) for code, words in ROLES.items()],
        "minutes": [
            (s.pk, s.name, request.POST.get(f"minutes-{s.pk}", s.lock_minutes or "")) for s in request.sites
        ],
        **_wrong(refusal),
    }
    return page(request, "desk/people/policy.html", context, status=_status(refusal))


@desk_view(("GET", "POST"))
def invite(request: DeskRequest, user_id: int) -> HttpResponse:
    """Send a colleague a link with which they choose their password."""
    _must_hold(request, "accounts.reset_password")
    user, refusal = one_account(user_id), None
    given = request.POST.get("email", user.email).strip()
    if request.method == "POST":
        try:
            if not can_invite():
                msg = (
                    "No mail goes out from here (SMTP_HOST, FRONTDESK_URL). Give a one-time password instead."
                )
                raise Invalid(msg)
            hours = {code for code, _ in LASTS} & {request.POST.get("hours", "24")}
            lasts = timedelta(hours=int(next(iter(hours), "24")))
            accounts.invite(request.actor, user_id=user_id, email=given, lasts=lasts)
        except Refusal as refused:
            refusal = refused
        else:
            return done(request, f"/people/{user_id}", "The link is on its way. It works once.")
    context = {"user": user, "email": given, "lasts": LASTS, "can": can_invite(), **_wrong(refusal)}
    return page(request, "desk/people/invite.html", context, status=_status(refusal))


@desk_view()
def devices(request: DeskRequest) -> HttpResponse:
    """Show the screens that work by themselves, and make this browser one of them."""
    _must_hold(request, "accounts.devices")
    return _devices(request)


@desk_view(("POST",))
def register(request: DeskRequest) -> HttpResponse:
    """Make this browser a screen of its own: it gets a secret, and whoever is signed in on it is signed out."""
    secret = accounts.new_device_secret(request.actor)
    try:
        made = accounts.register_device(
            request.actor,
            name=request.POST.get("name", ""),
            kind=request.POST.get("kind", ""),
            location_id=request.location.pk,
            secret=secret,
        )
    except Invalid as wrong:
        return _devices(request, wrong)
    accounts.sign_out(
        request.actor,
        session_key=request.session.session_key or "",
        why=f"this browser is {made.kind} {made.pk} now",
    )
    request.session.flush()
    answer = HttpResponse(status=302, headers={"Location": "/screen"})
    screens.keep(answer, secret)
    return answer


@desk_view(("POST",))
def end_device(request: DeskRequest, device_id: int) -> HttpResponse:
    """End a screen: it shows nothing from now on."""
    gone = accounts.end_device(request.actor, device_id=device_id)
    return done(request, "/people/devices", f"{gone.name} shows nothing any more.")


@desk_view(("GET", "POST"))
def emergency(request: DeskRequest) -> HttpResponse:
    """Take wider rights for an hour, with the reason; or show that one has them."""
    refusal = None
    if request.method == "POST":
        try:
            made = accounts.take_emergency_access(request.actor, reason=request.POST.get("reason", ""))
        except Refusal as refused:
            refusal = refused
        else:
            until = to_wall(made.ends_at, request.location.zone)
            return done(request, "/", f"Emergency access until {wall_time(until)}. It is on record.")
    now = queries.emergency_of(request.person.pk)
    context = {
        "until": wall_time(to_wall(now.ends_at, request.location.zone)) if now else "",
        "reason": request.POST.get("reason", ""),
        "may": request.actor.can("accounts.take_emergency_access"),
        **_wrong(refusal),
    }
    return page(request, "desk/people/emergency.html", context, status=_status(refusal))


@desk_view(("POST",))
def end_emergency(request: DeskRequest) -> HttpResponse:
    """Give the wider rights back."""
    accounts.end_emergency_access(request.actor)
    return done(request, "/", "Emergency access is over.")


@desk_view()
def emergencies(request: DeskRequest) -> HttpResponse:
    """Show who took emergency access, when, and why."""
    _must_hold(request, "accounts.review_emergency")
    zone = request.location.zone
    rows = [
        (one, f"{us_date(at.date())}, {wall_time(at)}", one.user_id != request.person.pk)
        for one in queries.emergencies()
        for at in (to_wall(one.began_at, zone),)
    ]
    return page(request, "desk/people/emergencies.html", {"rows": rows})


@desk_view(("POST",))
def seen(request: DeskRequest, access_id: int) -> HttpResponse:
    """Note that one has looked at an emergency of somebody else."""
    accounts.see_emergency_access(request.actor, access_id=access_id)
    return done(request, "/emergencies", "Noted that you have looked at it.")


def _devices(request: DeskRequest, wrong: Invalid | None = None) -> HttpResponse:
    sites = {site.pk: site.name for site in request.sites}
    context = {
        "rows": [(one, sites.get(one.location_id, "Closed location")) for one in queries.devices()],
        "kinds": KINDS,
        "given": {"name": request.POST.get("name", ""), "kind": request.POST.get("kind", Device.WALL)},
        **_wrong(wrong),
    }
    return page(request, "desk/people/devices.html", context, status=_status(wrong))


def _minutes(typed: str, site: int) -> int | None:
    text = typed.strip()
    if text and not (text.isascii() and text.isdecimal() and len(text) < 4):
        msg = "A whole number of minutes."
        raise Invalid(msg, fields={f"minutes-{site}": msg})
    return int(text) if text else None


def _must_hold(request: DeskRequest, permission: str) -> None:
    if not request.actor.can(permission):
        msg = "Your role does not keep this. Ask the practice manager."
        raise NotPermitted(msg, permission)


def _wrong(refusal: Refusal | None) -> dict[str, Any]:
    fields = refusal.fields if isinstance(refusal, Invalid) else {}
    return {"problem": refusal.sentence if refusal else "", "errors": fields}


def _status(refusal: Refusal | None) -> int:
    return STATUS[refusal.kind] if refusal else 200
