"""Keep the day sheets' open cells in step with the templates; called by every verb that changes a rule."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from frontdesk.kit import clock
from frontdesk.office.practice.models import Holiday, OpeningHours
from frontdesk.office.scheduling.models import DaySheet, Resource, Template, TemplateBlock, TimeOff
from frontdesk.office.scheduling.rules import Away, Block, open_cells

HORIZON = timedelta(days=400)
Hours = dict[int, dict[int, list[tuple[time, time]]]]


def rebuild(resource_ids: Iterable[int], first: date | None = None, last: date | None = None) -> int:
    """Write the open cells of these resources' sheets anew, from `first` (today) to `last` (the horizon).

    What is taken stays as it is. Returns how many sheets were written.
    """
    begin = first or clock.now().date() - timedelta(days=1)
    end = last or begin + HORIZON
    resources = list(Resource.objects.filter(pk__in=list(resource_ids)).select_related("location"))
    rows = [row for resource, opened in open_days(resources, begin, end) for row in _rows(resource, opened)]
    DaySheet.objects.bulk_create(
        rows, batch_size=400, update_conflicts=True, update_fields=["open"], unique_fields=["day", "resource"]
    )
    return len(rows)


def open_days(
    resources: list[Resource], first: date, last: date
) -> Iterator[tuple[Resource, dict[date, dict[int, int]]]]:
    """Yield each resource with the open cells of each day by lane; five queries for all of them."""
    ids = [resource.pk for resource in resources]
    blocks = _blocks(ids)
    away = _away(ids, first, last)
    hours, closed = _hours(), _holidays(first, last)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    for resource in resources:
        location = resource.location
        shut = closed[None] | closed[location.pk]
        mine, gone = blocks[resource.pk], away[resource.pk]
        found = {}
        for day in days:
            week = hours.get(location.pk)
            open_then = None if week is None else week.get(day.weekday(), [])
            found[day] = open_cells(day, location.zone, mine, gone, open_then, holiday=day in shut)
        yield resource, found


def _rows(resource: Resource, opened: dict[date, dict[int, int]]) -> list[DaySheet]:
    return [
        DaySheet(resource=resource, day=day, open={str(lane): f"{cells:x}" for lane, cells in lanes.items()})
        for day, lanes in opened.items()
    ]


def _blocks(ids: list[int]) -> dict[int, list[Block]]:
    templates = {t.pk: t for t in Template.objects.filter(resource_id__in=ids)}
    found: dict[int, list[Block]] = defaultdict(list)
    for row in TemplateBlock.objects.filter(template_id__in=templates):
        rule = templates[row.template_id]
        found[rule.resource_id].append(
            Block(
                row.weekday,
                row.begins,
                row.ends,
                row.weeks,
                row.lane_id,
                rule.effective_from,
                rule.effective_until,
            )
        )
    return found


def _away(ids: list[int], first: date, last: date) -> dict[int, list[Away]]:
    begin, end = first - timedelta(days=2), last + timedelta(days=2)
    rows = TimeOff.objects.filter(resource_id__in=ids, ends__gte=_start(begin), begins__lte=_start(end))
    found: dict[int, list[Away]] = defaultdict(list)
    for row in rows:
        found[row.resource_id].append(Away(row.begins, row.ends, row.lane_id if row.opens else None))
    return found


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=clock.now().tzinfo)


def _hours() -> Hours:
    found: Hours = defaultdict(lambda: defaultdict(list))
    for row in OpeningHours.objects.all():
        found[row.location_id][row.weekday].append((row.opens, row.closes))
    return dict(found)


def _holidays(first: date, last: date) -> dict[int | None, set[date]]:
    found: dict[int | None, set[date]] = defaultdict(set)
    for row in Holiday.objects.filter(day__gte=first, day__lte=last):
        found[row.location_id].add(row.day)
    return found
