"""Banner, history, family and merge queue, as the screens need them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from frontdesk.kit import clock
from frontdesk.kit.sensitivity import may
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.patients.errors import Restricted
from frontdesk.office.patients.models import (
    Address,
    Alert,
    Contact,
    MergeRecord,
    Patient,
    RelatedPerson,
    SearchPhone,
    SuspectedPair,
)
from frontdesk.office.patients.queries.values import readable
from frontdesk.office.patients.rules import LANGUAGES, age_on, may_hear


@dataclass(frozen=True, slots=True)
class Banner:
    """What stands above everything that is about a patient. `alerts` are (id, version, words, show)."""

    id: int
    version: int
    name: str
    legal_name: str
    preferred: str
    birth_date: date
    age: int
    sex: str
    pronouns: str
    mrn: str
    language: str
    interpreter: bool
    phone: str
    is_deceased: bool
    confidential: bool
    alerts: list[tuple[int, int, str, str]]


def read_banner(patient_id: int) -> Banner | None:
    """Return a patient's banner, three queries; the look itself is recorded by the verb that opens the page."""
    found = read_banners([patient_id]).get(patient_id)
    if found is None and Patient.objects.filter(pk=patient_id).exists():
        raise Restricted(patient_id)
    return found


def read_banners(patient_ids: Collection[int]) -> dict[int, Banner]:
    """Return the banners of several patients by their id, three queries for all of them; none of a restricted one."""
    today = clock.now().date()
    people = Patient.objects.defer("photo").filter(pk__in=patient_ids)
    live = Q(expires=None) | Q(expires__gte=today)
    read = Q(show=Alert.Show.ONCE, read_at__isnull=False)
    alerts: dict[int, list[tuple[int, int, str, str]]] = defaultdict(list)
    for row in Alert.objects.filter(live, ~read, patient__in=patient_ids, ended_at=None).order_by("id"):
        alerts[row.patient_id].append((row.pk, row.version, row.words, row.show))
    phones: dict[int, str] = {}
    held = Contact.objects.filter(Q(ends=None) | Q(ends__gt=today), patient__in=patient_ids)
    for pk, value in (
        held.filter(system=Contact.System.PHONE)
        .order_by("-is_confidential", "-is_preferred", "id")
        .values_list("patient_id", "value")
    ):
        phones.setdefault(pk, value)
    return {p.pk: _banner(p, phones.get(p.pk, ""), alerts[p.pk], today) for p in people if not p.is_hidden}


def _banner(p: Patient, phone: str, alerts: list[tuple[int, int, str, str]], today: date) -> Banner:
    return Banner(
        id=p.pk,
        version=p.version,
        name=p.name,
        legal_name=p.legal_name,
        preferred=p.preferred_name,
        birth_date=p.birth_date,
        age=age_on(p.birth_date, today),
        sex=p.sex,
        pronouns=p.pronouns if may("patients.see_needs") else "",
        mrn=p.mrn,
        language=LANGUAGES.get(p.language, p.language),
        interpreter=bool(p.interpreter_needed),
        phone=phone,
        is_deceased=p.is_deceased,
        confidential=p.confidential,
        alerts=alerts if may("patients.see_alerts") else [],
    )


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the history: who, when, what was done, and each field before and after."""

    id: int
    at: datetime
    who: str
    action: str
    reason: str
    subject: str
    fields: list[tuple[str, Any, Any]]


def history(patient_id: int, *, before_id: int | None = None, limit: int = 50) -> list[Change]:
    """Return what was changed on a patient's record, and on charts merged into it, newest first.

    `before_id` is the `id` of the last line seen, for the next page.
    """
    rows = AuditEntry.objects.filter(patient_id__in=charts_of(patient_id), is_read=False, outcome="done")
    if before_id:
        rows = rows.filter(id__lt=before_id)
    return [
        Change(
            *(e.pk, e.at, e.actor_name, e.action, e.reason, e.subject),
            _fields(readable(e.before or {}, may), readable(e.after or {}, may)),
        )
        for e in rows.order_by("-id")[:limit]
    ]


def charts_of(patient_id: int) -> set[int]:
    """Return the chart and all that were merged into it, and into those."""
    return set(owners_of([patient_id]))


def owners_of(patient_ids: Collection[int]) -> dict[int, int]:
    """Return for each of these charts, and for all that were merged into them, whose it is now; a query for each step of merges."""
    owner = {pk: pk for pk in patient_ids}
    new = set(owner)
    while new:
        rows = Patient.objects.filter(merged_into_id__in=sorted(new)).values_list("pk", "merged_into_id")
        merged = {pk: owner[into] for pk, into in rows if pk not in owner and into is not None}
        owner |= merged
        new = set(merged)
    return owner


def _fields(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    return [(name, before.get(name), after.get(name)) for name in sorted(before.keys() | after.keys())]


def family_of(patient_id: int) -> list[Patient]:
    """Return who seems to be family: relations who are patients too, then those who share a telephone; at most ten."""
    either = Q(patient_id=patient_id, person__isnull=False) | Q(person_id=patient_id)
    kin = RelatedPerson.objects.filter(either, ended_at=None).values_list("patient_id", "person_id")
    related = {pk for pair in kin[:40] for pk in pair if pk} - {patient_id}
    numbers = SearchPhone.objects.filter(patient_id=patient_id).values_list("backwards", flat=True)[:5]
    sharing = SearchPhone.objects.filter(backwards__in=list(numbers)).exclude(patient_id=patient_id)
    ids = related | set(sharing.values_list("patient_id", flat=True)[:30])
    found = Patient.objects.defer("photo").filter(pk__in=ids).exclude(status=Patient.Status.MERGED)
    return sorted(found, key=lambda p: (p.pk not in related, p.birth_date, p.pk))[:10]


def who_may_hear(patient_id: int, topic: str, *, day: date) -> list[RelatedPerson]:
    """Return those the patient has given leave to be told of `topic` ("schedule", "billing", "clinical") on `day`."""
    role = RelatedPerson.Role.AUTHORIZED
    rows = RelatedPerson.objects.filter(patient_id=patient_id, role=role, ended_at=None).order_by("id")
    return [row for row in rows if may_hear(row.scope, row.expires, topic, day)]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two charts of a suspected pair."""

    id: int
    fields: dict[str, str]


@dataclass(frozen=True, slots=True)
class PairRow:
    """A suspected pair: both sides, and which fields differ."""

    id: int
    score: float
    why: list[str]
    first: Side
    second: Side
    differs: frozenset[str]


def merge_queue(limit: int = 25, *, pair_id: int | None = None) -> list[PairRow]:
    """Return the pairs to look at, likeliest first, or the one asked for; four queries."""
    rows = _waiting() if pair_id is None else _waiting().filter(pk=pair_id)
    rows = rows.select_related("first", "second").defer("first__photo", "second__photo")
    found = rows.order_by("-score", "id")[:limit]
    pairs = [pair for pair in found if not (pair.first.is_hidden or pair.second.is_hidden)]
    sides = _sides({pk for pair in pairs for pk in (pair.first_id, pair.second_id)})
    return [_pair_row(pair, sides[pair.first_id], sides[pair.second_id]) for pair in pairs]


def merge_queue_length(most: int = 1000) -> int:
    """Return how many pairs wait; counting ends at `most`."""
    return _waiting()[:most].count()


def _waiting() -> QuerySet[SuspectedPair]:
    """Return the open pairs of living charts; a merged one's are its survivor's to answer."""
    merged = Patient.Status.MERGED
    rows = SuspectedPair.objects.filter(status=SuspectedPair.Status.OPEN)
    return rows.exclude(first__status=merged).exclude(second__status=merged)


def merges_of(patient_id: int) -> list[MergeRecord]:
    """Return the merges a chart was part of, newest first."""
    either = Q(survivor_id=patient_id) | Q(duplicate_id=patient_id)
    return list(
        MergeRecord.objects.filter(either).select_related("survivor", "duplicate").order_by("-id")[:20]
    )


def _pair_row(pair: SuspectedPair, one: Side, two: Side) -> PairRow:
    differs = frozenset(
        name for name in one.fields if one.fields[name].casefold() != two.fields[name].casefold()
    )
    return PairRow(pair.pk, float(pair.score), pair.why, one, two, differs - {"MRN", "Registered"})


def _sides(ids: set[int]) -> dict[int, Side]:
    phones = dict(
        Contact.objects.filter(patient_id__in=ids, system=Contact.System.PHONE, ends=None)
        .order_by("is_confidential", "is_preferred", "-id")
        .values_list("patient_id", "value")
    )
    homes = {a.patient_id: a for a in Address.objects.filter(patient_id__in=ids, ends=None).order_by("-id")}
    found = {}
    for p in Patient.objects.defer("photo").filter(pk__in=ids):
        home = homes.get(p.pk)
        found[p.pk] = Side(
            p.pk,
            {
                "Name": p.legal_name,
                "Preferred name": p.preferred_name,
                "Date of birth": f"{p.birth_date.month}/{p.birth_date.day}/{p.birth_date.year}",
                "Sex": p.sex,
                "Phone": phones.get(p.pk, ""),
                "Address": f"{home.line}, {home.city} {home.zip}".strip(", ") if home else "",
                "Language": LANGUAGES.get(p.language, p.language),
                "MRN": p.mrn,
                "Registered": f"{p.registered_at:%Y-%m-%d}",
            },
        )
    return found
