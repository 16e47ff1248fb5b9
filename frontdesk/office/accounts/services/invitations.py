"""Letting somebody new in: a link to their e-mail address that works once. Nobody registers by themselves."""

import hmac
from collections.abc import Iterable
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid, NotFound
from frontdesk.office.accounts.errors import LinkEnded
from frontdesk.office.accounts.events import Invited
from frontdesk.office.accounts.models import Invitation, User
from frontdesk.office.accounts.services.colleagues import may_touch, must_not_be_oneself
from frontdesk.office.accounts.services.passwords import set_password
from frontdesk.office.accounts.services.sealing import digest
from frontdesk.office.accounts.services.sessions import end_all_of
from frontdesk.office.audit.services import record, service
from frontdesk.office.jobs.services import publish

SHORTEST, USUAL, LONGEST = timedelta(minutes=20), timedelta(hours=24), timedelta(hours=72)
ENDED = "This link has been used or has run out. Ask for a new one."


@service("accounts.send_invitation", permission="accounts.reset_password")
def invite(by: Actor, /, *, user_id: int, email: str, lasts: timedelta = USUAL) -> Invitation:
    """Send somebody a link with which they choose their password; links sent before end, and so do their sessions.

    Raises `NotFound`, `Invalid` (e-mail, how long), `Refused` for oneself, `NotPermitted` for an administrator's.
    """
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        msg = "There is no such account."
        raise NotFound(msg)
    may_touch(by, user.role)
    must_not_be_oneself(by, user, "Change your own password in the menu under your name.")
    address = _address(email)
    if not SHORTEST <= lasts <= LONGEST:
        msg = "From twenty minutes to three days."
        raise Invalid(msg, fields={"lasts": msg})
    now = clock.now()
    Invitation.objects.filter(user=user, used_at=None, ends_at__gt=now).update(ends_at=now)
    user.set_unusable_password()
    user.one_time_until, user.email = None, address
    user.save(update_fields=["password", "one_time_until", "email"])
    end_all_of(user, "invited anew")
    made = Invitation.objects.create(user=user, sent_to=address, made_at=now, ends_at=now + lasts)
    record(by, subject=user, after={"email": address}, extra={"ends_at": made.ends_at})
    publish(Invited(made.pk))
    return made


def token_of(invitation: Invitation) -> str:
    """Return what stands in the link."""
    told = f"{invitation.pk}|{invitation.user_id}|{invitation.made_at.isoformat()}"
    return f"{invitation.pk}-{digest(told, 'invitation')}"


def invited(token: str) -> Invitation:
    """Return the invitation a link is of, while it may be used. Raises `LinkEnded`."""
    number = token.partition("-")[0]
    known = number.isascii() and number.isdecimal() and len(number) < 12
    found = Invitation.objects.select_related("user").filter(pk=int(number)).first() if known else None
    right = found is not None and hmac.compare_digest(token_of(found).encode(), token.encode())
    if (
        found is None
        or not right
        or found.used_at
        or found.ends_at <= clock.now()
        or not found.user.is_active
    ):
        raise LinkEnded(ENDED)
    return found


def accept_invitation(*, token: str, password: str, avoid: Iterable[str] = ()) -> User:
    """Let somebody in by their link, with the password they chose. Raises `LinkEnded`, `WeakPassword`."""
    found = invited(token)
    by = Actor(
        "staff",
        found.user_id,
        found.user.display_name,
        frozenset({"accounts.change_password"}),
        source="desk",
    )
    return _accept(by, invitation=found, password=password, avoid=tuple(avoid))


@service("accounts.accept_invitation", permission="accounts.change_password")
def _accept(by: Actor, /, *, invitation: Invitation, password: str, avoid: tuple[str, ...]) -> User:
    """Choose the first password by a link that was sent."""
    user = invitation.user
    set_password(user, password, field="password_new", avoid=avoid)
    if not Invitation.objects.filter(pk=invitation.pk, used_at=None).update(used_at=clock.now()):
        raise LinkEnded(ENDED)
    user.save(update_fields=["password", "short_password"])
    record(by, subject=user)
    return user


def _address(email: str) -> str:
    given = email.strip()[:254]
    try:
        validate_email(given)
    except ValidationError:
        msg = "That is no e-mail address."
        raise Invalid(msg, fields={"email": msg}) from None
    return given
