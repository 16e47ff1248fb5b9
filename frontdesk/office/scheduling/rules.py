"""Pure rules of the book: when a resource is open, and for whom a visit is. No database, no clock."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from frontdesk.office.scheduling import bits

EARLIER, DIED = "pt-earlier", "pt-died"
# Why visits are cancelled or moved, as a practice begins: one letter, code, whose side the reason lies on, words.
USUAL_REASONS = (
    ("i", "pt-sick", "patient", "Patient is ill"),
    ("b", "pt-busy", "patient", "Something else came up"),
    ("t", "pt-transport", "patient", "No transport"),
    ("f", "pt-better", "patient", "Feels better, no longer needs it"),
    ("c", "pt-cost", "patient", "Worried about the cost"),
    ("e", "pt-elsewhere", "patient", "Goes to another practice"),
    ("p", "prov-out", "provider", "Provider is out"),
    ("l", "prov-late", "provider", "Provider is held up"),
    ("o", "prov-order", "provider", "Provider asked for another kind of visit"),
    ("x", "org-closed", "organization", "Practice is closed"),
    ("w", "org-weather", "organization", "Weather"),
    ("m", "org-error", "organization", "Booked by mistake"),
    ("a", EARLIER, "patient", "Can come earlier"),
    ("d", DIED, "patient", "Patient has died"),
)


@dataclass(frozen=True, slots=True)
class Block:
    """One line of a template: on this weekday, from–to in wall time, for this lane, in these weeks."""

    weekday: int
    begins: time
    ends: time
    weeks: str
    lane_id: int
    effective_from: date
    effective_until: date | None


@dataclass(frozen=True, slots=True)
class Away:
    """Time off from moment to moment (UTC); with `lane_id` it is the other way round: open beyond the template."""

    begins: datetime
    ends: datetime
    lane_id: int | None = None


def holds_in_week(weeks: str, day: date) -> bool:
    """Say whether a pattern of weeks ("every", "odd", "even", "1" to "5") holds on `day`."""
    if weeks in {"odd", "even"}:
        return day.isocalendar().week % 2 == (1 if weeks == "odd" else 0)
    return weeks == "every" or (day.day - 1) // 7 + 1 == int(weeks)


def applies(block: Block, day: date) -> bool:
    """Say whether a block holds on `day`."""
    ended = block.effective_until is not None and day > block.effective_until
    return (
        block.weekday == day.weekday()
        and block.effective_from <= day
        and not ended
        and holds_in_week(block.weeks, day)
    )


def open_cells(
    day: date,
    zone: str,
    blocks: Iterable[Block],
    away: Iterable[Away],
    hours: Iterable[tuple[time, time]] | None,
    *,
    holiday: bool,
) -> dict[int, int]:
    """Return for each lane the cells of `day` that are open.

    `hours` are the location's opening hours of that weekday; None when it has none on file, which limits nothing.
    """
    gone = list(away)
    open_now: dict[int, int] = {}
    if not holiday:
        allowed = _within(day, zone, hours)
        for block in blocks:
            if applies(block, day):
                here = _stretch(day, zone, block.begins, block.ends) & allowed
                open_now[block.lane_id] = open_now.get(block.lane_id, 0) | here
    for extra in gone:
        if extra.lane_id is not None:
            open_now[extra.lane_id] = open_now.get(extra.lane_id, 0) | _between(
                day, zone, extra.begins, extra.ends
            )
    off = 0
    for one in gone:
        if one.lane_id is None:
            off |= _between(day, zone, one.begins, one.ends)
    return {lane: cells & ~off for lane, cells in open_now.items() if cells & ~off}


def may_have(
    name: str, min_age: int | None, max_age: int | None, sex: str, *, age: int, patient_sex: str
) -> list[str]:
    """Return why somebody of this age and sex may not have a visit of this kind; empty when they may."""
    why = []
    if min_age is not None and age < min_age:
        why.append(f"{name} is for patients of {min_age} years and older.")
    if max_age is not None and age > max_age:
        why.append(f"{name} is for patients up to {max_age} years old.")
    if sex and patient_sex in {"female", "male"} and patient_sex != sex:
        why.append(f"{name} is for {sex} patients.")
    return why


def _within(day: date, zone: str, hours: Iterable[tuple[time, time]] | None) -> int:
    if hours is None:
        return bits.span(0, bits.length(day, zone))
    allowed = 0
    for opens, closes in hours:
        allowed |= _stretch(day, zone, opens, closes)
    return allowed


def _stretch(day: date, zone: str, begins: time, ends: time) -> int:
    first = bits.edge(datetime.combine(day, begins), day, zone)
    last = bits.edge(datetime.combine(day, ends), day, zone)
    return bits.span(first, last - first)


def _between(day: date, zone: str, begins: datetime, ends: datetime) -> int:
    size = bits.length(day, zone)
    first = max(0, bits.cell_at(begins, day, zone))
    last = min(size, bits.cell_at(ends + timedelta(seconds=bits.SECONDS - 1), day, zone))
    return bits.span(first, last - first)


# ---- figures ---------------------------------------------------------------------------------------------------

SMALL = 20
"""Below so many visits a rate or a median says little, and that is said beside it."""
# (words, from, to): how long before its time a visit was booked, in days of 24 hours. None: without end.
LEADS: tuple[tuple[str, int, int | None], ...] = (
    ("Under a day", 0, 0),
    ("1–2 days", 1, 2),
    ("3–7 days", 3, 7),
    ("1–2 weeks", 8, 14),
    ("2–4 weeks", 15, 28),
    ("Over 4 weeks", 29, None),
)


@dataclass(frozen=True, slots=True)
class Rate:
    """So many `hits` of so many."""

    hits: int = 0
    of: int = 0

    @property
    def share(self) -> float | None:
        """Return the part, from 0 to 1 (above it where more is booked than open); None of nothing."""
        return self.hits / self.of if self.of else None

    def __add__(self, other: "Rate") -> "Rate":
        return Rate(self.hits + other.hits, self.of + other.of)


@dataclass(frozen=True, slots=True)
class LikeForLike:
    """Two shares of groups that were made alike, and how far their difference may be chance (`give`, either way).

    `of` and `beside_of` are how many there are on either side.
    """

    share: float
    beside: float
    give: float
    of: int
    beside_of: int


def like_for_like(pairs: Iterable[tuple[Rate, Rate]]) -> LikeForLike | None:
    """Compare two groups as if both were made up as the first is; None where there is nothing to compare.

    Each pair holds what is alike (booked as far ahead): the first group's rate and the second's. The second's counts as
    often as there are of the first. Pairs of which one side is empty say nothing. `give` is half the width of the 95 %
    interval, of rates to which one of each kind was added, so that few visits do not look certain (Agresti and Caffo).
    """
    both = [(one, other) for one, other in pairs if one.of and other.of]
    whole = sum(one.of for one, _ in both)
    if not whole:
        return None
    parts = [one.of / whole for one, _ in both]
    varies = sum(
        part**2 * (_variance(one) + _variance(other)) for part, (one, other) in zip(parts, both, strict=True)
    )
    return LikeForLike(
        share=sum(one.hits for one, _ in both) / whole,
        beside=sum(part * other.hits / other.of for part, (_, other) in zip(parts, both, strict=True)),
        give=1.96 * varies**0.5,
        of=whole,
        beside_of=sum(other.of for _, other in both),
    )


def _variance(rate: Rate) -> float:
    share = (rate.hits + 1) / (rate.of + 2)
    return share * (1 - share) / (rate.of + 2)


def percentile(histogram: Mapping[int, int], percent: int) -> int | None:
    """Return the smallest value that at least `percent` of a hundred do not exceed; None of nothing.

    `histogram` says of each value how often it came. This is the nearest rank: always a value that really came.
    """
    rank = -(-sum(histogram.values()) * percent // 100)
    for value in sorted(histogram):
        rank -= histogram[value]
        if rank <= 0 and histogram[value]:
            return value
    return None


def bucket_of(value: int, buckets: Sequence[tuple[str, int | None, int | None]]) -> int:
    """Return the place of the bucket a value lies in; the nearest when it lies before the first."""
    return next((n for n, (_, _, upto) in enumerate(buckets) if upto is None or value <= upto), 0)


def same_length_before(first: date, last: date) -> tuple[date, date]:
    """Return the days a period is compared with: as many, and on the same weekdays where that is a few days off.

    A period of less than four weeks is compared with the one whole weeks before it, so that no Monday is held
    against a Sunday; a whole month with the month before.
    """
    following = last + timedelta(days=1)
    if first.day == 1 and following.day == 1:
        months = (following.year - first.year) * 12 + following.month - first.month
        count = first.year * 12 + first.month - 1 - months
        return date(count // 12, count % 12 + 1, 1), first - timedelta(days=1)
    weeks = -(-((last - first).days + 1) // 7)
    return first - timedelta(weeks=weeks), last - timedelta(weeks=weeks)
