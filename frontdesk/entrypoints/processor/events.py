"""An event came in: proved to be the processor's, noted once, and what it is about is asked about. No more is made of it."""

import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.views.decorators.csrf import csrf_exempt

from frontdesk.exchange.gateway import events
from frontdesk.exchange.gateway.events import NotGenuine, Unreadable
from frontdesk.kit.actor import Actor
from frontdesk.office.payments import services as payments

# What the processor may bring about, and no more: that it is asked.
SENDER = Actor("processor", None, "the card processor", frozenset({"payments.hear"}), source="webhook")
log = logging.getLogger(__name__)


@csrf_exempt  # The signature speaks for the sender; no cookie does.
def event(request: HttpRequest) -> HttpResponse:
    """Take in one event. What is not the processor's is turned away before it is read, and nothing of it is logged."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if settings.CARDS is None or not settings.CARDS.secrets:
        return _refused(403, "no processor is set up")
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > events.MOST:
        return _refused(413, "too long")
    try:
        came = events.read(request.body, request.headers.get("Stripe-Signature", ""), settings.CARDS.secrets)
    except NotGenuine:
        return _refused(403, "not signed by the processor, or long ago")
    except Unreadable:
        return _refused(422, "no event")
    payments.hear_event(SENDER, name=came.name, kind=came.kind, about=came.about)
    return HttpResponse(status=204)


def _refused(status: int, why: str) -> HttpResponse:
    log.warning("event from a card processor refused", extra={"facts": {"status": status, "why": why}})
    return HttpResponse(status=status)
