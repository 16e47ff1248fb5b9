"""Whether somebody is covered on a day, as the payer says: active, inactive, or it cannot be told and why."""

from dataclasses import dataclass
from datetime import date

from frontdesk.office.coverage.rules import rejections, service_types, terms, wording
from frontdesk.office.coverage.rules.benefits import Benefit
from frontdesk.office.coverage.rules.choosing import PART_A, Visit
from frontdesk.office.coverage.rules.terms import Term

ACTIVE, INACTIVE = frozenset("12345"), frozenset("678")
_NOTES = {
    "5": "the payer is still looking into it",
    "7": "the payer is waiting for news of it",
    "8": "the payer is still looking into it",
}
_NEW_CARD = "Ask for a newer card or another insurance. Without one the visit is self-pay."
_LATER = "Ask which insurance holds until then. Without one the visit is self-pay."
_CALL = "Look at every line, or call the payer."


@dataclass(frozen=True, slots=True)
class Standing:
    """Where coverage stands: the state, why (`code`), words, what to do, and the lines that say it."""

    state: str
    code: str
    words: tuple[str, ...] = ()
    advice: str = ""
    fix: str = ""
    plan: str = ""
    begins: date | None = None
    ends: date | None = None
    lines: tuple[int, ...] = ()


_Line = tuple[int, Benefit]


def standing(visit: Visit) -> Standing:
    """Judge whether the person is covered on the day. A rejection, and half an answer, are never "inactive"."""
    told = visit.told
    if told.rejections:
        why = rejections.reasons(told.rejections)
        code = "try_again" if rejections.passing(told.rejections) else "rejected"
        return Standing("unknown", code, (why.words,), why.advice, why.fix)
    stated = [
        (at, line)
        for at, line in enumerate(told.lines)
        if line.information in ACTIVE | INACTIVE and not line.rejections and not line.procedure
    ]
    whole = [each for each in stated if service_types.PLAN in (each[1].services or (service_types.PLAN,))]
    if whole:
        return _of_plan(visit, whole)
    own = [each for each in stated if visit.service(each[1]) is not None]
    if own:
        return _dated(visit, own)
    return _unsaid(visit, stated)


def _of_plan(visit: Visit, whole: list[_Line]) -> Standing:
    """Judge the lines for the plan as a whole. Of Medicare it is Part B that pays outside of a hospital."""
    part_a = [each for each in whole if each[1].insurance == PART_A]
    if not part_a or visit.in_hospital:
        return _dated(visit, whole)
    rest = [each for each in whole if each not in part_a]
    if rest or any(line.information in INACTIVE for _, line in part_a):
        return _dated(visit, rest or part_a)
    advice = "Part B pays outside of a hospital. Look at the card for Part B, or ask for another insurance."
    lines = tuple(at for at, _ in part_a)
    return Standing(
        "unknown", "part", ("Medicare Part A only, Part B not told",), advice, "payer", lines=lines
    )


def _dated(visit: Visit, lines: list[_Line]) -> Standing:
    """Judge lines that say active or inactive by the dates they stand under."""
    active = [each for each in lines if each[1].information in ACTIVE]
    if not active:
        return _inactive(visit, lines)
    terms_of = [(each, _term(visit, each[1])) for each in active]
    for wanted in ("holds", "other_day", "not_yet", "over"):
        found = [(each, term) for each, term in terms_of if term.stands(visit.day) == wanted]
        if found:
            return _STANDS[wanted](visit, found)
    return _unsaid(visit, lines)


def _term(visit: Visit, line: Benefit) -> Term:
    return terms.term(terms.governing(visit.told.dates, line.dates), visit.day)


_Dated = list[tuple[_Line, Term]]


def _holds(visit: Visit, found: _Dated) -> Standing:
    (_, line), term = found[0]
    note = _NOTES.get(line.information)
    lines = tuple(at for (at, _), _ in found)
    said = (note,) if note else ()
    plan = _plan(visit, [line for (_, line), _ in found])
    return Standing("active", "active", said, plan=plan, begins=term.begins, ends=term.ends, lines=lines)


def _other_day(visit: Visit, found: _Dated) -> Standing:
    (at, line), term = found[0]
    told_of = wording.day(term.about or visit.day)
    words = (f"the payer told of {told_of}, not of {wording.day(visit.day)}",)
    return Standing(
        "unknown",
        "other_day",
        words,
        "Ask about the day of the visit.",
        "day",
        _plan(visit, [line]),
        lines=(at,),
    )


def _not_yet(visit: Visit, found: _Dated) -> Standing:
    (at, line), term = min(found, key=lambda each: each[1].begins or visit.day)
    words = (f"coverage begins {wording.day(term.begins or visit.day)}",)
    plan = _plan(visit, [line])
    return Standing("inactive", "not_yet", words, _LATER, "", plan, term.begins, term.ends, (at,))


def _over(visit: Visit, found: _Dated) -> Standing:
    (at, line), term = max(found, key=lambda each: each[1].ends or visit.day)
    words = (f"coverage ended {wording.day(term.ends or visit.day)}",)
    return Standing(
        "inactive", "over", words, _NEW_CARD, "", _plan(visit, [line]), term.begins, term.ends, (at,)
    )


_STANDS = {"holds": _holds, "other_day": _other_day, "not_yet": _not_yet, "over": _over}


def _inactive(visit: Visit, lines: list[_Line]) -> Standing:
    line = lines[0][1]
    term = _term(visit, line)
    ended = term.ends if term.ends is not None and term.ends < visit.day else None
    if term.begins is not None and term.begins > visit.day:
        return _not_yet(visit, [(each, _term(visit, each[1])) for each in lines])
    note = _NOTES.get(line.information)
    words = [f"coverage ended {wording.day(ended)}" if ended else "no coverage", *([note] if note else [])]
    advice = f"Ask again in a few days. {_NEW_CARD}" if note else _NEW_CARD
    code = "over" if ended else "inactive"
    plan = _plan(visit, [line])
    return Standing(
        "inactive", code, tuple(words), advice, "", plan, ends=ended, lines=tuple(each for each, _ in lines)
    )


def _unsaid(visit: Visit, stated: list[_Line]) -> Standing:
    """Say why nothing can be told where the payer said neither active nor inactive of what was asked."""
    lines = visit.told.lines
    refused = [each for line in lines for each in line.rejections]
    if refused:
        why = rejections.reasons(refused)
        code = "try_again" if rejections.passing(refused) else "rejected"
        return Standing("unknown", code, (why.words,), why.advice, why.fix)
    if stated:
        names = dict.fromkeys(service_types.named(own) for _, line in stated for own in line.services)
        words = (f"the payer told only of {', '.join(list(names)[:4])}",)
        return Standing(
            "unknown", "other_services", words, _CALL, "service", lines=tuple(at for at, _ in stated)
        )
    onward = [(at, line) for at, line in enumerate(lines) if line.information == "U"]
    if onward:
        name = next((each.name for _, line in onward for each in line.entities if each.name), "another payer")
        return Standing(
            "unknown",
            "ask_payer",
            (f"the payer sends you on to {name}",),
            f"Ask {name}.",
            "payer",
            lines=(onward[0][0],),
        )
    if any(line.information == "V" for line in lines):
        return Standing("unknown", "cannot_process", ("the payer could not work on the question",), _CALL)
    return Standing("unknown", "nothing", ("the payer did not say whether there is coverage",), _CALL)


def _plan(visit: Visit, lines: list[Benefit]) -> str:
    """Return the plan in the payer's words; where it has none, the payer and the kind of insurance."""
    named = next((line.plan for line in lines if line.plan), "")
    if named:
        return named
    kind = next(
        (wording.INSURANCE[line.insurance] for line in lines if line.insurance in wording.INSURANCE), ""
    )
    payer = visit.told.payer
    return (
        kind
        if kind and kind.split()[0].casefold() in payer.casefold()
        else " ".join(filter(None, [payer, kind]))
    )
