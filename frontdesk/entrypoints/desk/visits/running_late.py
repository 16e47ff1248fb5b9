"""A provider runs late: the next patients are told before they leave home, and choose: keep, move, come later."""

from dataclasses import dataclass, replace
from datetime import timedelta

from django.http import HttpResponse

from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, done
from frontdesk.entrypoints.desk.messaging.wording import CHANNELS, is_kept
from frontdesk.entrypoints.desk.scheduling.attempts import Tried, tried_about
from frontdesk.entrypoints.desk.scheduling.panels import panel, tell
from frontdesk.entrypoints.desk.scheduling.people import person, persons
from frontdesk.entrypoints.desk.scheduling.wording import when
from frontdesk.entrypoints.desk.templating import phone, wall_time
from frontdesk.kit import clock
from frontdesk.kit.errors import NotFound
from frontdesk.kit.refs import Ref
from frontdesk.office.messaging import services as messaging
from frontdesk.office.messaging.queries import Line, facts_of, message_lines_about
from frontdesk.office.scheduling import queries as book
from frontdesk.office.visits import queries, rules
from frontdesk.office.visits import services as visits


@dataclass(frozen=True, slots=True)
class Told:
    """One of the next patients: whom to call, what to say, and what came of it."""

    id: int
    patient_id: int
    time: str
    later: str
    name: str
    call: str
    phone: str
    tries: list[Tried]
    note: str
    written: str = ""


@desk_view()
def running_late(request: DeskRequest, provider_id: int) -> HttpResponse:
    """Show the next patients of a provider who runs late, with what to say to them."""
    return _panel(request, provider_id)


@desk_view(("POST",))
def answer(request: DeskRequest, provider_id: int, appointment_id: int) -> HttpResponse:
    """Keep what came of a call: they keep their time, come later, or were not reached."""
    code = request.POST.get("answer", "")
    (late, _), line = _behind(request, provider_id), queries.line_of(request.actor, appointment_id)
    if line is None:
        raise NotFound("That visit was cancelled.")
    visits.told_of_wait(
        request.actor,
        appointment_id=appointment_id,
        answer=code,
        minutes=late.said,
        number=person(request, line.patient_id).phone,
    )
    if not request.is_fragment:
        return done(request, f"/running-late/{provider_id}", "Noted.")
    return tell(_panel(request, provider_id), f"{line.name}: {rules.answered(code, line.wall, late.said)}.")


@desk_view(("POST",))
def write(request: DeskRequest, provider_id: int) -> HttpResponse:
    """Write to each of the next patients who agreed to it; what came of it stands with each."""
    late, _ = _behind(request, provider_id)
    for appointment_id in late.next_ids:
        stands = book.outlook(appointment_id)
        if stands is None or not stands.ahead:
            continue
        messaging.announce(
            # One form, several deeds: each has a key of its own, or the second would be taken for the first again.
            request.actor.keyed(f"{(request.actor.key or '')[:40]}-{appointment_id}", request.actor.body),
            patient_id=stands.patient_id,
            kind="running_late",
            about=Ref("scheduling.appointment", appointment_id),
            after=replace(facts_of(stands), minutes_late=late.said),
            # When it has grown later since, they are told once more.
            version=f"{stands.version}-{late.said}",
        )
    if not request.is_fragment:
        return done(request, f"/running-late/{provider_id}", "Written.")
    return tell(_panel(request, provider_id), "Written to all who agreed.")


def _panel(request: DeskRequest, provider_id: int) -> HttpResponse:
    late, lines = _behind(request, provider_id)
    visits.open_day(
        request.actor,
        name="running late",
        location_id=request.location.pk,
        patient_ids=[one.patient_id for one in lines],
    )
    tries = tried_about([f"scheduling.appointment:{line.id}" for line in lines], request.location.zone)
    written = _written(lines)
    told, people = [], persons(request, [line.patient_id for line in lines])
    for line in lines:
        who = people[line.patient_id]
        told.append(
            Told(
                line.id,
                line.patient_id,
                wall_time(line.wall),
                wall_time(line.wall + timedelta(minutes=late.said)),
                line.name,
                who.to,
                phone(who.phone),
                tries[f"scheduling.appointment:{line.id}"],
                line.note,
                written.get(line.id, ""),
            )
        )
    return panel(
        request, "desk/visits/running_late_panel.html", {"late": late, "told": told}, title="Running late"
    )


def _written(lines: list[queries.Line]) -> dict[int, str]:
    """Say of each visit what became of the last words about today's wait."""
    about = {Ref("scheduling.appointment", line.id): line for line in lines}
    said = {}
    for ref, found in message_lines_about(list(about)).items():
        late = next((one for one in found if one.kind == "running_late"), None)
        if late is not None:
            said[ref.id] = _outcome(late, about[ref].zone)
    return said


def _outcome(line: Line, zone: str) -> str:
    """Say what became of one: on its way or sent, held back for want of consent, waiting for a decent hour."""
    way = CHANNELS.get(line.channel, "Message").lower()
    minutes = f"about {line.after.minutes_late} minutes"
    if line.state == "held":
        return f"Not written to: {line.why[:1].lower()}{line.why[1:]}"
    if is_kept(line):
        return f"The {way} ({minutes}) was kept here: nothing that carries it is set up."
    if line.state == "queued" and line.not_before > clock.now():
        return f"The {way} ({minutes}) waits until {when(line.not_before, zone)}."
    words = {"queued": "is on its way", "sending": "is going out", "sent": "was sent"}.get(line.state)
    return f"The {way} ({minutes}) {words}." if words else f"The {way} did not arrive: {line.why}"


def _behind(request: DeskRequest, provider_id: int) -> tuple[queries.Behind, list[queries.Line]]:
    """Return how late a provider is, and the lines of those who come next; raise `NotFound` when they are in time."""
    place, now = request.location, clock.now()
    lines = queries.day_of(clock.today(place.zone), place.pk, place.zone)
    for one in queries.behind(lines, queries.usual_minutes(place.pk), now):
        if one.provider_id == provider_id:
            return one, [line for line in lines if line.id in one.next_ids]
    raise NotFound("Nobody waits longer than they should any more. The list is up to date again.")
