"""How long things take here, and who is running late, from the moments that were stamped."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from frontdesk.kit import clock
from frontdesk.kit.rows import fetch
from frontdesk.office.visits import rules
from frontdesk.office.visits.queries.day import Line, _moment
from frontdesk.office.visits.rules import Spread

LOOK_BACK = timedelta(days=30)
MOST = 400


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
        found[provider, kind].append(rules.minutes(_moment(over) - _moment(begun)))
    return found


def waits(lines: Iterable[Line], usual: dict[tuple[int, int], list[int]], now: datetime) -> dict[int, Spread]:
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


def _queues(lines: Iterable[Line]) -> dict[int, list[Line]]:
    """Return each provider's visits that are here or still to come, in the order they will be seen."""
    queues: dict[int, list[Line]] = defaultdict(list)
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


def _late(line: Line, expected: dict[int, Spread], now: datetime) -> int:
    return expected[line.id].p50 - rules.minutes(line.starts - now) if line.id in expected else 0


def _not_before(line: Line, now: datetime) -> datetime:
    """Return when a visit could begin at the earliest: who is here could begin at once, if it is their time."""
    return max(line.starts, now)


def _spread(line: Line, usual: dict[tuple[int, int], list[int]]) -> Spread:
    return rules.spread(usual.get((line.provider_id or 0, line.visit_type_id), ()), line.minutes)


def _lasted(line: Line, now: datetime) -> int:
    return rules.minutes(now - line.since) if line.since else 0
