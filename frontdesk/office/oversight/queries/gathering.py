"""The facts about a week's looks, gathered in a bounded number of statements whatever the practice's size."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from frontdesk.kit.rows import fetch
from frontdesk.kit.sensitivity import codes
from frontdesk.office.accounts.models import User
from frontdesk.office.audit import queries as audit
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.messaging.models import Message
from frontdesk.office.oversight import rules
from frontdesk.office.oversight.rules import Business, Chart, Looker, Looks
from frontdesk.office.patients.models import Address, Contact, Patient, PatientName, RelatedPerson
from frontdesk.office.scheduling.models import Appointment, Recall, WaitlistEntry

_AT_ONCE = 500
# What opens a chart. A name among the results of a search is no look at a record.
OPENS = (
    "patients.open_chart",
    "scheduling.open_appointment",
    "patients.read_photo",
    "patients.reveal_ssn",
    "messaging.open_message",
)
# What opens a restricted record, or goes with looking at one: no work that a look could have been for.
NO_WORK = ("patients.break_glass", "patients.end_glass", "patients.review_glass", "patients.read_alert")


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the rules ask about the looks of one week."""

    lookers: dict[int, Looker]
    charts: dict[int, Chart]
    business: dict[int, Business]
    looks: list[Looks]


def facts(first: datetime, last: datetime) -> Facts:
    """Gather what is known of every look at a chart from `first` until `last`."""
    looks = _looks(first, last)
    charts = {one.patient_id for one in looks}
    return Facts(_lookers(), _charts(charts), _business(charts, first, last), looks)


def _looks(first: datetime, last: datetime) -> list[Looks]:
    found: dict[tuple[int, int], list[tuple[datetime, int]]] = defaultdict(list)
    for number, at, who, whose in _entries(first, last, is_read=True, action__in=OPENS, actor_kind="staff"):
        if who is not None:
            found[who, whose].append((at, number))
    return [
        Looks(who, whose, tuple(at for at, _ in seen), min(number for _, number in seen))
        for (who, whose), seen in found.items()
    ]


def opened(first: datetime, last: datetime) -> dict[int, list[tuple[datetime, int]]]:
    """Return by person which charts they opened from `first` until `last`, and when, in order."""
    found: dict[int, list[tuple[datetime, int]]] = defaultdict(list)
    for _, at, who, whose in _entries(first, last, is_read=True, action__in=OPENS, actor_kind="staff"):
        if who is not None:
            found[who].append((at, whose))
    return {who: sorted(seen) for who, seen in found.items()}


def _entries(
    first: datetime, last: datetime, *also: Q, **which: Any
) -> Iterator[tuple[int, datetime, int | None, int]]:
    after, until = audit.bounds(first, last)
    rows = AuditEntry.objects.filter(
        *also, id__gt=after, at__gte=first, at__lt=last, patient_id__isnull=False, outcome="done", **which
    )
    if until is not None:
        rows = rows.filter(id__lt=until)
    told = rows.order_by("id").values_list("id", "at", "actor_id", "patient_id")
    for number, at, who, whose in told.iterator(chunk_size=5_000):
        yield number, at, who, whose or 0


def _lookers() -> dict[int, Looker]:
    """Return everybody with an account, with where the charts of their own name live."""
    named = {user.pk: (*rules.split(user.display_name), user.role) for user in User.objects.all()}
    alike = _charts_named({last for first, last, _ in named.values() if first})
    reach = _reach({pk for pk, *_ in alike})
    made = {}
    for user, (first, last, role) in named.items():
        own = {pk for pk, firsts, lasts in alike if first in firsts and last in lasts}
        homes = frozenset().union(*(reach.homes[pk] for pk in own))
        phones = frozenset().union(*(reach.phones[pk] for pk in own))
        made[user] = Looker(user, first, last, homes, phones, frozenset(own), role)
    return made


def _charts_named(lasts: set[str]) -> list[tuple[int, frozenset[str], frozenset[str]]]:
    """Return the charts that have one of these last names: number, first names, last names."""
    found: list[tuple[int, frozenset[str], frozenset[str]]] = []
    for block in _blocks(sorted(lasts)):
        marks = ", ".join(["%s"] * len(block))
        rows = fetch(
            f"SELECT DISTINCT patient_id FROM patients_searchname WHERE family IN ({marks})",  # noqa: S608 - places only
            block,
        )
        found += [(pk, *names) for pk, names in _names({row[0] for row in rows}).items()]
    return found


def _charts(numbers: set[int]) -> dict[int, Chart]:
    names, reach, related = _names(numbers), _reach(numbers), _related(numbers)
    many = _namesakes({last for _, lasts in names.values() for last in lasts})
    labels = _labels(numbers)
    return {
        pk: Chart(
            pk,
            firsts,
            lasts,
            reach.homes[pk],
            reach.phones[pk],
            frozenset(related[pk]),
            max((many.get(last, 0) for last in lasts), default=0),
            vip="vip" in labels.get(pk, ()),
            employee="employee" in labels.get(pk, ()),
        )
        for pk, (firsts, lasts) in names.items()
    }


def _labels(numbers: set[int]) -> dict[int, frozenset[str]]:
    """Return the sensitivity labels of the charts that bear any."""
    found: dict[int, frozenset[str]] = {}
    for block in _blocks(sorted(numbers)):
        rows = Patient.objects.filter(pk__in=block).exclude(labels="").values_list("pk", "labels")
        found |= {pk: codes(text) for pk, text in rows}
    return found


def _names(numbers: set[int]) -> dict[int, tuple[frozenset[str], frozenset[str]]]:
    """Return first names and last names of charts, those they had before included."""
    firsts: dict[int, set[str]] = defaultdict(set)
    lasts: dict[int, set[str]] = defaultdict(set)
    for block in _blocks(sorted(numbers)):
        people = Patient.objects.filter(pk__in=block)
        for pk, *given, last in people.values_list("pk", "legal_first", "preferred_name", "legal_last"):
            firsts[pk] |= {rules.plain(name) for name in given if name}
            lasts[pk] |= _last_names(last)
        for pk, last in PatientName.objects.filter(patient__in=block).values_list("patient_id", "last"):
            lasts[pk] |= _last_names(last)
    return {pk: (frozenset(firsts[pk]), frozenset(lasts[pk])) for pk in firsts}


def _last_names(text: str) -> set[str]:
    """Return a last name and, where it has two parts, each of them."""
    parts = {rules.plain(part) for part in text.replace("-", " ").split()}
    return {part for part in {rules.plain(text), *parts} if len(part) > 1}


@dataclass(frozen=True, slots=True)
class _Reach:
    homes: dict[int, frozenset[str]]
    phones: dict[int, frozenset[str]]


def _reach(numbers: set[int]) -> _Reach:
    homes: dict[int, set[str]] = defaultdict(set)
    phones: dict[int, set[str]] = defaultdict(set)
    for block in _blocks(sorted(numbers)):
        places = Address.objects.filter(patient__in=block).exclude(line="")
        for pk, *parts in places.values_list("patient_id", "line", "line2", "zip"):
            homes[pk].add(
                "/".join(rules.plain(part[:5] if at == 2 else part) for at, part in enumerate(parts))
            )
        reached = Contact.objects.filter(patient__in=block, system=Contact.System.PHONE)
        for pk, value in reached.values_list("patient_id", "value"):
            phones[pk].add(value)
    return _Reach(
        defaultdict(frozenset, {pk: frozenset(seen) for pk, seen in homes.items()}),
        defaultdict(frozenset, {pk: frozenset(seen) for pk, seen in phones.items()}),
    )


def _related(numbers: set[int]) -> dict[int, set[int]]:
    """Return the charts of each chart's people, told from either side."""
    found: dict[int, set[int]] = defaultdict(set)
    for block in _blocks(sorted(numbers)):
        pairs = RelatedPerson.objects.filter(Q(patient__in=block) | Q(person__in=block), ended_at=None)
        for one, other in pairs.exclude(person=None).values_list("patient_id", "person_id"):
            found[one].add(other)
            found[other].add(one)
    return found


def _namesakes(lasts: set[str]) -> dict[str, int]:
    """Return how many charts have each of these last names."""
    found: dict[str, int] = {}
    for block in _blocks(sorted(lasts)):
        marks = ", ".join(["%s"] * len(block))
        found |= dict(
            fetch(
                f"SELECT family, COUNT(DISTINCT patient_id) FROM patients_searchname WHERE family IN ({marks}) GROUP BY family",  # noqa: S608 - places only
                block,
            )
        )
    return found


def _business(charts: set[int], first: datetime, last: datetime) -> dict[int, Business]:
    visits: dict[int, list[datetime]] = defaultdict(list)
    deeds: dict[int, list[tuple[datetime, int | None]]] = defaultdict(list)
    longest = max(rules.LATER_WORK.values())
    for block in _blocks(sorted(charts)):
        booked = Appointment.objects.filter(
            patient__in=block, starts__gte=first - longest, starts__lt=last + rules.AFTER
        )
        for pk, starts in booked.values_list("patient_id", "starts"):
            visits[pk].append(starts)
        written = Message.objects.filter(
            patient__in=block, made_at__gte=first - rules.AROUND, made_at__lt=last + rules.AROUND
        )
        for pk, at in written.values_list("patient_id", "made_at"):
            deeds[pk].append((at, None))
    for _, at, who, whose in _entries(
        first - rules.AROUND, last + rules.AROUND, ~Q(action__in=NO_WORK), is_read=False
    ):
        if whose in charts:
            deeds[whose].append((at, who))
    waiting = _waiting(charts)
    return {pk: Business(tuple(visits[pk]), tuple(deeds[pk]), pk in waiting) for pk in charts}


def _waiting(charts: set[int]) -> set[int]:
    """Return whose turn it is to be called: from the waitlist or for a recall."""
    lists = (
        WaitlistEntry.objects.filter(status__in=("waiting", "offered")),
        Recall.objects.filter(closed_at=None),
    )
    return charts & {pk for found in lists for pk in found.values_list("patient_id", flat=True).iterator()}


def _blocks(values: list[Any]) -> Iterable[list[Any]]:
    for at in range(0, len(values), _AT_ONCE):
        yield values[at : at + _AT_ONCE]
