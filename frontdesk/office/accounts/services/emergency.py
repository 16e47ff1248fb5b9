"""Emergency access (45 CFR 164.312(a)(2)(ii)): an hour of wider rights when waiting would harm; somebody looks at it after."""

from datetime import timedelta

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid, NotFound, Refused
from frontdesk.kit.permissions import MANAGER
from frontdesk.office.accounts.models import EmergencyAccess, User
from frontdesk.office.accounts.services.factors import myself
from frontdesk.office.audit.services import record, service

LASTS = timedelta(minutes=60)
ROLE = MANAGER
"""Whose rights are taken; never an administrator's, so that nobody makes an account of it."""
LEAST_WORDS = 10


@service("accounts.take_emergency_access")
def take_emergency_access(by: Actor, /, *, reason: str) -> EmergencyAccess:
    """Take a manager's rights over patients and the book for an hour, with the reason. Raises `Invalid`, `Refused`."""
    user = myself(by)
    words = reason.replace("\0", "").strip()
    if not LEAST_WORDS <= len(words) <= 400:
        msg = "Say in a sentence why it cannot wait. The privacy officer reads it."
        raise Invalid(msg, fields={"reason": msg})
    now = clock.now()
    if EmergencyAccess.objects.filter(user=user, ends_at__gt=now).exists():
        msg = "You have emergency access already."
        raise Refused(msg)
    user.emergency_until = now + LASTS
    user.save(update_fields=["emergency_until"])
    made = EmergencyAccess.objects.create(
        user=user, role=ROLE, reason=words, began_at=now, ends_at=now + LASTS
    )
    record(by, subject=made, reason=words, after={"role": ROLE, "ends_at": made.ends_at})
    return made


@service("accounts.end_emergency_access", permission="accounts.sign_in")
def end_emergency_access(by: Actor, /) -> None:
    """Give the wider rights back before the hour is over."""
    now = clock.now()
    User.objects.filter(pk=by.id or 0).update(emergency_until=None)
    EmergencyAccess.objects.filter(user_id=by.id or 0, ends_at__gt=now).update(ends_at=now)


@service("accounts.see_emergency_access", permission="accounts.review_emergency")
def see_emergency_access(by: Actor, /, *, access_id: int) -> EmergencyAccess:
    """Note that somebody else has looked at an emergency. Raises `NotFound`, `Refused` for one's own."""
    found = EmergencyAccess.objects.filter(pk=access_id, seen_at=None).first()
    if found is None:
        msg = "Somebody has looked at that already."
        raise NotFound(msg)
    if found.user_id == by.id:
        msg = "Somebody else looks at your own."
        raise Refused(msg)
    found.seen_by_id, found.seen_at = by.id, clock.now()
    found.save(update_fields=["seen_by_id", "seen_at"])
    record(by, subject=found)
    return found
