"""P57, P58, P59, P60, P61, P63, P64, P66: what a browser of somebody else's making, or a stranger's page, can do here."""

import re

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from frontdesk.entrypoints.desk.visits import live
from tests.attacks.practice import changing_nothing
from tests.halves import half
from tests.journeys.addresses import addresses

# How often a link was opened is counted, whoever opens it.
COUNTED = "messaging_tally"
# A link's own word is what gives leave, no cookie does: a wrong word is refused whatever else is sent with it.
REFUSED = dict.fromkeys(("link", "link_times", "link_cancel"), {403, 404, 405, 422})
TEXTS = ("text/plain", "application/json", "multipart/form-data; boundary=x")


def routes(patterns=None, before=""):
    for one in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(one, URLPattern):
            yield one.name, before + str(one.pattern)
        else:
            yield from routes(one.url_patterns, before + str(one.pattern))


def address_of(pattern, number="1"):
    """Some address of a route: every number is 1, every word `x`."""
    return "/" + re.sub(r"<int:\w+>", number, re.sub(r"<(?:slug|str):\w+>", "x", pattern))


ROUTES = sorted(routes())


@pytest.mark.parametrize(("name", "pattern"), half(ROUTES), ids=[name for name, _ in half(ROUTES)])
def test_nothing_is_posted_without_the_token_of_the_page(signed_in, name, pattern):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = signed_in.cookies
    with changing_nothing(COUNTED):
        for kind in (None, *TEXTS):
            for verb in (strict.post, strict.put, strict.patch, strict.delete):
                more = {"content_type": kind} if kind else {}
                answer = verb(
                    address_of(pattern), {"a": "b"} if kind is None and verb == strict.post else "a=b", **more
                )
                assert answer.status_code in REFUSED.get(name, {403, 405}), (name, answer.status_code)
        strict.cookies["csrf"] = "c" * 32
        other = strict.post(
            address_of(pattern), {"csrfmiddlewaretoken": "d" * 32}, headers={"Origin": "https://evil.example"}
        )
    assert other.status_code in REFUSED.get(name, {403, 405})


def test_looking_changes_nothing(signed_in, street, manager):
    known = addresses(street, manager)
    more = {address_of(pattern, "1") for _, pattern in ROUTES}
    signed_in.get("/")
    for address in [*known.values(), *sorted(more)]:
        with changing_nothing(COUNTED):
            signed_in.get(address)
            signed_in.head(address)
            signed_in.options(address)


def test_every_page_is_guarded_the_same(signed_in, street, manager):
    live._drawn.clear()
    wrong = []
    for name, address in addresses(street, manager).items():
        answer = signed_in.get(
            address, headers={"Origin": "https://evil.example", "Accept-Encoding": "identity"}
        )
        policy = dict(
            part.strip().partition(" ")[::2] for part in answer["Content-Security-Policy"].split(";")
        )
        wrong += [
            f"{name}: {key} {policy.get(key)}"
            for key in ("script-src", "style-src")
            if policy.get(key, "'self'") != "'self'"
        ]
        wrong += [f"{name} may be framed"] if policy.get("frame-ancestors") != "'none'" else []
        wrong += [f"{name} is kept in caches"] if "no-store" not in answer["Cache-Control"] else []
        wrong += (
            [f"{name} is open to other sites"] if answer.has_header("Access-Control-Allow-Origin") else []
        )
        wrong += [f"{name} may be sniffed"] if answer["X-Content-Type-Options"] != "nosniff" else []
        html = answer.content.decode()
        wrong += [
            f"{name} has {part}" for part in ("<style", " style=", "javascript:", "hx-on") if part in html
        ]
        wrong += [f"{name} has a script of its own"] if re.search(r"<script(?![^>]*\bsrc=)", html) else []
        [title] = re.findall(r"<title>(.*?)</title>", html, re.S) or [""]
        wrong += [f"{name} names {who} in its title" for who in ("Ito", "Brandt") if who in title]
    assert not wrong, "\n".join(wrong)


def test_no_address_of_ours_says_who_it_is_about(signed_in, street, manager):
    known = addresses(street, manager)
    wrong = []
    for address in known.values():
        html = signed_in.get(address, follow=True).content.decode()
        for link in re.findall(r'(?:href|action|hx-get|hx-post|src)="([^"]+)"', html):
            if re.search(r"Ito|Brandt|1962|617|@", link) and not link.startswith(("mailto:", "tel:")):
                wrong.append(f"{address}: {link}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "testserver@evil.example"])
def test_another_host_is_nobody(client, street, host, settings):
    settings.ALLOWED_HOSTS = ["desk.example.org"]
    assert client.get("/sign-in", headers={"host": host}).status_code == 400
    assert (
        client.get("/sign-in", headers={"host": "desk.example.org", "X-Forwarded-Host": host}).status_code
        == 200
    )


@pytest.mark.parametrize(
    "next_", ["//evil.example", "https://evil.example", "javascript:1", "/\\evil.example"]
)
def test_a_sign_in_leads_nowhere_else(client, manager, next_):
    answer = client.post(
        f"/sign-in?next={next_}", {"username": manager.username, "password": "wrong", "next": next_}
    )
    assert "evil" not in answer.headers.get("Location", "")
