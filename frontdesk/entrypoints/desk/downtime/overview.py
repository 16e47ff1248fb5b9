"""The page of downtime: enter a form by its number, how far a day has come, and the packs that lie ready."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse

from frontdesk.entrypoints.desk.downtime.wording import Line, line
from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, page
from frontdesk.entrypoints.desk.scheduling.wording import short_day
from frontdesk.entrypoints.desk.templating import wall_time
from frontdesk.exchange.downtime import sealing, writing
from frontdesk.kit import clock
from frontdesk.kit.errors import NotFound
from frontdesk.kit.walltime import to_wall
from frontdesk.office.downtime import services
from frontdesk.office.downtime.queries import Recovery
from frontdesk.office.practice.models import Location

DAYS = 4
SHOWN = 4


@dataclass(frozen=True, slots=True)
class Ready:
    """A pack that can be taken along."""

    as_of: str
    day: str
    age: str
    is_late: bool
    stamp: str
    sizes: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a day has come, in words and lines."""

    words: str
    parts: list[str]
    done: int
    due: int
    missing: list[Line]
    entered: list[Line]


@desk_view()
def downtime(request: DeskRequest) -> HttpResponse:
    """Show the page, for today or a day just past."""
    return show(request)


def show(
    request: DeskRequest, *, number: str = "", problem: str = "", code: str = "", status: int = 200
) -> HttpResponse:
    """Draw the page; `problem` stands beside the number that was typed."""
    today = clock.today(request.location.zone)
    days = [today - timedelta(days=back) for back in range(DAYS)]
    day = next(
        (one for one in days if one.isoformat() == (request.GET.get("day") or request.POST.get("day"))), today
    )
    progress = None
    if request.actor.can("downtime.enter"):
        found = services.open_recovery(request.actor, location_id=request.location.pk, day=day)
        progress = _progress(found)
    context = {
        "day": day.isoformat(), "days": [(one.isoformat(), _day(one, today)) for one in days], "day_words": _day(day, today),
        "p": progress, "number": number, "problem": problem, "code": code,
        "may_void": request.actor.can("downtime.void"), "may_take": request.actor.can("downtime.take_pack"),
        **_packs(request),
    }  # fmt: skip
    return page(request, "desk/downtime/downtime.html", context, status=status)


@desk_view()
def take(request: DeskRequest, location_id: int, stamp: str, kind: str) -> HttpResponse:
    """Hand a pack over as a file to keep; it is never opened inside this site."""
    site = next((one for one in request.sites if one.pk == location_id), None)
    packs = writing.packs_of(_folder(), site) if site else []
    pack = next((one for one in packs if _stamp(one) == stamp), None)
    if site is None or pack is None or kind not in writing.KINDS:
        msg = "There is no such pack any more. Take the newest one."
        raise NotFound(msg)
    services.take_pack(request.actor, location_id=site.pk, as_of=pack.as_of, kind=kind)
    name = writing.download_name(pack, site, kind)
    return HttpResponse(
        pack.file(kind).read_bytes(),
        content_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _packs(request: DeskRequest) -> dict[str, object]:
    site = request.location
    has_passphrase = sealing.kept(_folder()) is not None
    packs = [_ready(one, site) for one in writing.packs_of(_folder(), site)[:SHOWN]]
    return {
        "has_passphrase": has_passphrase,
        "packs": packs,
        "copy_trouble": writing.copy_trouble(_folder(), site),
    }


def _ready(pack: writing.Written, site: Location) -> Ready:
    wall = to_wall(pack.as_of, site.zone)
    minutes = int((clock.now() - pack.as_of).total_seconds() // 60)
    age = f"{minutes} min ago" if minutes < 120 else f"{minutes // 60} hours ago"
    sizes = [(kind, f"{size / 1_000_000:.1f} MB") for kind, size in pack.sizes.items()]
    return Ready(wall_time(wall), short_day(wall.date()), age, pack.is_late, _stamp(pack), sizes)


def _stamp(pack: writing.Written) -> str:
    return f"{pack.as_of:%Y%m%d-%H%M%S}"


def _progress(found: Recovery) -> Progress:
    counts = (
        (len(found.entered), "from paper"),
        (len(found.on_screen), "on the screen"),
        (len(found.missing), "missing"),
        (len(found.walk_ins), "walk-ins from paper"),
        (found.blanks_left, "forms without a name not used"),
        (found.void, "void"),
        (len(found.later), "still to come"),
    )
    parts = [f"{count} {what}" for count, what in counts if count]
    return Progress(
        words=f"{found.done} of {found.due} entered" if found.due else "No visit was due yet",
        parts=parts,
        done=found.done,
        due=found.due,
        missing=[line(one) for one in found.missing],
        entered=[line(one) for one in [*found.entered, *found.walk_ins]],
    )


def _day(day: date, today: date) -> str:
    return "Today" if day == today else "Yesterday" if day == today - timedelta(days=1) else short_day(day)


def _folder() -> Path:
    return Path(settings.FRONTDESK_DATA) / "downtime"
