"""Whether a visit needs a referral or an authorization: what the practice knows of its payers, and what a payer says."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from frontdesk.office.referrals.rules.fitting import AUTHORIZATION, KINDS, REFERRAL

# Kinds of plan for which the rules differ (X12 code list 1336), as a card and a payer's answer name them.
PLANS = {
    "HM": "HMO",
    "PS": "POS",
    "PR": "PPO",
    "EP": "EPO",
    "HN": "Medicare Advantage HMO",
    "MC": "Medicaid",
    "WC": "Workers' compensation",
}
_WORDS = (
    ("HN", re.compile(r"\bMEDICARE ADVANTAGE HMO\b|\bMA HMO\b")),
    ("HM", re.compile(r"\bHMO\b")),
    ("PS", re.compile(r"\bPOS\b")),
    ("PR", re.compile(r"\bPPO\b")),
    ("EP", re.compile(r"\bEPO\b")),
    ("MC", re.compile(r"\bMEDICAID\b")),
    ("WC", re.compile(r"\bWORKERS.? COMP")),
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the practice's own table, for the payer and the visit that are looked at. `plan` "" is every plan."""

    kind: str
    plan: str
    is_needed: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """A visit needs one of this kind. `source` is who says so: "payer" or "practice"."""

    kind: str
    source: str
    note: str = ""


def plan_kind(*texts: str) -> str:
    """Return the kind of a plan from its name on the card or in an answer: HM for "Aetna HMO Select"; "" where none is named."""
    for text in texts:
        for code, words in _WORDS:
            if words.search(text.upper()):
                return code
    return ""


def needs(
    rules: Iterable[Rule], plan: str, *, authorization: bool | None = None, referral: bool | None = None
) -> list[Need]:
    """Return what a visit needs.

    `authorization` and `referral` are what the payer says of it (EB11, and its messages): a yes is believed; a no, and
    None for what it does not say or does not know (U), are no reason not to follow the practice's own table.
    """
    told = {AUTHORIZATION: authorization, REFERRAL: referral}
    listed = list(rules)
    found = []
    for kind in KINDS:
        rule = _rule(listed, kind, plan)
        if rule is not None and rule.is_needed:
            found.append(Need(kind, "practice", rule.note))
        elif told[kind]:
            found.append(Need(kind, "payer"))
    return found


def _rule(rules: Iterable[Rule], kind: str, plan: str) -> Rule | None:
    """Return the rule that holds: the one for this kind of plan before the one for all."""
    own = [one for one in rules if one.kind == kind and one.plan in {plan, ""}]
    return max(own, key=lambda one: one.plan != "", default=None)
