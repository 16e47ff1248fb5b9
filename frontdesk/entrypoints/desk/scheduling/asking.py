"""What is looked for: the fields of the finder, the typed line, and the question they put to the book."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from frontdesk.entrypoints.desk.http import DeskRequest
from frontdesk.entrypoints.desk.numbers import number as number
from frontdesk.entrypoints.desk.scheduling.days import WEEKDAYS, read_day
from frontdesk.entrypoints.desk.scheduling.line import Line, Words, read_clock, read_line
from frontdesk.entrypoints.desk.scheduling.people import Person, person
from frontdesk.entrypoints.desk.scheduling.wording import when
from frontdesk.entrypoints.desk.templating import us_date, wall_time
from frontdesk.kit import clock
from frontdesk.office.practice.models import Provider
from frontdesk.office.practice.queries import providers as all_providers
from frontdesk.office.scheduling import queries
from frontdesk.office.scheduling.models import VisitType
from frontdesk.office.scheduling.services import OpeningsAsk

WEEK = [(n, name[:2].title(), name.title()) for n, name in enumerate(WEEKDAYS)]
SPOKEN = {"en": "English", "es": "Spanish", "zh": "Chinese", "hi": "Hindi", "pl": "Polish", "pt": "Portuguese", "vi": "Vietnamese", "fr": "French", "ar": "Arabic", "ru": "Russian", "ko": "Korean", "ht": "Haitian Creole"}  # fmt: skip
AHEAD = {"scheduled", "confirmed"}
USUAL_DAYS = 28
LIMIT = 6


@dataclass(slots=True)
class Conditions:
    """The finder as it stands: what the fields hold, what they mean, and what went wrong with which."""

    types: list[tuple[int, str]] = field(default_factory=list)
    providers: list[tuple[int, str]] = field(default_factory=list)
    locations: list[tuple[int, str]] = field(default_factory=list)
    languages: list[tuple[str, str]] = field(default_factory=list)
    week: list[tuple[int, str, str]] = field(default_factory=lambda: WEEK)
    line: str = ""
    unknown: tuple[str, ...] = ()
    patient: Person | None = None
    type_id: int | None = None
    provider_ids: tuple[int, ...] = ()
    location_ids: tuple[int, ...] = ()
    weekdays: frozenset[int] = frozenset()
    from_day: date | None = None
    to_day: date | None = None
    from_text: str = ""
    to_text: str = ""
    after: str = ""
    before: str = ""
    time_from: time | None = None
    time_to: time | None = None
    language: str = ""
    gender: str = ""
    people: int = 1
    wish: str = ""
    waiting_id: str = ""
    earlier_than: datetime | None = None
    earlier_words: str = ""
    not_before: datetime | None = None
    errors: dict[str, str] = field(default_factory=dict)
    take_focus: bool = False
    blockers: Any = None
    wish_words: str = ""
    wish_hold: str = ""
    none_words: str = ""
    instead: list[tuple[str, str]] = field(default_factory=list)
    later: str = ""
    today: date = date.min

    @property
    def provider_id(self) -> int | None:
        return self.provider_ids[0] if len(self.provider_ids) == 1 else None

    @property
    def location_id(self) -> int | None:
        return self.location_ids[0] if len(self.location_ids) == 1 else None

    @property
    def needs_open(self) -> bool:
        return bool(self.language or self.gender or self.people > 1)

    @property
    def carried(self) -> list[tuple[str, str]]:
        """What the hold and the booking after it must know."""
        people = self.people if self.people > 1 else None
        patient = self.patient.id if self.patient else None
        pairs = {"type": self.type_id, "patient": patient, "people": people, "waiting": self.waiting_id}
        return [(name, str(value)) for name, value in pairs.items() if value]

    @property
    def chips(self) -> list[str]:
        """The conditions in a few words each."""
        names = {"type": dict(self.types), "who": dict(self.providers), "where": dict(self.locations)}
        found = [names["type"].get(self.type_id or 0, "")]
        found += [names["who"].get(n, "") for n in self.provider_ids]
        found += [names["where"].get(n, "") for n in self.location_ids]
        found += [long for n, _, long in WEEK if n in self.weekdays]
        found += [self._days(), self._times(), SPOKEN.get(self.language, "")]
        found += [{"female": "a woman", "male": "a man"}.get(self.gender, self.gender)]
        found += [f"{self.people} people in a row" if self.people > 1 else "", self.earlier_words]
        return [words for words in found if words]

    @property
    def widen(self) -> list[tuple[str, str]]:
        """Ways to ask for less, as pairs of words and query."""
        ways = []
        if self.provider_ids:
            ways.append(("Any provider", self.query(provider=())))
        if self.weekdays or self.time_from or self.time_to:
            ways.append(("Any day and time", self.query(day=(), after="", before="")))
        ways.append(
            ("Four weeks later", self.query(**{"from": us_date(self._last() + timedelta(days=1)), "to": ""}))
        )
        return ways

    def query(self, **changes: Any) -> str:
        """Return these conditions as a query string, with `changes`."""
        pairs: dict[str, Any] = {
            "type": self.type_id or "",
            "patient": self.patient.id if self.patient else "",
            "provider": self.provider_ids,
            "location": self.location_ids,
            "day": sorted(self.weekdays),
            "from": self.from_text,
            "to": self.to_text,
            "after": self.after,
            "before": self.before,
            "language": self.language,
            "gender": self.gender,
            "people": self.people if self.people > 1 else "",
            "waiting": self.waiting_id,
        }
        return urlencode([(k, v) for k, v in {**pairs, **changes}.items() if v not in ("", ())], doseq=True)

    def ask(self, limit: int = LIMIT) -> OpeningsAsk:
        """Return the question the book understands."""
        return OpeningsAsk(
            visit_type_id=self.type_id or 0,
            patient_id=self.patient.id if self.patient else None,
            provider_ids=self.provider_ids,
            location_ids=self.location_ids,
            from_day=self.from_day or self.today,
            to_day=self._last(),
            weekdays=tuple(sorted(self.weekdays)),
            time_from=self.time_from,
            time_to=self.time_to,
            language=self.language,
            provider_gender=self.gender,
            limit=limit,
            in_a_row=self.people,
            after=self.not_before,
            earlier_than=self.earlier_than,
            moving=self.earlier_than is not None,
        )

    def _last(self) -> date:
        return self.to_day or (self.from_day or self.today) + timedelta(days=USUAL_DAYS)

    def _days(self) -> str:
        if self.from_day and self.from_day == self.to_day:
            return us_date(self.from_day)
        begins = f"from {us_date(self.from_day)}" if self.from_day else ""
        return f"{begins} until {us_date(self.to_day)}".strip() if self.to_day else begins

    def _times(self) -> str:
        if self.time_to == time(12) and not self.time_from:
            return "morning"
        if self.time_from == time(12) and not self.time_to:
            return "afternoon"
        begins = f"after {_clock(self.time_from)}" if self.time_from else ""
        return f"{begins} before {_clock(self.time_to)}".strip() if self.time_to else begins


def read_conditions(request: DeskRequest, data: QueryDict, patient_id: int | None = None) -> Conditions:
    """Read the finder's fields, then the typed line over them."""
    f = _blank(request)
    wanted = patient_id or number(data.get("patient"))
    f.patient = person(request, wanted) if wanted else None
    f.type_id = _known(data.get("type"), f.types)
    f.provider_ids = _among(data.getlist("provider"), f.providers)
    f.location_ids = _among(data.getlist("location"), f.locations)
    f.weekdays = frozenset(n for n in map(number, data.getlist("day")) if n is not None and n < 7)
    _read_days(f, data)
    _read_times(f, data)
    f.language = data.get("language", "") if data.get("language") in SPOKEN else ""
    f.gender = data.get("gender", "") if data.get("gender") in {"female", "male", "nonbinary"} else ""
    f.people = min(max(number(data.get("people")) or 1, 1), 5)
    f.wish, f.waiting_id = data.get("wish", "").strip(), _digits(data.get("waiting"))
    if f.waiting_id:
        _read_waiting(request, f)
    f.line = data.get("line", "").strip()
    if f.line:
        _overlay(f, read_line(f.line, _words(f), f.today))
    return f


def _blank(request: DeskRequest) -> Conditions:
    people: list[Provider] = all_providers()
    spoken = sorted({code for one in people for code in one.languages if code != "en"} & SPOKEN.keys())
    return Conditions(
        types=[(t.pk, t.name) for t in visit_types()],
        providers=[(one.pk, one.name) for one in people],
        locations=[(site.pk, site.short_name) for site in request.sites],
        languages=[(code, SPOKEN[code]) for code in spoken],
        today=clock.today(request.location.zone),
    )


def visit_types() -> list[VisitType]:
    """Return the kinds of visit that can be booked, in the order they are offered."""
    return list(queries.visit_types())


def _words(f: Conditions) -> Words:
    return Words(types=f.types, providers=f.providers, locations=f.locations)


def _read_days(f: Conditions, data: QueryDict) -> None:
    f.from_text, f.to_text = data.get("from", "").strip(), data.get("to", "").strip()
    f.from_day, f.to_day = read_day(f.from_text, f.today), read_day(f.to_text, f.today)
    for name, text, day in (("from", f.from_text, f.from_day), ("to", f.to_text, f.to_day)):
        if text and day is None:
            f.errors[name] = f"“{text}” is not a day. Try fri, +2w or 3/14."
    if f.from_day and f.to_day and f.to_day < f.from_day:
        f.errors["to"] = "This day is before the first."
        f.to_day = None


def _read_times(f: Conditions, data: QueryDict) -> None:
    f.after, f.before = data.get("after", "").strip(), data.get("before", "").strip()
    f.time_from, f.time_to = _time(f.after), _time(f.before)
    for name, text, at in (("after", f.after, f.time_from), ("before", f.before, f.time_to)):
        if text and at is None:
            f.errors[name] = f"“{text}” is not a time. Try 9:30 or 2pm."


def _read_waiting(request: DeskRequest, f: Conditions) -> None:
    """Who waits needs some notice, and who has a time wants an earlier one: no other is worth saying."""
    entry = queries.waiting_entry(request.actor, int(f.waiting_id))
    if entry is None or f.patient is None or entry.patient_id != f.patient.id:
        f.waiting_id = ""
        return
    f.not_before = clock.now() + timedelta(hours=entry.needs_hours)
    has = entry.appointment
    if has is not None and has.status in AHEAD:
        f.earlier_than, f.earlier_words = has.starts, f"earlier than {when(has.starts, has.zone)}"


def _time(text: str) -> time | None:
    words = text.lower().replace(" ", "")
    return time(12) if words == "noon" else read_clock(words)


def _overlay(f: Conditions, line: Line) -> None:
    """Put what the line says over what the fields hold; the fields then show it, and the line is free again."""
    f.type_id = line.visit_type_id or f.type_id
    f.provider_ids = line.provider_ids or f.provider_ids
    f.location_ids = line.location_ids or f.location_ids
    f.weekdays = line.weekdays or f.weekdays
    if line.from_day or line.to_day:
        f.from_day, f.to_day = line.from_day, line.to_day
        f.from_text, f.to_text = us_date(line.from_day), us_date(line.to_day)
    if line.time_from or line.time_to:
        f.time_from, f.time_to = line.time_from, line.time_to
        f.after, f.before = _clock(line.time_from), _clock(line.time_to)
    if line.at:
        _wish_for(f, line.at)
    f.language, f.gender = line.language or f.language, line.provider_gender or f.gender
    f.people = line.people if line.people > 1 else f.people
    f.unknown = line.unknown


def _wish_for(f: Conditions, at: time) -> None:
    """A time by the clock is a wish: say why that one cannot be had, and offer those from then on."""
    weekday = min(f.weekdays, key=lambda n: (n - f.today.weekday()) % 7, default=None)
    day = f.from_day or (read_day(WEEKDAYS[weekday], f.today) if weekday is not None else f.today)
    f.wish = f"{us_date(day)} {_clock(at)}"
    f.time_from, f.after = at, _clock(at)
    f.time_to, f.before = None, ""


def _clock(at: time | None) -> str:
    return (
        ""
        if at is None
        else "noon"
        if at == time(12)
        else wall_time(clock.now().replace(hour=at.hour, minute=at.minute))
    )


def _known(text: str | None, among: Iterable[tuple[int, str]]) -> int | None:
    wanted = number(text)
    return wanted if wanted in {n for n, _ in among} else None


def _among(texts: list[str], among: list[tuple[int, str]]) -> tuple[int, ...]:
    return tuple(n for n in dict.fromkeys(_known(text, among) for text in texts) if n is not None)


def _digits(text: str | None) -> str:
    return str(number(text) or "")
