"""The one search: any mix and order of names, date of birth, telephone and MRN."""

from dataclasses import dataclass, field, replace
from datetime import date
from itertools import combinations

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.sensitivity import HIDDEN, LABELS, NO_DAY, sees, text_of
from frontdesk.office.audit.services import record, service
from frontdesk.office.patients.finding import find_people
from frontdesk.office.patients.lookup import MOST, Found, Reach
from frontdesk.office.patients.models import Patient
from frontdesk.office.patients.names import fold
from frontdesk.office.patients.queries.glass import opened_by
from frontdesk.office.patients.rules import age_on
from frontdesk.office.patients.typed import read
from frontdesk.office.patients.weighing import Fit, nearness

EVERY = text_of(LABELS)


@dataclass(frozen=True, slots=True)
class Hit:
    """One row of the results: what tells people apart. `differs` names the fields that set near-namesakes apart."""

    id: int
    name: str
    preferred: str
    birth_date: date
    age: int
    sex: str
    phone_last4: str
    town: str
    mrn: str
    matched_by: str
    is_hidden: bool = False
    differs: frozenset[str] = field(default=frozenset())


@service("patients.search", reads=True)
def search(by: Actor, /, *, text: str, limit: int = 12) -> list[Hit]:
    """Return the people `text` may mean, likeliest first, at most `limit`; on record with whom it showed.

    A social security number finds for those who may see its end.
    """
    hits = masked(by, look_up(text, limit, clock.now().date(), by_ssn=by.can("patients.see_ssn")))
    record(by, extra={"shown": [hit.id for hit in hits]})
    return hits


def masked(by: Actor, hits: list[Hit]) -> list[Hit]:
    """Return the hits as `by` may see them: of a restricted record only that there is one; a query for who sees not all."""
    if not hits or sees(by, EVERY):
        return hits
    rows = Patient.objects.filter(pk__in=[hit.id for hit in hits]).exclude(labels="")
    bear = dict(rows.values_list("pk", "labels"))
    shut = {pk for pk, labels in bear.items() if not sees(by, labels)}
    shut -= opened_by(by) if shut else set()
    blank = {
        "preferred": "",
        "birth_date": NO_DAY,
        "age": 0,
        "sex": "",
        "phone_last4": "",
        "town": "",
        "mrn": "",
    }
    return [
        replace(hit, name=HIDDEN, matched_by="", is_hidden=True, differs=frozenset(), **blank)  # type: ignore[arg-type]  # `blank` has each its own type
        if hit.id in shut
        else hit
        for hit in hits
    ]


def look_up(text: str, limit: int, today: date, *, by_ssn: bool = False) -> list[Hit]:
    """Do the search itself, at most six queries, without the record; for `search`, and for the bench to time."""
    typed = read(text, today)
    typed = typed if by_ssn else replace(typed, ssn="")
    if typed.is_empty:
        return []
    limit = max(1, min(limit, MOST))
    rows = find_people(typed, limit, today)
    return _marked([_hit(*row, today) for row in rows])


def _hit(person: Found, fit: Fit, reach: Reach, today: date) -> Hit:
    return Hit(
        id=person.id,
        name=person.legal_name,
        preferred=person.preferred,
        birth_date=person.born,
        age=age_on(person.born, today),
        sex=person.sex,
        phone_last4=reach.numbers[-1][-4:] if reach.numbers else "",
        town=reach.town,
        mrn=person.mrn,
        matched_by=fit.by,
    )


def _marked(hits: list[Hit]) -> list[Hit]:
    """Mark, among people of nearly one name, the fields in which each differs from another of them."""
    names = [fold(hit.name).split() for hit in hits]
    marks: list[set[str]] = [set() for _ in hits]
    for one, other in combinations(range(len(hits)), 2):
        if not _namesakes(names[one], names[other]):
            continue
        for name in ("birth_date", "sex", "phone_last4", "town", "preferred"):
            if getattr(hits[one], name) != getattr(hits[other], name):
                marks[one].add(name)
                marks[other].add(name)
    return [
        replace(hit, differs=frozenset(mark)) if mark else hit for hit, mark in zip(hits, marks, strict=True)
    ]


def _namesakes(one: list[str], other: list[str]) -> bool:
    """Say whether two names could be taken for one another: first and last words are the same, or nearly."""
    if not one or not other:
        return False
    first, last = nearness(one[0], other[0]), nearness(one[-1], other[-1])
    return first >= 0.7 and last >= 0.7
