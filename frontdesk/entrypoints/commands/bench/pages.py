"""Measure a provider's day over HTTP, beside a view that does nothing, served by the same server."""

from collections.abc import Callable
from contextlib import closing
from http.client import HTTPConnection

from django.db import connection

from frontdesk.entrypoints.commands.bench.booking import busy_day
from frontdesk.entrypoints.commands.bench.measure import Result, timed_by_turns
from frontdesk.entrypoints.commands.bench.serving import served
from frontdesk.kit.errors import Refused
from frontdesk.office.scheduling.models import Resource

ABOVE_MS = 3.0


def provider_day(seed: int, rounds: int) -> list[Result]:
    """Measure what is free on a day of one provider, for twenty providers in turn, over a kept-open connection."""
    del seed
    site, day, _ = busy_day()
    working = Resource.objects.filter(location=site, kind="provider", is_active=True)[:20]
    providers = list(working.values_list("provider", flat=True))
    with (
        served("frontdesk.entrypoints.commands.bench.served:application") as server,
        closing(HTTPConnection("127.0.0.1", server.port, timeout=20)) as wire,
    ):
        pages = [_get(wire, f"/day/{day}/{provider}") for provider in providers]
        ours, floor = timed_by_turns(
            pages * 5, [_get(wire, "/empty")] * (len(pages) * 5), rounds=rounds, warm=20
        )
    above = ours.p50 - floor.p50
    notes = [f"{above:.2f} ms above an empty view at the middle, {ours.p95 - floor.p95:.2f} ms at the 95th"]
    return [
        Result(
            "provider_day", "ms", ours.p50, ours.p95, floor.p50, ours.p50 / floor.p50, len(pages) * 5, connection.vendor,
            above <= ABOVE_MS, "3 ms above an empty view", notes,
        )
    ]  # fmt: skip


def _get(wire: HTTPConnection, path: str) -> Callable[[], object]:
    def ask() -> bytes:
        wire.request("GET", path)
        answer = wire.getresponse()
        body = answer.read()
        if answer.status != 200:
            msg = f"{path} answered {answer.status}"
            raise Refused(msg)
        return body

    return ask
