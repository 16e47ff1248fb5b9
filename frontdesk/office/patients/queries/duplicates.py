"""Who may already be registered, and which two charts may be one person."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.db.models import Q

from frontdesk.kit.sensitivity import HIDDEN, NO_DAY
from frontdesk.office.patients import rules
from frontdesk.office.patients.index import backwards
from frontdesk.office.patients.models import (
    SSN,
    Address,
    Identifier,
    Patient,
    PatientName,
    SearchName,
    SearchPhone,
)
from frontdesk.office.patients.names import fold, other_forms
from frontdesk.office.patients.queries.ssn import ssn_marks, who_bear

MOST = 120


class Details(Protocol):
    """What a register form knows of somebody; see `services.NewPatient`."""

    @property
    def legal_first(self) -> str: ...
    @property
    def legal_last(self) -> str: ...
    @property
    def birth_date(self) -> date: ...
    @property
    def sex(self) -> str: ...
    @property
    def phone(self) -> str: ...
    @property
    def line(self) -> str: ...
    @property
    def zip(self) -> str: ...
    @property
    def preferred_name(self) -> str: ...
    @property
    def previous_last(self) -> str: ...
    @property
    def ssn(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody registered who may be the same person. `score` is 0 to 1; `why` says what agrees."""

    id: int
    score: float
    why: tuple[str, ...]
    name: str
    birth_date: date
    sex: str
    mrn: str


def duplicates_for(details: Details) -> list[Candidate]:
    """Return who scores `rules.SHOW` or more against the details of a form, likeliest first; at most nine queries."""
    one = rules.Person(
        first=details.legal_first,
        last=details.legal_last,
        birth_date=details.birth_date,
        sex=details.sex,
        phones=frozenset({backwards(details.phone)} - {""}),
        line=details.line,
        zip=details.zip,
        other_lasts=(details.previous_last,) if details.previous_last else (),
        other_firsts=(details.preferred_name,) if details.preferred_name else (),
        ssn=frozenset(SSN.indexes(digits) if (digits := rules.read_ssn(details.ssn)) else ()),
    )
    people = _people(_blocked(one))
    facts = {p.pk: p for p in Patient.objects.defer("photo").filter(pk__in=people)}
    found = []
    for pk, other in people.items():
        likeness = rules.likeness(one, other)
        if likeness.score >= rules.SHOW:
            p = facts[pk]
            found.append(
                Candidate(pk, likeness.score, (), HIDDEN, NO_DAY, "", "")
                if p.is_hidden
                else Candidate(pk, likeness.score, likeness.why, p.legal_name, p.birth_date, p.sex, p.mrn)
            )
    return sorted(found, key=lambda c: (-c.score, c.id))


def suspects_among(patient_ids: Iterable[int]) -> Iterator[tuple[int, int, float, tuple[str, ...]]]:
    """Yield pairs (lower id, higher id, score, why) of charts that may be one person, each patient with anyone."""
    seen: set[tuple[int, int]] = set()
    for number, one in _people(set(patient_ids)).items():
        for other_number, other in _people(_blocked(one) - {number}).items():
            low, high = min(number, other_number), max(number, other_number)
            likeness = rules.likeness(one, other)
            if (low, high) not in seen and likeness.score >= rules.SHOW and not _twins(one, other):
                seen.add((low, high))
                yield low, high, likeness.score, likeness.why


def _twins(one: rules.Person, other: rules.Person) -> bool:
    """Say whether two are alike but for given names that are not forms of one another."""
    a, b = fold(one.first), fold(other.first)
    return (
        one.birth_date == other.birth_date
        and a != b
        and b not in other_forms(a)
        and rules.likeness(one, other).score <= 0.8
    )


def _blocked(one: rules.Person) -> set[int]:
    """Return the ids worth weighing: same birthday, same telephone, same name, or the same number."""
    living = Patient.objects.exclude(status=Patient.Status.MERGED)
    found = who_bear(one.ssn, MOST)
    if one.birth_date:
        days = {one.birth_date}
        if one.birth_date.day <= 12:
            days.add(date(one.birth_date.year, one.birth_date.day, one.birth_date.month))
        found |= set(living.filter(birth_date__in=days).values_list("id", flat=True)[: MOST * 4])
    if one.phones:
        found |= set(
            SearchPhone.objects.filter(backwards__in=one.phones).values_list("patient_id", flat=True)[:MOST]
        )
    first, last = fold(one.first).replace(" ", "")[:40], fold(one.last).replace(" ", "")[:40]
    if first and last:
        pairs = Q(family=last, given=first) | Q(family=first, given=last)
        found |= set(SearchName.objects.filter(pairs).values_list("patient_id", flat=True)[:MOST])
    return found


def _people(ids: set[int]) -> dict[int, rules.Person]:
    """Return what is known of several patients, in six queries."""
    lasts: dict[int, list[str]] = defaultdict(list)
    firsts: dict[int, list[str]] = defaultdict(list)
    for pk, first, last in PatientName.objects.filter(patient_id__in=ids).values_list(
        "patient_id", "first", "last"
    ):
        firsts[pk].append(first)
        lasts[pk].append(last)
    phones: dict[int, set[str]] = defaultdict(set)
    for pk, number in SearchPhone.objects.filter(patient_id__in=ids).values_list("patient_id", "backwards"):
        phones[pk].add(number)
    homes = {a.patient_id: a for a in Address.objects.filter(patient_id__in=ids, ends=None).order_by("-id")}
    numbers: dict[int, set[str]] = defaultdict(set)
    for pk, system, value in Identifier.objects.filter(patient_id__in=ids).values_list(
        "patient_id", "system", "value"
    ):
        numbers[pk].add(f"{system}|{value}")
    marks = ssn_marks(ids)
    people = {}
    for p in Patient.objects.filter(pk__in=ids).exclude(status=Patient.Status.MERGED).defer("photo"):
        home = homes.get(p.pk)
        people[p.pk] = rules.Person(
            first=p.legal_first,
            last=p.legal_last,
            birth_date=p.birth_date,
            sex=p.sex,
            phones=frozenset(phones[p.pk]),
            line=home.line if home else "",
            zip=home.zip if home else "",
            other_lasts=tuple(filter(None, lasts[p.pk])),
            other_firsts=tuple(filter(None, [*firsts[p.pk], p.preferred_name])),
            numbers=frozenset(numbers[p.pk]),
            ssn=marks[p.pk],
        )
    return people
