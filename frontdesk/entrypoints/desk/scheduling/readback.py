"""The card after each deed: who, what, when, where, come by, bring; worded to be read to the caller."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from frontdesk.entrypoints.desk.http import DeskRequest
from frontdesk.entrypoints.desk.referrals.cautions import after_booking, after_series
from frontdesk.entrypoints.desk.scheduling.matches import Match, matches_for
from frontdesk.entrypoints.desk.scheduling.people import Person, person
from frontdesk.entrypoints.desk.scheduling.tokens import write_token
from frontdesk.entrypoints.desk.scheduling.wording import how_many, said_day, said_time, when
from frontdesk.entrypoints.desk.templating import phone, wall_time
from frontdesk.kit.walltime import to_wall
from frontdesk.office.scheduling.models import Appointment


@dataclass(frozen=True, slots=True)
class Next:
    """A thing to do next, under a letter; `post` makes it a deed of its own."""

    label: str
    href: str
    key: str
    picture: str = ""
    post: bool = False
    primary: bool = False


@dataclass(frozen=True, slots=True)
class Readback:
    """What the panel shows and says."""

    title: str
    note: str
    say: str
    rows: list[tuple[str, str]]
    patient_id: int
    buttons: tuple[Next, ...] = ()
    tone: str = "good"
    picture: str = "circle-check"
    matches: list[Match] = field(default_factory=list)
    warnings: tuple[str, ...] = ()

    @property
    def has_primary(self) -> bool:
        return any(one.primary for one in self.buttons)


def booked(
    request: DeskRequest, made: Appointment, *, people_left: int = 0, title: str = "Booked"
) -> Readback:
    """Return the card of a new appointment, or of one in its new place."""
    who = person(request, made.patient_id)
    again = (
        [Next("Undo", f"/appointments/{made.pk}/undo", "u", "undo-2", post=True)] if made.replaces_id else []
    )
    family = _family(made, people_left)
    uses, warned = after_booking(request, made)
    mend = (
        [Next("Referrals", f"/patients/{made.patient_id}/referrals/add?for={made.pk}", "f", "plus")]
        if warned
        else []
    )
    buttons = (*family, *again, *mend, Next("Open it", f"/appointments/{made.pk}", "v", "calendar"))
    return Readback(
        title,
        who.shown,
        _said(who, made),
        [*_rows(made), *uses],
        made.patient_id,
        buttons,
        warnings=warned,
    )


def series_booked(request: DeskRequest, made: Sequence[Appointment]) -> Readback:
    """Return the card of a series, each date named."""
    who, first = person(request, made[0].patient_id), made[0]
    days = ", ".join(said_day(_wall(one).date()) for one in made)
    rows = [(f"Visit {n}", when(one.starts, one.zone)) for n, one in enumerate(made, 1)]
    say = f"{who.you_are} booked {how_many(len(made), 'time')}, at {said_time(_wall(first))}{_with(first)}: {days}."
    return Readback(
        f"Booked {how_many(len(made), 'visit')}",
        who.shown,
        say,
        rows,
        who.id,
        (Next("Open the first", f"/appointments/{first.pk}", "v", "calendar"),),
        warnings=after_series(request, made),
    )


def moved(request: DeskRequest, made: Appointment) -> Readback:
    """Return the card of a visit in its new place; the old time is offered to those who wait."""
    card = booked(request, made, title="Moved")
    old = made.replaces
    matches = matches_for(old) if old else []
    return Readback(
        card.title,
        card.note,
        card.say.replace("are booked for", "are now booked for").replace(
            "is booked for", "is now booked for"
        ),
        card.rows,
        card.patient_id,
        card.buttons,
        matches=matches,
        warnings=card.warnings,
    )


def moved_series(request: DeskRequest, made: Sequence[Appointment]) -> Readback:
    """Return the card of a series that moved, the visit it began with first, each date named."""
    card = moved(request, made[0])
    rows = [(f"Visit {n}", when(one.starts, one.zone)) for n, one in enumerate(made, 1)]
    say = (
        f"{card.say} {how_many(len(made) - 1, 'other visit')} of the series moved along."
        if made[1:]
        else card.say
    )
    title = f"Moved {how_many(len(made), 'visit')}"
    return replace(card, title=title, say=say, rows=rows, warnings=after_series(request, made))


def cancelled(request: DeskRequest, gone: Sequence[Appointment]) -> Readback:
    """Return the card of a cancelled visit: rebook at once, or offer the time to who waits."""
    one = gone[0]
    who = person(request, one.patient_id)
    many = f" and {how_many(len(gone) - 1, 'later visit')}" if len(gone) > 1 else ""
    say = f"{who.your} visit on {said_day(_wall(one).date())} at {said_time(_wall(one))}{many} is cancelled. Shall I find you another time?"
    rebook = f"/patients/{one.patient_id}/book?type={one.visit_type_id}" + (
        f"&provider={one.provider_id}" if one.provider_id else ""
    )
    buttons = (
        Next("Rebook now", rebook, "y", "calendar-plus", primary=True),
        Next("Undo", f"/appointments/{one.pk}/undo", "u", "undo-2", post=True),
    )
    rows = [("Reason", one.cancel_reason.words if one.cancel_reason else "")]
    return Readback(
        "Cancelled", who.shown, say, rows, who.id, buttons, picture="calendar-x", matches=matches_for(one)
    )


def card_said(request: DeskRequest, one: Appointment) -> Readback:
    """Return what to read to a caller who asks when they are booked."""
    who = person(request, one.patient_id)
    said = _said(who, one)
    return Readback(
        "Read back",
        who.shown,
        said,
        _rows(one),
        who.id,
        (Next("Back", f"/appointments/{one.pk}", "v", "arrow-left"),),
        picture="message-square",
    )


def _family(made: Appointment, people_left: int) -> tuple[Next, ...]:
    if people_left < 1:
        return ()
    token = write_token(made.ends, made.provider_id, made.location_id)
    label = f"Next of the family at {wall_time(to_wall(made.ends, made.zone))}"
    return (
        Next(
            label,
            f"/openings/slot?offer={token}&type={made.visit_type_id}&people={people_left}",
            "n",
            "users",
            primary=True,
        ),
    )


def _said(who: Person, one: Appointment) -> str:
    """Speak to the patient; of a child, to whoever calls."""
    return f"{who.you_are} booked for {_spoken(one)}"


def _spoken(one: Appointment) -> str:
    wall = _wall(one)
    kind, site = one.visit_type, one.location
    words = f"{said_day(wall.date())} at {said_time(wall)}{_with(one)}, at {site.name}."
    if kind.arrive_early_minutes and not kind.telehealth:
        words += f" Please be here at {wall_time(wall - timedelta(minutes=kind.arrive_early_minutes))}."
    return f"{words} {one.patient_instructions}".strip()


def _rows(one: Appointment) -> list[tuple[str, str]]:
    site = one.location
    rows = [
        ("What", f"{one.visit_type.name}, {int((one.ends - one.starts).total_seconds() // 60)} minutes"),
        ("When", when(one.starts, one.zone)),
        ("Where", ", ".join(part for part in (site.name, site.line, site.city) if part)),
        ("Getting there", site.directions),
        ("Questions", phone(site.phone)),
    ]
    return [(name, words) for name, words in rows if words]


def _with(one: Appointment) -> str:
    return f" with {one.provider.spoken_name}" if one.provider else ""


def _wall(one: Appointment) -> datetime:
    return to_wall(one.starts, one.zone)
