"""Move rows from one chart to another, whichever room they belong to, and back again."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.db.models import ForeignKey, Model

from frontdesk.office.patients.models import (
    MergeRecord,
    Patient,
    SearchName,
    SearchPhone,
    SocialSecurityNumber,
    SuspectedPair,
)

# Rows that speak of the two charts as two, rows that are made anew, and what is sealed to the chart it stands in.
_STAY: tuple[type[Model], ...] = (
    Patient,
    MergeRecord,
    SuspectedPair,
    SearchName,
    SearchPhone,
    SocialSecurityNumber,
)
Pointer = tuple[str, type[Model], str]


def pointers() -> list[Pointer]:
    """Return every column of every room that points at a patient: (label, model, column).

    Rooms above this one are found in Django's registry, so that this room need not know them.
    """
    found: list[Pointer] = []
    for relation in Patient._meta.get_fields(include_hidden=True):
        field, model = getattr(relation, "field", None), relation.related_model
        if not relation.auto_created or not isinstance(field, ForeignKey) or not isinstance(model, type):
            continue
        if issubclass(model, Model) and model not in _STAY:
            found.append((f"{model._meta.label_lower}.{field.attname}", model, field.attname))
    return sorted(found, key=lambda pointer: pointer[0])


def move_all(old: int, new: int) -> dict[str, list[int]]:
    """Point all rows of patient `old` at `new`; return the moved rows' numbers by column."""
    moved = {label: _move(model, column, old, new) for label, model, column in pointers()}
    return {label: ids for label, ids in moved.items() if ids}


def move_back(moved: dict[str, list[int]], survivor: int, duplicate: int) -> None:
    """Point the rows of a journal at the duplicate again, as far as they are still the survivor's."""
    for label, model, column in pointers():
        for some in _chunks(moved.get(label, [])):
            rows = model._default_manager.filter(pk__in=some, **{column: survivor})
            rows.update(**{column: duplicate})


def _move(model: type[Model], column: str, old: int, new: int) -> list[int]:
    ids = list(model._default_manager.filter(**{column: old}).values_list("pk", flat=True))
    if not ids or _pointed(model, column, ids, new):
        return ids
    # One of them says what the survivor has already (a constraint stands against two): that one stays behind.
    return [pk for pk in ids if _pointed(model, column, [pk], new)]


def _pointed(model: type[Model], column: str, ids: Sequence[int], new: int) -> bool:
    try:
        with transaction.atomic():
            for some in _chunks(ids):
                model._default_manager.filter(pk__in=some).update(**{column: new})
    except IntegrityError:
        return False
    return True


def _chunks(ids: Sequence[int]) -> list[Sequence[int]]:
    return [ids[start : start + 500] for start in range(0, len(ids), 500)]
