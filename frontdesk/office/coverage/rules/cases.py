"""Who pays for a visit of a case: an injury at work, in traffic, on somebody's property."""

from dataclasses import dataclass
from datetime import date

from frontdesk.office.coverage.rules.cover import CASE, Cover
from frontdesk.office.coverage.rules.wording import day as said_day

WORKERS_COMP, AUTO, LIABILITY = "workers_comp", "auto", "liability"
CARRIER_ONLY, CARRIER_FIRST, INSURANCE_FIRST = "carrier_only", "carrier_first", "insurance_first"
CARRIER, INSURANCE = "carrier", "insurance"
KINDS = {WORKERS_COMP: "Workers' compensation", AUTO: "Auto accident", LIABILITY: "Liability"}
NO_FAULT = frozenset({"FL", "HI", "KS", "KY", "MA", "MI", "MN", "ND", "NJ", "NY", "PA", "UT"})
"""Where the car's own insurer pays for the injured first, whoever was at fault (personal injury protection)."""
MAY_CHOOSE = frozenset({"MI", "NJ"})
"""Where the policy of the car may say that health insurance pays first (coordinated benefits)."""


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What is known of a case. `carrier` is its payer's name, "" while nobody knows it; amounts in cents."""

    kind: str
    order: str
    injury: str
    happened_on: date
    carrier: str = ""
    claim_number: str = ""
    adjuster: str = ""
    adjuster_phone: str = ""
    state: str = ""
    limit_cents: int | None = None
    letter_of_protection: bool = False
    denied_on: date | None = None
    authorization: str = ""
    note: str = ""
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class WhoPays:
    """Who is asked for a visit of a case, in order (CARRIER, INSURANCE), and why in words fit to be read aloud.

    `copay_cents` is 0 where none may be asked, None where it follows from who pays. `missing` is what has still to be
    asked, in words.
    """

    order: tuple[str, ...]
    words: str
    copay_cents: int | None = None
    missing: tuple[str, ...] = ()


def who_pays(case: CaseFacts, day: date) -> WhoPays:
    """Say who pays for a visit of this case on `day`. Pure.

    Workers' compensation pays alone and in full until the carrier denies the claim: no copay, and no health insurance.
    """
    carrier, missing = case.carrier or "The carrier", _missing(case)
    denied = case.denied_on is not None and case.denied_on <= day
    if case.closed_on is not None and case.closed_on < day:
        words = f"The case was closed on {said_day(case.closed_on)}: the insurance on file pays"
        return WhoPays((INSURANCE,), words)
    if denied and case.denied_on is not None:
        words = f"{carrier} denied the claim on {said_day(case.denied_on)}: the insurance on file pays"
        return WhoPays((INSURANCE,), words)
    if case.kind == WORKERS_COMP:
        words = f"{carrier} pays for this injury alone; no copay. Health insurance is not billed unless the claim is denied"
        return WhoPays((CARRIER,), words, 0, missing)
    if case.limit_cents == 0 and case.order != INSURANCE_FIRST:
        words = f"Nothing is left of what {carrier} pays for: the insurance on file pays"
        return WhoPays((INSURANCE,), words)
    if case.order == INSURANCE_FIRST:
        words = f"The insurance on file pays first; {_small(carrier)} answers for it afterwards"
        return WhoPays((INSURANCE, CARRIER), words, None, missing)
    if case.order == CARRIER_ONLY:
        after = " out of the settlement (letter of protection)" if case.letter_of_protection else ""
        return WhoPays((CARRIER,), f"{carrier} pays for this injury alone{after}", 0, missing)
    words = f"{carrier} pays first, then the insurance on file"
    return WhoPays((CARRIER, INSURANCE), words, 0, missing)


def proposed_order(
    kind: str, state: str = "", *, letter: bool = False, limit_cents: int | None = None
) -> tuple[str, str]:
    """Return in which order a new case's payers are asked, and why; whoever opens the case may choose otherwise."""
    if kind == WORKERS_COMP:
        return CARRIER_ONLY, "Workers' compensation pays alone until the claim is denied."
    if letter:
        return CARRIER_ONLY, "An attorney's letter of protection: payment waits for the settlement."
    if kind == LIABILITY:
        return (
            INSURANCE_FIRST,
            "A liability insurer pays only once it accepts the claim or the case is settled.",
        )
    if state in MAY_CHOOSE:
        return (
            CARRIER_FIRST,
            f"In {state} the car's insurer pays first, unless its policy says health insurance does: ask.",
        )
    if state in NO_FAULT:
        return CARRIER_FIRST, f"{state} is a no-fault state: the car's insurer pays first."
    if limit_cents:
        return CARRIER_FIRST, "The car's policy has medical payments coverage: it pays first."
    return (
        INSURANCE_FIRST,
        "No no-fault state and no medical payments coverage is known: health insurance pays first.",
    )


def covered(case: CaseFacts, insurance: Cover, day: date) -> Cover:
    """Return how a visit of a case is covered: by its carrier, or as the patient's `insurance` stands where that pays first."""
    pays = who_pays(case, day)
    if pays.order[0] != CARRIER:
        return insurance
    said = [
        case.carrier or "carrier not known",
        f"claim {case.claim_number}" if case.claim_number else "",
        " ".join(filter(None, ["adjuster", case.adjuster, case.adjuster_phone])) if case.adjuster else "",
        "no copay" if pays.copay_cents == 0 else "",
        f"ask for {_listed(pays.missing)}" if pays.missing else "",
    ]
    return Cover(CASE, f"{KINDS[case.kind]}: {' · '.join(filter(None, said))}", asks=bool(pays.missing))


def asks_insurance(case: CaseFacts, day: date) -> bool:
    """Say whether a health plan is asked about a visit of this case at all."""
    return INSURANCE in who_pays(case, day).order


def _missing(case: CaseFacts) -> tuple[str, ...]:
    wanted = (
        ("the carrier", case.carrier),
        ("the claim number", case.claim_number),
        ("the adjuster's name and phone", case.adjuster),
        ("the state it happened in", case.state),
    )
    return tuple(words for words, known in wanted if not known)


def _listed(words: tuple[str, ...]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _small(carrier: str) -> str:
    return "the carrier" if carrier == "The carrier" else carrier
