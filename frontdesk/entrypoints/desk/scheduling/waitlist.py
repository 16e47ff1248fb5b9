"""The waitlist: who waits, most urgent and longest first; a freed time is offered to one of them, never booked by itself."""

from dataclasses import dataclass
from datetime import time
from urllib.parse import urlencode

from django.http import HttpResponse

from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view, done, page
from frontdesk.entrypoints.desk.scheduling.asking import WEEK, number, read_conditions
from frontdesk.entrypoints.desk.scheduling.attempts import OUTCOMES, Tried, tried_about
from frontdesk.entrypoints.desk.scheduling.panels import panel, tell
from frontdesk.entrypoints.desk.scheduling.people import person
from frontdesk.entrypoints.desk.scheduling.readback import booked, moved
from frontdesk.entrypoints.desk.scheduling.tokens import read_token
from frontdesk.entrypoints.desk.scheduling.wording import how_many, said_day, said_time, when
from frontdesk.entrypoints.desk.templating import us_date, wall_time
from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid, NotFound, Refusal
from frontdesk.kit.walltime import to_wall
from frontdesk.office.practice.queries import providers
from frontdesk.office.scheduling import queries
from frontdesk.office.scheduling import services as scheduling
from frontdesk.office.scheduling.models import WaitlistEntry

URGENCY = ((0, "Routine"), (1, "Soon"), (2, "Urgent"))
TONES = {0: "quiet", 1: "warn", 2: "bad"}


@dataclass(frozen=True, slots=True)
class Line:
    """One who waits, as the list shows them."""

    id: int
    patient_id: int
    name: str
    birth: str
    what: str
    who: str
    wants: str
    has: str
    since: str
    urgency: str
    tone: str
    offered: str
    note: str
    find: str
    tries: list[Tried]


@desk_view()
def waitlist(request: DeskRequest) -> HttpResponse:
    """Show who waits here; offers that are out stand on top."""
    lines = [_line(request, one) for one in queries.waitlist(location_id=request.location.pk)]
    names = [one.patient_id for one in lines]
    scheduling.open_list(request.actor, name="waitlist", location_id=request.location.pk, patient_ids=names)
    tries = tried_about([f"scheduling.waitlistentry:{one.id}" for one in lines], request.location.zone)
    for one in lines:
        one.tries.extend(tries[f"scheduling.waitlistentry:{one.id}"])
    out = [one for one in lines if one.offered]
    rest = [one for one in lines if not one.offered]
    return page(
        request,
        "desk/scheduling/waitlist.html",
        {"groups": [("Offered, no answer yet", out), ("Waiting", rest)], "count": len(lines)},
    )


@desk_view(("GET", "POST"))
def add(request: DeskRequest) -> HttpResponse:
    """Put someone on the list, for a time or an earlier one."""
    data = request.GET if request.method == "GET" else request.POST
    f = read_conditions(request, data)
    if request.method == "GET":
        return _form(request, f)
    try:
        if f.patient is None or not f.type_id or f.errors:
            missing = {
                **({} if f.patient else {"patient": "Choose the patient."}),
                **({} if f.type_id else {"type": "Choose the visit."}),
            }
            raise Invalid("Something is missing.", fields=missing | f.errors)
        scheduling.add_to_waitlist(
            request.actor,
            patient_id=f.patient.id,
            visit_type_id=f.type_id,
            location_id=f.location_id,
            provider_id=f.provider_id,
            appointment_id=number(data.get("appointment")),
            weekdays=tuple(sorted(f.weekdays)),
            time_from=f.time_from,
            time_to=f.time_to,
            until=f.to_day,
            urgency=number(data.get("urgency")) or 0,
            needs_hours=number(data.get("needs_hours")) or 2,
            note=data.get("note", "").strip(),
        )
    except Refusal as refusal:
        return _form(request, f, refusal)
    return (
        tell(HttpResponse(status=204), "On the waitlist.", close=True)
        if request.is_fragment
        else done(request, "/waitlist")
    )


@desk_view()
def offer(request: DeskRequest, entry_id: int) -> HttpResponse:
    """Show what to say to someone a time could be offered to."""
    entry, pick = _entry(request, entry_id), read_token(request.GET.get("offer", ""))
    who, site = person(request, entry.patient_id), next(s for s in request.sites if s.pk == pick.location_id)
    wall = to_wall(pick.starts, site.zone)
    provider = next((one for one in providers() if one.pk == pick.provider_id), None)
    opening = f"A time has come free for {who.call}" if who.minor else f"{who.call}, a time has come free"
    context = {
        "e": _line(request, entry), "who": who, "token": request.GET["offer"], "outcomes": OUTCOMES,
        "say": f"{opening}: {said_day(wall.date())} at {said_time(wall)}"
        f"{f' with {provider.spoken_name}' if provider else ''}. Would you like it?",
    }  # fmt: skip
    return panel(request, "desk/scheduling/offer_panel.html", context, title="Offer a time")


@desk_view(("POST",))
def answer(request: DeskRequest, entry_id: int) -> HttpResponse:
    """Keep what came of an offer: taken, wants to think, declined, off the list."""
    what, actor = request.POST.get("answer", ""), request.actor
    if what == "accept":
        pick = read_token(request.POST.get("offer", ""))
        made = scheduling.accept_offer(
            actor,
            entry_id=entry_id,
            starts=pick.starts,
            location_id=pick.location_id,
            provider_id=pick.provider_id,
        )
        return tell(
            panel(
                request,
                "desk/scheduling/booked_panel.html",
                {"r": moved(request, made) if made.replaces_id else booked(request, made)},
            )
        )
    if what == "offer":
        scheduling.offer_from_waitlist(
            actor, entry_id=entry_id, starts=read_token(request.POST.get("offer", "")).starts
        )
        return _said(request, "Noted: offered.")
    if what == "decline":
        scheduling.decline_offer(actor, entry_id=entry_id, note=request.POST.get("note", ""))
        return _said(request, "Noted: declined. They stay on the list.")
    if what == "remove":
        scheduling.remove_from_waitlist(actor, entry_id=entry_id, reason=request.POST.get("note", ""))
        return _said(request, "Taken off the list.")
    raise Invalid("Choose what they said.", fields={"answer": "Choose."})


def _said(request: DeskRequest, words: str) -> HttpResponse:
    if not request.is_fragment:
        return done(request, "/waitlist", words)
    return tell(HttpResponse(status=204), words, close=True)


def _entry(request: DeskRequest, entry_id: int) -> WaitlistEntry:
    found = queries.waiting_entry(request.actor, entry_id)
    if found is None:
        msg = "This line is no longer on the waitlist."
        raise NotFound(msg)
    return found


def _line(request: DeskRequest, one: WaitlistEntry) -> Line:
    days = (clock.now() - one.added_at).days
    return Line(
        id=one.pk,
        patient_id=one.patient_id,
        name=one.patient.name,
        birth=us_date(one.patient.birth_date),
        what=one.visit_type.name,
        who=one.provider.spoken_name if one.provider else "anyone",
        wants=_wants(one),
        has=when(one.appointment.starts, one.appointment.zone) if one.appointment else "",
        since="today" if days == 0 else how_many(days, "day"),
        urgency=dict(URGENCY).get(one.urgency, ""),
        tone=TONES.get(one.urgency, "quiet"),
        offered=when(one.offered_starts, request.location.zone) if one.offered_starts else "",
        note=one.note,
        find=_find(one),
        tries=[],
    )


def _find(one: WaitlistEntry) -> str:
    """Return where a time is found for someone who waits: by all that they want."""
    wants = {
        "type": one.visit_type_id,
        "waiting": one.pk,
        "provider": one.provider_id,
        "location": one.location_id,
        "day": one.weekdays,
        "after": _clock(one.time_from),
        "before": _clock(one.time_to),
        "to": us_date(one.until) if one.until else "",
    }
    asked = urlencode([(name, value) for name, value in wants.items() if value], doseq=True)
    return f"/patients/{one.patient_id}/book?{asked}"


def _clock(at: time | None) -> str:
    return wall_time(clock.now().replace(hour=at.hour, minute=at.minute)) if at else ""


def _wants(one: WaitlistEntry) -> str:
    days = " ".join(short for n, short, _ in WEEK if n in one.weekdays)
    begins = f"after {_clock(one.time_from)}" if one.time_from else ""
    ends = f"before {_clock(one.time_to)}" if one.time_to else ""
    until = f"until {us_date(one.until)}" if one.until else ""
    return ", ".join(part for part in (days, begins, ends, until) if part) or "any time"


def _form(request: DeskRequest, f: object, refusal: Refusal | None = None) -> HttpResponse:
    data = request.POST if request.method == "POST" else request.GET
    context = {
        "f": f, "urgencies": URGENCY, "urgency": data.get("urgency", "0"), "note": data.get("note", ""),
        "needs_hours": data.get("needs_hours", "2"), "appointment": data.get("appointment", ""),
        "problem": refusal.sentence if refusal else "",
        "errors": refusal.fields if isinstance(refusal, Invalid) else {},
    }  # fmt: skip
    status = STATUS[refusal.kind] if refusal else 200
    return panel(
        request, "desk/scheduling/waitlist_panel.html", context, title="Add to the waitlist", status=status
    )
