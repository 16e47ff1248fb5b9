"""The reports' figures, and the visits behind them: each report in the same shape, whatever it counts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from frontdesk.kit.errors import NotFound
from frontdesk.office.practice.models import Provider
from frontdesk.office.scheduling.models import CancelReason, VisitType
from frontdesk.office.scheduling.queries import capacity
from frontdesk.office.scheduling.queries import reports as book
from frontdesk.office.scheduling.queries.reports import Ask, Histogram, Key, Source
from frontdesk.office.scheduling.rules import (
    SMALL,
    Rate,
    bucket_of,
    like_for_like,
    percentile,
    same_length_before,
)
from frontdesk.office.visits.queries import reminders
from frontdesk.office.visits.queries.definitions import (
    ARRIVALS,
    DAYS,
    EFFECT,
    INITIATORS,
    LATE_FROM,
    LONGEST,
    MINUTES,
    REMINDED,
    REPORTS,
    STAGE_WORDS,
    STAGES,
    USE,
    WEEKDAYS,
    Report,
    hour_words,
    lead_words,
)

T = TypeVar("T")
NONE = "none"
VISITED = f"{book.BOOKED} JOIN visits_visit v ON v.appointment_id = a.id"
PERHAPS = f"{book.BOOKED} LEFT JOIN visits_visit v ON v.appointment_id = a.id"
NO_WALK_IN = "(v.is_walk_in IS NULL OR NOT v.is_walk_in)"
DUE = "CASE WHEN v.arrived_at > a.starts THEN v.arrived_at ELSE a.starts END"
# What one word of a page stands for in a statement.
JOINED = {"week": "weekday+hour", "providers": "provider+weekday", "reminded": "lead+told"}
ORDERED = {"weekday", "hour", "day", "lead", "minutes", "stage"}


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: of a bar, a cell, or the whole. `key` stands for it in an address.

    `value` is a share from 0 to 1, or minutes, or days; None where there is nothing to say. `beyond` is the p90.
    `part` is what of `hits` was missed (utilisation) or cancelled late (reminders). `beside` is the share this one is held
    against, and `give` how far their difference may be chance.
    """

    key: str
    label: str
    value: float | None
    hits: int = 0
    of: int = 0
    beyond: int | None = None
    part: int = 0
    small: bool = False
    beside: float | None = None
    give: float = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """A report as a page shows it: the whole, the whole of the period before, and the lines of a cut."""

    report: Report
    ask: Ask
    cut: str
    stage: str
    total: Line
    before: Line | None
    lines: list[Line]


def report_of(code: str) -> Report:
    """Return a report by its code; raise `NotFound`."""
    if code not in REPORTS:
        msg = "There is no such report."
        raise NotFound(msg)
    return REPORTS[code]


def figures(code: str, ask: Ask, cut: str = "", stage: str = "seen") -> Figures:
    """Return a report's figures; at most twelve statements, whatever the book holds."""
    report = report_of(code)
    cut = cut if cut in report.cuts else report.cuts[0]
    stage = stage if stage in STAGE_WORDS else "seen"
    if report.kind == DAYS:
        return _access(report, ask, cut)
    if report.kind == EFFECT:
        return _effect(report, ask, cut)
    first, last = same_length_before(ask.first, ask.last)
    lines = _lines(report, ask, cut, stage)
    total = _total(report, ask, stage)
    before = _total(report, replace(ask, first=first, last=last), stage)
    return Figures(report, ask, cut, stage, total, before if before.of else None, lines)


def source_of(code: str, stage: str = "seen") -> Source:
    """Return where a report's figure comes from; raise `NotFound` for one that counts no visits."""
    if code not in SOURCES:
        msg = "There are no visits behind that figure."
        raise NotFound(msg)
    return _stage(stage) if code == "waits" else SOURCES[code]()


def _no_shows() -> Source:
    given = book.no_shows()
    return replace(given, base=f"{given.base} AND {NO_WALK_IN}", tables=PERHAPS)


def _patients_late() -> Source:
    return Source(
        f"v.arrived_at IS NOT NULL AND {NO_WALK_IN}",
        f"v.minutes_late > {LATE_FROM}",
        "v.minutes_late",
        VISITED,
    )


def _providers_late() -> Source:
    minutes = book.minutes_between("a.starts", "v.with_provider_at")
    base = f"v.with_provider_at IS NOT NULL AND v.arrived_at <= a.starts AND {NO_WALK_IN} AND {minutes} <= {LONGEST}"
    return Source(base, "", f"CASE WHEN {minutes} > 0 THEN {minutes} ELSE 0 END", VISITED)


def _left() -> Source:
    stayed = book.minutes_between("v.arrived_at", "v.done_at")
    return Source("v.arrived_at IS NOT NULL AND v.done_at IS NOT NULL", "v.left_unseen", stayed, VISITED)


def _booked() -> Source:
    return Source("a.status <> 'cancelled'", "a.status <> 'no_show'")


def _stage(code: str) -> Source:
    begin, end = next((first, last) for name, _, first, last in STAGES if name == code)
    known = f"v.{end} IS NOT NULL AND v.{begin if begin != 'due' else 'arrived_at'} IS NOT NULL"
    minutes = book.minutes_between(DUE if begin == "due" else f"v.{begin}", f"v.{end}")
    if begin == "due":
        minutes = f"CASE WHEN {minutes} > 0 THEN {minutes} ELSE 0 END"
    return Source(f"{known} AND {minutes} BETWEEN 0 AND {LONGEST}", "", minutes, VISITED)


SOURCES: dict[str, Callable[[], Source]] = {
    "waits": lambda: _stage("seen"),
    "no-shows": _no_shows,
    "late-cancellations": book.late_cancellations,
    "moved": book.moved,
    "patient-lateness": _patients_late,
    "provider-lateness": _providers_late,
    "left-unseen": _left,
    "utilisation": _booked,
    "reminder-effect": lambda: reminders.lost(PERHAPS, NO_WALK_IN),
}


# ---- lines -----------------------------------------------------------------------------------------------------


def _total(report: Report, ask: Ask, stage: str) -> Line:
    if report.kind == USE:
        use = capacity.utilisation(ask, "all").get((1,), capacity.Use())
        return _of_use("all", "All", use)
    source = source_of(report.code, stage)
    if report.kind == MINUTES:
        return _of_minutes("all", STAGE_WORDS[stage], book.histogram(source, ask))
    return _of_rate("all", "All", book.rate(source, ask))


def _lines(report: Report, ask: Ask, cut: str, stage: str) -> list[Line]:
    if cut == "stage":
        return [
            _of_minutes(code, words, book.histogram(_stage(code), ask)) for code, words in STAGE_WORDS.items()
        ]
    if cut == "minutes":
        return _arrivals(book.histogram(source_of(report.code), ask))
    whole = JOINED.get(cut, cut)
    name = labels(whole)
    if report.kind == USE:
        uses = capacity.utilisation(ask, whole)
        found = [_of_use(written(key), name(key), use) for key, use in _in_order(uses)]
    elif report.kind == MINUTES:
        counts = book.histograms(source_of(report.code, stage), ask, whole)
        found = [_of_minutes(written(key), name(key), one) for key, one in _in_order(counts)]
    else:
        found = _rates(report, ask, whole, name)
    if whole in ORDERED or "+" in whole:
        return found
    return sorted(found, key=lambda one: (one.small, -(one.value or 0), one.label))


def _rates(report: Report, ask: Ask, cut: str, name: Callable[[Key], str]) -> list[Line]:
    source = source_of(report.code)
    if cut not in report.shares:
        return [_of_rate(written(k), name(k), one) for k, one in _in_order(book.rates(source, ask, cut))]
    parts = book.rates(book.only_hits(source), ask, cut)
    whole = sum(one.hits for one in parts.values())
    return [_of_rate(written(key), name(key), Rate(one.hits, whole)) for key, one in parts.items()]


def _arrivals(counts: Histogram) -> list[Line]:
    found = [0] * len(ARRIVALS)
    for minutes, times in counts.items():
        found[bucket_of(minutes, ARRIVALS)] += times
    whole = sum(found)
    return [_of_rate(str(n), ARRIVALS[n][0], Rate(hits, whole)) for n, hits in enumerate(found)]


def _access(report: Report, ask: Ask, cut: str) -> Figures:
    rows = capacity.third_next(ask.location_ids, ask.visit_type_id, ask.provider_id)
    types, who = labels("type"), labels("provider")
    lines = []
    for one in rows:
        label = types((one.visit_type_id,))
        if cut == "provider" and one.provider_id is not None:
            label = f"{label} · {who((one.provider_id,))}"
        elif (cut == "provider") != (one.provider_id is not None):
            continue
        key = f"{one.visit_type_id}.{one.provider_id or ''}"
        lines.append(Line(key, label, one.days, of=1))
    lines.sort(key=lambda one: (-(one.value if one.value is not None else 999), one.label))
    middle = percentile(_counted(one.days for one in rows if one.provider_id is None), 50)
    total = Line("all", "All", middle, of=sum(1 for one in rows if one.provider_id is None))
    return Figures(report, ask, cut, "seen", total, None, lines)


def _effect(report: Report, ask: Ask, cut: str) -> Figures:
    """Return the visits that were lost with and without a reminder, for each stretch booked ahead, and like for like."""
    source, whole = source_of(report.code), JOINED[cut]
    name, late = labels(whole), reminders.cancelled_late(source)
    found = book.rates(source, ask, whole, reminders.CUTS)
    parts = book.rates(late, ask, whole, reminders.CUTS)
    lines = [
        replace(_of_rate(written(key), name(key), one), part=parts[key].hits) for key, one in _in_order(found)
    ]
    lines.sort(key=lambda line: (line.key.split(".")[0], -int(line.key.split(".")[1])))
    leads = sorted({lead for lead, _ in found})
    alike = like_for_like([(found.get((n, 1), Rate()), found.get((n, 0), Rate())) for n in leads])
    if alike is None:
        return Figures(report, ask, cut, "seen", Line("all", "All", None), None, lines)
    few = min(alike.of, alike.beside_of)
    total = Line("all", "All", alike.share, of=few, small=few < SMALL, beside=alike.beside, give=alike.give)
    return Figures(report, ask, cut, "seen", total, None, lines)


def _counted(days: Iterable[int | None]) -> Histogram:
    found: Histogram = {}
    for one in days:
        found[91 if one is None else one] = found.get(91 if one is None else one, 0) + 1
    return found


def _of_rate(key: str, label: str, rate: Rate) -> Line:
    return Line(key, label, rate.share, rate.hits, rate.of, small=rate.of < SMALL)


def _of_minutes(key: str, label: str, counts: Histogram) -> Line:
    of = sum(counts.values())
    return Line(key, label, percentile(counts, 50), 0, of, percentile(counts, 90), small=of < SMALL)


def _of_use(key: str, label: str, use: capacity.Use) -> Line:
    return Line(key, label, Rate(use.booked, use.open).share, use.booked, use.open, part=use.missed)


# ---- keys and their words --------------------------------------------------------------------------------------


def written(key: Key) -> str:
    """Return a key as it stands in an address: ids and codes, never words."""
    return ".".join(NONE if part is None else str(part) for part in key)


def labels(cut: str) -> Callable[[Key], str]:
    """Return what says a key of a cut in words; one statement where the words are in a table."""
    naming = [_naming(one) for one in cut.split("+")]
    return lambda key: " · ".join(say(part) for say, part in zip(naming, key, strict=True))


def _naming(cut: str) -> Callable[[object], str]:
    if cut == "provider":
        who = {one.pk: one.name for one in Provider.objects.only("first_name", "last_name", "credential")}
        return lambda pk: who.get(pk, "No provider")  # type: ignore[call-overload]  # a key of the database
    if cut in {"type", "reason"}:
        rows = VisitType.objects.values_list("pk", "name") if cut == "type" else _reasons()
        known = dict(rows)
        return lambda pk: known.get(pk, "No reason given")  # type: ignore[call-overload]  # as above
    return {
        "weekday": lambda n: WEEKDAYS[int(str(n))],
        "hour": lambda n: hour_words(int(str(n))),
        "lead": lambda n: lead_words(int(str(n))),
        "day": lambda text: f"{(day := date.fromisoformat(str(text))):%a, %b} {day.day}",
        "told": lambda flag: REMINDED[int(str(flag))],
        "initiator": lambda code: INITIATORS.get(str(code), "Not said"),
    }[cut]


def _reasons() -> Iterable[tuple[int, str]]:
    return CancelReason.objects.values_list("pk", "words")


def _in_order(found: dict[Key, T]) -> list[tuple[Key, T]]:
    return sorted(found.items(), key=lambda pair: [(part is None, part or 0) for part in pair[0]])
