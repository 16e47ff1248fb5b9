"""What to warn of before a visit is booked or moved, in sentences. Nothing here ever stands in the way of a visit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from frontdesk.office.referrals.rules.fitting import (
    AUTHORIZATION,
    DENIED,
    DRAFT,
    KINDS,
    PENDING,
    Held,
    Visit,
    best,
    hindrance,
)
from frontdesk.office.referrals.rules.needs import Need
from frontdesk.office.referrals.rules.saying import WORDS, counted, day, named

# How long one that ran out, or that nobody needs, is still spoken of where no rule asks for it.
LATELY = timedelta(days=90)
# The nearer a hindrance is to being mended, the sooner it is told of; "ended" and "kind" say nothing to anybody.
_NEAR = ("used_up", "over", "not_yet", PENDING, DRAFT, DENIED, "policy")


@dataclass(frozen=True, slots=True)
class Caution:
    """One thing to see to. `code` says why, for machines: missing, used_up, over, not_yet, pending, draft, denied, policy."""

    code: str
    kind: str
    words: str
    held_id: int | None = None


def cautions(
    visit: Visit,
    held: Sequence[Held],
    needed: Iterable[Need],
    *,
    payer: str,
    visit_type: str,
    uses: Iterable[Held] = (),
) -> list[Caution]:
    """Return what to warn of. `uses` are those the visit has already; of each kind that it has none is warned of.

    Warned of is what is needed and does not fit, and one that is on file for such visits and is used up or ran out lately,
    whether or not a rule asks for it. `payer` and `visit_type` are named in the sentence.
    """
    wanted, has = {one.kind: one for one in needed}, {one.kind for one in uses}
    found = []
    for kind in KINDS:
        own = [one for one in held if one.kind == kind]
        if kind in has or best(own, visit, kind) is not None:
            continue
        near = _nearest(own, visit, is_needed=kind in wanted)
        if near is not None:
            found.append(_of(near, visit))
        elif kind in wanted:
            found.append(Caution("missing", kind, _missing(wanted[kind], payer, visit_type)))
    return found


def _nearest(own: Iterable[Held], visit: Visit, *, is_needed: bool) -> Held | None:
    """Return the one to speak of: the one that would have to be mended least."""
    told = [(hindrance(one, visit), one) for one in own]
    kept = [
        (_NEAR.index(why), -(one.ends or date.max).toordinal(), -one.id, one)
        for why, one in told
        if why in _NEAR and (is_needed or _matters(why, one, visit))
    ]
    return min(kept, key=lambda each: each[:3])[3] if kept else None


def _matters(why: str, one: Held, visit: Visit) -> bool:
    """Say whether one that no rule asks for is still worth a word."""
    if why == "used_up":
        return True
    if why == "over":
        return one.ends is not None and visit.day - one.ends <= LATELY
    return why == PENDING


def _of(held: Held, visit: Visit) -> Caution:
    why = hindrance(held, visit)
    name = named(held)
    words = {
        "used_up": f"{name} has {counted(held)}: this would be visit {held.used + 1} of {held.allowed}.",
        "over": f"{name} ends on {day(held.ends)}, before this visit." if held.ends else "",
        "not_yet": f"{name} begins on {day(held.begins)}, after this visit." if held.begins else "",
        PENDING: f"{name} was asked for, and the payer has not decided yet.",
        DRAFT: f"{name} is noted and was never asked for.",
        DENIED: f"{name} was denied by the payer.",
        "policy": f"{name} is of an insurance that does not cover this visit.",
    }[why]
    return Caution(why, held.kind, words, held.id)


def _missing(need: Need, payer: str, visit_type: str) -> str:
    word = WORDS[need.kind]
    an = "an" if need.kind == AUTHORIZATION else "a"
    if need.source == "payer":
        return f"No {word} on file: {payer} says it wants {an} {word} before this visit."
    note = f" {need.note}" if need.note else ""
    return f"No {word} on file: {payer} needs one for {visit_type}.{note}"
