"""Passkeys (WebAuthn): made on a person's own device, shown to sign in, as a second factor, or to open a covered screen.

The state of a question (its challenge) is kept by whoever asks, for one answer; here an answer is checked against it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid, Refused
from frontdesk.office.accounts.errors import SecondFactorRefused
from frontdesk.office.accounts.models import Factor, User
from frontdesk.office.accounts.services.factors import MOST_FACTORS, myself
from frontdesk.office.accounts.services.passwords import note_refusal
from frontdesk.office.audit.services import record, service

REFUSED = "That passkey does not let you in here. Try another way."
State = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Site:
    """Where the question is asked: the host without its port, and scheme and host as a browser names them."""

    host: str
    origin: str


def begin_passkey(by: Actor, site: Site) -> tuple[State, State]:
    """Return the question for a new passkey, for the browser, and its state, to be kept."""
    user = myself(by)
    who = PublicKeyCredentialUserEntity(
        id=str(user.pk).encode(), name=user.username, display_name=user.display_name
    )
    question, state = _server(site).register_begin(
        who,
        credentials=_credentials(user),
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return dict(question)["publicKey"], state


@service("accounts.add_passkey", permission="accounts.second_factor")
def add_passkey(by: Actor, /, *, site: Site, state: State, answer: str, name: str) -> Factor:
    """Add a passkey to one's own account, by the answer of the browser (JSON). Raises `Invalid`, `Refused`."""
    user = myself(by)
    if Factor.objects.filter(user=user).count() >= MOST_FACTORS:
        msg = f"You have {MOST_FACTORS} already. Remove one first."
        raise Refused(msg)
    given = _read(answer)
    try:
        data = _server(site).register_complete(state, RegistrationResponse.from_dict(given)).credential_data
    except (ValueError, KeyError, TypeError) as wrong:
        msg = "That passkey could not be read. Try again."
        raise Invalid(msg) from wrong
    if data is None:
        msg = "That passkey could not be read. Try again."
        raise Invalid(msg)
    credential = websafe_encode(data.credential_id)
    if len(credential) > 400 or Factor.objects.filter(credential=credential).exists():
        msg = "That passkey is here already."
        raise Refused(msg)
    made = Factor.objects.create(
        user=user,
        kind=Factor.PASSKEY,
        name=name.replace("\0", "").strip()[:40] or "Passkey",
        credential=credential,
        public=websafe_encode(bytes(data)),
        created_at=clock.now(),
        confirmed_at=clock.now(),
    )
    record(by, subject=made, after={"kind": made.kind, "name": made.name})
    return made


def ask_passkey(site: Site, *, user: User | None = None) -> tuple[State, State]:
    """Return the question for a passkey, and its state; with `user` only theirs will do, else any that is known here."""
    question, state = _server(site).authenticate_begin(
        credentials=_credentials(user) if user else None,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return dict(question)["publicKey"], state


def shown_passkey(
    *, site: Site, state: State, answer: str, user: User | None = None, source: str = "desk"
) -> User:
    """Return the person whose passkey answered. Raises `SecondFactorRefused`; refused answers are on record."""
    try:
        given = AuthenticationResponse.from_dict(_read(answer))
        factor = Factor.objects.select_related("user").get(credential=websafe_encode(given.raw_id))
        data = AttestedCredentialData(websafe_decode(factor.public))
        _server(site).authenticate_complete(state, [data], given)
        _must_be_of(factor, user, given)
    except (ValueError, KeyError, TypeError, Invalid, Factor.DoesNotExist) as wrong:
        note_refusal(user, source, "passkey")
        raise SecondFactorRefused(REFUSED) from wrong
    return factor.user


def _must_be_of(factor: Factor, user: User | None, given: AuthenticationResponse) -> None:
    """Refuse another person's passkey, and one whose counter went back: somebody may have copied it."""
    count = given.response.authenticator_data.counter
    handle = given.response.user_handle
    if (user and factor.user_id != user.pk) or (handle and handle != str(factor.user_id).encode()):
        msg = "another person's passkey"
        raise ValueError(msg)
    known = Factor.objects.filter(pk=factor.pk)
    known = known.filter(sign_count__lt=count) if count else known.filter(sign_count=0)
    if not known.update(sign_count=count, used_at=clock.now()):
        msg = "the counter went back"
        raise ValueError(msg)


def _credentials(user: User) -> list[AttestedCredentialData]:
    kept = Factor.objects.filter(user=user, kind=Factor.PASSKEY).values_list("public", flat=True)
    return [AttestedCredentialData(websafe_decode(public)) for public in kept]


def _server(site: Site) -> Fido2Server:
    rp = PublicKeyCredentialRpEntity(id=site.host, name="frontdesk")
    return Fido2Server(rp, verify_origin=lambda origin: str(origin) == site.origin)


def _read(answer: str) -> Mapping[str, Any]:
    try:
        read = json.loads(answer)
    except (ValueError, RecursionError):
        read = None
    if not isinstance(read, dict):
        msg = "That is no answer of a passkey."
        raise Invalid(msg)
    return read
