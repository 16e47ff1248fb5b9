"""The lines of a week's looks, as the page shows them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from frontdesk.office.oversight import rules
from frontdesk.office.oversight.models import Look

ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One person's looks at one chart in a week: why they ask to be explained, and what became of it."""

    id: int
    week: date
    user_id: int
    who: str
    role: str
    patient_id: int | None
    whose: str
    mrn: str
    why: list[str]
    weight: int
    times: int
    first_at: datetime
    last_at: datetime
    state: str
    note: str
    settled_at: datetime | None
    settled_by: str
    version: int


def lines(week: date, *, state: str = "", page: int = 1) -> tuple[list[Line], int]:
    """Return a page of a week's lines, the weightiest first, and how many there are; two queries."""
    found = Look.objects.filter(week=week).select_related("user", "patient").defer("patient__photo")
    if state:
        found = found.filter(state=state)
    first = (page - 1) * ON_A_PAGE
    rows = found.order_by("-weight", "first_at", "pk")[first : first + ON_A_PAGE]
    return [_line(row) for row in rows], found.count()


def line(look_id: int) -> Line | None:
    """Return one line."""
    row = Look.objects.filter(pk=look_id).select_related("user", "patient").defer("patient__photo").first()
    return _line(row) if row else None


def weeks(limit: int = 12) -> list[tuple[date, int, int]]:
    """Return the weeks that have lines, newest first: the Monday, how many lines, how many of them are open."""
    found = Look.objects.values("week").annotate(
        n=Count("id"), open=Count("id", filter=Q(state=Look.State.OPEN))
    )
    return [(row["week"], row["n"], row["open"]) for row in found.order_by("-week")[:limit]]


def _line(row: Look) -> Line:
    patient = row.patient
    shut = patient is not None and patient.is_hidden
    return Line(
        id=row.pk,
        week=row.week,
        user_id=row.user_id,
        who=row.user.display_name,
        role=row.user.role,
        patient_id=patient.pk if patient and not shut else None,
        whose=patient.legal_name if patient else "",
        mrn=patient.mrn if patient and not shut else "",
        why=rules.words(row.reasons),
        weight=row.weight,
        times=row.times,
        first_at=row.first_at,
        last_at=row.last_at,
        state=row.state,
        note="" if shut else row.note,
        settled_at=row.settled_at,
        settled_by=row.settled_by,
        version=row.version,
    )
