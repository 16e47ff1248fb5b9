"""Who waits for a time, who is due for one, and how a freed time fits each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from frontdesk.kit import clock, walltime
from frontdesk.kit.actor import Actor
from frontdesk.office.practice.models import Location
from frontdesk.office.scheduling import solver
from frontdesk.office.scheduling.models import (
    ContactAttempt,
    Recall,
    RescueItem,
    RescueSheet,
    VisitStep,
    WaitlistEntry,
)
from frontdesk.office.scheduling.queries.veiling import veil, veiled
from frontdesk.office.scheduling.queries.visits import stranded_rows

# What a day of waiting, a step of urgency and a good fit weigh against each other.
URGENCY = 40.0
PER_DAY = 1.0
MOST_DAYS = 60
FIT = 10.0
DECLINED = 5.0

# Those whose visit takes a provider's time: a provider's freed time is no use to the others, nor the other way round.
_STEPS = VisitStep.objects.filter(visit_type=OuterRef("visit_type"))
_WITH_PROVIDER = Exists(_STEPS.filter(pool=solver.PROVIDER)) | ~Exists(_STEPS)


@dataclass(frozen=True, slots=True)
class Freed:
    """A time that came free: `starts` in UTC, `minutes` long."""

    location_id: int
    provider_id: int | None
    starts: datetime
    minutes: int
    zone: str


@dataclass(frozen=True, slots=True)
class Match:
    """Someone who waits and whom the freed time suits; the higher `score`, the sooner to call. `why` in words."""

    entry: WaitlistEntry
    score: float
    why: tuple[str, ...]


def waitlist_matches(
    location_id: int, provider_id: int | None, minutes: int, starts: datetime, *, limit: int = 10
) -> list[Match]:
    """Return those whom a freed time suits, best first. It is for offering; nothing is booked."""
    zone = Location.objects.values_list("zone", flat=True).get(pk=location_id)
    freed = Freed(location_id, provider_id, starts, minutes, zone)
    entries = WaitlistEntry.objects.filter(
        Q(location=None) | Q(location=location_id),
        Q(provider=None) | Q(provider=provider_id),
        Q(until=None) | Q(until__gte=walltime.to_wall(starts, zone).date()),
        status=WaitlistEntry.Status.WAITING,
        patient__is_deceased=False,
        visit_type__minutes__lte=minutes,
        visit_type__is_active=True,
    ).select_related("patient", "visit_type", "provider", "appointment")
    if provider_id is None:
        entries = entries.exclude(_WITH_PROVIDER)
    else:
        entries = entries.filter(_WITH_PROVIDER)
    now = clock.now()
    matches = [Match(entry, *score(entry, freed, now)) for entry in entries if suits(entry, freed, now)]
    best = sorted(matches, key=lambda match: (-match.score, match.entry.added_at, match.entry.pk))[:limit]
    veiled(match.entry for match in best)
    return best


def suits(entry: WaitlistEntry, freed: Freed, now: datetime) -> bool:
    """Say whether the time is one the patient can come: notice, weekday, time of day, earlier than what they have."""
    wall = walltime.to_wall(freed.starts, freed.zone)
    return (
        freed.starts - now >= timedelta(hours=entry.needs_hours)
        and (not entry.weekdays or wall.weekday() in entry.weekdays)
        and (entry.time_from is None or wall.time() >= entry.time_from)
        and (entry.time_to is None or wall.time() < entry.time_to)
        and (entry.appointment is None or freed.starts < entry.appointment.starts)
    )


def score(entry: WaitlistEntry, freed: Freed, now: datetime) -> tuple[float, tuple[str, ...]]:
    """Weigh urgency, days waited and fit; return the score and its reasons in words. Pure."""
    days = min((now - entry.added_at).days, MOST_DAYS)
    points = URGENCY * entry.urgency + PER_DAY * days - DECLINED * entry.declined
    why = [("", "soon", "urgent")[min(entry.urgency, 2)], f"waiting {days} days" if days else "added today"]
    if entry.provider_id is not None and entry.provider_id == freed.provider_id:
        points += FIT
        why.append("asked for this provider")
    # A time that is used up entirely leaves no gap behind.
    points += FIT * entry.visit_type.minutes / freed.minutes
    if entry.visit_type.minutes == freed.minutes:
        why.append("fills the time")
    return points, tuple(word for word in why if word)


def waitlist(*, location_id: int | None = None, limit: int = 200) -> list[WaitlistEntry]:
    """Return who waits, the most urgent and longest waiting first."""
    rows = _waiting(location_id).select_related(
        "patient", "visit_type", "provider", "location", "appointment"
    )
    return veiled(rows.defer("patient__photo").order_by("-urgency", "added_at")[:limit])


def waiting_entry(by: Actor, entry_id: int) -> WaitlistEntry | None:
    """Return a line of the waitlist that is still open, with what is already booked for it; none of another site."""
    related = ("patient", "visit_type", "provider", "location", "appointment")
    rows = _waiting(None).select_related(*related).defer("patient__photo")
    found = rows.filter(pk=entry_id).first()
    return veil(found) if found and by.works_at(found.location_id) else None


def _waiting(location_id: int | None) -> QuerySet[WaitlistEntry]:
    open_ = WaitlistEntry.objects.filter(status__in=("waiting", "offered"), patient__is_deceased=False)
    return open_ if location_id is None else open_.filter(Q(location=None) | Q(location=location_id))


def recalls_due(by_day: date, *, provider_id: int | None = None, limit: int = 200) -> list[Recall]:
    """Return the recalls due up to `by_day` and not booked yet, longest overdue first."""
    due = Recall.objects.filter(closed_at=None, patient__is_deceased=False, due__lte=by_day)
    if provider_id is not None:
        due = due.filter(provider=provider_id)
    rows = due.select_related("patient", "visit_type", "provider").defer("patient__photo")
    return veiled(rows.order_by("due", "pk")[:limit])


def how_much_waits(location_id: int, today: date, most: int) -> tuple[int, int, int]:
    """Return how many wait for a time here, are due for a recall, and are booked outside open hours.

    Counting ends at `most`: a desk needs to know that there are many, not how many.
    """
    due = Recall.objects.filter(closed_at=None, patient__is_deceased=False, due__lte=today)
    lost = stranded_rows(location_id)
    return _waiting(location_id)[:most].count(), due[:most].count(), lost[:most].count()


def attempts_about(refs: Sequence[str]) -> dict[str, list[ContactAttempt]]:
    """Return who was tried for each of `refs` (Ref texts), newest first."""
    found: dict[str, list[ContactAttempt]] = {ref: [] for ref in refs}
    for attempt in ContactAttempt.objects.filter(about__in=refs).order_by("-at", "-pk"):
        found[attempt.about].append(attempt)
    return found


def rescue_items(by: Actor, sheet_id: int) -> list[RescueItem]:
    """Return everyone on a rescue sheet who was to come to a site where `by` works, by the time that is lost."""
    rows = RescueItem.objects.filter(sheet=sheet_id).select_related(
        "appointment__patient",
        "appointment__visit_type",
        "appointment__provider",
        "appointment__location",
        "proposed_provider",
        "proposed_location",
        "settled_by",
    )
    if by.sites is not None:
        rows = rows.filter(appointment__location__in=by.sites)
    found = list(rows.order_by("appointment__starts", "pk"))
    veiled(one.appointment for one in found)
    return found


def open_rescue_sheet(provider_id: int, first_day: date, last_day: date) -> RescueSheet | None:
    """Return the sheet that is still being worked for any of those days of a provider."""
    rows = RescueSheet.objects.filter(provider=provider_id, closed_at=None)
    return rows.filter(first_day__lte=last_day, last_day__gte=first_day).order_by("pk").first()


def rescue_progress(sheet_id: int) -> dict[str, int]:
    """Return how many of a sheet's patients are open, moved, cancelled, kept."""
    counts = dict.fromkeys(RescueItem.Status.values, 0)
    for status in RescueItem.objects.filter(sheet=sheet_id).values_list("status", flat=True):
        counts[status] += 1
    return counts
