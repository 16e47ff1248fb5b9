"""Disclosures: on what ground, which are accounted for (45 CFR 164.528), and for how long some stay hidden."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

YEARS = 6
ORAL_DAYS = (
    30  # an oral statement of an agency holds that long, unless a written one comes (164.528(a)(2)(ii))
)


@dataclass(frozen=True, slots=True)
class Basis:
    """A ground on which something may be told: in words, whether it is accounted for, whether an agency may have it hidden."""

    words: str
    accountable: bool
    suspendable: bool = False


BASES: dict[str, Basis] = {
    "required_by_law": Basis("Required by law", accountable=True),
    "public_health": Basis("Public health authority", accountable=True),
    "abuse": Basis("Report of abuse, neglect or domestic violence", accountable=True),
    "oversight": Basis("Health oversight agency", accountable=True, suspendable=True),
    "judicial": Basis("Court order, subpoena or other legal process", accountable=True),
    "court_part2": Basis("Court order under 42 CFR Part 2", accountable=True),
    "law_enforcement": Basis("Law enforcement", accountable=True, suspendable=True),
    "decedent": Basis("Coroner, medical examiner or funeral director", accountable=True),
    "donation": Basis("Organ, eye or tissue donation", accountable=True),
    "research": Basis("Research without authorization, by waiver", accountable=True),
    "threat": Basis("To avert a serious threat", accountable=True),
    "government": Basis("Military or other special government function", accountable=True),
    "workers_comp": Basis("Workers' compensation", accountable=True),
    "mistake": Basis("Told by mistake, or a breach", accountable=True),
    "treatment": Basis("Treatment", accountable=False),
    "emergency": Basis("Medical emergency", accountable=False),
    "payment": Basis("Payment", accountable=False),
    "operations": Basis("Health care operations", accountable=False),
    "individual": Basis("To the patient or their representative", accountable=False),
    "authorized": Basis("By the patient's signed authorization", accountable=False),
    "involved": Basis("To somebody involved in the patient's care", accountable=False),
    "incidental": Basis("Incidental to something permitted", accountable=False),
    "limited_data_set": Basis("Limited data set under an agreement", accountable=False),
    "national_security": Basis("National security or intelligence", accountable=False),
    "custody": Basis("Correctional institution or officer in custody", accountable=False),
}
# Who asks at the desk or on the telephone is verified there; a paper or a badge is looked at.
SPOKEN = frozenset({"individual", "involved"})


def wrong_suspension(basis: str, stated: date | None, until: date | None, *, oral: bool) -> str:
    """Say what is wrong with hiding a disclosure from the accounting; "" when it may be hidden so."""
    if until is None:
        return ""
    if basis not in BASES or not BASES[basis].suspendable:
        return "Only an oversight agency or law enforcement may have a disclosure hidden for a time."
    if stated is None:
        return "Say on which day the agency asked for it."
    if until < stated:
        return "It cannot end before it begins."
    if oral and until > stated + timedelta(days=ORAL_DAYS):
        return f"What was only said holds for {ORAL_DAYS} days; a longer time needs a written statement."
    return ""


def window(day: date) -> tuple[date, date]:
    """Return the first and last day an accounting asked for on `day` covers: six years back to that day."""
    try:
        return day.replace(year=day.year - YEARS), day
    except ValueError:  # February 29th
        return day.replace(year=day.year - YEARS, day=28), day


def is_hidden(suspended_until: date | None, day: date) -> bool:
    """Say whether a disclosure is kept from the patient on `day`; the last day of the suspension still hides it."""
    return suspended_until is not None and day <= suspended_until


@dataclass(frozen=True, slots=True)
class Told:
    """One disclosure as an accounting needs it."""

    id: int
    on: date
    recipient: str
    address: str
    what: str
    purpose: str
    basis: str
    accountable: bool
    suspended_until: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an accounting: a disclosure, or several to one recipient for one purpose (164.528(b)(3))."""

    first: Told
    last_on: date
    times: int


def accounted(rows: Iterable[Told], first: date, last: date, day: date) -> list[Told]:
    """Return those that stand in an accounting printed on `day` for the days `first` to `last`."""
    return [
        one
        for one in rows
        if one.accountable and first <= one.on <= last and not is_hidden(one.suspended_until, day)
    ]


def summarised(rows: Sequence[Told]) -> list[Line]:
    """Return the lines of an accounting, oldest first; what went to one recipient for one purpose is one line."""
    found: dict[tuple[str, ...], Line] = {}
    for one in sorted(rows, key=lambda told: (told.on, told.id)):
        key = (one.recipient, one.address, one.what, one.purpose, one.basis)
        before = found.get(key)
        found[key] = Line(before.first if before else one, one.on, (before.times if before else 0) + 1)
    return list(found.values())
