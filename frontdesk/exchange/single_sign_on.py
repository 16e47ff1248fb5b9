"""Signing in with the practice's own provider: OpenID Connect, authorization code with PKCE, state and nonce.

Nothing is believed that the provider has not signed: the token must be of its issuer, for us, in time, about the question
we asked, under one of its published keys and an algorithm with a private key.
"""

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import jwt

from frontdesk.exchange import outbound
from frontdesk.kit import clock

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA")
FRESH = 3600.0
LEEWAY = 60
"""Seconds by which the provider's clock may differ from ours."""
THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


class NotBelieved(Exception):
    """The provider could not be asked, or what came back proves nothing. The words are for the person at the door."""


@dataclass(frozen=True, slots=True)
class Provider:
    """Who vouches for the practice's people; `name` stands on the button."""

    issuer: str
    client_id: str
    client_secret: str
    name: str


@dataclass(frozen=True, slots=True)
class Question:
    """What is kept in the asking browser, for one answer."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Known:
    """Whom the provider vouches for, and whether it saw a second proof."""

    issuer: str
    subject: str
    by_two: bool


def begin(provider: Provider, back: str) -> tuple[str, dict[str, str]]:
    """Return the address to send the browser to, and the question to keep. Raises `NotBelieved`."""
    asked = Question(*(secrets.token_urlsafe(32) for _ in range(3)))
    challenge = base64.urlsafe_b64encode(hashlib.sha256(asked.verifier.encode()).digest()).rstrip(b"=")
    told = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": back,
        "scope": "openid",
        "state": asked.state,
        "nonce": asked.nonce,
        "code_challenge": challenge.decode(),
        "code_challenge_method": "S256",
    }
    address = _discovered(provider)["authorization_endpoint"]
    return f"{address}{'&' if '?' in address else '?'}{urlencode(told)}", asdict(asked)


def finish(provider: Provider, kept: dict[str, str], *, state: str, code: str, back: str) -> Known:
    """Return whom the provider vouches for, by the code the browser brought back. Raises `NotBelieved`."""
    asked = Question(**kept)
    if not code or not hmac.compare_digest(state.encode(), asked.state.encode()):
        raise NotBelieved
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "code_verifier": asked.verifier,
    }
    pair = f"{quote(provider.client_id, safe='')}:{quote(provider.client_secret, safe='')}"
    basic = {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}
    answer = _ask(provider, _discovered(provider)["token_endpoint"], urlencode(form).encode(), basic)
    told = _read(provider, str(answer.get("id_token", "")))
    if not hmac.compare_digest(str(told.get("nonce", "")).encode(), asked.nonce.encode()):
        raise NotBelieved
    ways = told.get("amr")
    seen = set(ways) if isinstance(ways, list) else set()
    return Known(provider.issuer, told["sub"], bool(seen & {"mfa", "otp", "hwk", "swk", "fpt", "face"}))


def _read(provider: Provider, token: str) -> dict[str, Any]:
    """Return what a token says once everything about it is right."""
    try:
        head = jwt.get_unverified_header(token)
        if head.get("alg") not in ALGORITHMS:
            raise NotBelieved
        told = jwt.decode(
            token,
            _key(provider, head),
            algorithms=[head["alg"]],
            audience=provider.client_id,
            issuer=provider.issuer,
            options={
                "require": ["exp", "iat", "iss", "aud", "sub"],
                # Held against our own clock below, which a test may set.
                "verify_exp": False,
                "verify_iat": False,
                "verify_nbf": False,
            },
        )
        now = clock.now().timestamp()
        in_time = float(told["iat"]) - LEEWAY <= now < float(told["exp"]) + LEEWAY
        begun = float(told.get("nbf", 0)) - LEEWAY <= now
    except (jwt.PyJWTError, ValueError, TypeError, KeyError) as wrong:
        raise NotBelieved from wrong
    several = isinstance(told["aud"], list) and len(told["aud"]) > 1
    if not in_time or not begun or (several and told.get("azp") != provider.client_id):
        raise NotBelieved
    if not isinstance(told["sub"], str) or not 0 < len(told["sub"]) <= 255:
        raise NotBelieved
    return dict(told)


def _key(provider: Provider, head: dict[str, Any]) -> Any:
    """Return the published key a token names, of the kind its algorithm needs; asked for anew when it is not known."""
    for fresh in (False, True):
        keys = _discovered(provider, anew=fresh)["keys"]
        fits = [one for one in keys if one.get("kid") == head.get("kid") and one.get("use", "sig") == "sig"]
        if len(fits) == 1:
            return jwt.PyJWK(fits[0], algorithm=head["alg"]).key
    raise NotBelieved


_found: dict[str, tuple[float, dict[str, Any]]] = {}
_lock = threading.Lock()


def _discovered(provider: Provider, *, anew: bool = False) -> dict[str, Any]:
    """Return the provider's addresses and keys, looked up at most once an hour, or when a key is not among them."""
    with _lock:
        at, kept = _found.get(provider.issuer, (0.0, {}))
        if kept and time.monotonic() - at < (60.0 if anew else FRESH):
            return kept
    told = _ask(provider, f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    if told.get("issuer") != provider.issuer:
        raise NotBelieved
    kept = {
        name: str(told.get(name, "")) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")
    }
    for address in kept.values():
        _must_be_safe(address)
    keys = _ask(provider, kept["jwks_uri"]).get("keys")
    kept["keys"] = [one for one in keys if isinstance(one, dict)] if isinstance(keys, list) else []
    with _lock:
        _found[provider.issuer] = (time.monotonic(), kept)
    return kept


def forget() -> None:
    """Look up every provider anew."""
    with _lock:
        _found.clear()


def _ask(
    provider: Provider, address: str, body: bytes | None = None, headers: dict[str, str] | None = None
) -> dict[str, Any]:
    named = [urlsplit(provider.issuer).hostname or ""]
    headers = {"Accept": "application/json", **(headers or {})}
    if body is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        told = json.loads(outbound.ask(address, named=named, body=body, headers=headers))
    except (outbound.NotAllowed, outbound.NoAnswer, ValueError, RecursionError) as wrong:
        raise NotBelieved from wrong
    if not isinstance(told, dict):
        raise NotBelieved
    return told


def _must_be_safe(address: str) -> None:
    parts = urlsplit(address)
    if not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in THIS_MACHINE)):
        raise NotBelieved
