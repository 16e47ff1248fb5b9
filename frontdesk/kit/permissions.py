"""Permissions: verbs on things, declared by the room that owns the verb, with the roles that hold them at first."""

from collections import defaultdict
from dataclasses import dataclass

PSR, LEAD, SCHEDULER, BILLER = "psr", "lead", "scheduler", "biller"
CLINICAL, PROVIDER, MANAGER, PRIVACY = "clinical", "provider", "manager", "privacy"
ADMIN, TRAINEE = "admin", "trainee"

ROLES: dict[str, str] = {
    PSR: "Patient Service Representative",
    LEAD: "Lead PSR",
    SCHEDULER: "Scheduler",
    BILLER: "Biller",
    CLINICAL: "Clinical staff",
    PROVIDER: "Provider",
    MANAGER: "Practice manager",
    PRIVACY: "Privacy officer",
    ADMIN: "Administrator",
    TRAINEE: "Trainee",
}
EVERYONE = tuple(ROLES)
FRONT = (PSR, LEAD, SCHEDULER, MANAGER, ADMIN)


@dataclass(frozen=True, slots=True)
class Permission:
    """One thing a person may be allowed to do; `words` is what a role page says of it."""

    name: str
    words: str
    roles: frozenset[str]


_declared: dict[str, Permission] = {}
_by_role: dict[str, set[str]] = defaultdict(set)


def declare(name: str, words: str, *roles: str) -> None:
    """Make a permission known; `roles` hold it in a new practice. Declaring it twice changes nothing."""
    unknown = set(roles) - ROLES.keys()
    if unknown:
        msg = f"{name}: no such role: {', '.join(sorted(unknown))}"
        raise ValueError(msg)
    _declared[name] = Permission(name, words, frozenset(roles))
    for role in roles:
        _by_role[role].add(name)


def held_by(role: str) -> frozenset[str]:
    """Return the names of the permissions of `role`; none for a role that does not exist."""
    return frozenset(_by_role.get(role, ()))


def declared() -> dict[str, Permission]:
    """Return every permission by name."""
    return dict(_declared)
