"""P53, P54: what a provider's answer must be before it lets anybody in. A real provider answers, on this machine."""

import base64
import hashlib
import hmac
import json
import urllib.request
from datetime import timedelta

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client

from frontdesk.exchange import single_sign_on as sso
from frontdesk.kit import clock
from frontdesk.office.accounts import services as accounts
from frontdesk.office.accounts.models import Identity
from frontdesk.office.accounts.queries import actor_for
from frontdesk.office.audit.models import AuditEntry
from tests.attacks.doors import PASSWORD, add_app, code_of, is_in, signed_in
from tests.factories import practice as make
from tests.people import mia as manager
from tests.provider import CLIENT, SECRET, Provider


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args, **_kwargs):
        return None


@pytest.fixture
def provider(settings):
    sso.forget()
    made = Provider()
    settings.SINGLE_SIGN_ON = sso.Provider(made.issuer, CLIENT, SECRET, "Elm Street ID")
    yield made
    made.close()
    sso.forget()


@pytest.fixture
def linked(rosa, provider):
    accounts.link_identity(actor_for(rosa), issuer=provider.issuer, subject=provider.subject)
    return rosa


def at_the_provider(address):
    """What the provider sends the browser back with."""
    opener = urllib.request.build_opener(Stay(), urllib.request.ProxyHandler({}))
    try:
        opener.open(address)
    except urllib.error.HTTPError as redirect:
        return redirect.headers["Location"].removeprefix("http://testserver")
    raise AssertionError


def through(browser, begin="/sign-in/with"):
    return browser.get(at_the_provider(browser.get(begin)["Location"]))


def refused(browser, answer):
    return answer.status_code == 422 and browser.get("/").url == "/sign-in"


def nobody_comes_through():
    browser = Client()
    return refused(browser, through(browser))


def test_whom_the_provider_vouches_for_is_in(linked, provider):
    browser = Client()
    assert b"Sign in with Elm Street ID" in browser.get("/sign-in").content
    assert through(browser)["Location"] == "/"
    assert is_in(browser)
    assert AuditEntry.objects.filter(action="accounts.sign_in").latest("id").extra == {
        "how": "single sign-on"
    }


def test_a_person_links_by_themselves_and_unlinks(rosa, provider):
    browser = signed_in()
    assert through(browser, "/my/sign-in/link")["Location"] == "/my/sign-in"
    assert Identity.objects.get().user == rosa
    browser.post("/my/sign-in/unlink")
    assert not Identity.objects.exists()


def test_whom_nobody_linked_is_not_let_in_and_gets_no_account(rosa, provider):
    browser = Client()
    answer = through(browser)
    assert refused(browser, answer)
    assert b"Nobody here is linked" in answer.content
    assert AuditEntry.objects.filter(action="accounts.sign_in_refused").exists()


def test_who_left_is_not_let_in(linked, provider):
    accounts.deactivate(manager(), user_id=linked.pk)
    assert nobody_comes_through()


def test_an_identity_is_one_persons(linked, provider):
    make.user(username="lena", display_name="Lena", role="lead")
    browser = signed_in("lena")
    assert through(browser, "/my/sign-in/link").status_code == 409
    assert Identity.objects.get().user == linked


def test_a_second_proof_here_is_asked_for_unless_the_provider_saw_one(linked, provider):
    secret = add_app(linked)
    browser = Client()
    assert through(browser)["Location"] == "/sign-in/code"
    assert not is_in(browser)
    assert browser.post("/sign-in/code", {"code": code_of(secret)})["Location"] == "/"
    provider.amr = ["pwd", "mfa"]
    other = Client()
    assert through(other)["Location"] == "/"


def test_a_role_that_needs_a_second_proof_still_does(linked, provider, settings):
    settings.FRONTDESK_SECOND_FACTOR = ["psr"]
    assert through(Client())["Location"] == "/my/sign-in"


def unsigned(claims):
    parts = ({"alg": "none", "kid": "one"}, claims)
    return (
        ".".join(base64.urlsafe_b64encode(json.dumps(p).encode()).decode().rstrip("=") for p in parts) + "."
    )


def by_the_public_key(provider):
    pem = provider.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    def sign(claims):
        parts = ({"alg": "HS256", "kid": "one"}, claims)
        told = ".".join(base64.urlsafe_b64encode(json.dumps(p).encode()).decode().rstrip("=") for p in parts)
        mark = hmac.new(pem, told.encode(), hashlib.sha256).digest()
        return f"{told}.{base64.urlsafe_b64encode(mark).decode().rstrip('=')}"

    return sign


SIGNS = {
    "alg none": lambda _: unsigned,
    "HS256 with the public key": by_the_public_key,
    "HS256 with our secret": lambda _: lambda c: jwt.encode(c, SECRET * 2, "HS256", headers={"kid": "one"}),
    "another key": lambda _: (
        lambda c: jwt.encode(c, rsa.generate_private_key(65537, 2048), "RS256", headers={"kid": "one"})
    ),
    "an unknown key": lambda p: lambda c: jwt.encode(c, p.key, "RS256", headers={"kid": "two"}),
    "no key named": lambda p: lambda c: jwt.encode(c, p.key, "RS256"),
    "no token": lambda _: lambda _: "",
    "rubbish": lambda _: lambda _: "a.b.c",
}


@pytest.mark.parametrize("name", SIGNS)
def test_p53_a_token_signed_otherwise_is_not_believed(linked, provider, name):
    provider.sign = SIGNS[name](provider)
    assert nobody_comes_through()


BENDS = {
    "expired": {"exp": -120, "iat": -600},
    "from the future": {"iat": 600, "exp": 900},
    "not yet": {"nbf": 600},
    "another audience": {"aud": "other"},
    "two audiences, another's": {"aud": [CLIENT, "other"], "azp": "other"},
    "another issuer": {"iss": "https://evil.example"},
    "another question": {"nonce": "x"},
    "no question": {"nonce": None},
    "nobody": {"sub": ""},
    "a number": {"sub": 7},
    "no end": {"exp": None},
    "no audience": {"aud": None},
}


@pytest.mark.parametrize("name", BENDS)
def test_p53_a_token_that_says_otherwise_is_not_believed(linked, provider, name):
    def bend(claims):
        now = clock.now().timestamp()
        moved = {k: int(now) + v if k in {"exp", "iat", "nbf"} and v else v for k, v in BENDS[name].items()}
        return {k: v for k, v in {**claims, **moved}.items() if v is not None}

    provider.bend = bend
    assert nobody_comes_through()


def test_p54_an_answer_to_another_browsers_question_is_not_taken(linked, provider):
    one, other = Client(), Client()
    way_back = at_the_provider(one.get("/sign-in/with")["Location"])
    other.get("/sign-in/with")
    assert refused(other, other.get(way_back))
    stranger = Client()
    assert refused(stranger, stranger.get(way_back))


def test_p54_an_answer_is_taken_once_and_not_for_long(linked, provider):
    browser = Client()
    way_back = at_the_provider(browser.get("/sign-in/with")["Location"])
    kept = browser.cookies["asked"].value
    assert browser.get(way_back)["Location"] == "/"
    browser.post("/sign-out")
    browser.cookies["asked"] = kept
    assert refused(browser, browser.get(way_back))


def test_p54_a_link_begun_by_one_is_not_finished_by_another(rosa, provider):
    make.user(username="lena", display_name="Lena", role="lead")
    browser = signed_in()
    way_back = at_the_provider(browser.get("/my/sign-in/link")["Location"])
    browser.post("/sign-in", {"username": "lena", "password": PASSWORD})
    assert browser.get(way_back).status_code == 422
    assert not Identity.objects.exists()


def test_linking_asks_for_the_password_again_after_a_while(rosa, provider):
    browser = signed_in()
    with clock.fixed(clock.now() + timedelta(minutes=16)):
        assert browser.get("/my/sign-in/link").status_code == 422


def test_a_provider_that_is_away_is_said_to_be_and_the_password_still_works(rosa, provider):
    provider.close()
    browser = Client()
    assert browser.get("/sign-in/with").status_code == 422
    assert is_in(signed_in())


def test_without_a_provider_there_is_no_such_way_in(rosa, settings):
    settings.SINGLE_SIGN_ON = None
    for path in ("/sign-in/with", "/sign-in/back?code=x&state=y"):
        assert Client().get(path).status_code == 404


@pytest.mark.parametrize("address", ["http://idp.example.org", "ftp://127.0.0.1", "file:///etc/passwd"])
def test_p71_a_provider_is_asked_over_tls_or_on_this_machine_alone(address):
    with pytest.raises(sso.NotBelieved):
        sso.begin(sso.Provider(address, CLIENT, SECRET, "x"), "https://desk.example.org/sign-in/back")
