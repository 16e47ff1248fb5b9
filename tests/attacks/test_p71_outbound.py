"""P71: whom this program asks, and where it does not go, whatever a setting, a page, a name server or an answer says."""

import ast
import socket
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.apps import apps

import frontdesk
from frontdesk.exchange import outbound
from frontdesk.exchange import single_sign_on as sso
from frontdesk.exchange.outbound import NoAnswer, NotAllowed, ask
from frontdesk.site import environment

PLACE = Path(frontdesk.__path__[0])
NAMED = "idp.example.org"


@pytest.fixture(autouse=True)
def _nothing_else_is_named(settings):
    settings.OUTBOUND = []


@contextmanager
def server(handle):
    """A server on this machine that answers as `handle` does; what was asked of it is kept."""

    class Here(BaseHTTPRequestHandler):
        asked = []

        def do_GET(self):
            Here.asked.append(self.path)
            handle(self)

        do_POST = do_GET

        def log_message(self, *_):
            pass

    found = ThreadingHTTPServer(("127.0.0.1", 0), Here)
    found.daemon_threads = True
    threading.Thread(target=found.serve_forever, args=[0.02], daemon=True).start()
    try:
        yield found.server_port, Here.asked
    finally:
        found.shutdown()
        found.server_close()


def says(words=b"{}", status=200, **headers):
    def handle(desk):
        desk.send_response(status)
        for name, value in headers.items():
            desk.send_header(name, value)
        desk.send_header("Content-Length", str(len(words)))
        desk.end_headers()
        desk.wfile.write(words)

    return handle


def leads_to(monkeypatch, *addresses):
    """The name server says so; each look-up takes the next list, the last one for ever. Return what was connected to."""
    answers, reached = list(addresses), []

    def look_up(host, port, *_args, **_more):
        one = answers.pop(0) if len(answers) > 1 else answers[0]
        kind = socket.AF_INET6 if ":" in one[0] else socket.AF_INET
        return [(kind, socket.SOCK_STREAM, 6, "", (each, port)) for each in one]

    def connect(to, *_args, **_more):
        reached.append(to)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", connect)
    return reached


def test_a_host_the_operator_named_is_asked_and_answers():
    with server(says(b'{"a": 1}')) as (port, asked):
        assert ask(f"http://127.0.0.1:{port}/x?y=1", named=["127.0.0.1"]) == b'{"a": 1}'
        assert ask(f"http://localhost:{port}/", named=["localhost"], body=b"z=1") == b'{"a": 1}'
    assert asked == ["/x?y=1", "/"]


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/",
        f"https://{NAMED}.evil.example/",
        f"https://{NAMED}@evil.example/",
        f"https://evil.example#@{NAMED}/",
        f"https://evil.example\\@{NAMED}/",
        f"https://x:y@{NAMED}/",
        f"https://{NAMED}\t.evil.example/",
        f"https://{NAMED}/a b",
        f"https://{NAMED}/\r\nHost: evil.example",
        f"ftp://{NAMED}/",
        f"gopher://{NAMED}/",
        f"//{NAMED}/",
        "file:///etc/passwd",
        f"file://{NAMED}/etc/passwd",
        "dict://127.0.0.1:11211/stat",
        "https://",
        "",
        f"https://{NAMED}:99999/",
        "https://[::1/",
        "https://ídp.example.org/",
    ],
)
def test_what_is_not_named_is_not_even_looked_up(monkeypatch, url):
    reached = leads_to(monkeypatch, ["93.184.215.14"])
    with pytest.raises(NotAllowed):
        ask(url, named=[NAMED])
    assert reached == []


INNER = [
    *("127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1"),
    *("169.254.169.254", "192.0.0.192", "224.0.0.1", "255.255.255.255", "198.18.0.1", "240.0.0.1"),
    *("::1", "::", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1"),
    *("64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2001:0:7f00:1::", "2001:db8::1"),
]


@pytest.mark.parametrize("address", INNER)
def test_a_name_that_leads_inside_is_not_followed(monkeypatch, address):
    for found in ([address], ["93.184.215.14", address]):
        reached = leads_to(monkeypatch, found)
        with pytest.raises(NotAllowed):
            ask(f"https://{NAMED}/", named=[NAMED])
        assert reached == []


@pytest.mark.parametrize(
    "host", ["0x7f000001", "2130706433", "0177.0.0.1", "127.1", "127.0.0.1.", "[::1]", "0"]
)
def test_this_machine_written_otherwise_is_this_machine(host):
    """Whoever gets such a word into the list of names still has not named the address."""
    with pytest.raises((NotAllowed, NoAnswer)), server(says()) as (port, asked):
        ask(f"http://{host}:{port}/", named=[host] if host not in {"[::1]", "127.0.0.1."} else [])
    assert asked == []


def test_an_inner_network_the_operator_named_is_open_and_its_neighbour_is_not(monkeypatch, settings):
    settings.OUTBOUND = ["10.1.0.0/16"]
    reached = leads_to(monkeypatch, ["10.1.2.3"])
    with pytest.raises(NoAnswer):
        ask(f"https://{NAMED}/", named=[NAMED])
    assert reached == [("10.1.2.3", 443)]
    with pytest.raises(NotAllowed):
        leads_to(monkeypatch, ["10.2.0.1"])
        ask(f"https://{NAMED}/", named=[NAMED])


def test_a_name_that_changes_between_looking_and_speaking_is_spoken_to_where_it_was_looked_up(monkeypatch):
    """DNS rebinding: the first answer is fine, every further one is this machine."""
    reached = leads_to(monkeypatch, ["93.184.215.14"], ["127.0.0.1"])
    with pytest.raises(NoAnswer):
        ask(f"https://{NAMED}/", named=[NAMED])
    assert reached == [("93.184.215.14", 443)]


def test_nothing_goes_out_in_the_open(monkeypatch):
    reached = leads_to(monkeypatch, ["93.184.215.14"])
    with pytest.raises(NotAllowed):
        ask(f"http://{NAMED}/", named=[NAMED])
    assert reached == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_leads_nowhere(status):
    with server(says()) as (inner, asked):
        with server(says(status=status, Location=f"http://127.0.0.1:{inner}/secret")) as (port, _):
            with pytest.raises(NoAnswer):
                ask(f"http://127.0.0.1:{port}/", named=["127.0.0.1"])
    assert asked == []


def test_a_proxy_of_the_environment_is_not_asked(monkeypatch):
    with server(says(b"proxy")) as (proxy, asked), server(says(b"it")) as (port, _):
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy}")
        assert ask(f"http://127.0.0.1:{port}/", named=["127.0.0.1"]) == b"it"
    assert asked == []


def test_an_answer_without_end_is_not_read_to_its_end(monkeypatch):
    monkeypatch.setattr(outbound, "LARGEST", 1000)
    with server(says(b"x" * 1001)) as (port, _), pytest.raises(NoAnswer):
        ask(f"http://127.0.0.1:{port}/", named=["127.0.0.1"])
    with server(says(b"x" * 1000)) as (port, _):
        assert len(ask(f"http://127.0.0.1:{port}/", named=["127.0.0.1"])) == 1000


@pytest.mark.parametrize("where", ["head", "body"])
def test_an_answer_that_drips_is_cut_off(monkeypatch, where):
    monkeypatch.setattr(outbound, "SECONDS", 0.3)
    over = threading.Event()

    def drip(desk):
        desk.wfile.write(b"HTTP/1.0 200 OK\r\n" + (b"\r\n" if where == "body" else b"X-A: "))
        while not over.wait(0.05):
            try:
                desk.wfile.write(b"x")
                desk.wfile.flush()
            except OSError:
                return

    begun = time.monotonic()
    with server(drip) as (port, _):
        try:
            got = ask(f"http://127.0.0.1:{port}/", named=["127.0.0.1"])
        except NoAnswer:
            got = None
        finally:
            over.set()
    assert got is None
    assert time.monotonic() - begun < 3


def test_a_certificate_of_nobody_we_trust_is_none(monkeypatch, tmp_path):
    """A server on this machine speaks TLS under a certificate it made itself."""
    import ssl

    from tests.attacks.doors import own_certificate

    cert, key = own_certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    found = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    found.socket = context.wrap_socket(found.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=found.serve_forever, args=[0.02], daemon=True).start()
    try:
        with pytest.raises(NoAnswer) as refused:
            ask(f"https://127.0.0.1:{found.server_port}/", named=["127.0.0.1"])
        assert isinstance(refused.value.__cause__, ssl.SSLCertVerificationError)
    finally:
        found.shutdown()
        found.server_close()


def test_a_provider_whose_answer_points_inside_is_not_believed(monkeypatch):
    """The addresses in the answer of a provider are words of another server: they are asked only where they are named."""
    import json

    with server(says()) as (inner, asked):
        told = {
            "authorization_endpoint": "https://a.example/",
            "token_endpoint": f"http://127.0.0.1:{inner}/",
        }

        def discovery(desk):
            issuer = f"http://localhost:{desk.server.server_port}"
            whole = {**told, "issuer": issuer, "jwks_uri": f"http://127.0.0.1:{inner}/keys"}
            says(json.dumps(whole).encode())(desk)

        with server(discovery) as (port, _):
            sso.forget()
            with pytest.raises(sso.NotBelieved):
                sso.begin(
                    sso.Provider(f"http://localhost:{port}", "c", "s", "x"), "https://desk.example.org/"
                )
    assert asked == []


@pytest.mark.parametrize("given", ["https://idp.example.org", "idp.example.org/x y", "a;b", "idp example"])
def test_a_setting_that_cannot_be_a_host_stops_the_start(monkeypatch, given):
    monkeypatch.setenv("FRONTDESK_OUTBOUND", given)
    with pytest.raises(environment.UnsafeSettings):
        environment.outbound()
    monkeypatch.setenv("FRONTDESK_OUTBOUND", "oauth2.example.org, 10.1.0.0/16, [fd00::1]")
    assert len(environment.outbound()) == 3


SPEAKS = {
    "urllib.request",
    "http.client",
    "socket",
    "smtplib",
    "requests",
    "httpx",
    "urllib3",
    "aiohttp",
    "ftplib",
    "asyncssh",
    "paramiko",
}
MAY_SPEAK = {
    "exchange/outbound.py",
    "exchange/eligibility/sftp.py",
    "exchange/mail/server.py",
    "exchange/mail/inviting.py",
    "exchange/post.py",
}


def test_no_other_part_of_the_program_speaks_to_anybody():
    """The mail server and the host of the files too are named by the operator alone, in the environment; the last two only
    name errors of the mail server."""
    found = set()
    for file in PLACE.rglob("*.py"):
        place = file.relative_to(PLACE).as_posix()
        for node in ast.walk(ast.parse(file.read_text())):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module, *(f"{node.module}.{a.name}" for a in node.names)]
            if SPEAKS & set(names):
                found.add(place)
    # Stand-ins are other programs: they listen on this machine; the card network tells its events to whom it is told.
    found -= {"outside/payer/server.py", "outside/payer/sftp.py"}
    found -= {"outside/cardnet/server.py", "outside/cardnet/webhooks.py"}
    assert {one for one in found if not one.startswith("entrypoints/commands/")} == MAY_SPEAK
    # The bench and the demo ask the server they started themselves, on this machine.
    assert {one.rsplit("/", 1)[0] for one in found - MAY_SPEAK} <= {
        "entrypoints/commands/bench",
        "entrypoints/commands/demo",
    }


def test_nothing_in_the_database_says_where_to_ask():
    """No page can set an address that is asked: there is no column for one."""
    names = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("frontdesk.")
        for field in model._meta.concrete_fields
    }
    words = ("url", "host", "webhook", "endpoint", "callback")
    assert {one for one in names if any(word in one.lower() for word in words)} == {
        "Visitor.host",
        "Visitor.host_person",
        "Visitor.host_told_at",
    }


@pytest.mark.parametrize(
    "url",
    [
        "sftp://elsewhere.example.org/in",
        "https://files.example.org/in",
        "sftp://user@files.example.org/in",
        "sftp://files.example.org:0/in",
        "sftp://inner.example.org/in",
    ],
)
def test_files_too_go_to_named_hosts_alone_and_not_to_inner_addresses(monkeypatch, url):
    inner = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.7", 22))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: inner)
    with pytest.raises(NotAllowed):
        outbound.looked_up(url, named=["files.example.org", "inner.example.org"])


def test_files_go_to_a_host_that_was_named_by_its_address():
    assert outbound.looked_up("sftp://127.0.0.1:2022/in", named=["127.0.0.1"]) == ("127.0.0.1", 2022)
    assert outbound.looked_up("sftp://127.0.0.1/in", named=["127.0.0.1"]) == ("127.0.0.1", 22)
