"""A text came in: proved to be the carrier's, heard once, answered in the same breath."""

import hashlib
import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.views.decorators.csrf import csrf_exempt

from frontdesk.exchange.texting import inbound
from frontdesk.exchange.texting.inbound import Inbound, NotGenuine, Unreadable
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Conflict
from frontdesk.office.messaging import services as messaging

PATH = "/carrier/texts"
# What somebody may bring about from a telephone, and no more.
SENDER = Actor("carrier", None, "a reply by text", frozenset({"messaging.opt_out"}), source="text")
log = logging.getLogger(__name__)


@csrf_exempt  # The signature speaks for the sender; no cookie does.
def text(request: HttpRequest) -> HttpResponse:
    """Take in one text. What is not the carrier's is turned away before it is read, and nothing of it is logged."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not settings.TEXTS_SECRET:
        return _refused(403, "no carrier is set up")
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > inbound.MOST:
        return _refused(413, "too long")
    try:
        came = inbound.read(
            request.body, request.headers, f"{settings.PUBLIC_URL}{PATH}", settings.TEXTS_SECRET
        )
        heard = messaging.hear(_by(came), channel="text", address=came.sender, said=came.said)
    except NotGenuine:
        return _refused(403, "not signed by the carrier")
    except Unreadable:
        return _refused(422, "no text from a telephone")
    except Conflict:
        return _refused(409, "one number for two texts")
    words = "" if heard is None or came.is_answered else heard.answer
    return HttpResponse(inbound.answer(words), content_type="text/xml; charset=utf-8")


def _by(came: Inbound) -> Actor:
    """Return who says it. A text the carrier tells of twice has the same key, and no second effect."""
    return SENDER.keyed(_digest(came.id), _digest(f"{came.sender} {came.said}"))


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


def _refused(status: int, why: str) -> HttpResponse:
    log.warning("text from a carrier refused", extra={"facts": {"status": status, "why": why}})
    return HttpResponse(status=status)
