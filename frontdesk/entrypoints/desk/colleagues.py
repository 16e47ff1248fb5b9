"""The people who work here: who can sign in, as what; made, changed, ended, let in with a one-time password."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, QueryDict

from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view, done, page
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.session import known_names
from frontdesk.entrypoints.desk.templating import us_date, wall_time
from frontdesk.kit.errors import Conflict, Invalid, NotFound, Refusal
from frontdesk.kit.permissions import ADMIN, EVERYONE, ROLES, SERVICE
from frontdesk.kit.walltime import to_wall
from frontdesk.office.accounts import queries
from frontdesk.office.accounts import services as accounts
from frontdesk.office.accounts.models import User
from frontdesk.office.accounts.rules import one_time_password
from frontdesk.office.practice.models import Location
from frontdesk.office.practice.queries import locations

NAMES = ("username", "display_name", "role", "home_location_id", "owner_id")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list, in words."""

    id: int
    name: str
    username: str
    code: str
    role: str
    place: str
    seen: str
    waits: bool  # with a one-time password nobody has used yet


@desk_view()
def people(request: DeskRequest) -> HttpResponse:
    """Show who has an account, or who had one."""
    former = request.GET.get("show") == "former"
    number = (
        max(1, int(asked)) if (asked := request.GET.get("page", "")).isdecimal() and len(asked) < 6 else 1
    )
    found, total = queries.accounts(former=former, page=number)
    first, places = (number - 1) * queries.ON_A_PAGE, locations()
    context = {
        "rows": [_row(request, one, places) for one in found],
        "former": former,
        "total": total,
        "shown": f"{first + 1}–{first + len(found)}",
        "earlier": _page(former, number - 1) if number > 1 else "",
        "more": _page(former, number + 1) if first + len(found) < total else "",
    }
    return page(request, "desk/people/people.html", context)


@desk_view(("GET", "POST"))
def add(request: DeskRequest) -> HttpResponse:
    """Make an account for a colleague, with a password for the first time."""
    if request.method == "GET":
        return _form(
            request, None, {"role": "psr", "home_location_id": request.location.pk, "site_ids": None}
        )
    data, given = request.POST, _given(request.POST)
    secret = data.get("password", "").strip()
    try:
        made = accounts.create_user(
            request.actor,
            username=data.get("username", ""),
            password=secret,
            one_time=True,
            avoid=known_names(),
            **given,
        )
    except Refusal as refusal:
        return _form(request, None, {**given, "username": data.get("username", "")}, refusal)
    return _told(request, made, secret)


@desk_view(("GET", "POST"))
def change(request: DeskRequest, user_id: int) -> HttpResponse:
    """Show one colleague's account; posted, keep what was changed."""
    user = one_account(user_id)
    if request.method == "GET":
        return _form(request, user, {name: getattr(user, name) for name in (*NAMES, "site_ids")})
    given = _given(request.POST)
    try:
        accounts.change_user(
            request.actor,
            user_id=user_id,
            changes=given,
            version=number(request.POST.get("version")) or 0,
        )
    except Refusal as refusal:
        return _form(request, user, given, refusal)
    return done(request, "/people", f"{given['display_name']}’s account is saved.")


@desk_view(("GET", "POST"))
def one_time(request: DeskRequest, user_id: int) -> HttpResponse:
    """Give a colleague a new one-time password; who had left is back with it."""
    user = one_account(user_id)
    secret = request.POST.get("password", "").strip() or one_time_password()
    refusal = None
    if request.method == "POST":
        try:
            made = accounts.give_one_time_password(
                request.actor,
                user_id=user_id,
                password=secret,
                lost_factors="lost_factors" in request.POST,
                avoid=known_names(),
            )
        except Refusal as refused:
            refusal = refused
        else:
            return _told(request, made, secret)
    context = {"user": user, "secret": secret, "has_factor": accounts.has_factor(user), **_wrong(refusal)}
    return page(request, "desk/people/one_time.html", context, status=_status(refusal))


@desk_view(("POST",))
def end(request: DeskRequest, user_id: int) -> HttpResponse:
    """End a colleague's access."""
    gone = accounts.deactivate(request.actor, user_id=user_id)
    return done(request, "/people", f"{gone.display_name} is signed out and cannot sign in any more.")


def _told(request: DeskRequest, user: User, secret: str) -> HttpResponse:
    """Show the one-time password once, on the answer itself: it stands in no address and no session."""
    return page(
        request, "desk/people/told.html", {"user": user, "secret": secret, "here": request.get_host()}
    )


def _form(
    request: DeskRequest, user: User | None, given: dict[str, Any], refusal: Refusal | None = None
) -> HttpResponse:
    may_make = request.actor.can("accounts.administrators")
    locked = user is not None and user.role == ADMIN and not may_make
    context = {
        "user": user,
        "given": {name: given.get(name) or "" for name in NAMES},
        "everywhere": given.get("site_ids") is None,
        "works_at": {str(pk) for pk in given.get("site_ids") or ()},
        "owners": [(one.pk, one.display_name) for one in queries.colleagues() if one.role in EVERYONE],
        "roles": [(k, words) for k, words in ROLES.items() if k != ADMIN or may_make or locked],
        "places": [(site.pk, site.name) for site in locations()],
        "secret": request.POST.get("password", "").strip() or one_time_password(),
        "oneself": user is not None and user.pk == request.person.pk,
        "locked": locked,
        **_wrong(refusal),
    }
    return page(request, "desk/people/account.html", context, status=_status(refusal))


def _given(data: QueryDict) -> dict[str, Any]:
    place, role = data.get("home_location_id", ""), data.get("role", "")
    ticked = set(data.getlist("site"))
    sites = [site.pk for site in locations() if str(site.pk) in ticked]
    if len(sites) < len(ticked):
        msg = "One of these locations is not there. Nothing was changed."
        raise NotFound(msg)
    return {
        "display_name": data.get("display_name", "").strip(),
        "role": role,
        "site_ids": None if data.get("everywhere") or not data.get("asks_sites") else sites,
        "owner_id": number(data.get("owner_id")) if role == SERVICE else None,
        "home_location_id": next((site.pk for site in locations() if str(site.pk) == place), None),
    }


def _wrong(refusal: Refusal | None) -> dict[str, Any]:
    if isinstance(refusal, Conflict) and refusal.code == "UsernameTaken":
        return {"problem": refusal.sentence, "errors": {"username": refusal.sentence}}
    fields = refusal.fields if isinstance(refusal, Invalid) else {}
    return {"problem": refusal.sentence if refusal else "", "errors": fields}


def _status(refusal: Refusal | None) -> int:
    return STATUS[refusal.kind] if refusal else 200


def one_account(user_id: int) -> User:
    """Return one person's account. Raises `NotFound`."""
    found = queries.account(user_id)
    if found is None:
        msg = "There is no such account."
        raise NotFound(msg)
    return found


def _row(request: DeskRequest, one: queries.Account, places: list[Location]) -> Row:
    user = one.user
    seen = to_wall(one.last_seen, request.location.zone) if one.last_seen else None
    return Row(
        user.pk,
        user.display_name,
        user.username,
        user.role,
        ROLES.get(user.role, user.role),
        _places(places, user),
        f"{us_date(seen.date())}, {wall_time(seen)}" if seen else "",
        user.must_change_password,
    )


def _places(sites: list[Location], user: User) -> str:
    """Say where somebody works: their usual site first, then the others, or that it is all of them."""
    home = next((site.short_name for site in sites if site.pk == user.home_location_id), "")
    if user.site_ids is None:
        return f"{home}, and all others" if home else "All"
    others = [
        site.short_name for site in sites if site.pk in user.site_ids and site.pk != user.home_location_id
    ]
    return ", ".join(filter(None, [home, *others]))


def _page(former: bool, number: int) -> str:
    return f"/people?page={number}" + ("&show=former" if former else "")
