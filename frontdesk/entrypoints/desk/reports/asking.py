"""What a report is asked about: the period, the place, the provider, the visit type, as they stand in an address."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import QueryDict

from frontdesk.entrypoints.desk.http import DeskRequest
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.scheduling.days import add_months, read_day
from frontdesk.kit import clock
from frontdesk.office.practice.queries import providers
from frontdesk.office.scheduling.models import VisitType
from frontdesk.office.scheduling.queries.reports import Ask

PERIODS = (
    ("4-weeks", "Last 4 weeks"),
    ("this-week", "This week so far"),
    ("last-week", "Last week"),
    ("this-month", "This month so far"),
    ("last-month", "Last month"),
    ("this-quarter", "This quarter so far"),
    ("last-quarter", "Last quarter"),
    ("days", "Other days"),
)
LONGEST = 400
_NO_YEAR = re.compile(r"\d{1,2}[/.-]\d{1,2}")


@dataclass(slots=True)
class Filters:
    """The filters as they stand, what may be chosen, and what could not be read."""

    period: str
    first: date
    last: date
    from_text: str = ""
    to_text: str = ""
    location_id: int | None = None
    provider_id: int | None = None
    type_id: int | None = None
    sites: list[tuple[int, str]] = field(default_factory=list)
    providers: list[tuple[int, str]] = field(default_factory=list)
    types: list[tuple[int, str]] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    periods: tuple[tuple[str, str], ...] = PERIODS

    @property
    def ask(self) -> Ask:
        """Return the question to the office; without a choice, all sites that are open."""
        places = (self.location_id,) if self.location_id else tuple(pk for pk, _ in self.sites)
        return Ask(self.first, self.last, places, self.provider_id, self.type_id)

    @property
    def words(self) -> str:
        """Say what is shown: the days, and what it is narrowed to."""
        chosen = (
            (self.sites, self.location_id, "All locations" if len(self.sites) > 1 else ""),
            (self.providers, self.provider_id, ""),
            (self.types, self.type_id, ""),
        )
        narrowed = [dict(known).get(pk or 0, otherwise) for known, pk, otherwise in chosen]
        return " · ".join(part for part in (between(self.first, self.last), *narrowed) if part)

    def query(self, **more: object) -> str:
        """Return the filters as the query of an address: ids, codes and days."""
        given = {
            "period": self.period,
            "from": self.from_text if self.period == "days" else "",
            "to": self.to_text if self.period == "days" else "",
            "location": self.location_id,
            "provider": self.provider_id,
            "type": self.type_id,
            **more,
        }
        return urlencode({key: value for key, value in given.items() if value not in {None, ""}})


def read_filters(request: DeskRequest, data: QueryDict) -> Filters:
    """Read the filters of an address; what is not known is left out, so that an old link still opens."""
    today = clock.today(request.location.zone)
    wanted = data.get("period", "")
    period = wanted if wanted in dict(PERIODS) else PERIODS[0][0]
    first, last = span(period, today)
    made = Filters(
        period, first, last,
        sites=[(site.pk, site.short_name) for site in request.sites],
        providers=[(one.pk, one.name) for one in providers()],
        types=list(VisitType.objects.filter(is_active=True).order_by("name").values_list("pk", "name")),
    )  # fmt: skip
    made.location_id = _known(number(data.get("location")), made.sites)
    made.provider_id = _known(number(data.get("provider")), made.providers)
    made.type_id = _known(number(data.get("type")), made.types)
    made.from_text, made.to_text = data.get("from", ""), data.get("to", "")
    if period == "days":
        _typed(made, today)
    return made


def span(period: str, today: date) -> tuple[date, date]:
    """Return the first and last day of a period seen from `today`; weeks begin on Monday."""
    monday, first = today - timedelta(days=today.weekday()), today.replace(day=1)
    quarter = first.replace(month=(today.month - 1) // 3 * 3 + 1)
    day = timedelta(days=1)
    return {
        "this-week": (monday, today),
        "last-week": (monday - 7 * day, monday - day),
        "this-month": (first, today),
        "last-month": (add_months(first, -1), first - day),
        "this-quarter": (quarter, today),
        "last-quarter": (add_months(quarter, -3), quarter - day),
    }.get(period, (today - 28 * day, today - day))


def between(first: date, last: date) -> str:
    """Write a stretch of days: Oct 8 – Nov 4, 2026."""
    start = f"{first:%b} {first.day}" + (f", {first.year}" if first.year != last.year else "")
    return f"{start} – {last:%b} {last.day}, {last.year}" if first != last else f"{start}, {first.year}"


def _typed(made: Filters, today: date) -> None:
    for name, text, field_ in (("from", made.from_text, "first"), ("to", made.to_text, "last")):
        day = read_past_day(text, today)
        if day is None and text.strip():
            made.errors[name] = "Type a day: 3/14, mon, -2w."
        elif day is not None:
            setattr(made, field_, day)
    if made.first > made.last:
        made.errors.setdefault("to", "The last day lies before the first.")
    elif made.last - made.first > timedelta(days=LONGEST):
        made.errors.setdefault("to", f"At most {LONGEST} days at a time.")
    if made.errors:
        made.first, made.last = span("4-weeks", today)


def read_past_day(text: str, today: date) -> date | None:
    """Read a day; one without a year is the last that was, for reports look back."""
    day = read_day(text, today)
    if day is not None and day > today and _NO_YEAR.fullmatch(text.strip()):
        return add_months(day, -12)
    return day


def _known(pk: int | None, known: list[tuple[int, str]]) -> int | None:
    return pk if pk in dict(known) else None
