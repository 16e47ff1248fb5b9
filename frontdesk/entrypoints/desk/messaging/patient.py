"""A patient's messages: what was written to them, whether more may be, and what they said about it."""

from dataclasses import dataclass
from datetime import timedelta

from django.http import Http404, HttpResponse

from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, done, page
from frontdesk.entrypoints.desk.messaging.wording import CHANNELS, row
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.patients.frame import frame, open_unmerged
from frontdesk.entrypoints.desk.patients.record import moved
from frontdesk.entrypoints.desk.templating import phone
from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid
from frontdesk.office.messaging import queries
from frontdesk.office.messaging import services as messaging
from frontdesk.office.messaging.rules import Facts, Reader, Way
from frontdesk.office.patients import services as patients

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Address:
    """One way to write to the patient, and how it stands."""

    channel: str
    address: str
    shown: str
    words: str
    tone: str
    opted_out: bool


@desk_view()
def tab(request: DeskRequest, patient_id: int) -> HttpResponse:
    """Show what was written to a patient, and the ways on which they may be written to."""
    chart = patients.open_chart(request.actor, patient_id, purpose="record: messages")
    if chart.patient.pk != patient_id:
        return moved(request, chart, "/messages")
    before, zone = number(request.GET.get("before")), request.location.zone
    found = queries.messages_of_patient(patient_id, before=before, limit=SHOWN)
    messaging.open_list(request.actor, name="patient", patient_ids=[patient_id], patient_id=patient_id)
    reader = queries.readers_of([patient_id]).get(patient_id)
    context = frame(request, chart, "/messages") | {
        "rows": [row(line, zone) for line in found.lines],
        "older": f"/patients/{patient_id}/messages?before={found.before}" if found.before else "",
        "newest": f"/patients/{patient_id}/messages" if before else "",
        "ways": [_way(one) for one in reader.ways] if reader else [],
        "leave": _leave(patient_id, reader, zone),
    }
    return page(request, "desk/messaging/patient.html", context)


@desk_view(("POST",))
def opt(request: DeskRequest, patient_id: int, verb: str) -> HttpResponse:
    """Note that they want no more messages at an address, or want them again."""
    if verb not in {"out", "in"}:
        raise Http404
    open_unmerged(request, patient_id, "messages")
    channel, address = request.POST.get("channel", ""), request.POST.get("address", "")
    reader = queries.readers_of([patient_id])[patient_id]
    if (channel, address) not in {(way.channel, way.address) for way in reader.ways}:
        msg = "That address is not on file for this patient."
        raise Invalid(msg)
    if verb == "out":
        messaging.opt_out(
            request.actor,
            channel=channel,
            address=address,
            source="desk",
            said="at the desk",
            patient_id=patient_id,
        )
        words = "No more messages go there."
    else:
        messaging.opt_in(
            request.actor, channel=channel, address=address, said="at the desk", patient_id=patient_id
        )
        words = "Messages may go there again."
    return done(request, f"/patients/{patient_id}/messages", words)


def _way(way: Way) -> Address:
    if way.opted_out:
        words, tone = "They asked for no more messages here", "bad"
    elif way.channel == "text":
        words, tone = {
            True: ("Texts are all right", "good"),
            False: ("They do not want texts", "bad"),
            None: ("Nobody has asked whether texts are all right", "warn"),
        }[way.allowed]
    else:
        words, tone = (
            ("They do not want e-mail", "bad") if way.allowed is False else ("E-mail is all right", "good")
        )
    return Address(
        channel=way.channel,
        address=way.address,
        shown=phone(way.address),
        words=f"{words}; private" if way.private else words,
        tone=tone,
        opted_out=way.opted_out,
    )


def _leave(patient_id: int, reader: Reader | None, zone: str) -> tuple[str, str]:
    """Say what would become of a reminder now: tone and words."""
    soon = Facts(starts=clock.now() + timedelta(days=2), zone=zone)
    decision = queries.leave_of(patient_id, "reminder", soon, reader=reader)
    if decision.way is None or reader is None:
        return "warn", f"No reminder can be sent: {decision.why[:1].lower()}{decision.why[1:]}"
    way = CHANNELS[decision.way.channel].lower()
    whose = "" if decision.way in reader.ways else "their guardian at "
    later = ", once it is a decent hour where they are" if decision.verdict == "later" else ""
    return "good", f"A reminder goes by {way} to {whose}{phone(decision.way.address)}{later}."
