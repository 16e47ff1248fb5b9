"""Find a time: the finder on its page and beside a patient, what it finds, and why a wished time is refused."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpResponse

from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, page
from frontdesk.entrypoints.desk.scheduling.asking import LIMIT, Conditions, read_conditions
from frontdesk.entrypoints.desk.scheduling.days import read_day
from frontdesk.entrypoints.desk.scheduling.line import read_clock
from frontdesk.entrypoints.desk.scheduling.panels import panel
from frontdesk.entrypoints.desk.scheduling.tokens import write_token
from frontdesk.entrypoints.desk.scheduling.wording import short_day
from frontdesk.entrypoints.desk.templating import us_date, wall_time
from frontdesk.kit.errors import Refusal
from frontdesk.kit.permissions import ROLES, declared
from frontdesk.kit.walltime import to_utc, to_wall
from frontdesk.office.patients import services as patients
from frontdesk.office.practice.queries import closed_for
from frontdesk.office.scheduling import queries
from frontdesk.office.scheduling import services as scheduling
from frontdesk.office.scheduling.errors import LimitNotMet
from frontdesk.office.scheduling.services import Offer

# How many times more are asked for than are said, as those that overlap are left out.
SPARE = 4


@dataclass(frozen=True, slots=True)
class Time:
    """One time on offer, as it is shown and said."""

    token: str
    spoken: str
    time: str
    day: str
    who: str
    where: str
    chips: tuple[str, ...]


@desk_view()
def openings(request: DeskRequest) -> HttpResponse:
    """Show the finder, or the part of it that was asked for again."""
    f = read_conditions(request, request.GET)
    p = "b-" if request.GET.get("p") == "b-" else ""
    values = {"f": f, "p": p, "found": search(request, f, p)}
    target = request.headers.get("HX-Target", "")
    if request.is_fragment and target == f"{p}found":
        return page(request, "desk/scheduling/_found.html", values)
    f.take_focus = bool(f.type_id)
    if request.is_fragment and target == f"{p}finder":
        return page(request, "desk/scheduling/_finder.html", values)
    return page(request, "desk/scheduling/openings.html", values)


@desk_view()
def book_for(request: DeskRequest, patient_id: int) -> HttpResponse:
    """Open the finder for one patient, beside whatever was going on."""
    patients.open_chart(request.actor, patient_id, purpose="booking")
    f = read_conditions(request, request.GET, patient_id)
    f.take_focus = bool(f.type_id)
    values = {"f": f, "found": search(request, f, "b-")}
    return panel(request, "desk/scheduling/book_panel.html", values, title="Book a visit")


def search(request: DeskRequest, f: Conditions, p: str = "") -> list[Time] | None:
    """Return the earliest times for the conditions; None before a visit type is known."""
    if not f.type_id or f.errors:
        return None
    if f.wish:
        _explain_wish(request, f)
    try:
        found = apart(scheduling.find_openings(request.actor, ask=f.ask(LIMIT * SPARE)).offers, LIMIT)
    except Refusal as refusal:
        f.none_words = refusal.sentence
        f.instead = _instead(f) if isinstance(refusal, LimitNotMet) else []
        return []
    f.none_words = _nothing(f)
    if len(found) >= LIMIT:
        f.later = f.query(**{"from": us_date(found[-1].wall.date() + timedelta(days=1)), "p": p})
    return [time_of(offer, f.locations) for offer in found]


def _nothing(f: Conditions) -> str:
    """Say that nothing was found; of a single day also that the practice is closed then."""
    closed = closed_for(f.from_day, f.location_ids) if f.from_day and f.from_day == f.to_day else ""
    return f"The office is closed for {closed}." if closed else "Nothing is free under these conditions."


def _instead(f: Conditions) -> list[tuple[str, str]]:
    """Return what the patient may have in place of a visit that is not for them, as pairs of words and query."""
    kinds = queries.kinds_for(f.patient.id, f.from_day or f.today) if f.patient else []
    return [(kind.name, f.query(type=kind.pk)) for kind in kinds]


def apart(offers: Iterable[Offer], most: int) -> list[Offer]:
    """Return up to `most` offers that do not overlap another of the same provider: what is worth saying aloud."""
    said: list[Offer] = []
    for one in offers:
        near = any(
            o.provider_id == one.provider_id and one.starts < o.ends and o.starts < one.ends for o in said
        )
        if not near and len(said) < most:
            said.append(one)
    return said


def time_of(offer: Offer, locations: list[tuple[int, str]]) -> Time:
    """Put an offer into the words of the screen."""
    return Time(
        token=write_token(offer.starts, offer.provider_id, offer.location_id),
        spoken=offer.spoken,
        time=offer.clock,
        day=short_day(offer.wall.date()),
        who=offer.provider_name,
        where=dict(locations).get(offer.location_id, "") if len(locations) > 1 else "",
        chips=(),
    )


def _explain_wish(request: DeskRequest, f: Conditions) -> None:
    """Say what stands against the wished time, and by whose right it might be taken all the same."""
    at = _wished(request, f)
    if at is None:
        f.errors["wish"] = "Say a day and a time: fri 9:00."
        return
    wall = to_wall(at, request.location.zone)
    f.wish_words = f"{short_day(wall.date())} at {wall_time(wall)}"
    blockers = scheduling.why_not(request.actor, ask=f.ask(), starts=at)
    f.blockers = [{"words": one.words, "who": _who_may(request, one.permission)} for one in blockers]
    if blockers and all(one.permission and request.actor.can(one.permission) for one in blockers):
        f.wish_hold = write_token(at, f.provider_id, f.location_id or request.location.pk)


def _who_may(request: DeskRequest, permission: str) -> str:
    """Say who may override a rule: oneself, or which roles; nothing when nobody may."""
    known = declared().get(permission)
    if known is None:
        return ""
    if request.actor.can(permission):
        return "You may override this, with a reason."
    roles = [ROLES[role] for role in ROLES if role in known.roles]
    return f"May be overridden by: {', '.join(roles)}."


def _wished(request: DeskRequest, f: Conditions) -> datetime | None:
    words = f.wish.lower().replace(" at ", " ").replace(" am", "am").replace(" pm", "pm").split()
    times = [at for at in map(read_clock, words[-1:]) if at]
    day = read_day(" ".join(words[:-1]), f.today) if len(words) > 1 else f.from_day or f.today
    if not times or day is None:
        return None
    try:
        return to_utc(datetime.combine(day, times[0]), request.location.zone)
    except Refusal:
        return None
