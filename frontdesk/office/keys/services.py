"""Sealing anew: every value that an older key sealed is sealed with the newest, some at a time, while people work."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from frontdesk.kit import sealed
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import NotFound
from frontdesk.kit.sealed import CannotBeOpened, Column
from frontdesk.office.audit.services import record, service
from frontdesk.office.keys.queries import rows_of


@dataclass(slots=True)
class Batch:
    """What came of one batch: the number of its last row, how many were sealed anew, whose value does not open."""

    last: int
    resealed: int = 0
    shut: list[int] = field(default_factory=list)


@service("keys.reseal", permission="keys.rotate")
def reseal(by: Actor, /, *, table: str, name: str, after: int = 0, most: int = 200) -> Batch | None:
    """Seal the next values of a column anew, of rows numbered above `after`; None when no more wait.

    A value somebody changes meanwhile is theirs: it is only replaced where it is still the one that was read. What
    does not open stays as it is, for `frontdesk check` and a person. Raises `NotFound`.
    """
    column = next((one for one in sealed.columns() if (one.table, one.name) == (table, name)), None)
    if column is None:
        msg = "There is no such column of sealed values."
        raise NotFound(msg)
    waiting = rows_of(column).exclude(**{f"{name}__startswith": f"k{sealed.newest()}:"}).filter(pk__gt=after)
    read = list(waiting.order_by("pk").values_list("pk", column.owner, name)[:most])
    if not read:
        return None
    batch = Batch(read[-1][0])
    for pk, owner, old in read:
        try:
            fresh = _anew(column, owner, old)
        except CannotBeOpened:
            batch.shut.append(pk)
            continue
        batch.resealed += rows_of(column).filter(pk=pk, **{name: old}).update(**fresh)
    record(by, extra={"column": f"{table}.{name}", "key": sealed.newest(), "resealed": batch.resealed})
    return batch


def _anew(column: Column, owner: int, old: str) -> Mapping[str, str]:
    value = column.open(owner, old)
    fresh = {column.name: column.seal(owner, value)}
    return fresh | ({column.index: column.index_of(value)} if column.index else {})
