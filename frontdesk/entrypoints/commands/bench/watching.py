"""Two hundred screens that follow, as a server sees them: what they ask, when, and how soon they have what changed."""

import re
import selectors
import socket
import time
from collections.abc import Callable
from contextlib import ExitStack

ASK_EVERY = 0.4  # seconds between two questions of a screen, as in ui/live.js
WHOLE_EVERY = 60.0  # and between two looks at the whole list
CHANGE_EVERY = 10.0
CSRF = "c" * 32


class Watch:
    """Two hundred screens over kept-open connections, in one thread: none of them waits for another."""

    def __init__(self, port: int, html: str, sessions: list[str], open_still: ExitStack) -> None:
        path = found(r'data-live="([^"]+)"', html)
        self.stamp = found(r'data-stamp="([^"]+)"', html)
        self.question = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
        self.asked = 0
        self.delays: list[float] = []
        self.changed_at = 0.0
        self.selector = open_still.enter_context(selectors.DefaultSelector())
        self.wires: list[Wire] = []
        for at, session in enumerate(sessions):
            wire = open_still.enter_context(socket.create_connection(("127.0.0.1", port), timeout=20))
            share = at / len(sessions)
            self.wires.append(Wire(wire, session, self.stamp, share * ASK_EVERY))
            self.wires[-1].whole_due = time.monotonic() + share * WHOLE_EVERY
            self.selector.register(wire, selectors.EVENT_READ, self.wires[-1])

    def run(self, seconds: float, change: Callable[[], object]) -> list[float]:
        """Watch for so long; return how many milliseconds after each change each screen had its lines."""
        began, self.delays, self.asked = time.monotonic(), [], 0
        next_change, self.changed_at = began + 1.0, began
        for wire in self.wires:
            wire.due = began + wire.offset
        while (now := time.monotonic()) < began + seconds:
            if now >= next_change and now < began + seconds - 2:
                change()
                self.changed_at, next_change = time.monotonic(), next_change + CHANGE_EVERY
            self._ask(now)
            for key, _ in self.selector.select(timeout=0.002):
                self._hear(key.data)
        return self.delays

    def _ask(self, now: float) -> None:
        for wire in self.wires:
            if wire.waits:
                continue
            if now >= wire.whole_due:
                wire.whole_due = now + WHOLE_EVERY
                wire.fetch(all_of_it=True)
            elif now >= wire.due:
                self.asked += 1
                wire.send(self.question)

    def _hear(self, wire: "Wire") -> None:
        body = wire.read()
        if body is None:
            return
        if not wire.fetching and body != wire.known:
            wire.fetch()
            return
        if wire.fetching:
            stamp = found(r'data-stamp="([^"]+)"', body)
            if stamp != wire.known:
                self.delays.append((time.monotonic() - self.changed_at) * 1000)
            wire.fetching, wire.known = False, stamp
        wire.due = time.monotonic() + ASK_EVERY


class Wire:
    """One screen's connection: what it waits for, and the stamp it has."""

    def __init__(self, wire: socket.socket, session: str, known: str, offset: float) -> None:
        self.wire, self.session, self.known = wire, session, known
        self.offset, self.due, self.whole_due = offset, 0.0, 0.0
        self.waits = self.fetching = False
        self.got = b""

    def send(self, request: bytes) -> None:
        self.waits, self.got = True, b""
        self.wire.sendall(request)

    def fetch(self, *, all_of_it: bool = False) -> None:
        self.fetching = True
        more = "&all=1" if all_of_it else ""
        self.send(
            f"GET /desk/lines?since={self.known}{more} HTTP/1.1\r\nHost: 127.0.0.1\r\nHX-Request: true\r\n"
            f"X-Follows: true\r\nCookie: session={self.session}; csrf={CSRF}\r\n\r\n".encode()
        )

    def read(self) -> str | None:
        """Take in what has come; return the body once the answer is whole."""
        self.got += self.wire.recv(1 << 20)
        head, parted, body = self.got.partition(b"\r\n\r\n")
        length = re.search(rb"content-length: (\d+)", head.lower())
        if (
            not parted
            or (length and len(body) < int(length[1]))
            or not (length or body.endswith(b"0\r\n\r\n"))
        ):
            return None
        self.waits = False
        return body.decode()


def found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    return match[1] if match else ""
