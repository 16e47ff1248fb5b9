"""Who is asking, and who works here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.permissions import MANAGER, SERVICE, held_by
from frontdesk.office.accounts.models import (
    Device,
    EmergencyAccess,
    Factor,
    Identity,
    Invitation,
    RecoveryCode,
    SignIn,
    User,
)
from frontdesk.office.audit.models import AuditEntry

ON_A_PAGE = 50
_TO_CHANGE_IT = frozenset({"accounts.change_password", "accounts.sign_in"})


def actor_for(user: User, *, location_id: int | None = None, source: str = "desk") -> Actor:
    """Return the actor that acts with `user`'s role at a location.

    Who has left holds no permission, and who signed in with a one-time password only that to choose their own.
    """
    permissions, sites = held_by(user.role) if user.is_active else frozenset[str](), sites_of(user)
    if user.role == SERVICE:
        permissions, sites = _of_its_owner(user, permissions, sites)
    if user.is_active and user.emergency_until and user.emergency_until > clock.now():
        permissions |= held_in_an_emergency()
    if user.must_change_password:
        permissions &= _TO_CHANGE_IT
    return Actor(
        *("service" if user.role == SERVICE else "staff", user.pk, user.display_name, permissions),
        location_id=location_id,
        source=source,
        role=user.role,
        sites=sites,
    )


def held_in_an_emergency() -> frozenset[str]:
    """Return what emergency access adds: what a manager may do for patients and the book, with nobody's account or record of deeds."""
    others = ("accounts.", "audit.", "oversight.")
    return frozenset(one for one in held_by(MANAGER) if not one.startswith(others))


def sites_of(user: User) -> frozenset[int] | None:
    """Return the sites a person works at; None is all of them. Where they usually work is always one."""
    if user.site_ids is None:
        return None
    return frozenset({*user.site_ids, *([user.home_location_id] if user.home_location_id else [])})


def _of_its_owner(
    user: User, permissions: frozenset[str], sites: frozenset[int] | None
) -> tuple[frozenset[str], frozenset[int] | None]:
    """Return what a service account may do: never more than who answers for it, and nothing without them."""
    owner = User.objects.filter(pk=user.owner_id or 0, is_active=True).first()
    if owner is None:
        return frozenset(), frozenset()
    theirs = sites_of(owner)
    both = theirs if sites is None else sites if theirs is None else sites & theirs
    return permissions & held_by(owner.role), both


def standings(user_ids: Iterable[int]) -> dict[int, tuple[object, ...]]:
    """Return what each person's being let in rests on: when it is the same as before, so are their rights."""
    fields = (
        "password",
        "is_active",
        "role",
        "home_location_id",
        "one_time_until",
        "emergency_until",
        "site_ids",
    )
    rows = User.objects.filter(pk__in=user_ids).values_list("pk", *fields)
    return {row[0]: (*row[1:-1], tuple(row[-1]) if row[-1] is not None else None) for row in rows}


def colleagues() -> list[User]:
    """Return everybody who works here now, by name."""
    return list(User.objects.filter(is_active=True).order_by("display_name"))


@dataclass(frozen=True, slots=True)
class Account:
    """A row of the list of people: whose account it is, and when they last signed in."""

    user: User
    last_seen: datetime | None


def accounts(*, text: str = "", former: bool = False, page: int = 1) -> tuple[list[Account], int]:
    """Return a page of the people with an account, by name, and how many there are; `former`: of those who left."""
    found = User.objects.filter(is_active=not former)
    if text:
        found = found.filter(Q(display_name__icontains=text) | Q(username__icontains=text))
    first = (page - 1) * ON_A_PAGE
    rows = list(found.order_by("display_name", "pk")[first : first + ON_A_PAGE])
    subjects = {f"accounts.user:{row.pk}": row.pk for row in rows}
    seen = AuditEntry.objects.filter(action="accounts.sign_in", subject__in=subjects)
    latest = {
        subjects[one["subject"]]: one["last"] for one in seen.values("subject").annotate(last=Max("at"))
    }
    return [Account(row, latest.get(row.pk)) for row in rows], found.count()


def people_by_role() -> dict[str, int]:
    """Return how many accounts each role has now."""
    held = User.objects.filter(is_active=True).values("role").annotate(people=Count("pk"))
    return {one["role"]: one["people"] for one in held}


def account(user_id: int) -> User | None:
    """Return one person's account."""
    return User.objects.filter(pk=user_id).first()


def account_called(username: str) -> User | None:
    """Return the account of whoever signs in so."""
    return User.objects.filter(username=username.replace("\0", "").strip().lower()).first()


def factors_of(user_id: int) -> list[Factor]:
    """Return a person's second factors, the oldest first."""
    return list(Factor.objects.filter(user_id=user_id).exclude(confirmed_at=None).order_by("pk"))


def recovery_codes_left(user_id: int) -> int:
    """Return how many recovery codes a person has not used yet."""
    return RecoveryCode.objects.filter(user_id=user_id, used_at=None).count()


def open_sign_ins(user_id: int) -> list[SignIn]:
    """Return where a person is signed in now, the newest first."""
    return list(
        SignIn.objects.filter(user_id=user_id, ended_at=None).order_by("-began_at", "-pk")[:ON_A_PAGE]
    )


def open_invitation(user_id: int) -> Invitation | None:
    """Return the invitation a person may still use."""
    waiting = Invitation.objects.filter(user_id=user_id, used_at=None, ends_at__gt=clock.now())
    return waiting.order_by("-pk").first()


def devices() -> list[Device]:
    """Return the screens that work by themselves, by name."""
    return list(Device.objects.filter(ended_at=None).order_by("name", "pk"))


def emergency_of(user_id: int) -> EmergencyAccess | None:
    """Return the emergency access a person has now."""
    return EmergencyAccess.objects.filter(user_id=user_id, ends_at__gt=clock.now()).order_by("-pk").first()


def emergencies() -> list[EmergencyAccess]:
    """Return the latest emergencies, the newest first."""
    return list(EmergencyAccess.objects.select_related("user").order_by("-pk")[:ON_A_PAGE])


def emergencies_unseen() -> int:
    """Return how many emergencies nobody else has looked at."""
    return EmergencyAccess.objects.filter(seen_at=None).count()


def is_linked(user_id: int, issuer: str) -> bool:
    """Say whether a person is linked with whom a provider vouches for."""
    return Identity.objects.filter(user_id=user_id, issuer=issuer).exists()
