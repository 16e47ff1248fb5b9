"""What a payer's answer to a request (278 response) means: certified or not, under which number, for what, and what to do.

Codes of ASC X12N 278 005010X217 (HCR01, AAA03) in our words.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from frontdesk.office.coverage.rules.benefits import Rejection
from frontdesk.office.coverage.rules.rejections import WHY

CERTIFIED, PARTIAL, DENIED, PENDED, MODIFIED = "certified", "partial", "denied", "pended", "modified"
CALL, NOT_NEEDED, CANCELLED, REJECTED, UNKNOWN = "call", "not_needed", "cancelled", "rejected", "unknown"
# HCR01, and what there is without one.
ACTIONS = {
    "A1": CERTIFIED,
    "A2": PARTIAL,
    "A3": DENIED,
    "A4": PENDED,
    "A6": MODIFIED,
    "C": CANCELLED,
    "CT": CALL,
    "NA": NOT_NEEDED,
}
OUTCOMES = {
    CERTIFIED: "Approved",
    PARTIAL: "Approved in part",
    DENIED: "Denied",
    PENDED: "Waiting for their decision",
    MODIFIED: "Approved otherwise than asked",
    CALL: "They want a call",
    NOT_NEEDED: "None is needed",
    CANCELLED: "Cancelled there",
    REJECTED: "Could not be asked",
    UNKNOWN: "Could not be determined",
}
APPROVING = frozenset({CERTIFIED, PARTIAL, MODIFIED})
SETTLED = APPROVING | {DENIED, NOT_NEEDED, CANCELLED}
"""After these nothing more is waited for."""
_CALL = "Call the payer."
_ADVICE = {
    PARTIAL: "Look at what was left out, and tell whoever ordered it.",
    DENIED: "Tell whoever ordered it: they may appeal, or speak to the payer's physician.",
    PENDED: "Look again in a few days, or take in the file with their answer.",
    MODIFIED: "Look at visits and dates: they differ from what was asked.",
    CALL: _CALL,
    CANCELLED: _CALL,
}
# AAA03 of this transaction that an eligibility answer does not have, or means otherwise.
_WHY = {
    "04": "more was asked than the payer takes at once",
    "33": "something in the request is missing or wrong",
    "41": "the practice may not ask this payer",
    "42": "the payer cannot answer now",
    "57": "the dates of service are missing or wrong",
    "60": "the date of birth is later than the visit",
    "61": "the visit is later than the date of death",
    "62": "the dates are not within what may be asked for",
    "63": "the dates lie in the future",
    "87": "the practice's enrolment is not in order",
    "90": "the number of visits is missing or wrong",
    "91": "the service is missing or not one they review",
    "92": "the number of an earlier authorization is missing or wrong",
    "95": "the patient is not eligible",
    "98": "the kind of service is missing or wrong",
    "AA": "they have no such authorization on file",
    "AG": "the diagnosis is missing or wrong",
    "AM": "the admission date is missing or wrong",
    "AO": "the day is outside of the patient's coverage",
    "IA": "the code is not used here",
    "T4": "the payer's name or number is missing",
    "T5": "the kind of certification is missing",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What a 278 says of one request. `traces` are the numbers of requests it answers (TRN02, our own among them).

    `action` is HCR01, "" where there is none; `number` HCR02, `reason` HCR03 as it came. `visits`, `begins` and `ends`
    are what was approved, where told. `reference` is the payer's administrative number of a pended one (REF NT).
    """

    traces: tuple[str, ...] = ()
    action: str = ""
    number: str = ""
    reason: str = ""
    reference: str = ""
    visits: int | None = None
    begins: date | None = None
    ends: date | None = None
    rejections: tuple[Rejection, ...] = ()
    messages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a request: a key of `OUTCOMES`, the payer's words, and what to do."""

    outcome: str
    words: str = ""
    advice: str = ""


def judged(told: Told) -> Outcome:
    """Return what an answer means. One that decides nothing and refuses nothing could not be determined."""
    if told.rejections and not told.action:
        return Outcome(REJECTED, _refused(told.rejections), _mend(told.rejections))
    outcome = ACTIONS.get(told.action)
    said = [
        f"under {told.number}" if told.number else "",
        f"reason {told.reason}" if told.reason else "",
        f"their reference {told.reference}" if told.reference else "",
        *told.messages,
    ]
    words = " · ".join(filter(None, said))
    if outcome is None:
        return Outcome(
            UNKNOWN, words or "the answer decides nothing", f"Look at the answer, or {_CALL.lower()}"
        )
    return Outcome(outcome, words, _ADVICE.get(outcome, ""))


def _refused(rejections: Iterable[Rejection]) -> str:
    found = dict.fromkeys(_words(one.reason) for one in rejections)
    return "; ".join(found)


def _words(reason: str) -> str:
    if reason in _WHY:
        return _WHY[reason]
    known = WHY.get(reason)
    return known.words if known else f"the payer gave the reason {reason or 'none'}"


def _mend(rejections: Iterable[Rejection]) -> str:
    known = next((WHY[one.reason] for one in rejections if one.reason in WHY), None)
    return known.advice if known else f"Correct it and ask again, or {_CALL.lower()}"
