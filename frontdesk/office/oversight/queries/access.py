"""Who has an account, what it lets them do, and whose access lives on though they seem to have left."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max

from frontdesk.kit import clock
from frontdesk.kit.permissions import ROLES, declared, held_by
from frontdesk.office.accounts.models import User
from frontdesk.office.audit.models import AuditEntry

UNUSED = timedelta(days=45)
"""An account nobody has used for so long is most often that of somebody who left."""


@dataclass(frozen=True, slots=True)
class Access:
    """One account: since when, last used when, and what speaks for ending it."""

    user_id: int
    name: str
    username: str
    role: str
    since: datetime
    last_seen: datetime | None
    active: bool
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rights:
    """What a role may do, in words, and how many people act with it."""

    role: str
    people: int
    words: tuple[str, ...]


def access() -> tuple[list[Access], list[Rights]]:
    """Return everybody whose account lets them in, by name, and what their roles may do; three queries."""
    people = list(User.objects.filter(is_active=True).order_by("display_name", "pk"))
    seen = _last_seen()
    rows = [_access(user, seen.get(user.pk)) for user in people]
    known = declared()
    rights = []
    for role, title in ROLES.items():
        count = sum(user.role == role for user in people)
        if count:
            rights.append(Rights(title, count, tuple(sorted(known[name].words for name in held_by(role)))))
    return rows, rights


def left_with_access() -> list[Access]:
    """Return the accounts that something speaks for ending."""
    return [row for row in access()[0] if row.doubts]


def _access(user: User, seen: datetime | None) -> Access:
    now, doubts = clock.now(), []
    if seen is None and now - user.created_at > UNUSED:
        doubts.append("never used")
    elif seen is not None and now - seen > UNUSED:
        doubts.append(f"not used for {(now - seen).days} days")
    if user.one_time_until is not None and user.one_time_until < now:
        doubts.append("a one-time password that was never changed")
    return Access(
        user.pk,
        user.display_name,
        user.username,
        ROLES.get(user.role, user.role),
        user.created_at,
        seen,
        user.is_active,
        tuple(doubts),
    )


def _last_seen() -> dict[int, datetime]:
    """Return when each person last did or looked at anything."""
    rows = AuditEntry.objects.filter(
        actor_kind="staff", outcome="done", actor_id__in=User.objects.values("pk")
    )
    newest = rows.values("actor_id").annotate(newest=Max("id"))
    moments = AuditEntry.objects.filter(pk__in=[row["newest"] for row in newest])
    return {who: at for who, at in moments.values_list("actor_id", "at") if who is not None}
