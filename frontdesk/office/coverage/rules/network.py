"""Whether a provider is in the network of a plan on a day: a payer's answer seldom says it, so the practice keeps a list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from frontdesk.office.coverage.rules.policies import holds_on, search_key


@dataclass(frozen=True, slots=True)
class Contract:
    """One row of the list: of one provider or (None) of all, for one plan or ("") every plan of a payer."""

    provider_id: int | None
    plan: str
    inside: bool
    begins: date | None = None
    ends: date | None = None


def network(
    rows: Iterable[Contract], *, provider_id: int | None, plan: str, day: date, usual: bool | None
) -> bool | None:
    """Say whether a provider is in a plan's network on `day`; None is not known. `usual` is what holds of the payer otherwise.

    The most particular row speaks: one of this provider before one of all, then one of this plan before one of every
    plan, then the one that began last; of two alike, the one that says no.
    """
    wanted = search_key(plan)
    fitting = [
        row
        for row in rows
        if row.provider_id in {None, provider_id}
        and (not row.plan or search_key(row.plan) == wanted)
        and holds_on(row.begins, row.ends, day) == "holds"
    ]
    if not fitting:
        return usual
    best = max(
        fitting,
        key=lambda row: (row.provider_id is not None, row.plan != "", row.begins or date.min, not row.inside),
    )
    return best.inside
