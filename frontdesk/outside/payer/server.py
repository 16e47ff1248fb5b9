"""The payer on a port: HTTP in front of `desk`, a thread for each connection, so that a late answer holds nobody up."""

import json
import logging
import re
import socket
import sys
import threading
import traceback
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import cast

from frontdesk.outside.payer import mime, soap
from frontdesk.outside.payer.desk import Outcome, Payer
from frontdesk.outside.payer.envelope import BATCH, REAL_TIME, Request, Response, refusing
from frontdesk.outside.payer.scenarios import Wire

log = logging.getLogger(__name__)

HOST, PORT = "127.0.0.1", 8199
LATE_SECONDS = 19.0  # one less than CAQH CORE 156 gives a payer for real time
LARGEST = {"/core/realtime": 256 * 1024, "/core/batch": 16 * 1024 * 1024}
_LENGTH = re.compile(r"[0-9]{1,12}")
_TOLD_EVERY = 100
_FORGOTTEN = 32 * 1024 * 1024


def address(port: int) -> str:
    """Return where real time is asked."""
    return f"http://{HOST}:{port}/core/realtime"


def free_port(first: int = PORT) -> int:
    """Return a port nobody listens on: `first` or one of the nineteen after it, else any."""
    for port in range(first, first + 20):
        try:
            return _bound(port)
        except OSError:
            continue
    return _bound(0)


def _bound(port: int) -> int:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        trial.bind((HOST, port))
        return int(trial.getsockname()[1])


class Server(ThreadingHTTPServer):
    """Serves a payer until shut down; `late_seconds` is how late the late one is."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, address: tuple[str, int], payer: Payer, *, late_seconds: float = LATE_SECONDS) -> None:
        self.payer, self.late_seconds = payer, late_seconds
        self.ending = threading.Event()
        self.counts = {"answered": 0, "refused": 0, "spoiled": 0, "dropped": 0}
        self._lock = threading.Lock()
        super().__init__(address, Handler)

    def count(self, what: str) -> None:
        """Count one connection; now and then say how many there were. Never who was asked about."""
        with self._lock:
            self.counts[what] += 1
            if sum(self.counts.values()) % _TOLD_EVERY == 0:
                log.info("%s", ", ".join(f"{count:,} {word}" for word, count in self.counts.items()))

    def shutdown(self) -> None:
        """Stop; a late answer is not waited for."""
        self.ending.set()
        super().shutdown()

    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002 - as the library calls it
        """Name a mistake of ours and its place, and no more of it: the rest might hold what was asked."""
        failure = sys.exception()
        if failure is not None and not isinstance(
            failure, OSError
        ):  # the other side may go whenever it likes
            place = traceback.extract_tb(failure.__traceback__)[-1]
            log.error("%s in %s, line %s", type(failure).__name__, place.name, place.lineno)


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    server_version = "PracticePayer"
    sys_version = ""
    timeout = 30

    @property
    def here(self) -> Server:
        """The server, by its own type."""
        return cast(Server, self.server)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name the library gives it
        """Log no address and no path; `Server.count` tells how much goes on."""

    def do_GET(self) -> None:
        """Tell how often each reference was asked."""
        if self.path == "/asked":
            self._send(HTTPStatus.OK, json.dumps(self.here.payer.asked()).encode(), "application/json")
        elif self.path == "/decided":
            self._send(HTTPStatus.OK, self.here.payer.decided(), "application/EDI-X12")
        elif self.path == "/":
            words = b"The practice payer: a stand-in that insures nobody. Ask at /core/realtime and /core/batch.\n"
            self._send(HTTPStatus.OK, words, "text/plain; charset=utf-8")
        else:
            self._refuse(HTTPStatus.NOT_FOUND)

    def do_POST(self) -> None:
        """Take an envelope."""
        body = self._body()
        if body is None:
            return
        kind = self.headers.get("Content-Type", "")
        if kind.lower().startswith("multipart/form-data"):
            self._multipart(body, kind)
        elif kind.lower().startswith("application/soap+xml"):
            self._soap(body)
        else:
            self._refuse(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)

    def _body(self) -> bytes | None:
        """Return the whole body; None where it was refused or did not come."""
        largest = LARGEST.get(self.path)
        said = self.headers.get("Content-Length", "")
        wrong = None
        if largest is None:
            wrong = HTTPStatus.NOT_FOUND
        elif not _LENGTH.fullmatch(said):
            wrong = HTTPStatus.LENGTH_REQUIRED
        elif int(said) > largest:
            wrong = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        if wrong is not None:
            self._let_go()
            self._refuse(wrong)
            return None
        body = self.rfile.read(int(said))
        if len(body) == int(said):
            return body
        self.close_connection = True
        return None

    def _multipart(self, body: bytes, kind: str) -> None:
        try:
            request = mime.read(body, kind)
        except mime.Unreadable as error:
            mode = BATCH if self.path == "/core/batch" else REAL_TIME
            nobody = Request({}, None)
            response = refusing(nobody, ("Sender", str(error)), mode, self.here.payer.now())
            self._send(HTTPStatus.BAD_REQUEST, *mime.write(response))
            return
        self._deliver(self._asked(request), mime.write)

    def _soap(self, body: bytes) -> None:
        try:
            request, asked, namespace = soap.read(body)
        except soap.Unreadable as error:
            status = HTTPStatus.BAD_REQUEST if error.code == "Sender" else HTTPStatus.INTERNAL_SERVER_ERROR
            self._send(status, *soap.fault(error.code, str(error)))
            return
        self._deliver(self._asked(request), lambda response: soap.write(response, asked, namespace))

    def _asked(self, request: Request) -> Outcome:
        payer = self.here.payer
        return payer.batch(request) if self.path == "/core/batch" else payer.real_time(request)

    def _deliver(self, outcome: Outcome, write: Callable[[Response], tuple[bytes, str]]) -> None:
        """Send an answer, or fail to as the lot or the member's scenario has it."""
        body, kind = write(outcome.response)
        if outcome.wire is Wire.DROPPED or self.here.payer.drops():
            self._cut("dropped")
            return
        if outcome.wire is Wire.LATE:
            self.here.ending.wait(self.here.late_seconds)
        if outcome.wire is Wire.HALF:
            self._head(HTTPStatus.OK, kind, len(body))
            self.wfile.write(body[: len(body) // 2])
            self._cut("spoiled")
            return
        self._send(HTTPStatus.OK, body, kind)
        if outcome.wire is Wire.BROKEN:
            self.here.count("spoiled")
            return
        self.here.payer.sent(outcome.references)
        self.here.count("answered" if outcome.response.code == "Success" else "refused")

    def _refuse(self, status: HTTPStatus) -> None:
        """Refuse what is no envelope, in the words of HTTP."""
        self.close_connection = True
        self.here.count("refused")
        self._send(status, f"{status.phrase}\n".encode(), "text/plain; charset=utf-8")

    def _let_go(self) -> None:
        """Read and forget what is coming, as far as a sender in good faith goes, so that it hears the refusal."""
        said = self.headers.get("Content-Length", "")
        left = min(int(said), _FORGOTTEN) if _LENGTH.fullmatch(said) else 0
        while left > 0 and (piece := self.rfile.read(min(left, 64 * 1024))):
            left -= len(piece)

    def _send(self, status: HTTPStatus, body: bytes, kind: str) -> None:
        self._head(status, kind, len(body))
        self.wfile.write(body)

    def _head(self, status: HTTPStatus, kind: str, length: int) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(length))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()

    def _cut(self, what: str) -> None:
        """End the connection as it stands."""
        self.close_connection = True
        self.here.count(what)
        self.wfile.flush()
        self.connection.shutdown(socket.SHUT_RDWR)
