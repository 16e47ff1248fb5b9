"""Charges that have gone beyond what was estimated."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from frontdesk.kit import clock
from frontdesk.kit.rows import fetch, marks
from frontdesk.kit.sensitivity import hidden
from frontdesk.kit.walltime import to_wall
from frontdesk.office.billing import rules
from frontdesk.office.billing.models import Estimate, EstimateGiven, EstimateItem
from frontdesk.office.billing.queries.estimates import labels_of
from frontdesk.office.practice.models import Provider

MOST = 500
BACK = timedelta(days=120)
"""So long after a visit a bill may be disputed (149.620(c)(1)), and so long it is looked after here."""
EARNER = "practice.provider:"


@dataclass(frozen=True, slots=True)
class Exceeded:
    """A visit whose charges went beyond its estimate: whose, when, and by how much of which provider."""

    patient_id: int
    name: str
    birth_date: date
    appointment_id: int
    wall: datetime
    overs: list[rules.Over]


def over_estimate(appointment_ids: Collection[int], *, by: int = rules.ALERT) -> dict[int, list[rules.Over]]:
    """Return, by visit, whose charges in the ledger exceed the estimate that was given by `by` cents or more; four queries.

    The newest version that was given before the visit counts. A visit without one is not here, nor one within its estimate.
    """
    expected = _expected(appointment_ids)
    charged = _charged(expected.keys())
    found = {}
    for visit, estimated in expected.items():
        if overs := rules.over(estimated, charged.get(visit, {}), by=by):
            found[visit] = overs
    return found


def exceeded(location_id: int) -> list[Exceeded]:
    """Return the visits of a location whose charges exceed their estimate, the latest first; five queries."""
    rows = (
        Estimate.objects.filter(location_id=location_id, appointment__starts__gte=clock.now() - BACK)
        .select_related(
            "patient", "location", "appointment__visit_type", "appointment__provider", "visit_type"
        )
        .defer("patient__photo")
        .order_by("-appointment__starts")[:MOST]
    )
    kept = {row.appointment_id: row for row in rows if row.appointment_id}
    overs = over_estimate(kept.keys())
    return [_exceeded(kept[visit], overs[visit]) for visit in kept if visit in overs]


def _exceeded(row: Estimate, overs: list[rules.Over]) -> Exceeded:
    if hidden(row.patient.labels, *labels_of(row), patient_id=row.patient_id):
        row.patient.hide()
    visit = row.appointment
    assert visit is not None  # only those of visits are asked for
    return Exceeded(
        row.patient_id, row.patient.name, row.patient.birth_date, visit.pk, to_wall(visit.starts, visit.zone), overs
    )  # fmt: skip


def _expected(appointment_ids: Collection[int]) -> dict[int, dict[int, tuple[str, int]]]:
    """Return what was estimated for each provider of ours, by visit: of the newest version given before it began."""
    given = (
        EstimateGiven.objects.filter(version__estimate__appointment__in=list(appointment_ids))
        .exclude(how=EstimateGiven.How.SPOKEN)
        .select_related("version__estimate__appointment")
        .order_by("version__version")
    )
    newest: dict[int, int] = {}
    for one in given:
        visit = one.version.estimate.appointment
        if visit is not None and one.at <= visit.starts:
            newest[one.version_id] = visit.pk
    last = {visit: version for version, visit in newest.items()}
    found: dict[int, dict[int, tuple[str, int]]] = {visit: {} for visit in last}
    items = EstimateItem.objects.filter(
        provider__version__in=last.values(), provider__provider__isnull=False
    ).select_related("provider")
    for item in items:
        mine = found[newest[item.provider.version_id]]
        pk = item.provider.provider_id or 0
        mine[pk] = (item.provider.name, mine.get(pk, ("", 0))[1] + item.cents)
    return found


def _charged(appointment_ids: Collection[int]) -> dict[int, dict[int, tuple[str, int]]]:
    """Return what the ledger says each provider earned of each visit; what was taken back counts no more."""
    about = {f"scheduling.appointment:{pk}": pk for pk in appointment_ids}
    if not about:
        return {}
    rows = fetch(
        "SELECT l.about, a.of, -SUM(l.amount) FROM ledger_line l JOIN ledger_account a ON a.id = l.account_id "  # noqa: S608 - places only
        f"WHERE a.kind = 'revenue' AND l.about IN ({marks(len(about))}) GROUP BY l.about, a.of",
        list(about),
    )
    earned = [
        (about[visit], int(of.removeprefix(EARNER)), int(cents))
        for visit, of, cents in rows
        if of.startswith(EARNER) and of.removeprefix(EARNER).isdecimal()
    ]
    names = {row.pk: row.name for row in Provider.objects.filter(pk__in={pk for _, pk, _ in earned})}
    found: dict[int, dict[int, tuple[str, int]]] = defaultdict(dict)
    for visit, pk, cents in earned:
        found[visit][pk] = (names.get(pk, ""), cents)
    return found
