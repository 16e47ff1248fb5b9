"""The verdict of a visit out of those of its policies: one that covers the day is enough."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

NONE, WAITING, ACTIVE, INACTIVE, UNKNOWN = "none", "waiting", "active", "inactive", "unknown"
NOT_ASKED = "not_asked"
SELF_PAY, CASE = "self_pay", "case"
SELF_PAY_WORDS = {
    "uninsured": "Self-pay: the patient has no insurance",
    "chosen": "Self-pay: the patient does not want insurance used",
    "kept": "Self-pay: paid in full, and kept from the health plan",
}


@dataclass(frozen=True, slots=True)
class PolicyCover:
    """What is known of one policy for one day; `waits` while its payer is being asked, `by_file` in a file of the night.

    `can_hurry` when it can be taken out of the file and asked at once. `done_at` is UTC.
    """

    policy_id: int
    payer: str
    check_id: int | None = None
    waits: bool = False
    verdict: str = ""
    code: str = ""
    words: str = ""
    advice: str = ""
    done_at: datetime | None = None
    by_file: bool = False
    kind: str = ""
    can_hurry: bool = False


@dataclass(frozen=True, slots=True)
class Cover:
    """How a visit is covered. `state` is one of the words above; `words` say it in one sentence; `by` is the policy it rests on.

    `asks` says that something about it has still to be asked at the desk.
    """

    state: str
    words: str
    by: PolicyCover | None = None
    asks: bool = False


def self_pay(reason: str) -> Cover:
    """Return the cover of a visit that the patient pays for; `reason` is a key of SELF_PAY_WORDS. No payer is asked."""
    return Cover(SELF_PAY, SELF_PAY_WORDS[reason])


def cover(policies: Sequence[PolicyCover]) -> Cover:
    """Judge the policies of a patient for the day of a visit, given in the order they are asked. Pure."""
    if not policies:
        return Cover(NONE, "No insurance on file: ask for the card")
    active = next((one for one in policies if one.verdict == ACTIVE), None)
    if active is not None:
        return Cover(ACTIVE, active.words or f"{active.payer}: active", active)
    for one in policies:
        if one.waits:
            asked = "was asked by file, its answers come overnight" if one.by_file else "is being asked"
            return Cover(WAITING, f"{one.payer} {asked}", one)
    unknown = next((one for one in policies if one.verdict == UNKNOWN), None)
    if unknown is not None:
        return Cover(UNKNOWN, f"Could not be determined: {unknown.words or unknown.payer}", unknown)
    inactive = next((one for one in policies if one.verdict == INACTIVE), None)
    if inactive is not None and all(one.verdict == INACTIVE for one in policies):
        return Cover(INACTIVE, f"Not covered: {inactive.words or inactive.payer}", inactive)
    return Cover(NOT_ASKED, "Insurance not verified yet", policies[0])
