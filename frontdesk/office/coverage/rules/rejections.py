"""Why a payer did not answer (AAA03) and what it asks for (AAA04), in words, with what to do and where to look.

Codes of X12 005010X279A1, loops 2000A to 2110D, and those that payers send although the guide has them elsewhere. None
of them says that somebody is not covered: even "not found" is a question that was put wrongly until the card is read.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from frontdesk.office.coverage.rules.benefits import Rejection

AGAIN = "Try again in a few minutes."
_SETUP = "Tell whoever looks after the connection to payers."
_CARD = "Read it from the card again, and ask once more."
_PROVIDER = "Look at the practice's NPI and name under Payers, and at the enrolment with this payer."
_CALL = "Call the payer."


@dataclass(frozen=True, slots=True)
class Why:
    """A reason in words, what to do, and the field to fix: member_id, name, birth_date, gender, group, provider…"""

    words: str
    advice: str
    fix: str = ""


WHY = {
    "04": Why(
        "more was asked than the payer answers at once",
        "Ask about one service and one patient at a time.",
        "service",
    ),
    "15": Why(
        "the payer needs more to find the patient",
        "Add what the card has: member ID, name, date of birth.",
        "member_id",
    ),
    "33": Why(
        "the payer misses something in the question",
        "Look at member ID, name and date of birth.",
        "member_id",
    ),
    "35": Why("the payer says it is out of its network", f"Check plan and provider. {_CALL}", "provider"),
    "41": Why("the practice may not ask this payer", _PROVIDER, "provider"),
    "42": Why("the payer cannot answer now", AGAIN),
    "43": Why("the payer does not know the practice's number", _PROVIDER, "provider"),
    "44": Why("the payer does not know the provider's name", _PROVIDER, "provider"),
    "45": Why("the payer misses the provider's specialty", _PROVIDER, "provider"),
    "46": Why("the payer misses the provider's telephone number", _PROVIDER, "provider"),
    "47": Why("the payer misses the provider's state", _PROVIDER, "provider"),
    "48": Why("the payer misses the referring provider's number", _PROVIDER, "provider"),
    "49": Why(
        "the provider is not the patient's primary care physician",
        "Ask who is. A referral may be needed.",
        "provider",
    ),
    "50": Why("the provider may not ask about this", _PROVIDER, "provider"),
    "51": Why("the payer has no such provider on file", _PROVIDER, "provider"),
    "52": Why("the provider was not with this plan on that day", f"Check the day. {_PROVIDER}", "provider"),
    "53": Why(
        "the kind of service does not fit the provider", "Ask about the plan as a whole (30).", "service"
    ),
    "54": Why(
        "the payer answers about services in another form", "Ask about the plan as a whole (30).", "service"
    ),
    "55": Why(
        "the payer does not take this product or service code",
        "Ask about the plan as a whole (30).",
        "service",
    ),
    "56": Why("the day of the visit is not one the payer takes", "Check the day of the visit.", "day"),
    "57": Why("the day of service is missing or wrong", "Check the day of the visit.", "day"),
    "58": Why("the date of birth is missing or wrong", f"Check the date of birth. {_CARD}", "birth_date"),
    "60": Why(
        "the date of birth lies after the day of the visit",
        "Check the date of birth and the day.",
        "birth_date",
    ),
    "61": Why(
        "the payer has the patient's death before the day of the visit",
        f"Check that it is the right person. {_CALL}",
        "day",
    ),
    "62": Why("the payer does not look so far back or ahead", "Ask nearer to the day of the visit.", "day"),
    "63": Why("the payer does not look ahead to that day", "Ask again on the day of the visit.", "day"),
    "64": Why("the patient's number is missing or wrong", f"Check the member ID. {_CARD}", "member_id"),
    "65": Why("the patient's name is missing or wrong", f"Check the name. {_CARD}", "name"),
    "66": Why(
        "the patient's sex is missing or other than the payer has it", "Check the sex on the card.", "gender"
    ),
    "67": Why(
        "the payer does not find the patient",
        f"Check member ID, name and date of birth. {_CARD}",
        "member_id",
    ),
    "68": Why("the payer has the patient's number twice", f"Add the date of birth. {_CALL}", "member_id"),
    "69": Why("the patient's age does not fit what was asked", "Check the date of birth.", "birth_date"),
    "70": Why("the patient's sex does not fit what was asked", "Check the sex.", "gender"),
    "71": Why(
        "the date of birth is not the one the payer has", f"Check the date of birth. {_CARD}", "birth_date"
    ),
    "72": Why("the payer does not know the member ID", f"Check the member ID. {_CARD}", "member_id"),
    "73": Why("the name is not the one the payer has", f"Check the name as the card has it. {_CARD}", "name"),
    "74": Why("the sex is missing or other than the payer has it", "Check the sex on the card.", "gender"),
    "75": Why(
        "the payer does not find the subscriber",
        f"Check member ID, name and date of birth. {_CARD}",
        "member_id",
    ),
    "76": Why("the payer has the member ID twice", f"Add the date of birth. {_CALL}", "member_id"),
    "77": Why(
        "the payer finds the subscriber but not the patient",
        "Check the patient's name and date of birth.",
        "name",
    ),
    "78": Why(
        "the subscriber is not in the group that was asked about",
        "Check the group number on the card.",
        "group",
    ),
    "79": Why("the payer's number is not right", "Check the payer ID under Payers.", "payer"),
    "80": Why("the payer sent no answer to whoever carries it", AGAIN),
    "97": Why("the payer misses the provider's address", _PROVIDER, "provider"),
    "98": Why("the payer takes the service for experimental", _CALL, "service"),
    "AA": Why(
        "the payer has no such authorization number", "Check the authorization number.", "authorization"
    ),
    "AE": Why(
        "the primary care physician must authorize this",
        "Ask the primary care physician for a referral.",
        "authorization",
    ),
    "AF": Why("a diagnosis is missing or wrong", "Ask without a diagnosis.", "service"),
    "AG": Why("a procedure code is missing or wrong", "Ask without a procedure.", "service"),
    "AO": Why("the payer needs more about the patient's condition", _CALL, "service"),
    "CI": Why(
        "the certification does not fit the patient", "Check the authorization number.", "authorization"
    ),
    "E8": Why("the payer wants a medical review first", _CALL, "authorization"),
    "IA": Why("the authorization number is wrong", "Check the authorization number.", "authorization"),
    "MA": Why("the authorization number is missing", "Add the authorization number.", "authorization"),
    "T4": Why("the payer's name or number is missing", _SETUP, "payer"),
}
_OF_PROVIDER = Why("the payer does not know the practice's number", _PROVIDER, "provider")  # 79 of loop 2100B
# The payer will answer the same question another time.
PASSING = frozenset({"42", "80"})
FOLLOW_UP = {
    "C": "",  # correct and ask again: what each reason says
    "N": "The payer does not want it asked again.",
    "P": "It may be asked again just as it was.",
    "R": "It may be asked again.",
    "S": "Do not ask again: the payer asks somebody else.",
    "W": "Ask again in 30 days.",
    "X": "Ask again in 10 days.",
    "Y": "Do not ask again: the payer answers by itself soon.",
}


def why(rejection: Rejection) -> Why:
    """Return a reason in words; one nobody knows is told by its code."""
    known = (
        _OF_PROVIDER
        if (rejection.where, rejection.reason) == ("provider", "79")
        else WHY.get(rejection.reason)
    )
    if known is not None:
        return known
    said = f"for a reason unknown here ({rejection.reason})" if rejection.reason else "and gives no reason"
    return Why(f"the payer did not answer, {said}", _CALL)


def reasons(rejections: Iterable[Rejection]) -> Why:
    """Return what several rejections say together; the first that names a field names the one to fix."""
    found = list(dict.fromkeys(why(each) for each in rejections))
    follow = dict.fromkeys(filter(None, (FOLLOW_UP.get(each.follow_up, "") for each in rejections)))
    return Why(
        " · ".join(each.words for each in found),
        " ".join([*dict.fromkeys(each.advice for each in found), *follow]),
        next((each.fix for each in found if each.fix), ""),
    )


def passing(rejections: Iterable[Rejection]) -> bool:
    """Say whether nothing is wrong but the moment: the same question may be answered another time."""
    return all(each.reason in PASSING for each in rejections)
