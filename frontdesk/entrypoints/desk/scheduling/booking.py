"""From a time on offer to a visit in the book: keep it, read it back, book it, say what was booked."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict

from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view, page
from frontdesk.entrypoints.desk.referrals.cautions import before_booking, taken_up
from frontdesk.entrypoints.desk.scheduling.asking import number, read_conditions, visit_types
from frontdesk.entrypoints.desk.scheduling.openings import search
from frontdesk.entrypoints.desk.scheduling.panels import panel, tell
from frontdesk.entrypoints.desk.scheduling.people import Person, person
from frontdesk.entrypoints.desk.scheduling.readback import booked, moved
from frontdesk.entrypoints.desk.scheduling.series import book_series
from frontdesk.entrypoints.desk.scheduling.tokens import Pick, read_token, write_token
from frontdesk.entrypoints.desk.scheduling.tray import in_hand
from frontdesk.entrypoints.desk.scheduling.wording import left, said_day, said_time, short_day
from frontdesk.entrypoints.desk.templating import wall_time
from frontdesk.entrypoints.desk.visits.choosing_payer import (
    INSURANCE,
    carried_choice,
    choices,
    read_choice,
)
from frontdesk.kit.errors import Conflict, Invalid, NotFound, Refusal
from frontdesk.kit.walltime import to_wall
from frontdesk.office.audit.services import same_patient
from frontdesk.office.practice.models import Location
from frontdesk.office.practice.queries import providers
from frontdesk.office.scheduling import queries
from frontdesk.office.scheduling import services as scheduling
from frontdesk.office.scheduling.models import Hold, VisitType
from frontdesk.office.visits import services as visits

CARRIED = ("type", "patient", "people", "waiting", "override")
SERIES = [(n, f"{n} visits") for n in (2, 3, 4, 5, 6, 8, 10, 12)]


@dataclass(frozen=True, slots=True)
class Deal:
    """A time that is about to be booked, in the words of the panel that reads it back."""

    id: int
    note: str
    say: str
    rows: list[tuple[str, str]]
    left: str
    patient: Person | None
    carried: list[tuple[str, str]]
    override: bool
    warnings: tuple[str, ...] = ()
    problem: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    internal_note: str = ""
    patient_instructions: str = ""
    override_reason: str = ""
    times: int = 1
    every: int = 1
    series_choices: list[tuple[int, str]] = field(default_factory=lambda: SERIES)
    payers: list[tuple[str, str]] = field(default_factory=list)
    payer: str = INSURANCE

    @property
    def carried_query(self) -> str:
        return urlencode(self.carried)

    @property
    def commit(self) -> str:
        return f"Book {self.patient.name} {self.patient.birth}" if self.patient else "Book"


@desk_view(("POST",))
def hold(request: DeskRequest) -> HttpResponse:
    """Keep the chosen time for five minutes and read it back; a time against a rule is not kept, only read back."""
    pick = read_token(request.POST.get("offer", ""))
    same_patient(request.actor, number(request.POST.get("patient")))
    kept = None if request.POST.get("override") else _keep(request, pick)
    return panel(request, "desk/scheduling/hold_panel.html", {"h": _deal(request, request.POST, pick, kept)})


@desk_view()
def slot(request: DeskRequest) -> HttpResponse:
    """Begin from a free time of the grid: which visit fits there, then keep it."""
    pick = read_token(request.GET.get("offer", ""))
    zone = _site(request, pick).zone
    wall = to_wall(pick.starts, zone)
    names = {one.pk: one.name for one in providers()}
    minutes = number(request.GET.get("minutes"))
    context = {
        "token": request.GET["offer"],
        "when": f"{short_day(wall.date())} at {wall_time(wall)}",
        "who": names.get(pick.provider_id or 0, ""),
        "types": [
            (one.pk, one.name, takes, _why_not(takes, minutes))
            for one, takes in queries.kinds_with(pick.provider_id)
        ],
        "carried": [
            (name, request.GET[name])
            for name in ("type", "patient", "people")
            if request.GET.get(name) and name != "type"
        ],
        "patient": number(request.GET.get("patient")),
        "day": f"{wall:%Y-%m-%d}",
        "in_hand": in_hand(request),
        "href": urlencode({"href": f"?offer={request.GET['offer']}"}),
    }
    return panel(request, "desk/scheduling/slot_panel.html", context, title="Book a free time")


@desk_view()
def held(request: DeskRequest, hold_id: int) -> HttpResponse:
    """Say how long a time is still kept."""
    found = _own(request, hold_id)
    words = left(found.expires_at) if found else ""
    return page(
        request, "desk/scheduling/_hold_left.html", {"h": {"left": words}}, status=200 if found else 286
    )


@desk_view()
def held_for(request: DeskRequest, hold_id: int) -> HttpResponse:
    """Read the kept time back again, now that it is known for whom it is."""
    found = _own(request, hold_id)
    data = request.GET.copy()
    if found:
        data["type"] = str(found.visit_type_id)
        data["offer"] = write_token(found.starts, found.provider_id, found.location_id)
    pick = read_token(data.get("offer", ""))
    return panel(
        request, "desk/scheduling/hold_panel.html", {"h": _deal(request, data, pick, found, hold_id)}
    )


@desk_view(("POST",))
def release(request: DeskRequest, hold_id: int) -> HttpResponse:
    """Let a kept time go; show the other times again when a caller is waiting for one."""
    scheduling.release_hold(request.actor, hold_id=hold_id)
    if request.POST.get("from_tray"):
        return tell(HttpResponse(status=204), "The time is free again.")
    patient_id = number(request.POST.get("patient"))
    data = request.POST.copy()
    f = read_conditions(request, data, patient_id)
    f.take_focus = True
    if f.patient:
        return tell(
            panel(request, "desk/scheduling/book_panel.html", {"f": f, "found": search(request, f, "b-")})
        )
    return tell(HttpResponse(status=204), "The time is free again.", close=True)


@desk_view(("POST",))
def book(request: DeskRequest) -> HttpResponse:
    """Book what was read back, once or as a series; refused, the panel comes back with all that was typed."""
    pick, patient_id = read_token(request.POST.get("offer", "")), number(request.POST.get("patient"))
    try:
        if patient_id is None:
            raise Invalid("Choose the patient first.", fields={"patient": "Choose the patient."})
        return _book(request, pick, patient_id)
    except (Conflict, Refusal) as refusal:
        return _again(request, pick, refusal)


def _book(request: DeskRequest, pick: Pick, patient_id: int) -> HttpResponse:
    data = request.POST
    wish: dict[str, Any] = {
        "patient_id": patient_id,
        "visit_type_id": number(data.get("type")) or 0,
        "location_id": pick.location_id,
        "provider_id": pick.provider_id,
        "starts": pick.starts,
        "internal_note": data.get("internal_note", "").strip(),
    }
    if "patient_instructions" in data:
        wish["patient_instructions"] = data["patient_instructions"]
    kept = _own(request, number(data.get("hold")) or 0)
    paid = read_choice(data.get("payer", ""))
    if (number(data.get("times")) or 1) > 1:
        return book_series(request, wish, kept, paid)
    waiting = number(data.get("waiting"))
    if waiting:
        return _accepted(request, waiting, pick, kept, paid)
    # Who pays is said with the booking, not after it: else a payer could be asked in between.
    plain = paid["how"] == INSURANCE
    one = (scheduling.book if plain else visits.book)(
        request.actor,
        **({} if plain else paid),
        **wish,
        hold_id=kept.pk if kept else None,
        override_reason=data.get("override_reason", "").strip(),
    )
    taken_up(request, one)
    people = number(data.get("people")) or 1
    return tell(
        panel(
            request, "desk/scheduling/booked_panel.html", {"r": booked(request, one, people_left=people - 1)}
        )
    )


def _accepted(
    request: DeskRequest, entry_id: int, pick: Pick, kept: Hold | None, paid: dict[str, Any]
) -> HttpResponse:
    """Somebody who waits takes the time: their line of the waitlist is settled with the booking."""
    plain = paid["how"] == INSURANCE
    made = (scheduling.accept_offer if plain else visits.accept_offer)(
        request.actor,
        **({} if plain else paid),
        entry_id=entry_id,
        starts=pick.starts,
        location_id=pick.location_id,
        provider_id=pick.provider_id,
        hold_id=kept.pk if kept else None,
        internal_note=request.POST.get("internal_note", "").strip(),
        override_reason=request.POST.get("override_reason", "").strip(),
    )
    taken_up(request, made)
    card = moved(request, made) if made.replaces_id else booked(request, made)
    return tell(panel(request, "desk/scheduling/booked_panel.html", {"r": card}))


def _again(request: DeskRequest, pick: Pick, refusal: Refusal) -> HttpResponse:
    """Draw the panel again with the refusal on it."""
    data = request.POST
    hold_id = number(data.get("hold")) or 0
    deal = _deal(request, data, pick, _own(request, hold_id), hold_id)
    may = bool(data.get("override")) or any(
        request.actor.can(f"scheduling.override_{rule}") for rule in ("capacity", "visit_type", "time_off")
    )
    overridable = refusal.code in {"NotOpen", "OnTimeOff", "WrongVisitType", "SlotTaken", "PatientBookedThen"}
    deal = replace(
        deal,
        problem=refusal.sentence,
        errors=getattr(refusal, "fields", None) or {"": ""},
        override=deal.override or (may and overridable) or refusal.code == "PatientBookedThen",
        internal_note=data.get("internal_note", ""),
        patient_instructions=data.get("patient_instructions", deal.patient_instructions),
        override_reason=data.get("override_reason", ""),
        times=number(data.get("times")) or 1,
        every=number(data.get("every")) or 1,
    )
    return panel(request, "desk/scheduling/hold_panel.html", {"h": deal}, status=STATUS[refusal.kind])


def _keep(request: DeskRequest, pick: Pick) -> Hold:
    kept: Hold = scheduling.hold(
        request.actor,
        visit_type_id=number(request.POST.get("type")) or 0,
        location_id=pick.location_id,
        provider_id=pick.provider_id,
        starts=pick.starts,
    )
    return kept


def _own(request: DeskRequest, hold_id: int) -> Hold | None:
    return next((one for one in scheduling.holds_of(request.actor) if one.pk == hold_id), None)


def _deal(request: DeskRequest, data: QueryDict, pick: Pick, kept: Hold | None, hold_id: int = 0) -> Deal:
    kind, site = _type(data), _site(request, pick)
    patient_id = number(data.get("patient"))
    who = person(request, patient_id) if patient_id else None
    provider = next((one for one in providers() if one.pk == pick.provider_id), None)
    carried = [(name, data.get(name, "")) for name in CARRIED if data.get(name)] + [
        ("offer", data.get("offer", ""))
    ]
    wall = to_wall(pick.starts, site.zone)
    with_whom = f" with {provider.spoken_name}" if provider else ""
    arrive = wall - timedelta(minutes=kind.arrive_early_minutes)
    say = (
        f"{who.to if who else 'I'} have {said_day(wall.date())} at {said_time(wall)}{with_whom}, at {site.name}."
        f"{f' Please be here at {wall_time(arrive)}.' if kind.arrive_early_minutes and not kind.telehealth else ''} Shall I book it?"
    )
    rows = [
        ("Visit", f"{kind.name}, {_minutes(kind, pick, kept)} minutes"),
        ("Where", ", ".join(p for p in (site.name, site.line, site.city) if p)),
    ]
    if kind.patient_instructions:
        rows.append(("Prepare", kind.patient_instructions))
    payers = choices(who.id) if who and request.actor.can("coverage.change") else []
    return Deal(
        payers=payers,
        payer=carried_choice(payers, data.get("payer", "")),
        id=kept.pk if kept else hold_id,
        note=who.shown if who else "No patient yet",
        say=say,
        rows=rows,
        left=left(kept.expires_at) if kept else "",
        patient=who,
        carried=[pair for pair in carried if pair[1]],
        override=bool(data.get("override")),
        patient_instructions=kind.patient_instructions,
        warnings=(*_warnings(who), *before_booking(request, patient_id, kind, wall.date())),
    )


def _minutes(kind: VisitType, pick: Pick, kept: Hold | None) -> int:
    """Return how long the visit takes this provider: as long as is kept for it."""
    if kept is not None:
        return int((kept.ends - kept.starts).total_seconds() // 60)
    takes = {one.pk: minutes for one, minutes in queries.kinds_with(pick.provider_id)}
    return takes.get(kind.pk, kind.minutes)


def _warnings(who: Person | None) -> tuple[str, ...]:
    if who is None:
        return ()
    return (("This patient is recorded as deceased.",) if who.deceased else ()) + who.alerts


def _type(data: QueryDict) -> VisitType:
    found = next((one for one in visit_types() if str(one.pk) == data.get("type")), None)
    if found is None:
        raise Invalid("Choose the kind of visit first.", fields={"type": "Choose the visit."})
    return found


def _site(request: DeskRequest, pick: Pick) -> Location:
    found = next((site for site in request.sites if site.pk == pick.location_id), None)
    if found is None:
        msg = "This location is not open for business."
        raise NotFound(msg)
    return found


def _why_not(takes: int, minutes: int | None) -> str:
    """Say when a free time of the grid is too short for a visit; the book itself decides."""
    return "longer than is free here" if minutes and takes > minutes else ""
