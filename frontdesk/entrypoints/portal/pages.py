"""The pages behind a link. Opening one answers nothing: mail programs open links by themselves."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from frontdesk.entrypoints.portal import deeds, offers
from frontdesk.entrypoints.portal.http import HEADERS, PATIENT, kindly, language_of, page, portal_view
from frontdesk.entrypoints.portal.standing import Standing, standing
from frontdesk.kit.errors import Conflict, Refused
from frontdesk.office.messaging import services as messaging
from frontdesk.office.messaging.errors import LinkOver, LinkUsed
from frontdesk.office.messaging.queries import sender_for
from frontdesk.office.messaging.rules import Facts, Sender, values_of
from frontdesk.office.messaging.services import LinkFacts
from frontdesk.office.scheduling.services import Offer


def paid(request: HttpRequest) -> HttpResponse:
    """Thank whoever comes back from the card processor's page. Whether it was paid is asked of the processor."""
    told = kindly(request, "paid", status=200)
    for name, value in HEADERS.items():
        told[name] = value
    return told


@portal_view(("GET", "POST"))
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Show what the link is about and what may be answered; take the answer."""
    if request.method == "POST":
        return _take(request, token)
    link, at, sender = _read(token)
    language = language_of(request, link.language)
    context = {"at": at, "facts": _told(at.facts, sender, language), "short": _short(at)}
    return page(request, "answer", context, language=language, sender=sender)


@portal_view()
def times(request: HttpRequest, token: str) -> HttpResponse:
    """Show a few times to choose from."""
    return _times(request, token)


@portal_view()
def cancel(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once more before a visit is given up."""
    link, at, sender = _read(token)
    if "cancel" not in at.actions:
        return _back(request, token)
    language = language_of(request, link.language)
    context = {"facts": _told(at.facts, sender, language)}
    return page(request, "cancel", context, language=language, sender=sender)


def _take(request: HttpRequest, token: str) -> HttpResponse:
    action = request.POST.get("answer", "")
    chosen = offers.read(request.POST.get("offer", ""), token) if action == "reschedule" else None
    try:
        deeds.give(token, action, chosen)
    except (LinkUsed, LinkOver):
        raise
    except (Conflict, Refused):
        if action != "reschedule":
            raise
        # Somebody was quicker: there are other times.
        return _times(request, token, problem="taken", status=409)
    return _back(request, token)


def _times(request: HttpRequest, token: str, *, problem: str = "", status: int = 200) -> HttpResponse:
    link, at, sender = _read(token)
    if "reschedule" not in at.actions or at.near is None:
        return _back(request, token)
    language = language_of(request, link.language)
    found = offers.near(PATIENT, at.near)
    context = {
        "facts": _told(at.facts, sender, language),
        "recall": at.code == "open_recall",
        "offers": [
            (offers.sign(one, token), _told(_facts(one), sender, language), one.location_id) for one in found
        ],
        "places": len({one.location_id for one in found}) > 1,
        "may_call": "call" in at.actions,
        "problem": problem,
    }
    return page(request, "times", context, language=language, sender=sender, status=status)


def _read(token: str) -> tuple[LinkFacts, Standing, Sender]:
    link = messaging.read_link(PATIENT, token=token)
    at = standing(link)
    return link, at, sender_for(at.facts or link.facts)


def _back(request: HttpRequest, token: str) -> HttpResponse:
    """Go to the link's page, which says how it stands now; a page sent again is then only read again."""
    chosen = (request.POST if request.method == "POST" else request.GET).get("lang", "")
    return HttpResponseRedirect(f"/a/{token}" + (f"?lang={chosen}" if chosen in {"en", "es"} else ""))


def _told(facts: Facts | None, sender: Sender, language: str) -> dict[str, str]:
    return values_of(facts, None, sender, "", language) if facts else {}


def _facts(offer: Offer) -> Facts:
    return Facts(
        starts=offer.starts, zone=offer.zone, provider=offer.provider_name, place=offer.location_name
    )


def _short(at: Standing) -> dict[str, Any]:
    """Return what the buttons of the page are: what is answered at once, and what asks once more."""
    yes = next((one for one in ("keep", "confirm", "accept") if one in at.actions), "")
    return {
        "yes": "" if at.code == "confirmed" else yes,
        "no": "decline" if "decline" in at.actions else "",
        "move": "reschedule" in at.actions,
        "cancel": "cancel" in at.actions,
        "call": "call" in at.actions and at.code == "open_recall",
    }
