"""Who pays in the synthetic practice: invented payers beside the public programs, and believable policies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from frontdesk.entrypoints.commands.demo.people import Person
from frontdesk.entrypoints.commands.demo.sink import Row, moment
from frontdesk.kit.actor import SYSTEM
from frontdesk.office.coverage import services

POLICY = (
    *("patient_id", "payer_id", "rank", "member_id", "group_number", "plan_name", "relationship"),
    *("subscriber_first", "subscriber_last", "subscriber_birth_date", "begins", "noted_at", "noted_by"),
)


@dataclass(frozen=True, slots=True)
class Insurer:
    """A payer of the practice: how often people have it, what its plans are called, how its member IDs begin."""

    name: str
    kind: str
    number: str
    also: str
    share: int
    plans: tuple[str, ...]
    begins: str
    phone: str = ""


MEDICARE, MEDICAID = 0, 1
INSURERS = (
    Insurer("Medicare Part B", "medicare", "MEDB1", "Medicare", 0, ("Part B",), "1EG"),
    Insurer(
        "MassHealth",
        "medicaid",
        "MHEALTH",
        "Massachusetts Medicaid",
        0,
        ("Standard", "Family Assistance"),
        "10",
    ),
    Insurer(
        "Bay State Blue", "blue", "BSB01", "Bay State Blue Cross", 30, ("HMO Blue", "PPO", "Saver"), "XXP"
    ),
    Insurer("Pilgrim Health Plan", "commercial", "PHP22", "PHP", 22, ("Choice HMO", "Choice PPO"), "HP"),
    Insurer("Harbor Mutual", "commercial", "HARB7", "Harbor", 14, ("Open Access", "POS"), "HM"),
    Insurer("Connecticut Valley Health", "commercial", "CVH04", "CVH", 12, ("Value", "Select"), "CV"),
    Insurer("United Federal Employees", "commercial", "UFE55", "UFE", 8, ("Standard", "Basic"), "R"),
    Insurer(
        "Elder Advantage", "medicare_advantage", "ELDA1", "", 0, ("Advantage HMO", "Advantage PPO"), "EA"
    ),
    Insurer("Silver Supplement", "commercial", "SILV9", "Medigap Silver", 0, ("Plan G", "Plan N"), "S"),
    Insurer("Commonwealth Care Alliance", "medicaid_managed", "CCA77", "CCA", 0, ("One Care",), "C"),
    Insurer("Pioneer Workers' Compensation", "workers_comp", "PWC01", "Pioneer Comp", 0, ("",), ""),
    Insurer("Turnpike Auto", "auto", "TPKA1", "Turnpike", 0, ("",), ""),
)
ADVANTAGE, SUPPLEMENT, MANAGED = 7, 8, 9
_AT_WORK = [n for n, one in enumerate(INSURERS) if one.share]
_SHARES = [INSURERS[n].share for n in _AT_WORK]


def add_payers() -> tuple[int, ...]:
    """Put the payers on the practice's list; return their rows in the order of `INSURERS`."""
    made = []
    for one in INSURERS:
        payer = services.add_payer(
            SYSTEM, name=one.name, kind=one.kind, state="MA", timely_filing_days=90, in_network=True
        )
        if one.also:
            services.name_payer(SYSTEM, payer_id=payer.pk, name=one.also)
        for transaction in ("eligibility", "claims", "remittance", "authorization"):
            services.number_payer(SYSTEM, payer_id=payer.pk, transaction=transaction, number=one.number)
        made.append(payer.pk)
    return tuple(made)


def policies(
    people: Sequence[Person], base: int, payers: Sequence[int], now: datetime, seed: int
) -> list[Row]:
    """Return the policies of one block: a family's by who works, Medicare from 65 on, one in twelve without any."""
    rng = Random(f"coverage-{seed}-{people[0].number if people else 0}")
    by_number = {person.number: person for person in people}
    held: dict[int, tuple[int, str, str, str]] = {}
    found: list[Row] = []
    for person in people:
        years = _age(person.birth, now.date())
        if years >= 65:
            found += _old_age(person, base, payers, now, rng)
        elif rng.random() < 0.92 and person.copy_of is None:
            found.append(_family(person, by_number, held, base, payers, now, rng))
    return found


def _old_age(person: Person, base: int, payers: Sequence[int], now: datetime, rng: Random) -> list[Row]:
    if rng.random() < 0.4:
        return [_row(person, base, payers, now, rng, 1, _policy(ADVANTAGE, rng))]
    rows = [_row(person, base, payers, now, rng, 1, _policy(MEDICARE, rng))]
    if rng.random() < 0.6:
        rows.append(_row(person, base, payers, now, rng, 2, _policy(SUPPLEMENT, rng)))
    return rows


def _family(
    person: Person,
    others: Mapping[int, Person],
    held: dict[int, tuple[int, str, str, str]],
    base: int,
    payers: Sequence[int],
    now: datetime,
    rng: Random,
) -> Row:
    """One policy a household, most often: the first adult's own, on which partner and children stand too."""
    own = held.get(person.household)
    if own is None or rng.random() < 0.25:
        kind = rng.choices(_AT_WORK, _SHARES)[0] if rng.random() < 0.78 else rng.choice((MEDICAID, MANAGED))
        own = _policy(kind, rng)
        if person.guardian is None and kind not in {MEDICAID, MANAGED}:
            held.setdefault(person.household, own)
        return _row(person, base, payers, now, rng, 1, own)
    subscriber = others.get(person.guardian if person.guardian is not None else person.partner or -1)
    if subscriber is None:
        return _row(person, base, payers, now, rng, 1, own)
    relationship = "child" if person.guardian is not None else "spouse"
    return _row(person, base, payers, now, rng, 1, own, relationship, subscriber)


def _policy(insurer: int, rng: Random) -> tuple[int, str, str, str]:
    one = INSURERS[insurer]
    group = f"{rng.randint(10_000, 99_999)}" if one.share else ""
    return insurer, f"{one.begins}{rng.randint(10_000_000, 99_999_999)}", group, rng.choice(one.plans)


def _row(
    person: Person,
    base: int,
    payers: Sequence[int],
    now: datetime,
    rng: Random,
    rank: int,
    policy: tuple[int, str, str, str],
    relationship: str = "self",
    subscriber: Person | None = None,
) -> Row:
    insurer, member, group, plan = policy
    whose = (
        (subscriber.first, subscriber.last, subscriber.birth.isoformat()) if subscriber else ("", "", None)
    )
    begins = max(date(now.year - rng.choice((0, 0, 1, 2)), 1, 1), person.birth).isoformat()
    noted = moment(now - timedelta(days=rng.randint(1, 300)))
    return (
        *(base + person.number, payers[insurer], rank, member, group, plan, relationship),
        *(*whose, begins, noted, "Rosa Diaz"),
    )


def _age(birth: date, today: date) -> int:
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
