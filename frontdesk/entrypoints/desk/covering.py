"""The cover over a screen that nobody uses: put on, looked after, and taken off by the same person."""

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse

from frontdesk.entrypoints.desk import letting_in
from frontdesk.entrypoints.desk.http import (
    DeskRequest,
    cover,
    desk_view,
    is_covered,
    leaving,
    local,
    lock_seconds,
)
from frontdesk.entrypoints.desk.session import plain
from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid, Refusal
from frontdesk.office.accounts import services as accounts
from frontdesk.office.accounts.errors import TooManyTries


@desk_view(("POST",), before_opening=True, before_password=True, before_factor=True, while_covered=True)
def lock(request: DeskRequest) -> HttpResponse:
    """Cover this person's screens at once."""
    if not request.session.get("covered"):
        request.session["covered"] = True
        accounts.cover(leaving(request), why="by themselves")
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204)
    return HttpResponseRedirect(local(request.headers.get("Referer", "")))


@desk_view(("GET", "POST"), before_opening=True, before_password=True, before_factor=True, while_covered=True)
def awake(request: DeskRequest) -> HttpResponse:
    """Say in how many seconds the screen will be covered; a POST is sent because somebody pressed or moved something."""
    if is_covered(request):
        return HttpResponse(status=401)
    used = request.session.get("used_at", 0)
    left = used + lock_seconds(request.location) - int(clock.now().timestamp())
    return HttpResponse(status=204, headers={"X-Left": str(max(0, left))})


@desk_view(("POST",), before_opening=True, before_password=True, before_factor=True, while_covered=True)
def unlock(request: DeskRequest) -> HttpResponse:
    """Take the cover off for the same person, who shows their PIN or their password, and go on where they were."""
    back = local(request.POST.get("back", ""))
    try:
        accounts.open_again(
            leaving(request),
            session_key=request.session.session_key or "",
            pin=request.POST.get("pin", ""),
            password=request.POST.get("password", ""),
            address=letting_in.address_of(request),
        )
    except TooManyTries as refusal:
        request.session["pin_over"] = True
        return cover(request, refusal.sentence, back)
    except Refusal as refusal:
        return cover(request, refusal.sentence, back)
    _uncover(request)
    return HttpResponseRedirect(back)


@desk_view(("POST",), before_opening=True, before_password=True, before_factor=True, while_covered=True)
def unlock_passkey(request: DeskRequest) -> HttpResponse:
    """Ask for one of this person's passkeys, or take its answer, and take the cover off."""
    site, answer = letting_in.site_of(request), request.POST.get("answer", "")
    if not answer:
        question, state = accounts.ask_passkey(site, user=request.person)
        request.session["passkey"] = state
        return JsonResponse(plain(question))
    state = request.session.pop("passkey", None)
    try:
        if state is None:
            msg = "That took too long. Try again."
            raise Invalid(msg)
        accounts.shown_passkey(site=site, state=state, answer=answer, user=request.person)
    except Refusal as refusal:
        return JsonResponse({"problem": refusal.sentence}, status=422)
    accounts.opened_again(leaving(request), how="passkey")
    _uncover(request)
    return JsonResponse({"to": local(request.POST.get("back", ""))})


def _uncover(request: DeskRequest) -> None:
    for word in ("covered", "pin_over"):
        request.session.pop(word, None)
    request.session["used_at"] = int(clock.now().timestamp())
