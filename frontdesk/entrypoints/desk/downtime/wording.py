"""How paper forms are shown, and how the times on them are read."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time

from frontdesk.entrypoints.desk.templating import us_date, wall_time
from frontdesk.kit.errors import Invalid
from frontdesk.kit.walltime import to_utc
from frontdesk.office.downtime import rules
from frontdesk.office.downtime.queries import Form

_TIME = re.compile(r"(\d{1,2})[:.]?(\d{2})?\s*(a|p)?\.?m?\.?")
SAYS = "Like 905, 9:05 or 1:30p"


@dataclass(frozen=True, slots=True)
class Line:
    """A visit and its form in a list."""

    form_id: int | None
    number: str
    time: str
    name: str
    birth: str
    visit_type: str
    appointment_id: int
    entered_by: str
    is_walk_in: bool


def line(form: Form) -> Line:
    """Return a form as a list shows it."""
    return Line(
        form_id=form.form_id,
        number=rules.shown(form.number) if form.number else "",
        time=wall_time(form.wall),
        name=form.name,
        birth=us_date(form.birth_date),
        visit_type=form.visit_type,
        appointment_id=form.appointment_id,
        entered_by=form.entered_by,
        is_walk_in=form.is_walk_in,
    )


def read_time(typed: str) -> time | None:
    """Return the time of day of "905", "9:05a", "1330", "9"; from 1 to 6 without a or p it is in the afternoon."""
    found = _TIME.fullmatch(typed.strip().lower())
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half == "p" or (not half and 1 <= hour <= 6 and not found[1].startswith("0")):
        hour = hour % 12 + 12
    elif half == "a":
        hour %= 12
    return time(hour, minute) if hour < 24 and minute < 60 else None


def read_moments(typed: dict[str, str], day: date, zone: str) -> dict[str, datetime | None]:
    """Return the moments of a form in UTC. Raises `Invalid` beside each time that cannot be read."""
    found: dict[str, datetime | None] = {}
    wrong: dict[str, str] = {}
    for name, text in typed.items():
        at = read_time(text) if text else None
        if text and at is None:
            wrong[name] = SAYS
        found[name] = to_utc(datetime.combine(day, at), zone) if at else None
    if wrong:
        msg = "Some times cannot be read."
        raise Invalid(msg, fields=wrong)
    return found
