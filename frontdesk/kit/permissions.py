"""Permissions: verbs on things, declared by the room that owns the verb, with the roles that hold them at first."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

PSR, LEAD, SCHEDULER, BILLER = "psr", "lead", "scheduler", "biller"
CLINICAL, PROVIDER, MANAGER, PRIVACY = "clinical", "provider", "manager", "privacy"
ADMIN, TRAINEE = "admin", "trainee"
KIOSK, SERVICE = "kiosk", "service"

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
    KIOSK: "Kiosk or wall screen",
    SERVICE: "Service account",
}
ABOUT: dict[str, str] = {
    PSR: "Works at the front desk: finds and registers patients, books, and takes them through the day.",
    LEAD: "Leads the front desk: what a PSR does, and the decisions a PSR asks for.",
    SCHEDULER: "Keeps the appointment book and its rules, and books.",
    BILLER: "Works on insurance and accounts; sees who the patient is and when they came, not why they need care.",
    CLINICAL: "Nurses and assistants: takes patients in, rooms them, and sees what the desk must know of them.",
    PROVIDER: "Sees patients: their own day, their patients' records, and what follows a visit.",
    MANAGER: "Runs the practice: people, places, rules and figures.",
    PRIVACY: "Answers for confidentiality: reads who looked at what, and reviews every broken glass.",
    ADMIN: "Keeps the installation and every account; holds what keeping it needs.",
    TRAINEE: "Learns: may look at what a PSR looks at, and change nothing.",
    KIOSK: "A screen nobody signs in at: shows initials, holds no patient's record.",
    SERVICE: "A program that acts for a person: never more than its owner may, and nothing once they have left.",
}
# Those that are people. A screen and a program hold only what is given to them by name.
EVERYONE = tuple(role for role in ROLES if role not in {KIOSK, SERVICE})
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


def whom_to_ask(permission: str) -> str:
    """Return whom somebody asks who does not hold a permission: the nearest who does."""
    known = _declared.get(permission)
    roles = known.roles if known else frozenset[str]()
    if LEAD in roles:
        return "Ask a lead or the practice manager."
    near = {MANAGER: "practice manager", PRIVACY: "privacy officer", ADMIN: "administrator"}
    return next((f"Ask the {words}." for role, words in near.items() if role in roles), "")


@dataclass(frozen=True, slots=True)
class Stand:
    """What one address stands on: a permission to look (GET, HEAD) and one for the deed (POST); "" is not answered.

    Where the last word of the address says which deed it is, `by` has the permission of each word. `open_to` is set on
    what answers nobody signed in, and says why that is right.
    """

    look: str = ""
    deed: str = ""
    by: Mapping[str, str] = field(default_factory=dict)
    open_to: str = ""

    def needs(self, method: str, words: Mapping[str, object]) -> str:
        """Return the permission a request needs: `words` are the parts of its address."""
        for word in words.values():
            if word in self.by:
                return self.by[str(word)]
        return self.look if method in {"GET", "HEAD"} else self.deed

    @property
    def all(self) -> list[str]:
        """Return every permission this address may ask for, each once."""
        return list(dict.fromkeys(one for one in (self.look, self.deed, *self.by.values()) if one))


_stands: dict[str, Stand] = {}


def stand(
    route: str, look: str = "", deed: str = "", *, by: Mapping[str, str] | None = None, open_to: str = ""
) -> None:
    """Say what the address called `route` stands on; said twice with other words is a mistake."""
    said = Stand(look, deed, dict(by or {}), open_to)
    if _stands.setdefault(route, said) != said:
        msg = f"{route} stands on two things"
        raise ValueError(msg)


def stand_of(route: str) -> Stand | None:
    """Return what an address stands on; None where nobody said so, and then it answers nobody."""
    return _stands.get(route)


def stands() -> dict[str, Stand]:
    """Return what every address stands on, by its name."""
    return dict(_stands)
