"""The network on a port: Stripe's HTTP API in front of `Network`, a thread for each connection."""

import json
import logging
import random
import re
import socket
import sys
import threading
import traceback
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast
from urllib.parse import urlsplit

from frontdesk.outside.cardnet import forms, pages, scenarios
from frontdesk.outside.cardnet.network import Network, Wrong
from frontdesk.outside.cardnet.store import Thing
from frontdesk.outside.cardnet.webhooks import Teller

log = logging.getLogger(__name__)

HOST, PORT = "127.0.0.1", 8299
KEY = "sk_test_frontdesk_practice"
SECRET = "whsec_frontdesk_practice"  # noqa: S105 - a stand-in's, known to everybody
LATE_SECONDS, LARGEST = 10.0, 64 * 1024
Deed = Callable[[Network, tuple[str, ...], dict[str, Any]], Thing]

_DEEDS: dict[tuple[str, str], Deed] = {
    ("POST", r"/v1/payment_intents"): lambda n, _, g: n.create_intent(g),
    ("GET", r"/v1/payment_intents"): lambda n, _, g: _listed(n, "payment_intent", g),
    ("GET", r"/v1/payment_intents/search"): lambda n, _, g: _searched(n, g),
    ("GET", r"/v1/payment_intents/(\w+)"): lambda n, p, _: n.thing(p[0], "payment_intent"),
    ("POST", r"/v1/payment_intents/(\w+)/confirm"): lambda n, p, g: n.confirm(p[0], g),
    ("POST", r"/v1/payment_intents/(\w+)/cancel"): lambda n, p, _: n.cancel(p[0]),
    ("GET", r"/v1/terminal/readers"): lambda n, _, g: _listed(n, "terminal.reader", g),
    ("GET", r"/v1/terminal/readers/(\w+)"): lambda n, p, _: n.thing(p[0], "terminal.reader"),
    ("POST", r"/v1/terminal/readers/(\w+)/process_(?:payment|setup)_intent"): lambda n, p, g: n.process(
        p[0], g
    ),
    ("POST", r"/v1/terminal/readers/(\w+)/cancel_action"): lambda n, p, _: n.cancel_action(p[0]),
    ("POST", r"/v1/test_helpers/terminal/readers/(\w+)/present_payment_method"): lambda n, p, g: n.present(
        p[0], g
    ),
    ("POST", r"/v1/customers"): lambda n, _, g: n.create_customer(g),
    ("GET", r"/v1/customers/(\w+)"): lambda n, p, _: n.thing(p[0], "customer"),
    ("POST", r"/v1/setup_intents"): lambda n, _, g: n.create_setup(g),
    ("GET", r"/v1/setup_intents/(\w+)"): lambda n, p, _: n.thing(p[0], "setup_intent"),
    ("POST", r"/v1/setup_intents/(\w+)/confirm"): lambda n, p, g: n.confirm_setup(p[0], g),
    ("GET", r"/v1/payment_methods/(\w+)"): lambda n, p, _: n.thing(p[0], "payment_method"),
    ("POST", r"/v1/payment_methods/(\w+)/detach"): lambda n, p, _: n.detach(p[0]),
    ("POST", r"/v1/checkout/sessions"): lambda n, _, g: n.create_session(g),
    ("GET", r"/v1/checkout/sessions"): lambda n, _, g: _listed(n, "checkout.session", g),
    ("GET", r"/v1/checkout/sessions/(\w+)"): lambda n, p, _: n.session(p[0]),
    ("POST", r"/v1/checkout/sessions/(\w+)/expire"): lambda n, p, _: n.expire(p[0]),
    ("POST", r"/v1/refunds"): lambda n, _, g: n.create_refund(g),
    ("GET", r"/v1/refunds"): lambda n, _, g: _listed(n, "refund", g),
    ("GET", r"/v1/refunds/(\w+)"): lambda n, p, _: n.refund(p[0]),
    ("GET", r"/v1/disputes"): lambda n, _, g: _listed(n, "dispute", g),
    ("GET", r"/v1/disputes/(\w+)"): lambda n, p, _: n.thing(p[0], "dispute"),
    ("GET", r"/v1/events"): lambda n, _, g: _listed(n, "event", g),
    ("GET", r"/v1/events/(\w+)"): lambda n, p, _: n.thing(p[0], "event"),
    ("GET", r"/v1/charges"): lambda n, _, g: _listed(n, "charge", g),
    ("GET", r"/v1/charges/(\w+)"): lambda n, p, _: n.thing(p[0], "charge"),
}


def address(port: int) -> str:
    """Return where the API is."""
    return f"http://{HOST}:{port}"


def free_port(first: int = PORT) -> int:
    """Return a port nobody listens on: `first` or one of the nineteen after it, else any."""
    for port in (*range(first, first + 20), 0):
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind((HOST, port))
            except OSError:
                continue
            return int(trial.getsockname()[1])
    msg = "no port is free"
    raise OSError(msg)


class Server(ThreadingHTTPServer):
    """Serves a network until shut down. `drop` is the share of answers that never arrive, after the deed."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(
        self, where: tuple[str, int], network: Network, *, drop: float = 0.0, seed: int = 1,
        late_seconds: float = LATE_SECONDS, webhook: str = "", secret: str = SECRET,
    ) -> None:  # fmt: skip
        self.network, self.drop, self.late_seconds = network, drop, late_seconds
        self.lot, self.ending = random.Random(seed), threading.Event()
        super().__init__(where, Handler)
        network.address = address(self.server_port)
        self.teller = Teller(network, webhook, secret)
        self.teller.start()

    def shutdown(self) -> None:
        """Stop; a late answer is not waited for."""
        self.ending.set()
        self.teller.ending.set()
        super().shutdown()

    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002 - as the library calls it
        """Name a mistake of ours and its place, and no more of it."""
        failure = sys.exception()
        if failure is not None and not isinstance(failure, OSError):
            place = traceback.extract_tb(failure.__traceback__)[-1]
            log.error("%s in %s, line %s", type(failure).__name__, place.name, place.lineno)


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    server_version = "PracticeCards"
    sys_version = ""
    timeout = 30

    @property
    def here(self) -> Server:
        """The server, by its own type."""
        return cast(Server, self.server)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name the library gives it
        """Log no address and no path."""

    def do_GET(self) -> None:
        """Answer a question."""
        self._take("GET", "")

    def do_POST(self) -> None:
        """Do a deed."""
        length = self.headers.get("Content-Length", "0")
        if not length.isdecimal() or int(length) > LARGEST:
            self.close_connection = True
            self._json(413, {"error": {"type": "invalid_request_error", "message": "Too large."}})
            return
        self._take("POST", self.rfile.read(int(length)).decode("utf-8", "replace"))

    def _take(self, method: str, body: str) -> None:
        parts = urlsplit(self.path)
        if parts.path.startswith("/pay/"):
            self._page(method, parts.path.removeprefix("/pay/"), body)
        elif parts.path == "/counts":
            with self.here.network.store:
                counts = self.here.network.counts()
            self._json(200, counts)
        elif not parts.path.startswith("/v1/"):
            self._send(200, b"The practice card network: no card is real, no money moves.\n", "text/plain")
        elif self.headers.get("Authorization", "") != f"Bearer {KEY}":
            self._json(
                401, {"error": {"type": "invalid_request_error", "message": "Invalid API Key provided."}}
            )
        else:
            self._answer(method, parts.path, forms.read(body if method == "POST" else parts.query))

    def _answer(self, method: str, path: str, given: dict[str, Any]) -> None:
        """Do what is asked, keep the answer under its idempotency key, and give it; or lose it, as the scenario has it."""
        key = self.headers.get("Idempotency-Key", "") if method == "POST" else ""
        said = json.dumps([path, given], sort_keys=True)
        with self.here.network.store as store:
            known = store.answered(key) if key else None
            if known is not None and known[0] != said:
                wrong = "Keys for idempotent requests can only be used with the same parameters they were first used with."
                status, body = 400, json.dumps({"error": {"type": "idempotency_error", "message": wrong}})
            elif known is not None:
                status, body = known[1:]
            else:
                status, told = self._done(method, path, given)
                body = json.dumps(told)
                if key:
                    store.keep_answer(key, said, status, body)
            fault = (
                0 if method == "GET" or known is not None else scenarios.scenario(_amount(json.loads(body)))
            )
            fault = fault if status == HTTPStatus.OK and store.first_time(f"{fault} {path} {said}") else 0
        if fault == scenarios.LOST or self.here.lot.random() < self.here.drop:
            self._cut()
            return
        if fault == scenarios.LATE and not path.endswith("/payment_intents"):
            self.here.ending.wait(self.here.late_seconds)
        self._send(status, body.encode(), "application/json")

    def _done(self, method: str, path: str, given: dict[str, Any]) -> tuple[int, Thing]:
        network = self.here.network
        network.ripen()
        for (how, pattern), deed in _DEEDS.items():
            found = re.fullmatch(pattern, path)
            if how == method and found:
                try:
                    return 200, _expanded(
                        network, deed(network, found.groups(), given), given.get("expand") or []
                    )
                except Wrong as wrong:
                    return wrong.status, {"error": wrong.told}
        return 404, {"error": {"type": "invalid_request_error", "message": "Unrecognized request URL."}}

    def _page(self, method: str, name: str, body: str) -> None:
        network = self.here.network
        try:
            with network.store:
                session, why = (
                    network.pay(name, str(forms.read(body).get("number", "")))
                    if method == "POST"
                    else (network.session(name), "")
                )
        except Wrong:
            self._send(404, b"There is no such link.\n", "text/plain")
            return
        self._send(200, pages.paying(session, why).encode(), "text/html; charset=utf-8")

    def _json(self, status: int, told: object) -> None:
        self._send(status, json.dumps(told).encode(), "application/json")

    def _send(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Request-Id", "req_practice")
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def _cut(self) -> None:
        """End the connection as it stands: the deed is done, its answer is lost."""
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)


def _amount(told: Thing) -> int:
    """Return the cents an answer is about, 0 where it is about none."""
    return int(told.get("amount") or told.get("amount_total") or 0)


def _listed(network: Network, kind: str, given: dict[str, Any]) -> Thing:
    created = given.get("created") or {}
    found = network.store.all(kind, float(created.get("gte", 0)), float(created.get("lt", 1e12)))
    for field in ("payment_intent", "charge", "type"):
        if field in given:
            found = [one for one in found if one.get(field) == given[field]]
    if after := given.get("starting_after"):
        names = [one["id"] for one in found]
        found = found[names.index(after) + 1 :] if after in names else []
    limit = min(int(given.get("limit", 10)), 100)
    return {"object": "list", "url": f"/v1/{kind}", "has_more": len(found) > limit, "data": found[:limit]}


def _searched(network: Network, given: dict[str, Any]) -> Thing:
    asked = re.fullmatch(r"metadata\['(\w+)'\]:'([^']*)'", given.get("query", ""))
    if asked is None:
        msg = "This network searches by metadata only."
        raise Wrong(msg, param="query")
    found = [one for one in network.store.all("payment_intent") if one["metadata"].get(asked[1]) == asked[2]]
    return {"object": "search_result", "url": "/v1/payment_intents/search", "has_more": False, "data": found}


def _expanded(network: Network, thing: Thing, wanted: list[str]) -> Thing:
    """Put objects in place of their names, as `expand` asks."""
    for path in wanted:
        at: Any = [thing]
        for part in path.split("."):
            following: list[Any] = []
            for one in at:
                value = one.get(part) if isinstance(one, dict) else None
                if isinstance(value, str) and (known := network.store.get(value)) is not None:
                    value = one[part] = known
                following += value if isinstance(value, list) else [value]
            at = following
    return thing
