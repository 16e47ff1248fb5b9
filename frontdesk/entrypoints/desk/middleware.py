"""Headers of every answer, and one log line a request that names no one."""

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

log = logging.getLogger("frontdesk.request")

LARGEST = 4 * 1024 * 1024
"""Bytes a request may have. A form of ours has a hundredth of it; what is larger is not even read."""
# No inline script, no inline style, nothing from elsewhere.
POLICY = (
    "default-src 'none'; object-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def headers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer only under our own names, give every answer its policy, keep pages out of caches, log route and status."""

    def handle(request: HttpRequest) -> HttpResponse:
        begun = time.perf_counter()
        request.get_host()  # raises for a name that is not ours: no answer is written for another site
        length = request.META.get("CONTENT_LENGTH") or "0"
        fits = length.isascii() and length.isdigit() and len(length) < 16 and int(length) <= LARGEST
        response = get_response(request) if fits else HttpResponse("That is too large.", status=413)
        response.setdefault("Content-Security-Policy", POLICY)
        response.setdefault("X-Frame-Options", "DENY")
        response.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        if not request.path.startswith("/static/"):
            response.setdefault("Cache-Control", "no-store")
        match = request.resolver_match
        facts = {
            "route": match.route if match else "",
            "method": request.method,
            "status": response.status_code,
            "ms": round((time.perf_counter() - begun) * 1000, 1),
        }
        log.debug("request", extra={"facts": facts})
        return response

    return handle
