"""What is still open of a day's visits when it is closed: came without charge, copay not collected and why."""

from dataclasses import dataclass, field
from datetime import date

from frontdesk.office.billing import rules
from frontdesk.office.billing.models import Uncollected, VisitCharge
from frontdesk.office.billing.queries.expecting import known_of
from frontdesk.office.practice.models import Location
from frontdesk.office.visits.queries import Line, day_of


@dataclass(frozen=True, slots=True)
class Left:
    """One visit of which something was not collected: what is still due of it unexplained, and what was noted or waived."""

    line: Line
    cents: int = 0
    words: str = ""
    rows: list[Uncollected] = field(default_factory=list)


def uncharged(location_id: int, day: date) -> list[Line]:
    """Return the visits of a day that somebody came to and that no charge stands for; six queries."""
    lines = _came(location_id, day)
    charged = VisitCharge.objects.filter(appointment__in=[one.id for one in lines], taken_back_at=None)
    known = set(charged.values_list("appointment_id", flat=True))
    return [one for one in lines if one.id not in known]


def uncollected(location_id: int, day: date) -> list[Left]:
    """Return the visits of a day of which something is due and nobody has said why, or that was waived or noted."""
    lines = {one.id: one for one in _came(location_id, day)}
    told = {pk: rules.expected(one.facts) for pk, one in known_of(sorted(lines)).items()}
    noted: dict[int, list[Uncollected]] = {}
    for row in Uncollected.objects.filter(appointment__in=sorted(lines)).order_by("id"):
        noted.setdefault(row.appointment_id, []).append(row)
    return [
        Left(line, told[pk].of_visit(), rules.chip(told[pk])[1], noted.get(pk, []))
        for pk, line in lines.items()
        if told[pk].of_visit() or pk in noted
    ]


def _came(location_id: int, day: date) -> list[Line]:
    zone = Location.objects.values_list("zone", flat=True).get(pk=location_id)
    return [
        one for one in day_of(day, location_id, zone) if one.arrived_at is not None and not one.left_unseen
    ]
