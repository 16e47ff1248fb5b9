"""What a 999 or TA1 says of a question that was sent: taken in, or refused and why, in words."""

from dataclasses import dataclass

from frontdesk.formats import x12
from frontdesk.formats.x12.records.acknowledgement import (
    Acknowledgement,
    ElementError,
    InterchangeAnswered,
    SegmentError,
)

# Sources: ASC X12 005010X231A1 (IK304, IK403, IK502, AK905) and 005010X231 for TA105; in our words.
_SEGMENT = {
    "1": "is not known",
    "2": "was not expected",
    "3": "is required and missing",
    "4": "begins a loop that is there too often",
    "5": "is there too often",
    "6": "does not belong to this transaction",
    "7": "stands in the wrong place",
    "8": "has elements that are wrong",
    "I4": "must not be used",
    "I6": "is required here and missing",
    "I7": "begins a loop that is missing",
    "I8": "is missing",
    "I9": "must not be used here",
}
_ELEMENT = {
    "1": "is required and missing",
    "2": "is required with what stands beside it, and missing",
    "3": "is one element too many",
    "4": "is too short",
    "5": "is too long",
    "6": "has a character that is not allowed",
    "7": "is not a code that is allowed",
    "8": "is not a date",
    "9": "is not a time",
    "10": "must not stand beside another element",
    "12": "is repeated too often",
    "13": "has too many parts",
    "I6": "is not a code that is used here",
    "I9": "is required here and missing",
    "I10": "must not be used",
    "I11": "is repeated too seldom",
    "I12": "does not have the form it must have",
    "I13": "must not be used here",
}
_SET = {
    "1": "This transaction is not supported.",
    "2": "The trailer is missing.",
    "3": "The control numbers of header and trailer differ.",
    "4": "The number of segments is wrong.",
    "5": "One or more segments are wrong.",
    "6": "The transaction's kind is missing or wrong.",
    "7": "The control number is missing or wrong.",
    "23": "The control number was used before.",
    "I5": "One or more segments break the rules of the guide.",
    "I6": "The guide named in ST03 is not supported.",
}
_GROUP = {
    "1": "The group's kind is not supported.",
    "2": "The version of the group is not supported.",
    "3": "The group's trailer is missing.",
    "4": "The group's control numbers differ.",
    "5": "The number of transactions is wrong.",
    "6": "The group's control number is wrong.",
}
_INTERCHANGE = {
    "001": "the control numbers of header and trailer differ",
    "002": "this version of the standard is not supported",
    "003": "this version of the controls is not supported",
    "004": "the segment terminator is wrong",
    "005": "the kind of sender ID is wrong",
    "006": "the sender ID is not known there",
    "007": "the kind of receiver ID is wrong",
    "008": "the receiver ID is not known there",
    "009": "the receiver ID is not known there",
    "010": "the authorization's kind is wrong",
    "011": "the authorization is wrong",
    "012": "the security's kind is wrong",
    "013": "the password is wrong",
    "014": "the date is wrong",
    "015": "the time is wrong",
    "018": "the control number is wrong",
    "021": "the number of groups is wrong",
    "022": "the control structure is wrong",
    "023": "it ended before its trailer",
    "024": "its content is wrong",
    "025": "this control number was used before",
}


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """Whether a question was taken in; `findings` say why not, or what was noticed about it."""

    accepted: bool
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What one TA1 or 999 says of what was sent under `control` (ISA13 or GS06).

    `accepted` when all of it was taken in. `refused` are the sets that were not (ST02), None where that is all of them.
    """

    control: int
    accepted: bool
    findings: tuple[str, ...] = ()
    refused: frozenset[str] | None = frozenset()


def acknowledged(raw: bytes) -> Acknowledged | None:
    """Return what the TA1s and 999s of a file say, None where it has none. Nothing is raised.

    What was sent is not repeated in the words: it is about a patient.
    """
    said = said_of(raw)
    if not said:
        return None
    accepted = all(one.accepted for one in said)
    findings = [words for one in said for words in one.findings]
    if not accepted and not findings:
        findings.append("The question was refused without a reason.")
    return Acknowledged(accepted, tuple(findings))


def said_of(raw: bytes) -> list[Said]:
    """Return what each TA1 and 999 of a file says; half a 999 says nothing. Nothing is raised."""
    found = [_of_interchange(one) for one in x12.parse_ta1(raw)]
    return found + [_of_group(one) for one in x12.parse_999(raw) if one.verdict is not None]


def _of_interchange(answer: InterchangeAnswered) -> Said:
    if answer.is_accepted:
        return Said(_number(answer.control), accepted=True)
    words = _INTERCHANGE.get(answer.code, "no reason is given")
    return Said(_number(answer.control), False, (f"The whole file was refused: {words}.",), None)


def _of_group(answer: Acknowledgement) -> Said:
    refused, said = _sets(answer)
    control = _number(answer.group.control if answer.group else "")
    sets = frozenset(
        one.control for one in answer.sets if one.verdict and one.verdict.answer not in {"A", "E"}
    )
    whole = answer.verdict is not None and answer.verdict.answer not in {"A", "E", "P"}
    return Said(control, not refused, tuple(said), None if whole else sets)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0


def _sets(answer: Acknowledgement) -> tuple[bool, list[str]]:
    refused, said = False, list[str]()
    for found in answer.sets:
        refused = refused or bool(found.verdict and found.verdict.answer not in {"A", "E"})
        for error in found.errors:
            said += _errors(error)
        said += [_SET[code] for code in (found.verdict.codes if found.verdict else ()) if code in _SET]
    group = answer.verdict
    if group is not None and group.answer not in {"A", "E"}:
        refused = True
        said += [_GROUP[code] for code in group.elements[5:] if code in _GROUP]
    return refused, said


def _errors(error: SegmentError) -> list[str]:
    place = f"{error.segment}, segment {error.position} of what was sent"
    if error.elements_in_error:
        return [f"{place}: {_element(error.segment, each)}" for each in error.elements_in_error]
    return [f"{place}: it {_SEGMENT.get(error.code, 'is wrong')}."]


def _element(segment: str, error: ElementError) -> str:
    place = error.place
    at = place.element if place else ""
    inner = f"-{place.component}" if place and place.component else ""
    name = f"{segment}{at.zfill(2)}{inner}" if at else "an element"
    return f"{name} {_ELEMENT.get(error.code, 'is wrong')}."
