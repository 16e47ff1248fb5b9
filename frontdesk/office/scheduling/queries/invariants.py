"""What must always be true of the appointment book, proved from its rows.

Each proof reads the tables in one pass, sorted by the database and streamed, so that it copes with millions of
appointments; it returns a sentence for each breach (row ids, no particulars), at most `SHOWN` of them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import groupby, islice

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q

from frontdesk.kit import walltime
from frontdesk.office.scheduling.models import Appointment, Claim, DaySheet, Leg, RescueItem, Resource
from frontdesk.office.scheduling.services._claims import CELL_SECONDS, Cells, cell_after, cell_of

SHOWN = 100
# A claimed run of cells: leg, resource, seat, how many, first, last.
Run = tuple[int, int, int, int, int, int]


def invariants() -> dict[str, Callable[[], list[str]]]:
    """Return the proofs by name; each returns its breaches, none when the book is sound."""
    return {
        "scheduling.claims_are_the_legs": _proof(_claims_are_the_legs),
        "scheduling.no_cell_given_twice": _proof(_no_cell_given_twice),
        "scheduling.no_overlap": _proof(_no_overlap),
        "scheduling.sheets_are_the_claims": _proof(_sheets_are_the_claims),
        "scheduling.wall_time_is_utc": _proof(_wall_time_is_utc),
        "scheduling.legs_inside_their_visit": _proof(_legs_inside_their_visit),
        "scheduling.providers_take_part": _proof(_providers_take_part),
        "scheduling.cancelled_hold_nothing": _proof(_cancelled_hold_nothing),
        "scheduling.moves_are_linked": _proof(_moves_are_linked),
        "scheduling.rescue_lines_are_of_visits_that_stand": _proof(_rescue_lines_stand),
    }


def _proof(find: Callable[[], Iterable[str]]) -> Callable[[], list[str]]:
    return lambda: list(islice(find(), SHOWN))


def _claims_are_the_legs() -> Iterator[str]:
    """Walk legs and claimed runs side by side, both by leg: every leg that holds has its runs, no other has any."""
    where = _Places()
    runs = groupby(_runs(), key=lambda run: run[0])
    claimed = next(runs, None)
    for pk, resource, seat, starts, ends, active in _legs("pk"):
        while claimed is not None and claimed[0] < pk:
            claimed = next(runs, None)
        found = set()
        if claimed is not None and claimed[0] == pk:
            found = {run[1:] for run in claimed[1]}
            claimed = next(runs, None)
        first, after = cell_of(starts), cell_after(ends)
        wanted = {(other, seat, after - first, first, after - 1) for other in where.taken_with(resource)}
        if found != (wanted if active else set()):
            yield (
                f"leg {pk}: its claims are not its time"
                if active
                else f"leg {pk}: claims time, though it is over"
            )


def _no_cell_given_twice() -> Iterator[str]:
    twice = Claim.objects.values("resource", "cell", "seat").annotate(n=Count("pk")).filter(n__gt=1)
    for row in twice.order_by("resource", "cell").iterator():
        at = datetime.fromtimestamp(row["cell"] * CELL_SECONDS, UTC)
        yield f"resource {row['resource']}, seat {row['seat']}, {at:%Y-%m-%d %H:%M} UTC: given {row['n']} times"


def _no_overlap() -> Iterator[str]:
    """Recompute overlaps from the legs alone, without looking at a claim: per person or thing, and seat."""
    where = _Places()
    until: dict[tuple[object, int], tuple[datetime, int]] = {}
    for pk, resource, seat, starts, ends, active in _legs("starts"):
        if not active:
            continue
        key = (where.who(resource), seat)
        before = until.get(key)
        if before is not None and starts < before[0]:
            yield f"legs {before[1]} and {pk} overlap on resource {resource}, seat {seat}"
        if before is None or ends > before[0]:
            until[key] = (ends, pk)


def _sheets_are_the_claims() -> Iterator[str]:
    wanted = sheets_wanted()
    sheets = DaySheet.objects.order_by("pk").values_list("day", "resource_id", "taken")
    for day, resource, taken in sheets.iterator(chunk_size=5000):
        has = {seat: int(bits, 16) for seat, bits in taken.items() if int(bits, 16)}
        if has != dict(wanted.pop((day, resource), {})):
            yield f"the sheet of resource {resource} on {day} does not show its claims"
    for day, resource in wanted:
        yield f"resource {resource} has claims on {day} and no sheet"


def sheets_wanted() -> dict[tuple[date, int], dict[str, int]]:
    """Return what each day's sheet of each resource must show as taken, by seat, as bits: from the claims alone."""
    where = _Places()
    wanted: dict[tuple[date, int], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for _, resource, seat, _, first, last in _runs():
        for day, bits in Cells(resource, seat, first, last + 1, where.zone[resource]).by_day():
            wanted[day, resource][str(seat)] |= bits
    return wanted


def _wall_time_is_utc() -> Iterator[str]:
    rows = Appointment.objects.order_by("pk").values_list("pk", "wall", "fold", "zone", "starts")
    for pk, wall, fold, zone, starts in rows.iterator(chunk_size=10_000):
        shown = walltime.to_wall(starts, zone)
        if (shown.replace(fold=0), shown.fold) != (datetime.fromisoformat(wall), fold):
            yield f"appointment {pk}: {wall} in {zone} is not the moment it is kept under"


def _legs_inside_their_visit() -> Iterator[str]:
    outside = Leg.objects.filter(Q(starts__lt=F("appointment__starts")) | Q(ends__gt=F("appointment__ends")))
    for pk, appointment in outside.order_by("pk").values_list("pk", "appointment_id")[:SHOWN]:
        yield f"leg {pk} lies outside its appointment {appointment}"
    bare = Appointment.objects.filter(status__in=Appointment.HOLDING).exclude(
        pk__in=Leg.objects.exclude(appointment=None).values("appointment")
    )
    for pk in bare.order_by("pk").values_list("pk", flat=True)[:SHOWN]:
        yield f"appointment {pk} takes nobody's time"


def _providers_take_part() -> Iterator[str]:
    """Whom a visit is said to be with has their own time taken by it."""
    theirs = Leg.objects.filter(appointment=OuterRef("pk"), resource__provider=OuterRef("provider"))
    said = Appointment.objects.filter(status__in=Appointment.HOLDING).exclude(provider=None)
    for pk in said.exclude(Exists(theirs)).order_by("pk").values_list("pk", flat=True)[:SHOWN]:
        yield f"appointment {pk} is said to be with a provider whose time it does not take"


def _cancelled_hold_nothing() -> Iterator[str]:
    over = (Appointment.Status.CANCELLED, Appointment.Status.NO_SHOW)
    held = Claim.objects.filter(leg__appointment__status__in=over).order_by("leg__appointment")
    for pk in held.values_list("leg__appointment", flat=True).distinct()[:SHOWN]:
        yield f"appointment {pk} is over and still claims time"


def _moves_are_linked() -> Iterator[str]:
    """An appointment that was moved is cancelled, and belongs to the same patient as the one in its place."""
    moved = Appointment.objects.exclude(replaces=None)
    wrong = moved.exclude(replaces__status=Appointment.Status.CANCELLED, replaces__patient=F("patient"))
    for pk in wrong.order_by("pk").values_list("pk", flat=True)[:SHOWN]:
        yield f"appointment {pk} replaces one that still stands, or another patient's"


class _Places:
    """Which resources a leg takes, whose they are, and where: read once, as there are only hundreds."""

    def __init__(self) -> None:
        self.zone: dict[int, str] = {}
        self._who: dict[int, tuple[str, int]] = {}
        self._same: dict[tuple[str, int], list[int]] = defaultdict(list)
        rows = Resource.objects.values_list("pk", "kind", "provider_id", "location__zone")
        for pk, kind, provider, zone in rows:
            who = ("provider", provider) if kind == "provider" and provider is not None else ("resource", pk)
            self.zone[pk], self._who[pk] = zone, who
            self._same[who].append(pk)

    def who(self, resource: int) -> tuple[str, int]:
        return self._who[resource]

    def taken_with(self, resource: int) -> list[int]:
        return self._same[self._who[resource]]


def _legs(order: str) -> Iterator[tuple[int, int, int, datetime, datetime, bool]]:
    rows = Leg.objects.order_by(order).values_list(
        "pk", "resource_id", "seat", "starts", "ends", "hold_id", "appointment__status"
    )
    holding = {str(status) for status in Appointment.HOLDING}
    for pk, resource, seat, starts, ends, hold, status in rows.iterator(chunk_size=10_000):
        yield pk, resource, seat, starts, ends, hold is not None or status in holding


def _runs() -> Iterator[Run]:
    runs = Claim.objects.values_list("leg_id", "resource_id", "seat")
    counted = runs.annotate(n=Count("pk"), first=Min("cell"), last=Max("cell"))
    yield from counted.order_by("leg_id", "resource_id", "seat").iterator(chunk_size=10_000)


def _rescue_lines_stand() -> Iterator[str]:
    """Nobody is to be called about a visit that has been cancelled or missed since."""
    over = (Appointment.Status.CANCELLED, Appointment.Status.NO_SHOW)
    lines = RescueItem.objects.filter(status=RescueItem.Status.OPEN, appointment__status__in=over)
    for pk in lines.order_by("pk").values_list("pk", flat=True)[:SHOWN]:
        yield f"rescue line {pk} is open, though its visit is over"
