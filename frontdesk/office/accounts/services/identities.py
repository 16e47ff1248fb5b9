"""Signing in with the practice's own provider: which of its people is which account. Nobody gets an account by it."""

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Conflict, NotFound
from frontdesk.office.accounts.errors import SignInRefused
from frontdesk.office.accounts.models import Identity, User
from frontdesk.office.accounts.services.factors import myself
from frontdesk.office.accounts.services.passwords import note_refusal
from frontdesk.office.audit.services import record, service

UNKNOWN = "Nobody here is linked with that. Sign in with your password, then link it in How I sign in."


@service("accounts.link_identity", permission="accounts.second_factor")
def link_identity(by: Actor, /, *, issuer: str, subject: str) -> Identity:
    """Link one's own account with whom the provider vouched for just now. Raises `Conflict` for somebody else's."""
    user = myself(by)
    known = Identity.objects.filter(issuer=issuer, subject=subject).first()
    if known and known.user_id != user.pk:
        msg = "That is linked with somebody else here."
        raise Conflict(msg)
    Identity.objects.filter(issuer=issuer, user=user).exclude(subject=subject).delete()
    if known is None:
        known = Identity.objects.create(user=user, issuer=issuer, subject=subject, linked_at=clock.now())
    record(by, subject=known)
    return known


@service("accounts.unlink_identity", permission="accounts.second_factor")
def unlink_identity(by: Actor, /, *, issuer: str) -> None:
    """Take the link of one's own account away. Raises `NotFound`."""
    found = Identity.objects.filter(issuer=issuer, user_id=by.id or 0).first()
    if found is None:
        msg = "There is no such link."
        raise NotFound(msg)
    record(by, subject=found)
    found.delete()


def identified(*, issuer: str, subject: str, source: str = "desk") -> User:
    """Return the person a provider vouches for. Raises `SignInRefused`; refused ones are on record."""
    known = Identity.objects.select_related("user").filter(issuer=issuer, subject=subject).first()
    if known is None or not known.user.is_active:
        note_refusal(known.user if known else None, source, "single sign-on")
        raise SignInRefused(UNKNOWN)
    return known.user
