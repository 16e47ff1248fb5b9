"""How a Medicare notice is put into words."""

from dataclasses import dataclass

from frontdesk.entrypoints.desk.templating import us_date
from frontdesk.kit.money import dollars
from frontdesk.kit.walltime import to_wall
from frontdesk.office.billing.models import Abn
from frontdesk.office.billing.queries import decided


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice as a list shows it."""

    id: int
    title: str
    more: str
    state: str
    tone: str
    decides: str


def line(row: Abn) -> Notice:
    """Put a notice into words."""
    title = "; ".join(item["words"] for item in row.items)
    total = dollars(sum(item["cents"] for item in row.items))
    on = us_date(to_wall(row.made_at, row.appointment.zone).date())
    state, tone = (
        ("No longer used", "quiet")
        if row.ended_at
        else (Abn.Choice(row.choice).label, "bad" if row.choice == "refused" else "good")
        if row.choice
        else ("Not chosen yet", "warn")
    )
    found = None if row.ended_at else decided(row)
    return Notice(
        row.pk, title, f"ABN {row.number}, {on}, {total}", state, tone, f"{found.words}." if found else ""
    )
