"""How long things take here, and who is running late, from the moments that were stamped."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from frontdesk.kit import clock, walltime
from frontdesk.kit.rows import fetch, moment
from frontdesk.office.visits import rules
from frontdesk.office.visits.queries.day import Line
from frontdesk.office.visits.rules import Spread

LOOK_BACK = timedelta(days=30)
MOST = 400
Q = TypeVar("Q", bound="InQueue")


class InQueue(Protocol):
    """What a wait is worked out from: a line of the day, or the few facts of `Queued`."""

    @property
    def id(self) -> int: ...
    @property
    def status(self) -> str: ...
    @property
    def starts(self) -> datetime: ...
    @property
    def minutes(self) -> int: ...
    @property
    def provider_id(self) -> int | None: ...
    @property
    def visit_type_id(self) -> int: ...
    @property
    def since(self) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class Queued:
    """A visit near another one: of the same patient, or of the same provider on the same day."""

    id: int
    patient_id: int
    status: str
    starts: datetime
    minutes: int
    provider_id: int | None
    visit_type_id: int
    visit_type: str
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Behind:
    """A provider's day as it stands: how late the next patient would be seen, and who is still to come."""

    provider_id: int
    provider: str
    minutes: int
    waiting: int
    next_ids: tuple[int, ...]

    @property
    def said(self) -> int:
        """Return the minutes as one says them: in fives."""
        return 5 * round(self.minutes / 5)

    @property
    def should_tell(self) -> bool:
        """Say whether it is time to tell the next patients."""
        return self.minutes >= rules.POLICY.tell_when_behind and bool(self.next_ids)


def usual_minutes(location_id: int) -> dict[tuple[int, int], list[int]]:
    """Return how many minutes visits took with a provider lately, by (provider, visit type); one query."""
    rows = fetch(
        "SELECT a.provider_id, a.visit_type_id, v.with_provider_at, COALESCE(v.checkout_at, v.done_at) "
        "FROM visits_visit v JOIN scheduling_appointment a ON a.id = v.appointment_id "
        "WHERE v.location_id = %s AND v.arrived_at >= %s AND v.with_provider_at IS NOT NULL "
        "AND COALESCE(v.checkout_at, v.done_at) IS NOT NULL ORDER BY v.arrived_at DESC LIMIT %s",
        [location_id, clock.now() - LOOK_BACK, MOST],
    )
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    for provider, kind, begun, over in rows:
        found[provider, kind].append(rules.minutes(moment(over) - moment(begun)))
    return found


def around(line: Line) -> list[Queued]:
    """Return the visits of a visit's day that belong to its patient or its provider, in order; one query."""
    day = line.wall.date()
    span = (walltime.midnight_utc(day, line.zone), walltime.midnight_utc(day + timedelta(days=1), line.zone))
    rows = fetch(
        "SELECT a.id, a.patient_id, a.status, a.starts, a.ends, a.provider_id, a.visit_type_id, t.name, v.since "
        "FROM scheduling_appointment a JOIN scheduling_visittype t ON t.id = a.visit_type_id "
        "LEFT JOIN visits_visit v ON v.appointment_id = a.id "
        "WHERE a.status <> 'cancelled' AND a.location_id = %s AND a.starts >= %s AND a.starts < %s "
        "AND (a.patient_id = %s OR a.provider_id = %s) ORDER BY a.starts, a.id",
        [line.location_id, *span, line.patient_id, line.provider_id],
    )
    found = []
    for pk, patient, status, starts, ends, provider, kind, name, since in rows:
        begins = moment(starts)
        long = rules.minutes(moment(ends) - begins)
        began = moment(since) if since else None
        found.append(Queued(pk, patient, status, begins, long, provider, kind, name, began))
    return found


def waits(
    lines: Iterable[InQueue], usual: dict[tuple[int, int], list[int]], now: datetime
) -> dict[int, Spread]:
    """Return for each visit that has not reached its provider how long until it does, in minutes from `now`."""
    found: dict[int, Spread] = {}
    for queue in _queues(lines).values():
        under_way = next((line for line in queue if line.status == rules.WITH_PROVIDER), None)
        current = (_spread(under_way, usual), _lasted(under_way, now)) if under_way else None
        ahead: list[Spread] = []
        for line in queue:
            if line.status == rules.WITH_PROVIDER:
                continue
            found[line.id] = rules.expected_wait(now, _not_before(line, now), ahead, under_way=current)
            ahead.append(_spread(line, usual))
    return found


def behind(lines: Iterable[Line], usual: dict[tuple[int, int], list[int]], now: datetime) -> list[Behind]:
    """Return the providers who are late today, the latest first: by how much the next to come would wait."""
    given = list(lines)
    expected = waits(given, usual, now)
    found = []
    for provider_id, queue in _queues(given).items():
        waiting = [line for line in queue if line.status in {rules.ARRIVED, rules.CHECKED_IN, rules.ROOMED}]
        coming = [line for line in queue if line.status in rules.AHEAD and line.starts >= now]
        late = max((_late(line, expected, now) for line in [*waiting, *coming[:1]]), default=0)
        if late > 0:
            ids = tuple(line.id for line in coming[:5] if _late(line, expected, now) > 0)
            found.append(Behind(provider_id, queue[0].provider, late, len(waiting), ids))
    return sorted(found, key=lambda one: -one.minutes)


def _queues(lines: Iterable[Q]) -> dict[int, list[Q]]:
    """Return each provider's visits that are here or still to come, in the order they will be seen."""
    queues: dict[int, list[Q]] = defaultdict(list)
    for line in lines:
        open_still = line.status in rules.AHEAD or line.status in {
            rules.ARRIVED,
            rules.CHECKED_IN,
            rules.ROOMED,
            rules.WITH_PROVIDER,
        }
        if open_still and line.provider_id is not None:
            queues[line.provider_id].append(line)
    for queue in queues.values():
        queue.sort(key=lambda one: (one.starts, one.id))
    return queues


def _late(line: InQueue, expected: dict[int, Spread], now: datetime) -> int:
    return expected[line.id].p50 - rules.minutes(line.starts - now) if line.id in expected else 0


def _not_before(line: InQueue, now: datetime) -> datetime:
    """Return when a visit could begin at the earliest: who is here could begin at once, if it is their time."""
    return max(line.starts, now)


def _spread(line: InQueue, usual: dict[tuple[int, int], list[int]]) -> Spread:
    return rules.spread(usual.get((line.provider_id or 0, line.visit_type_id), ()), line.minutes)


def _lasted(line: InQueue, now: datetime) -> int:
    return rules.minutes(now - line.since) if line.since else 0
