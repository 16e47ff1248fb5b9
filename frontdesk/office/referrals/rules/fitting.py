"""Which of a patient's referrals and authorizations a visit may use."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

REFERRAL, AUTHORIZATION = "referral", "authorization"
KINDS = (REFERRAL, AUTHORIZATION)
APPROVED, PENDING, DRAFT, DENIED, ENDED = "approved", "pending", "draft", "denied", "ended"


@dataclass(frozen=True, slots=True)
class Held:
    """A referral or authorization as the rules see it. `used` counts all that were used, here and elsewhere.

    `visit_types` and `services` (X12) say which visits it is for; both empty: any.
    """

    id: int
    kind: str
    policy_id: int
    state: str = APPROVED
    number: str = ""
    allowed: int | None = None
    used: int = 0
    begins: date | None = None
    ends: date | None = None
    visit_types: frozenset[int] = frozenset()
    services: frozenset[str] = frozenset()

    @property
    def left(self) -> int | None:
        """How many visits are left; None where they are not counted."""
        return None if self.allowed is None else max(self.allowed - self.used, 0)

    def is_for(self, visit: "Visit") -> bool:
        """Say whether it is for visits of this kind."""
        if self.visit_types:
            return visit.visit_type_id in self.visit_types
        return not self.services or bool(self.services & visit.services)


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit that is booked, or about to be: its kind, its day on the wall, and the policies that cover it, in order."""

    visit_type_id: int
    day: date
    policies: tuple[int, ...]
    services: frozenset[str] = frozenset()


def hindrance(held: Held, visit: Visit, *, mine: bool = False) -> str:
    """Say why a visit cannot use it, "" where it can.

    One of: kind (for other visits), ended, policy (of another insurance), denied, pending, draft, not_yet, over, used_up.
    `mine` where the visit uses one of its visits already: it then needs no other.
    """
    if not held.is_for(visit):
        return "kind"
    if held.state == ENDED:
        return "ended"
    if held.policy_id not in visit.policies:
        return "policy"
    if held.state != APPROVED:
        return held.state
    if held.begins is not None and visit.day < held.begins:
        return "not_yet"
    if held.ends is not None and visit.day > held.ends:
        return "over"
    if held.left == 0 and not mine:
        return "used_up"
    return ""


def best(held: Iterable[Held], visit: Visit, kind: str) -> Held | None:
    """Return the one a visit uses: of its first insurance, made for this kind of visit, and the first to run out.

    What runs out first is used first, so that least is lost; the one with fewer visits left where days are equal.
    """
    fitting = [one for one in held if one.kind == kind and not hindrance(one, visit)]
    return min(fitting, key=lambda one: _preference(one, visit), default=None)


def _preference(one: Held, visit: Visit) -> tuple[int, bool, date, int, int]:
    return (
        visit.policies.index(one.policy_id),
        not one.visit_types and not one.services,
        one.ends or date.max,
        one.left if one.left is not None else 10**6,
        one.id,
    )


def taken_order(visits: Collection[tuple[date, int]]) -> list[int]:
    """Return visits (their days and numbers) in the order in which one that became smaller is taken from them.

    The latest first: who comes sooner keeps theirs.
    """
    return [pk for _, pk in sorted(visits, reverse=True)]
