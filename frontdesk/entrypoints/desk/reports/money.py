"""Reports about money: over and short of the drawers, what was collected at the visit, copays that were waived."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse

from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, page
from frontdesk.entrypoints.desk.reports.asking import Filters, read_filters
from frontdesk.entrypoints.desk.reports.pictures import Mark
from frontdesk.entrypoints.desk.scheduling.wording import how_many, short_day
from frontdesk.entrypoints.desk.templating import wall_time
from frontdesk.kit.money import dollars
from frontdesk.kit.walltime import to_wall
from frontdesk.office.billing.queries import shares_by_day, waived
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.queries import REPORTS, Off, collected, offs
from frontdesk.office.payments.rules import over_or_short

CUTS: dict[str, tuple[str, Callable[[Off, str], tuple[str, str]]]] = {
    "drawer": ("Drawer", lambda one, _: (str(one.drawer_id), one.drawer)),
    "person": ("Person", lambda one, _: (str(one.who_id or 0), one.who)),
    "weekday": ("Weekday", lambda one, _: (str(one.day.weekday()), f"{one.day:%A}")),
    "hour": (
        "Hour",
        lambda one, zone: (
            (at := f"{to_wall(one.at, zone):%H}"),
            f"{int(at) % 12 or 12} {'am' if int(at) < 12 else 'pm'}",
        ),
    ),
}
IN_ORDER = {"weekday", "hour"}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table and its bar: what it is of, the figures, and the rows behind it."""

    label: str
    cells: tuple[str, ...]
    href: str


@desk_view()
def drawers(request: DeskRequest) -> HttpResponse:
    """Show over and short, cut by drawer, person, weekday or hour."""
    filters, zone = read_filters(request, request.GET), request.location.zone
    cut = request.GET.get("cut", "") if request.GET.get("cut", "") in CUTS else "drawer"
    found = _offs(request, filters)
    payments.read_reports(request.actor, code="drawers", first=filters.first, last=filters.last)
    groups: dict[tuple[str, str], list[Off]] = defaultdict(list)
    for one in found:
        groups[CUTS[cut][1](one, zone)].append(one)
    ordered = sorted(
        groups.items(), key=lambda pair: pair[0] if cut in IN_ORDER else (-_off(pair[1]), pair[0][1])
    )
    most = max((_off(rows) for rows in groups.values()), default=0) or 1
    lines, marks = [], []
    for (key, label), rows in ordered:
        over, short = _over(rows), _short(rows)
        href = "/reports/money/drawers/rows?" + filters.query(cut=cut, key=key)
        lines.append(
            Line(
                label,
                (dollars(short), dollars(over), f"{sum(one.over != 0 for one in rows)}", f"{len(rows)}"),
                href,
            )
        )
        at, to = round(short * 100 / most, 2), round((short + over) * 100 / most, 2)
        marks.append(Mark(label, dollars(over + short), how_many(len(rows), "count"), at, to, href))
    context = _context(filters, "drawers", lines, marks) | {
        "said": f"{dollars(_short(found))} short",
        "of": f"and {dollars(_over(found))} over, in {how_many(len(found), 'count')}",
        "heads": [CUTS[cut][0], ("Short", "num"), ("Over", "num"), ("Off", "num"), ("Counts", "num")],
        "key": ("short", "over"),
        "cut": cut,
        "tabs": [
            (words, f"/reports/money/drawers?{filters.query(cut=code)}", code == cut, str(n + 1)) for n, (code, (words, _)) in enumerate(CUTS.items())
        ],
    }  # fmt: skip
    return page(request, "desk/reports/money.html", context)


@desk_view()
def drawer_rows(request: DeskRequest) -> HttpResponse:
    """Show the counts behind a figure of over and short."""
    filters, zone = read_filters(request, request.GET), request.location.zone
    cut, key = request.GET.get("cut", ""), request.GET.get("key", "")
    found = [one for one in _offs(request, filters) if cut not in CUTS or CUTS[cut][1](one, zone)[0] == key]
    payments.read_reports(request.actor, code="drawers", first=filters.first, last=filters.last)
    rows = [
        (
            f"{short_day(one.day)}, {wall_time(to_wall(one.at, zone))}", f"{one.drawer}, {one.found}", one.who, over_or_short(one.over),
            one.reason, f"/close/done/{one.close_id}" if one.close_id and request.actor.can("payments.close") else "",
        )
        for one in found[:500]
    ]  # fmt: skip
    context = {
        "report": REPORTS["drawers"], "filters": filters, "rows": rows, "heads": ["When", "Drawer", "Whose", ("Over or short", "num"), "Why", ""],
        "back": f"/reports/money/drawers?{filters.query(cut=cut if cut in CUTS else '')}",
    }  # fmt: skip
    return page(request, "desk/reports/money_rows.html", context)


@desk_view()
def collection(request: DeskRequest) -> HttpResponse:
    """Show what was collected at the visit, day by day, against what was to be collected."""
    filters = read_filters(request, request.GET)
    places = _places(request, filters)
    paid = collected(places, filters.first, filters.last)
    due = shares_by_day(places, filters.first, filters.last)
    payments.read_reports(request.actor, code="collection", first=filters.first, last=filters.last)
    days = sorted({*paid, *due}, reverse=True)
    most = max([*paid.values(), *due.values()], default=0) or 1
    lines, marks = [], []
    for day in days:
        got, wanted = paid.get(day, 0), due.get(day, 0)
        share = f"{got / wanted:.0%}" if wanted else "–"
        lines.append(Line(short_day(day), (dollars(got), dollars(wanted), share), ""))
        at = round(got * 100 / most, 2)
        marks.append(
            Mark(
                short_day(day),
                dollars(got),
                share if wanted else "",
                at,
                max(at, round(wanted * 100 / most, 2)),
                "",
            )
        )
    whole, wanted = sum(paid.values()), sum(due.values())
    context = _context(filters, "collection", lines, marks[:31]) | {
        "said": f"{whole / wanted:.0%}" if wanted else dollars(whole),
        "of": f"{dollars(whole)} of {dollars(wanted)}" if wanted else f"collected on {how_many(len(paid), 'day')}; nothing was expected",
        "heads": ["Day", ("Collected", "num"), ("Expected", "num"), ("Rate", "num")],
        "key": ("collected", "expected"),
        "cut": "",
        "tabs": [],
    }  # fmt: skip
    return page(request, "desk/reports/money.html", context)


@desk_view()
def waived_copays(request: DeskRequest) -> HttpResponse:
    """Show the copays that were waived, by the reason given, and each of them."""
    filters = read_filters(request, request.GET)
    found = waived(_places(request, filters), filters.first, filters.last)
    payments.read_reports(
        request.actor, code="waived", first=filters.first, last=filters.last, patient_ids=[one.patient_id for one in found]
    )  # fmt: skip
    sums: dict[str, list[int]] = defaultdict(list)
    for one in found:
        sums[one.words].append(one.cents)
    most = max((sum(cents) for cents in sums.values()), default=0) or 1
    ordered = sorted(sums.items(), key=lambda pair: -sum(pair[1]))
    marks = [
        Mark(
            why,
            dollars(sum(c)),
            how_many(len(c), "copay"),
            round(sum(c) * 100 / most, 2),
            round(sum(c) * 100 / most, 2),
            "",
        )
        for why, c in ordered
    ]
    lines = [
        Line(short_day(one.day), (one.by_name, one.words, dollars(one.cents)), f"/visits/{one.appointment_id}")
        for one in found[:500]
    ]  # fmt: skip
    context = _context(filters, "waived", lines, marks) | {
        "said": dollars(sum(one.cents for one in found)),
        "of": f"waived, {how_many(len(found), 'copay')}",
        "heads": ["Day", "By", "Why", ("Amount", "num")],
        "key": ("waived", ""),
        "cut": "",
        "tabs": [],
    }
    return page(request, "desk/reports/money.html", context)


def _places(request: DeskRequest, filters: Filters) -> tuple[int, ...]:
    """Return the sites asked for that are one's own."""
    own = {site.pk for site in request.sites}
    return tuple(pk for pk in filters.ask.location_ids if pk in own)


def _offs(request: DeskRequest, filters: Filters) -> list[Off]:
    return offs(_places(request, filters), filters.first, filters.last)


def _context(filters: Filters, code: str, lines: list[Line], marks: list[Mark]) -> dict[str, Any]:
    return {
        "filters": filters, "report": REPORTS[code], "lines": lines, "marks": marks, "action": f"/reports/money/{code}",
        "back": f"/reports?{urlencode({'period': filters.period})}",
    }  # fmt: skip


def _over(rows: Iterable[Off]) -> int:
    return sum(one.over for one in rows if one.over > 0)


def _short(rows: Iterable[Off]) -> int:
    return -sum(one.over for one in rows if one.over < 0)


def _off(rows: Iterable[Off]) -> int:
    found = list(rows)
    return _over(found) + _short(found)
