"""What a payer wants before which visit, as the practice has written it down."""

from dataclasses import dataclass, field

from frontdesk.office.referrals.models import Requirement
from frontdesk.office.scheduling.queries import visit_types


@dataclass(frozen=True, slots=True)
class Asks:
    """One kind of visit, and what is said of it for a plan: by kind True, False, or nothing said."""

    visit_type_id: int
    visit_type: str
    said: dict[str, bool] = field(default_factory=dict)
    note: str = ""
    by: str = ""


def asks_of(payer_id: int, plan: str) -> list[Asks]:
    """Return every kind of visit with what this payer wants for it under a kind of plan; two queries."""
    rows = Requirement.objects.filter(payer_id=payer_id, plan=plan)
    said: dict[int, dict[str, bool]] = {}
    notes: dict[int, tuple[str, str]] = {}
    for row in rows:
        said.setdefault(row.visit_type_id, {})[row.kind] = row.is_needed
        notes[row.visit_type_id] = (row.note, row.set_by)
    return [
        Asks(one.pk, one.name, said.get(one.pk, {}), *notes.get(one.pk, ("", ""))) for one in visit_types()
    ]
