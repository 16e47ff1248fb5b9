"""Rows of the patients room for synthetic people."""

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from frontdesk.entrypoints.commands.demo import places
from frontdesk.entrypoints.commands.demo.people import Person
from frontdesk.entrypoints.commands.demo.sink import Row, moment
from frontdesk.office.patients import index, rules
from frontdesk.office.patients.models import SSN
from frontdesk.office.patients.services import SECTIONS

PATIENT = (
    "id", "mrn", "legal_first", "legal_middle", "legal_last", "suffix", "preferred_name", "birth_date", "birthday", "sex",
    "gender_identity", "pronouns", "races", "ethnicity", "language", "interpreter_needed", "deceased_on", "is_deceased",
    "registered_at",
)  # fmt: skip
NAME = ("patient_id", "use", "last")
ADDRESS = ("patient_id", "line", "line2", "city", "state", "zip")
CONTACT = (
    "patient_id",
    "system",
    "use",
    "value",
    "may_call",
    "may_text",
    "may_leave_voicemail",
    "is_preferred",
)
RELATED = ("patient_id", "role", "person_id", "first", "last", "relationship", "phone", "scope")
ALERT = ("patient_id", "words", "show", "made_at", "made_by")
CONFIRMATION = ("patient_id", "section", "at", "by_name")
IDENTIFIER = ("patient_id", "system", "value")
SSN_COLUMNS = ("patient_id", "number", "blind_index")
SEARCH_NAME = ("patient_id", "family", "given")
SEARCH_PHONE = ("patient_id", "backwards")
PAIR = ("first_id", "second_id", "score", "why", "found_at")
FIRST_MRN = 100_001
Rows = dict[str, list[Row]]


def rows_of(people: Sequence[Person], base: int, now: datetime, seed: int) -> Rows:
    """Return the rows of one block by table; the patient of number n gets the id `base` + n."""
    rng = Random(f"rows-{seed}-{people[0].number if people else 0}")
    by_number = {person.number: person for person in people}
    found: Rows = defaultdict(list)
    for person in people:
        registered = now - timedelta(days=int(rng.random() ** 2 * 3600) + 2, minutes=rng.randrange(600))
        _patient(found, person, base, registered)
        _reach(found, person, base + person.number, rng)
        _relations(found, person, by_number, base, rng)
        _desk(found, person, base + person.number, registered, now, rng)
    _index(found, people, by_number, base)
    _pairs(found, people, by_number, base, now)
    return found


def _patient(found: Rows, person: Person, base: int, registered: datetime) -> None:
    races = "[]" if not person.race else json.dumps([person.race])
    died = person.deceased.isoformat() if person.deceased else None
    found["patient"].append(
        (
            base + person.number, str(FIRST_MRN + person.number), person.first, person.middle, person.last, person.suffix,
            person.preferred, person.birth.isoformat(), f"{person.birth:%m%d}", person.sex, person.gender, person.pronouns,
            races, person.ethnicity, person.language, person.interpreter, died, bool(died), moment(registered),
        )
    )  # fmt: skip
    found["ssn"] += _sealed(person, base + person.number)
    if person.previous_last:
        found["name"].append((base + person.number, "maiden", person.previous_last))


def _sealed(person: Person, pk: int) -> list[Row]:
    """Return the social security number of every other person, of those nobody has: area 9xx, group 10 to 49."""
    if person.number % 2 or person.copy_of is not None:
        return []
    scattered = (person.number * 7919) % 399_960  # 40 groups of 9,999 serials
    group, serial = divmod(scattered, 9_999)
    digits = f"{900 + person.number // 399_960}{10 + group}{serial + 1:04d}"
    return [(pk, SSN.seal(pk, digits), SSN.index_of(digits))]


def _reach(found: Rows, person: Person, pk: int, rng: Random) -> None:
    found["address"].append((pk, person.line, person.line2, person.city, places.STATE, person.zip))
    voicemail = rng.random() < 0.8
    if person.mobile:
        found["contact"].append((pk, "phone", "mobile", person.mobile, True, person.texts, voicemail, True))
    if person.home:
        found["contact"].append((pk, "phone", "home", person.home, True, False, voicemail, not person.mobile))
    if person.email:
        found["contact"].append((pk, "email", "home", person.email, None, None, None, False))


def _relations(found: Rows, person: Person, others: dict[int, Person], base: int, rng: Random) -> None:
    pk = base + person.number
    if person.guardian is not None:
        guardian = others[person.guardian]
        kin = "mother" if guardian.sex == "female" else "father"
        for role in ("guardian", "guarantor", "emergency"):
            found["related"].append(_related(pk, role, guardian, base, kin))
    elif person.partner is not None:
        partner = others[person.partner]
        kin = "wife" if partner.sex == "female" else "husband"
        found["related"].append(_related(pk, "emergency", partner, base, kin))
        if rng.random() < 0.3:
            found["related"].append(
                _related(pk, "authorized", partner, base, kin, rng.choice(("schedule", "billing", "all")))
            )


def _related(pk: int, role: str, other: Person, base: int, kin: str, scope: str = "") -> Row:
    phone = other.mobile or other.home
    return (pk, role, base + other.number, other.first, other.last, kin, phone, scope)


def _desk(found: Rows, person: Person, pk: int, registered: datetime, now: datetime, rng: Random) -> None:
    if person.alert:
        show = rng.choice(("always", "always", "booking", "check_in"))
        found["alert"].append((pk, person.alert, show, moment(registered), "Lena Park"))
    if rng.random() < 0.5:
        at = moment(now - timedelta(days=rng.randint(1, 500)))
        found["confirmation"] += [(pk, section, at, "Rosa Diaz") for section in SECTIONS]


def _index(found: Rows, people: Sequence[Person], others: dict[int, Person], base: int) -> None:
    """Add what the search looks up, as the room's own index would."""
    known = (
        (
            base + person.number,
            (person.first, person.preferred, person.middle),
            (person.last, person.previous_last),
            {person.mobile, person.home, *_numbers_of_relations(person, others)},
        )
        for person in people
    )
    for pk, names, phones in index.bulk_index_rows(known):
        found["search_name"] += [(pk, family, given) for family, given in sorted(names)]
        found["search_phone"] += [(pk, backwards) for backwards in sorted(phones)]


def _numbers_of_relations(person: Person, others: dict[int, Person]) -> set[str]:
    number = person.guardian if person.guardian is not None else person.partner
    return {others[number].mobile or others[number].home} if number is not None else set()


def _pairs(
    found: Rows, people: Sequence[Person], others: dict[int, Person], base: int, now: datetime
) -> None:
    """Put the planted duplicates into the merge queue, as alike as the room's rules find them."""
    for person in people:
        if person.copy_of is None:
            continue
        origin = others[person.copy_of]
        alike = rules.likeness(_as_rules_see(person), _as_rules_see(origin))
        if alike.score >= rules.SHOW:
            first, second = sorted((base + person.number, base + origin.number))
            score = f"{min(alike.score, 0.999):.3f}"
            found["pair"].append(
                (first, second, score, json.dumps(alike.why), moment(now - timedelta(hours=20)))
            )


def _as_rules_see(person: Person) -> rules.Person:
    return rules.Person(
        person.first, person.last, person.birth, person.sex, frozenset({person.mobile, person.home} - {""}), person.line,
        person.zip, tuple(filter(None, (person.previous_last,))), tuple(filter(None, (person.preferred,))),
    )  # fmt: skip
