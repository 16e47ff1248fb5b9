"""A server of the bench's own, for what is measured over the wire."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

from frontdesk.kit.errors import Refused


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs: its port, and the process that started its workers."""

    port: int
    pid: int


@contextmanager
def served(application: str) -> Iterator[Server]:
    """Start an application under the server the desk uses, on a free port; one worker."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", "1", "--blocking-threads", "1", "--log-level", "warning", "--no-access-log"),
        application,
    ]
    server = subprocess.Popen(command, env=os.environ.copy())  # noqa: S603 - our own server, fixed words
    try:
        _wait_for(port, server)
        yield Server(port, server.pid)
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
