"""In which order several policies of one patient pay: a proposal with its reasons, and what has to be asked for it.

Plans among themselves follow the order of benefit determination of NAIC Model Regulation 120, section 6; where Medicare
stands follows from what the patient answered (`rules.medicare`); TRICARE pays after every plan but Medicaid (32 CFR
199.8), Medicaid after all (42 CFR 433.139).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cmp_to_key
from itertools import pairwise

from frontdesk.office.coverage.rules import medicare
from frontdesk.office.coverage.rules.policies import birthday_first

PLAN, MEDICARE, TRICARE, MEDICAID = range(4)
_CLASSES = {
    "medicare": MEDICARE,
    "medicare_advantage": MEDICARE,
    "tricare": TRICARE,
    "medicaid": MEDICAID,
    "medicaid_managed": MEDICAID,
}
_THROUGH = {"work": 0, "": 0, "own": 0, "retired": 1, "cobra": 2}
_PARENTS = {"custodial": 0, "custodial_spouse": 1, "other": 2, "other_spouse": 3}
_PARENT_WORDS = {
    "custodial": "the parent the child lives with",
    "custodial_spouse": "that parent's spouse",
    "other": "the other parent",
    "other_spouse": "the other parent's spouse",
}
_WHOSE = {"own": "their own work", "spouse": "a spouse's work", "family": "a family member's work"}


@dataclass(frozen=True, slots=True)
class Held:
    """One policy in force. `kind` is the payer's; `relationship` self, spouse, child (the subscriber is a parent) or other.

    `born` is the subscriber's birth date, `begins` since when it covers; `through`, `parent` and `decreed` as in
    `models.PolicyFacts`. `group` says that it has a group number, `supplement` that it fills what Medicare leaves open.
    """

    policy_id: int
    payer: str
    kind: str = "commercial"
    relationship: str = "self"
    subscriber: str = ""
    born: date | None = None
    begins: date | None = None
    through: str = ""
    parent: str = ""
    decreed: bool = False
    group: bool = False
    supplement: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """The order proposed, why, and what is to be asked before one can be sure. All in words fit to be read aloud."""

    order: tuple[int, ...]
    reasons: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The reasons as one text."""
        return " ".join(self.reasons)


def propose(held: Sequence[Held], judgement: medicare.Judgement | None = None) -> Proposal:
    """Propose in which order policies pay; `held` are those in force, in their present order, kept where no rule decides. Pure."""
    if len(held) < 2:
        return Proposal(tuple(one.policy_id for one in held))
    of = [[one for one in held if _class(one) == wanted] for wanted in (PLAN, MEDICARE, TRICARE, MEDICAID)]
    plans = sorted(of[PLAN], key=cmp_to_key(_first_of))
    asks = list[str]()
    whole, between = _with_medicare(plans, of[MEDICARE], held, judgement, asks)
    for one, other in pairwise(whole):
        if is_plan(one) and is_plan(other):
            decided, words = _compare(one, other)
            (between if decided else asks).append(words)
    if of[TRICARE] and whole:
        between.append(f"{of[TRICARE][0].payer} pays after every plan but Medicaid.")
    if of[MEDICAID] and (whole or of[TRICARE]):
        between.append(f"{of[MEDICAID][0].payer} pays last: Medicaid pays what nobody else does.")
    order = [*whole, *of[TRICARE], *of[MEDICAID]]
    return Proposal(tuple(one.policy_id for one in order), tuple(between), tuple(asks))


def is_plan(one: Held) -> bool:
    """Say whether its place is decided by how somebody has it: not of Medicare, TRICARE and Medicaid."""
    return _class(one) == PLAN


def _class(one: Held) -> int:
    return _CLASSES.get(one.kind, PLAN)


def _with_medicare(
    plans: list[Held],
    ours: list[Held],
    held: Sequence[Held],
    judgement: medicare.Judgement | None,
    asks: list[str],
) -> tuple[list[Held], list[str]]:
    """Return plans and Medicare in order, and why Medicare stands where it does."""
    if not ours:
        return plans, []
    known = judgement is not None and judgement.state != medicare.UNKNOWN
    if judgement is None or not known:
        if plans:
            asks.append(
                "Ask the Medicare questions: they decide whether Medicare pays first."
                if judgement is None
                else f"The Medicare questions left it open: {judgement.words}."
            )
        before = {one.policy_id for one in held[: held.index(ours[0])]}
        first = [one for one in plans if one.policy_id in before]
        return [*first, *ours, *(one for one in plans if one not in first)], []
    if judgement.state == medicare.PRIMARY:
        return [*ours, *plans], [judgement.line] if plans else []
    first = _before(plans, judgement, asks)
    if not first:
        whose = _WHOSE.get(judgement.to, "an employer or union")
        asks.append(
            f"A health plan through {whose} pays before Medicare, and is not on file: ask for its card."
        )
        return [*ours, *plans], []
    return [*first, *ours, *(one for one in plans if one not in first)], [judgement.line]


def _before(plans: list[Held], judgement: medicare.Judgement, asks: list[str]) -> list[Held]:
    """Return the plans that pay before Medicare: those of the employer of whom it was told, as far as that is known."""
    found = [one for one in plans if _may_pay_before(one, judgement)]
    for sure in ([one for one in found if one.through == "work"], [one for one in found if one.group]):
        if sure and judgement.code != "13":
            return sure
    if len(found) > 1:
        names = " and ".join(one.payer for one in found)
        asks.append(
            f"Say which of {names} is through {_WHOSE.get(judgement.to, 'work')}: that one pays before Medicare."
        )
    return found


def _may_pay_before(one: Held, judgement: medicare.Judgement) -> bool:
    whose = {"self": "own", "spouse": "spouse"}.get(one.relationship, "family")
    if whose != judgement.to or one.through == "own" or one.supplement:
        return False
    # For kidney failure any group plan does, whoever still works; else only one through present work.
    return judgement.code == "13" or one.through in {"", "work"}


def _first_of(one: Held, other: Held) -> int:
    return _compare(one, other)[0]


def _compare(one: Held, other: Held) -> tuple[int, str]:
    """Say which of two plans pays first (-1 the one, 1 the other, 0 not decided) and why, the first named first."""
    for rule in (_own, _child, _active, _longer):
        decided, words = rule(one, other)
        if decided or words:
            return decided, words
    return 0, f"Ask {one.payer} and {other.payer} which has covered longer: that one pays first."


def _own(one: Held, other: Held) -> tuple[int, str]:
    mine, theirs = one.relationship == "self", other.relationship == "self"
    if mine == theirs:
        return 0, ""
    first, then = (one, other) if mine else (other, one)
    return _way(mine), f"{first.payer} is the patient's own policy; {then.payer} covers them as a dependent."


def _child(one: Held, other: Held) -> tuple[int, str]:
    if not one.relationship == other.relationship == "child":
        return 0, ""
    if one.decreed != other.decreed:
        first = one if one.decreed else other
        return _way(
            one.decreed
        ), f"A court made {_who(first)} responsible for the child's care: {first.payer} pays first."
    if one.parent or other.parent:
        return _apart(one, other)
    way = birthday_first(one.born, other.born)
    if way:
        sooner, later = (one, other) if way < 0 else (other, one)
        return way, (
            f"{_who(sooner)}'s birthday, {_birthday(sooner)}, comes before {_who(later)}'s, {_birthday(later)}: "
            f"{sooner.payer} pays first (birthday rule)."
        )
    if one.born is None or other.born is None:
        lacking = one if one.born is None else other
        return (
            0,
            f"Ask for {_who(lacking)}'s birth date: the parent's plan whose birthday comes first in the year pays first.",
        )
    return _longer(one, other)


def _apart(one: Held, other: Held) -> tuple[int, str]:
    places = _PARENTS.get(one.parent), _PARENTS.get(other.parent)
    if None in places:
        lacking = one if one.parent == "" else other
        return 0, f"The parents live apart: say which of them {_who(lacking)} is."
    if places[0] == places[1]:
        return _longer(one, other)
    way = _way((places[0] or 0) < (places[1] or 0))
    first = one if way < 0 else other
    return way, f"The parents live apart: {first.payer}, of {_PARENT_WORDS[first.parent]}, pays first."


def _active(one: Held, other: Held) -> tuple[int, str]:
    mine, theirs = _THROUGH.get(one.through, 0), _THROUGH.get(other.through, 0)
    if mine == theirs:
        return 0, ""
    first, then = (one, other) if mine < theirs else (other, one)
    why = "is COBRA or a continuation" if then.through == "cobra" else "is of somebody retired or laid off"
    return _way(mine < theirs), f"{then.payer} {why}: {first.payer} pays first."


def _longer(one: Held, other: Held) -> tuple[int, str]:
    if one.begins is None or other.begins is None or one.begins == other.begins:
        return 0, ""
    first = one if one.begins < other.begins else other
    since = first.begins
    said = f"{since.month}/{since.day}/{since.year}" if since else ""
    return _way(first is one), f"{first.payer} has covered longer, since {said}."


def _who(one: Held) -> str:
    return one.subscriber or f"the subscriber of {one.payer}"


def _birthday(one: Held) -> str:
    return f"{one.born.month}/{one.born.day}" if one.born else "not known"


def _way(first: bool) -> int:
    return -1 if first else 1
