"""The bar above the book, the same on day, week, month and list: which day, which view, whose columns."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect

from frontdesk.entrypoints.desk.http import DeskRequest
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.scheduling.days import add_months, read_day
from frontdesk.entrypoints.desk.scheduling.laying import Laid
from frontdesk.entrypoints.desk.scheduling.views import View, saved_views
from frontdesk.entrypoints.desk.templating import long_date
from frontdesk.kit import clock
from frontdesk.office.practice.models import Location

PATHS = {
    "day": "/schedule",
    "agenda": "/schedule/agenda",
    "week": "/schedule/week",
    "month": "/schedule/month",
}
ONE_DAY = ("day", "agenda")
EVERYWHERE = "all"
WORDS = {"day": ("Day", "v"), "agenda": ("List", "l"), "week": ("Week", "e"), "month": ("Month", "m")}
STEPS = {"day": ("Day before", "Day after"), "agenda": ("Day before", "Day after"), "week": ("Week before", "Week after"), "month": ("Month before", "Month after")}  # fmt: skip


@dataclass(slots=True)
class Screen:
    """What the bar and the book below it show."""

    view: str
    day: date
    today_is: date
    location: Location
    sites: list[Location]
    by: str = "provider"
    provider_ids: tuple[int, ...] = ()
    room_id: int | None = None
    everywhere: bool = False
    more: str = ""
    not_understood: str = ""
    saved: list[View] = field(default_factory=list)
    columns: list[Laid] = field(default_factory=list)
    from_hour: int = 8
    to_hour: int = 17
    now_cell: int | None = None
    closed: str = ""
    month: Any = None
    types: list[tuple[int, str]] = field(default_factory=list)
    type_id: int | None = None
    names: dict[int, str] = field(default_factory=dict)
    note: str = ""
    columns_who: list[tuple[str, str, bool]] = field(default_factory=list)

    @property
    def title(self) -> str:
        year = f", {self.day.year}" if self.day.year != self.today_is.year else ""
        if self.view == "month":
            return f"{self.day:%B} {self.day.year}"
        if self.view == "week":
            monday = self.day - timedelta(days=self.day.weekday())
            return f"Week of {monday:%B} {monday.day}{year}"
        return f"{long_date(self.day)}{year}"

    @property
    def path(self) -> str:
        return PATHS[self.view]

    @property
    def here(self) -> str:
        return self.to(self.day)

    @property
    def name(self) -> str:
        return f"{self.title}, {self.place}, by {self.by}"

    @property
    def place(self) -> str:
        return "All locations" if self.everywhere else self.location.name

    @property
    def previous(self) -> str:
        return self.to(self._step(-1))

    @property
    def next(self) -> str:
        return self.to(self._step(1))

    @property
    def today(self) -> str:
        return self.to(self.today_is)

    @property
    def back_words(self) -> str:
        return STEPS[self.view][0]

    @property
    def on_words(self) -> str:
        return STEPS[self.view][1]

    @property
    def find(self) -> str:
        return "/openings?" + urlencode(
            [("from", f"{self.day:%m/%d/%Y}")] if self.day > self.today_is else []
        )

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the jump field must carry along."""
        pairs = [
            ("day", self.day.isoformat()),
            ("location", EVERYWHERE if self.everywhere else str(self.location.pk)),
            ("by", self.by if self.by != "provider" else ""),
            ("room", str(self.room_id or "")),
        ]
        return [pair for pair in pairs if pair[1]] + [("provider", str(n)) for n in self.provider_ids]

    @property
    def views(self) -> list[tuple[str, str, bool, str]]:
        return [
            (words, self.to(self.day, view=view), view == self.view, key)
            for view, (words, key) in WORDS.items()
        ]

    @property
    def locations(self) -> list[tuple[str, str, bool]]:
        sites = [
            (
                site.short_name,
                self.to(self.day, location=site.pk, room=""),
                site.pk == self.location.pk and not self.everywhere,
            )
            for site in self.sites
        ]
        beside = sum(site.zone == self.location.zone for site in self.sites) > 1
        if self.view in ONE_DAY and beside:
            sites.append(("All", self.to(self.day, location=EVERYWHERE, room=""), self.everywhere))
        return sites

    @property
    def columns_by(self) -> list[tuple[str, str, bool]]:
        if self.view == "month":
            return []
        ways = (("provider", "Providers"), ("room", "Rooms, devices, nurses"))
        return [(words, self.to(self.day, by=by, provider=(), room=""), by == self.by) for by, words in ways]

    @property
    def only(self) -> list[tuple[str, str]]:
        return [
            (
                self.names.get(n, "One provider"),
                self.to(self.day, provider=tuple(p for p in self.provider_ids if p != n)),
            )
            for n in self.provider_ids
            if self.view != "week"
        ]

    @property
    def query(self) -> str:
        """What a saved view keeps: everything but the day."""
        return urlencode(
            [pair for pair in self.kept if pair[0] != "day"]
            + ([("view", self.view)] if self.view in {"week", "agenda"} else [])
        )

    @property
    def can_save(self) -> bool:
        return self.view != "month"

    def to(self, day: date, *, view: str = "", **changes: Any) -> str:
        """Return the address of another day or view, with what is chosen now and `changes`."""
        asked = {
            "location": self.location.pk if len(self.sites) > 1 else "",
            "by": self.by if self.by != "provider" else "",
            "provider": self.provider_ids,
            "room": self.room_id or "",
            **({"location": EVERYWHERE} if self.everywhere and (view or self.view) in ONE_DAY else {}),
            **changes,
        }
        if self.type_id and (view or self.view) == "month":
            asked["type"] = self.type_id
        if asked["by"] == "provider":
            asked["by"] = ""
        pairs = [("day", day.isoformat())] if day != self.today_is else []
        pairs += [
            (k, str(v))
            for k, many in asked.items()
            for v in (many if isinstance(many, tuple) else (many,))
            if v
        ]
        query = urlencode(pairs)
        return PATHS[view or self.view] + (f"?{query}" if query else "")

    def _step(self, by: int) -> date:
        if self.view == "month":
            return add_months(self.day.replace(day=1), by)
        return self.day + timedelta(days=7 * by if self.view == "week" else by)


def read_screen(request: DeskRequest, view: str) -> Screen:
    """Read which day, place and columns are asked for."""
    data = request.GET
    wanted = number(data.get("location"))
    site = next((one for one in request.sites if one.pk == wanted), request.location)
    today = clock.today(site.zone)
    return Screen(
        view=view,
        day=read_day(data.get("day", ""), today) or today,
        today_is=today,
        location=site,
        sites=request.sites,
        everywhere=data.get("location") == EVERYWHERE and view in ONE_DAY,
        room_id=number(data.get("room")),
        by="room" if data.get("by") == "room" else "provider",
        provider_ids=tuple(n for n in dict.fromkeys(number(text) for text in data.getlist("provider")) if n),
        saved=saved_views(request),
    )


def jump(request: DeskRequest, s: Screen, providers: Iterable[tuple[int, str]]) -> HttpResponse | None:
    """Go where the typed words say: a day, a provider, or both; None when nothing was typed or understood."""
    typed = request.GET.get("go", "").strip()
    if not typed:
        return None
    day, found, rest = read_day(typed, s.day if typed[:1] in "+-" else s.today_is), [], []
    if day is None:
        for word in typed.lower().replace(",", " ").split():
            those = [
                pk
                for pk, name in providers
                if len(word) >= 2
                and any(part.startswith(word) for part in name.lower().replace(",", "").split())
            ]
            near = read_day(word, s.today_is)
            if near:
                day = near
            elif those:
                found += those
            elif word not in {"dr", "dr.", "all", "everyone"}:
                rest.append(word)
    if rest or (day is None and not found and typed.lower() not in {"all", "everyone"}):
        s.not_understood = typed
        return None
    chosen = tuple(dict.fromkeys(found)) if found or typed.lower() in {"all", "everyone"} else s.provider_ids
    return HttpResponseRedirect(s.to(day or s.day, provider=chosen, **({"by": "provider"} if found else {})))
