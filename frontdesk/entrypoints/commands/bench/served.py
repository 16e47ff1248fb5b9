"""Two addresses for the bench: a view that does nothing, and one provider's day. Served only while it measures."""

# ruff: noqa: E402 - Django must stand before its parts are imported
import json
import os
from datetime import date
from functools import cache

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frontdesk.site.settings")

import django

django.setup()

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path

from frontdesk.kit.actor import SYSTEM
from frontdesk.office.scheduling import services
from frontdesk.office.scheduling.models import VisitType
from frontdesk.office.scheduling.services import OpeningsAsk


def empty(_request: HttpRequest) -> HttpResponse:
    """Answer with nothing."""
    return HttpResponse(b"", content_type="text/plain")


def provider_day(_request: HttpRequest, day: str, provider: int) -> HttpResponse:
    """Answer with what is free on one provider's day."""
    when = date.fromisoformat(day)
    ask = OpeningsAsk(_kind(), when, when, provider_ids=(provider,), limit=100)
    found = services.find_openings(SYSTEM, ask=ask)
    return HttpResponse(json.dumps([offer.clock for offer in found.offers]), content_type="application/json")


@cache
def _kind() -> int:
    return VisitType.objects.get(code="follow-up").pk


urlpatterns = [path("empty", empty), path("day/<str:day>/<int:provider>", provider_day)]
settings.ROOT_URLCONF = __name__
application = WSGIHandler()
