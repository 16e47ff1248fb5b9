"""Entries of the record as somebody may read them: what a sensitivity label protects is no better known from the record.

Every output of the record goes through `veiled`: its pages, paper, files, and what is exported for other systems.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from django.apps import apps
from django.db.models import Model

from frontdesk.kit.actor import Actor
from frontdesk.kit.refs import Ref
from frontdesk.kit.sensitivity import sees
from frontdesk.office.audit.queries import Entry
from frontdesk.office.patients.models import Patient
from frontdesk.office.patients.queries import opened_by, readable
from frontdesk.office.practice.models import Location
from frontdesk.office.scheduling.models import Appointment

VISIT = "scheduling.appointment"
_AT_ONCE = 500
NOBODY = Actor("export", None, "somebody unknown")
"""Who holds a file that left the house: nobody says which labels they may see."""


def veiled(by: Actor, entries: Sequence[Entry]) -> list[Entry]:
    """Return entries as `by` may read them, in a bounded number of queries.

    Of one about a restricted record, or that comes from a labelled location, stays who did what and when: not whose
    record, nor why, nor from where. About a labelled visit of somebody who is not restricted the words go, and the
    name stays. Values of fields `by` has no need of are masked everywhere.
    """
    shut, silent = _shut(by, entries), shut_subjects(by, (one.subject for one in entries))
    places = _shut_places(by, entries)
    return [
        _as_read(by, one, shut=_is_shut(one, shut, places), silent=one.subject in silent) for one in entries
    ]


def veiled_in_turn(by: Actor, entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield entries as `by` may read them, some hundreds held at a time."""
    coming = iter(entries)
    while block := list(islice(coming, _AT_ONCE)):
        yield from veiled(by, block)


def shut_subjects(by: Actor, subjects: Iterable[str]) -> set[str]:
    """Return those of some subjects ("room.model:id") that are about a visit whose labels `by` does not see."""
    visits = _visits_of(subjects)
    if not visits:
        return set()
    opened, hidden = opened_by(by), set()
    for block in _blocks(set(visits.values())):
        rows = Appointment.objects.filter(pk__in=block).values_list(
            *("pk", "patient_id", "visit_type__labels", "location__labels", "provider__labels")
        )
        for pk, whose, *texts in rows:
            if whose not in opened and not sees(by, *filter(None, texts)):
                hidden.add(pk)
    return {subject for subject, pk in visits.items() if pk in hidden}


def _as_read(by: Actor, one: Entry, *, shut: bool, silent: bool) -> Entry:
    if shut:
        nothing: dict[str, Any] = {"before": {}, "after": {}, "extra": {}, "changed": ()}
        return replace(
            one, **nothing, patient_id=None, subject="", reason="", location_id=None, is_restricted=True
        )
    if silent:
        return replace(one, before={}, after={}, extra={}, changed=(), reason="")
    return replace(one, before=readable(one.before, by.can), after=readable(one.after, by.can))


def _is_shut(one: Entry, shut: set[int], places: set[int]) -> bool:
    return one.patient_id in shut or (one.patient_id is not None and one.location_id in places)


def _shut(by: Actor, entries: Iterable[Entry]) -> set[int]:
    """Return the charts that are not for `by`: by their own labels, or by those of whom they were merged into."""
    wanted = {one.patient_id for one in entries if one.patient_id is not None}
    opened = opened_by(by) if wanted else frozenset[int]()
    labels: dict[int, str] = {}
    into: dict[int, int] = {}
    new = wanted
    while new:
        for block in _blocks(new):
            for pk, text, survivor in Patient.objects.filter(pk__in=block).values_list(
                "pk", "labels", "merged_into_id"
            ):
                labels[pk] = text
                if survivor is not None:
                    into[pk] = survivor
        new = set(into.values()) - labels.keys()
    return {pk for pk in wanted if not all(_open(by, one, labels, opened) for one in _line_of(pk, into))}


def _open(by: Actor, pk: int, labels: dict[int, str], opened: frozenset[int]) -> bool:
    return pk in opened or sees(by, labels.get(pk, ""))


def _line_of(pk: int, into: dict[int, int]) -> list[int]:
    """Return a chart, whom it was merged into, and so on."""
    found = [pk]
    while (following := into.get(found[-1])) is not None and following not in found:
        found.append(following)
    return found


def _shut_places(by: Actor, entries: Iterable[Entry]) -> set[int]:
    """Return the labelled locations `by` does not see: whoever was served there is a patient of theirs."""
    wanted = {one.location_id for one in entries if one.location_id is not None}
    rows = Location.objects.filter(pk__in=wanted).exclude(labels="").values_list("pk", "labels")
    return {pk for pk, labels in rows if not sees(by, labels)}


def _visits_of(subjects: Iterable[str]) -> dict[str, int]:
    """Return the visit each subject is about, where it is about one: itself, or what points at one."""
    by_kind: dict[str, set[int]] = defaultdict(set)
    for subject in filter(None, subjects):
        ref = Ref.parse(subject)
        by_kind[ref.kind].add(ref.id)
    found = {str(Ref(VISIT, pk)): pk for pk in by_kind.pop(VISIT, ())}
    for kind, numbers in by_kind.items():
        for pk, visit in _pointing(kind, numbers):
            found[str(Ref(kind, pk))] = visit
    return found


def _pointing(kind: str, numbers: set[int]) -> Iterator[tuple[int, int]]:
    try:
        model: type[Model] = apps.get_model(kind)
    except LookupError:  # a table of former days: the record outlives it
        return
    names = {field.name for field in model._meta.concrete_fields}
    for block in _blocks(numbers):
        rows = model._default_manager.filter(pk__in=block)
        if "appointment" in names:
            yield from rows.exclude(appointment=None).values_list("pk", "appointment_id")
        elif {"about_kind", "about_id"} <= names:
            yield from rows.filter(about_kind=VISIT).values_list("pk", "about_id")


def _blocks(numbers: Iterable[int]) -> Iterator[list[int]]:
    coming = iter(sorted(numbers))
    while block := list(islice(coming, _AT_ONCE)):
        yield block
