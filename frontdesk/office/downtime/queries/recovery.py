"""How far the entering of a day's paper has come: what is in, what is missing, and which form is whose."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from frontdesk.kit import clock, walltime
from frontdesk.office.downtime import rules
from frontdesk.office.downtime.models import PaperForm
from frontdesk.office.practice.models import Location
from frontdesk.office.scheduling.models import Appointment
from frontdesk.office.scheduling.queries import veil
from frontdesk.office.visits.rules import AHEAD

MOST = 2000


@dataclass(frozen=True, slots=True)
class Form:
    """A visit of the day and the form it has. `number` is "" for one that was booked after the pack was written."""

    form_id: int | None
    number: str
    appointment_id: int
    patient_id: int
    wall: datetime
    name: str
    birth_date: date
    visit_type: str
    status: str
    state: str
    entered_by: str = ""
    is_walk_in: bool = False


@dataclass(frozen=True, slots=True)
class Recovery:
    """A site's day of paper: visits due by now that are `entered`, moved `on_screen` or `missing`; walk-ins; blanks."""

    day: date
    entered: list[Form]
    on_screen: list[Form]
    missing: list[Form]
    walk_ins: list[Form]
    later: list[Form]
    blanks_left: int
    void: int

    @property
    def due(self) -> int:
        """Return how many booked visits should be in by now."""
        return len(self.entered) + len(self.on_screen) + len(self.missing)

    @property
    def done(self) -> int:
        """Return how many of them are."""
        return len(self.entered) + len(self.on_screen)

    @property
    def patient_ids(self) -> list[int]:
        """Return whose names it shows."""
        groups = (self.entered, self.on_screen, self.missing, self.walk_ins, self.later)
        return sorted({one.patient_id for group in groups for one in group})


def recovery_of(location: Location, day: date) -> Recovery:
    """Return how far a site's day has come; three queries."""
    begins = walltime.midnight_utc(day, location.zone)
    ends = walltime.midnight_utc(day + timedelta(days=1), location.zone)
    visits = (
        Appointment.objects.filter(location=location, starts__gte=begins, starts__lt=ends)
        .exclude(status=Appointment.Status.CANCELLED)
        .select_related("patient", "visit_type")
        .order_by("starts", "pk")[:MOST]
    )
    forms: dict[int, PaperForm] = {}
    blanks = void = 0
    rows = PaperForm.objects.filter(location=location, day=day).exclude(kind=rules.RECEIPT)
    for form in rows.order_by("pk")[: 2 * MOST]:
        if form.state == rules.VOID:
            void += 1
        elif form.appointment_id:
            forms[form.appointment_id] = form
        else:
            blanks += 1
    groups: dict[str, list[Form]] = {
        name: [] for name in ("entered", "on_screen", "missing", "walk_ins", "later")
    }
    now = clock.now()
    for row in visits:
        its = forms.get(row.pk)
        groups[_group(row, its, now)].append(_form(row, its))
    return Recovery(day=day, **groups, blanks_left=blanks, void=void)


def _group(row: Appointment, form: PaperForm | None, now: datetime) -> str:
    if form is not None and form.state == rules.ENTERED:
        return "walk_ins" if form.moments.get("walk_in") else "entered"
    if row.status not in AHEAD:
        return "on_screen"
    return "missing" if row.starts <= now else "later"


def _form(row: Appointment, form: PaperForm | None) -> Form:
    given: dict[str, Any] = {}
    veil(row)
    if form is not None:
        given = {"entered_by": form.entered_by, "is_walk_in": bool(form.moments.get("walk_in"))}
    return Form(
        form_id=form.pk if form else None,
        number=form.number if form else "",
        appointment_id=row.pk,
        patient_id=row.patient_id,
        wall=walltime.to_wall(row.starts, row.zone),
        name=row.patient.name,
        birth_date=row.patient.birth_date,
        visit_type=row.visit_type.name,
        status=str(row.status),
        state=str(form.state) if form else "",
        **given,
    )
