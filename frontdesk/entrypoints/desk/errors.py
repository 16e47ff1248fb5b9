"""Error pages: calm words, a way on, nobody's data."""

import logging
import sys
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.template import engines

log = logging.getLogger("frontdesk.error")


def _answer(
    request: HttpRequest, status: int, title: str, sentence: str, reference: str = ""
) -> HttpResponse:
    values = {"title": title, "sentence": sentence, "reference": reference, "status": status}
    return HttpResponse(
        engines["jinja2"].get_template("desk/error.html").render(values, request), status=status
    )


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001 - Django passes it
    """Answer 403."""
    return _answer(
        request, 403, "Not open to you", "Your role does not allow this. Ask a lead or the practice manager."
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django passes it
    """Answer a form whose token does not fit: an old tab, or a page that is not ours."""
    return _answer(
        request,
        403,
        "This page is too old",
        "Open it again and send the form once more. Nothing was changed.",
    )


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001 - Django passes it
    """Answer 404."""
    return _answer(request, 404, "Not here", "There is no such page, or it is not open to you.")


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 with a reference that stands in the log beside the place of the failure."""
    reference = uuid4().hex[:8]
    log.error("page failed", exc_info=sys.exc_info(), extra={"facts": {"reference": reference}})
    return _answer(
        request,
        500,
        "Something broke",
        "Nothing was half-done. Try again; if it stays, give support the reference.",
        reference,
    )
