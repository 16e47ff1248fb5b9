"""Measure a provider's day over HTTP, beside a view that does nothing, served by the same server."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection

from django.db import connection

from frontdesk.entrypoints.commands.bench.booking import busy_day
from frontdesk.entrypoints.commands.bench.measure import Result, timed_by_turns
from frontdesk.kit.errors import Refused
from frontdesk.office.scheduling.models import Resource

ABOVE_MS = 3.0


def provider_day(seed: int, rounds: int) -> list[Result]:
    """Measure what is free on a day of one provider, for twenty providers in turn, over a kept-open connection."""
    del seed
    site, day, _ = busy_day()
    working = Resource.objects.filter(location=site, kind="provider", is_active=True)[:20]
    providers = list(working.values_list("provider", flat=True))
    with _served() as port, closing(HTTPConnection("127.0.0.1", port, timeout=20)) as wire:
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


@contextmanager
def _served() -> Iterator[int]:
    """Start the bench's own pages under the server the desk uses, on a free port; one worker."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", "1", "--blocking-threads", "1", "--log-level", "warning", "--no-access-log"),
        "frontdesk.entrypoints.commands.bench.served:application",
    ]
    server = subprocess.Popen(command, env=os.environ.copy())  # noqa: S603 - our own server, fixed words
    try:
        _wait_for(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=10)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(150):
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    msg = "The bench's server did not start."
    raise Refused(msg)
