"""What the billing room has on file of visits and their patients, beside prices: read at once for a whole day."""

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from frontdesk.kit.rows import fetch, marks
from frontdesk.office.billing import rules
from frontdesk.office.billing.models import Uncollected

_UNDATED = "CAST(NULL AS date), CAST(NULL AS date)"
_RULE = (
    "SELECT 'rule', 0, '', '', x.whole_upto_cents, x.part_percent, "  # noqa: S608 - our own words only
    f"{_UNDATED}, x.id FROM billing_balancerule x WHERE x.id = (SELECT MAX(id) FROM billing_balancerule)"
)
_NOTED = (
    "SELECT 'noted', x.appointment_id, x.why, x.purpose, x.cents, 0, "  # noqa: S608 - our own words only
    f"{_UNDATED}, x.id FROM billing_uncollected x WHERE x.appointment_id IN "
)
_CHARGED = (
    "SELECT 'charged', x.appointment_id, '', '', x.patient_cents, 0, "  # noqa: S608 - our own words only
    f"{_UNDATED}, x.id FROM billing_visitcharge x WHERE x.taken_back_at IS NULL AND x.appointment_id IN "
)
_SCALES = (
    "SELECT 'scale', 0, CAST(x.bands AS text), '', x.person_cents, x.more_cents, x.begins, "
    "CAST(NULL AS date), x.id FROM billing_slidingscale x"
)
_PLACES = (
    "SELECT 'place', x.patient_id, '', '', x.people, x.income_cents, x.begins, x.ends, x.id "
    "FROM billing_slidingplace x WHERE x.patient_id IN "
)


@dataclass(frozen=True, slots=True)
class Scale:
    """The sliding scale from a day on. All in cents."""

    begins: date
    person: int
    more: int
    bands: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a household stands between two days."""

    begins: date
    ends: date
    people: int
    income: int


@dataclass(slots=True)
class OnFile:
    """By visit: what was settled of it, as `rules.Facts` names it, and the patient's cents of the charge that stands.

    `rule` is up to how many cents an earlier balance is asked for whole, else how many percent of it.
    """

    settled: dict[int, dict[str, int]]
    charged: dict[int, int] = field(default_factory=dict)
    rule: tuple[int, int] | None = None
    scales: list[Scale] = field(default_factory=list)
    places: dict[int, list[Place]] = field(default_factory=lambda: defaultdict(list))

    def sliding(self, patient_id: int, day: date) -> dict[str, Any]:
        """Return the bands of the scale of a day and where the patient's household is on it; nothing where one is missing."""
        scale = max(
            (one for one in self.scales if one.begins <= day), key=lambda one: one.begins, default=None
        )
        mine = (one for one in reversed(self.places.get(patient_id, ())) if one.begins <= day <= one.ends)
        place = next(mine, None)
        if scale is None or place is None:
            return {}
        poverty = rules.poverty_percent(place.income, place.people, person=scale.person, more=scale.more)
        return {"bands": rules.read_bands(json.loads(scale.bands)), "poverty": poverty}


def on_file(appointment_ids: Collection[int], paying: Collection[int]) -> OnFile:
    """Return what is on file of these visits, and of the patients who pay themselves; one query."""
    found = OnFile(defaultdict(lambda: {"waived": 0, "noted": 0, "noted_earlier": 0}))
    visits, patients = sorted(appointment_ids), sorted(paying)
    among = f"({marks(len(visits))})"
    statements = [_RULE, f"{_NOTED}{among}", f"{_CHARGED}{among}"]
    if patients:
        statements += [_SCALES, f"{_PLACES}({marks(len(patients))})"]
    rows = fetch(f"{' UNION ALL '.join(statements)} ORDER BY 9", [*visits, *visits, *patients])
    for what, of, words, purpose, cents, more, begins, ends, _ in rows:
        if what == "noted":
            other = "noted_earlier" if purpose in rules.NOT_OF_VISIT else "noted"
            found.settled[of]["waived" if words == Uncollected.Why.WAIVED else other] += cents
        elif what == "charged":
            found.charged[of] = cents
        elif what == "rule":
            found.rule = (cents, more)
        elif what == "scale":
            found.scales.append(Scale(_day(begins), cents, more, words))
        else:
            found.places[of].append(Place(_day(begins), _day(ends), cents, more))
    return found


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value
