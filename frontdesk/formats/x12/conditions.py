"""What the elements of one segment must be to each other, and which code set a qualifier names.

Source: the syntax notes and the situational rules of the 005010 guides, in our words.
"""

from collections.abc import Callable, Iterator

from frontdesk.formats.x12.codes import CARC, CodeSets, fault_of
from frontdesk.formats.x12.elements import Fault, is_period
from frontdesk.formats.x12.findings import Level
from frontdesk.formats.x12.guides.lists import PROVINCES, STATES

Elements = list[str]
Rule = Callable[[Elements, str, CodeSets], Iterator[Fault]]

_DIAGNOSES = {
    **dict.fromkeys(("ABK", "ABF", "ABJ", "APR", "ABN"), "icd10"),
    **dict.fromkeys(("BK", "BF", "BJ", "PR", "BN"), "icd9"),
    **dict.fromkeys(("BBR", "BBQ"), "icd10pcs"),
    **dict.fromkeys(("BP", "BO"), "hcpcs"),
}
_PROCEDURES = {"HC": "hcpcs", "NU": "revenue", "N4": "ndc"}


def _at(elements: Elements, position: int) -> str:
    return elements[position] if position < len(elements) else ""


def _coded(kind: str, value: str, position: int, component: int, fuller: CodeSets) -> Iterator[Fault]:
    if value and (words := fault_of(kind, value, fuller)):
        yield Fault("I12", f"not-{kind}", words, position, component, value, Level.CODE_SET)


def _pair(elements: Elements, *pairs: tuple[int, int]) -> Iterator[Fault]:
    """Both of a pair, or neither."""
    for first, second in pairs:
        one, other = _at(elements, first), _at(elements, second)
        if bool(one) != bool(other):
            absent, there = (first, second) if other else (second, first)
            words = f"is required where {elements[0]}{there:02d} is given"
            yield Fault("2", "pair-broken", words, absent, 0, "")


def _identifier(elements: Elements, qualifier: int, fuller: CodeSets) -> Iterator[Fault]:
    if _at(elements, qualifier) == "XX":
        yield from _coded("npi", _at(elements, qualifier + 1), qualifier + 1, 0, fuller)


def _nm1(elements: Elements, _mark: str, fuller: CodeSets) -> Iterator[Fault]:
    yield from _pair(elements, (8, 9))
    yield from _identifier(elements, 8, fuller)


def _n1(elements: Elements, _mark: str, fuller: CodeSets) -> Iterator[Fault]:
    yield from _pair(elements, (3, 4))
    yield from _identifier(elements, 3, fuller)


def _n4(elements: Elements, _mark: str, fuller: CodeSets) -> Iterator[Fault]:
    state, postal, country = _at(elements, 2), _at(elements, 3), _at(elements, 4)
    if country in {"", "US"}:
        if state and state not in STATES and state not in PROVINCES:
            yield Fault("I12", "not-a-state", "is not a state", 2, 0, state, Level.CODE_SET)
        if postal and state not in PROVINCES:
            yield from _coded("zip", postal, 3, 0, fuller)
    elif country == "CA" and state and state not in PROVINCES:
        yield Fault("I12", "not-a-state", "is not a province of Canada", 2, 0, state, Level.CODE_SET)


def _per(elements: Elements, _mark: str, _fuller: CodeSets) -> Iterator[Fault]:
    yield from _pair(elements, (3, 4), (5, 6), (7, 8))


def _dtp(elements: Elements, _mark: str, _fuller: CodeSets) -> Iterator[Fault]:
    yield from _period(elements, 2, 3)


def _period(elements: Elements, form: int, value: int) -> Iterator[Fault]:
    found = _at(elements, value)
    if found and _at(elements, form) and not is_period(found, _at(elements, form)):
        words = f"is not a date or period as {elements[0]}{form:02d} ({_at(elements, form)}) says"
        yield Fault("8", "not-a-date", words, value, 0, found)


def _dmg(elements: Elements, _mark: str, _fuller: CodeSets) -> Iterator[Fault]:
    yield from _pair(elements, (1, 2))
    yield from _period(elements, 1, 2)


def _prv(elements: Elements, _mark: str, fuller: CodeSets) -> Iterator[Fault]:
    yield from _pair(elements, (2, 3))
    if _at(elements, 2) == "PXC":
        yield from _coded("taxonomy", _at(elements, 3), 3, 0, fuller)
    elif _at(elements, 2) == "HPI":
        yield from _coded("npi", _at(elements, 3), 3, 0, fuller)


def _hi(elements: Elements, mark: str, fuller: CodeSets) -> Iterator[Fault]:
    for at, element in enumerate(elements[1:], 1):
        parts = element.split(mark)
        if len(parts) > 1 and (kind := _DIAGNOSES.get(parts[0])):
            yield from _coded(kind, parts[1], at, 2, fuller)
        if len(parts) > 3 and parts[3] and not is_period(parts[3], parts[2]):
            yield Fault("8", "not-a-date", f"is not a date as its format ({parts[2]}) says", at, 4, parts[3])


def _procedure(value: str, at: int, mark: str, fuller: CodeSets) -> Iterator[Fault]:
    parts = value.split(mark)
    if len(parts) > 1 and (kind := _PROCEDURES.get(parts[0])):
        yield from _coded(kind, parts[1], at, 2, fuller)
    for component, modifier in enumerate(parts[2:6], 3):
        if len(modifier) == 2:
            yield from _coded("modifier", modifier, at, component, fuller)


def _procedure_at(*positions: int) -> Rule:
    def rule(elements: Elements, mark: str, fuller: CodeSets) -> Iterator[Fault]:
        for at in positions:
            if value := _at(elements, at):
                yield from _procedure(value, at, mark, fuller)

    return rule


def _sv1(elements: Elements, mark: str, fuller: CodeSets) -> Iterator[Fault]:
    yield from _procedure(_at(elements, 1), 1, mark, fuller)
    yield from _coded("pos", _at(elements, 5), 5, 0, fuller)


def _eb(elements: Elements, mark: str, fuller: CodeSets) -> Iterator[Fault]:
    yield from _pair(elements, (9, 10))
    if value := _at(elements, 13):
        yield from _procedure(value, 13, mark, fuller)


def _clm(elements: Elements, mark: str, fuller: CodeSets) -> Iterator[Fault]:
    parts = _at(elements, 5).split(mark)
    if len(parts) > 1 and parts[1] == "B":
        yield from _coded("pos", parts[0], 5, 1, fuller)
        if len(parts) > 2:
            yield from _coded("frequency", parts[2], 5, 3, fuller)


def _cas(elements: Elements, _mark: str, fuller: CodeSets) -> Iterator[Fault]:
    for at in range(2, min(len(elements), 20), 3):
        reason, amount = elements[at], _at(elements, at + 1)
        if not (reason and amount):
            if not (reason or amount or _at(elements, at + 2)):
                continue
            absent = at if not reason else at + 1
            yield Fault(
                "2", "pair-broken", "is required where the rest of the adjustment is given", absent, 0, ""
            )
        if reason in CARC and "carc" not in fuller:
            continue
        yield from _coded("carc", reason, at, 0, fuller)


def _plb(elements: Elements, _mark: str, _fuller: CodeSets) -> Iterator[Fault]:
    yield from _pair(elements, *((at, at + 1) for at in range(3, 14, 2)))


def _lq(elements: Elements, _mark: str, fuller: CodeSets) -> Iterator[Fault]:
    if _at(elements, 1) == "HE":
        yield from _coded("rarc", _at(elements, 2), 2, 0, fuller)


def _remarks(*positions: int) -> Rule:
    def rule(elements: Elements, _mark: str, fuller: CodeSets) -> Iterator[Fault]:
        for at in positions:
            yield from _coded("rarc", _at(elements, at), at, 0, fuller)

    return rule


def _pairs(*pairs: tuple[int, int]) -> Rule:
    def rule(elements: Elements, _mark: str, _fuller: CodeSets) -> Iterator[Fault]:
        yield from _pair(elements, *pairs)

    return rule


def _bpr(elements: Elements, _mark: str, _fuller: CodeSets) -> Iterator[Fault]:
    yield from _pair(elements, (6, 7), (12, 13), (14, 15))
    if _at(elements, 4) == "ACH":
        for at in (5, 6, 7, 8, 9, 10, 12, 13, 14, 15):
            if not _at(elements, at):
                words = "is required where the payment is made by ACH (BPR04)"
                yield Fault("2", "required-for-ach", words, at, 0, "", Level.SITUATIONAL)
    if _at(elements, 4) == "NON" and _at(elements, 2).strip("0.-"):
        words = "must be 0 where no payment is made (BPR04 is NON)"
        yield Fault("I13", "amount-without-payment", words, 2, 0, _at(elements, 2), Level.SITUATIONAL)
    for qualifier in (6, 12):
        if _at(elements, qualifier) == "01" and not _is_bank(_at(elements, qualifier + 1)):
            value = _at(elements, qualifier + 1)
            words = "is not a bank's routing number of nine digits"
            yield Fault("I12", "not-a-routing-number", words, qualifier + 1, 0, value, Level.CODE_SET)


def _is_bank(value: str) -> bool:
    return len(value) == 9 and value.isascii() and value.isdigit()


def _lin(elements: Elements, _mark: str, fuller: CodeSets) -> Iterator[Fault]:
    if _at(elements, 2) == "N4":
        yield from _coded("ndc", _at(elements, 3), 3, 0, fuller)


RULES: dict[str, Rule] = {
    "NM1": _nm1,
    "N1": _n1,
    "N4": _n4,
    "PER": _per,
    "DTP": _dtp,
    "DMG": _dmg,
    "PRV": _prv,
    "HI": _hi,
    "EQ": _procedure_at(2),
    "EB": _eb,
    "HSD": _pairs((1, 2)),
    "MPI": _pairs((6, 7)),
    "SV1": _sv1,
    "SV5": _procedure_at(1),
    "SVC": _procedure_at(1, 6),
    "SVD": _procedure_at(3),
    "CLM": _clm,
    "CAS": _cas,
    "PLB": _plb,
    "LQ": _lq,
    "MOA": _remarks(3, 4, 5, 6, 7),
    "MIA": _remarks(5, 20, 21, 22, 23),
    "BPR": _bpr,
    "LIN": _lin,
    "CR1": _pairs((1, 2), (5, 6)),
    "PAT": _pairs((5, 6), (7, 8)),
}
