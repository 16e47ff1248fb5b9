"""What was written to patients of late, what waits, and what did not arrive: the demo's outbox."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.db.models import F

from frontdesk.entrypoints.commands.demo.book_rows import Plan
from frontdesk.office.messaging.models import Matter, Message, Thread
from frontdesk.office.messaging.queries import readers_of
from frontdesk.office.messaging.rules import (
    Ask,
    Facts,
    Reader,
    Sender,
    default_words,
    fill,
    language_of,
    may_send,
    values_of,
)
from frontdesk.office.practice.models import Practice
from frontdesk.office.scheduling.models import Appointment

AT_ONCE = 500
TROUBLE = {
    "email": (
        ("failed", "The mail server will not deliver to this address (550)."),
        ("in_doubt", "The connection broke while it went out. It may or may not have arrived."),
    ),
    "text": (("failed", "The carrier says that this number takes no texts."),),
}
# How many of the messages that went out did not arrive.
ONE_IN = 60
LOST = {"no_show", "cancelled"}


def add_messages(plan: Plan, rng: Random, most: int) -> int:
    """Add what the patients of the next days' visits were sent, up to `most` visits; return how many messages."""
    visits = _visits(plan, most)
    readers, sender = readers_of({visit.patient_id for visit in visits}), _sender()
    pairs = _threads(rng, visits)
    rows = [row for v, thread in pairs for row in _about(plan, rng, v, thread, readers[v.patient_id], sender)]
    Message.objects.bulk_create(rows, batch_size=AT_ONCE)
    return len(rows)


def add_reminders(plan: Plan, rng: Random, days_back: int) -> int:
    """Add the reminders of the visits of the last days, a day before each; return how many messages.

    Who was to be reminded and was lost all the same is rarer than who was not: reminders help in this practice.
    """
    visits = [
        visit for visit in _past(plan, days_back) if rng.random() < (0.5 if visit.status in LOST else 0.75)
    ]
    sender, made = _sender(), 0
    for begin in range(0, len(visits), AT_ONCE):
        some = visits[begin : begin + AT_ONCE]
        readers = readers_of({visit.patient_id for visit in some})
        rows = []
        for v, thread in _threads(rng, some):
            due, latest = v.starts - timedelta(hours=24), v.starts - timedelta(hours=2)
            reader, facts = readers[v.patient_id], _facts(v)
            rows.append(_message(plan, rng, v, thread, reader, sender, facts, "reminder", due, latest))
        Message.objects.bulk_create(rows)
        made += len(rows)
    return made


def _past(plan: Plan, days_back: int) -> list[Appointment]:
    """Return the visits of the last days that were booked long enough before, and not given up by the day before."""
    begin = plan.now - timedelta(days=days_back)
    rows = Appointment.objects.filter(
        starts__gte=begin, starts__lt=plan.now, booked_at__lt=F("starts") - timedelta(hours=36)
    ).exclude(cancelled_at__lt=F("starts") - timedelta(hours=24))
    related = rows.select_related("patient", "location", "provider", "visit_type").defer("patient__photo")
    return list(related.order_by("starts", "pk"))


def _sender() -> Sender:
    practice = Practice.objects.order_by("pk").first()
    return Sender(practice.name if practice else "", practice.phone if practice else "")


def _threads(rng: Random, visits: list[Appointment]) -> list[tuple[Appointment, Thread]]:
    threads = Thread.objects.bulk_create(
        [
            Thread(patient_id=v.patient_id, uid=str(_uuid(rng)), next_sequence=1, started_at=v.booked_at)
            for v in visits
        ],
        batch_size=AT_ONCE,
    )
    pairs = list(zip(visits, threads, strict=True))
    Matter.objects.bulk_create(
        [Matter(thread=thread, about_kind="scheduling.appointment", about_id=v.pk) for v, thread in pairs],
        batch_size=AT_ONCE,
    )
    return pairs


def _visits(plan: Plan, most: int) -> list[Appointment]:
    rows = Appointment.objects.filter(
        starts__gte=plan.now + timedelta(hours=3),
        starts__lt=plan.now + timedelta(days=6),
        status__in=("scheduled", "confirmed"),
    )
    related = rows.select_related("patient", "location", "provider", "visit_type").defer("patient__photo")
    return list(related.order_by("starts", "pk")[:most])


def _about(
    plan: Plan, rng: Random, visit: Appointment, thread: Thread, reader: Reader, sender: Sender
) -> list[Message]:
    """Return a visit's confirmation, sent when it was booked, and its reminders, sent or waiting."""
    facts = _facts(visit)
    booked = min(visit.booked_at, plan.now - timedelta(minutes=rng.randint(2, 600)))
    moments = [("confirmation", booked, visit.starts)]
    for hours in (72, 24):
        due = visit.starts - timedelta(hours=hours)
        if due - booked >= timedelta(hours=12):
            moments.append(("reminder", due, visit.starts - timedelta(hours=2)))
    return [
        _message(plan, rng, visit, thread, reader, sender, facts, kind, due, latest)
        for kind, due, latest in moments
    ]


def _message(
    plan: Plan,
    rng: Random,
    visit: Appointment,
    thread: Thread,
    reader: Reader,
    sender: Sender,
    facts: Facts,
    kind: str,
    due: datetime,
    latest: datetime,
) -> Message:
    language = language_of(reader.language)
    decided = min(max(due, plan.now), latest)
    decision = may_send(reader, Ask(kind=kind, now=decided, zone=plan.zone, not_after=latest))
    made = Message(
        patient_id=visit.patient_id,
        location_id=visit.location_id,
        thread=thread,
        about_kind="scheduling.appointment",
        about_id=visit.pk,
        kind=kind,
        after=facts.stored(),
        dedupe=f"{'notice' if kind == 'confirmation' else kind}:demo:{visit.pk}:{due:%Y%m%dT%H%M}",
        key=_uuid(rng).hex,
        language=language,
        not_before=due,
        not_after=latest,
        made_at=visit.booked_at,
        made_by="frontdesk",
    )
    way = decision.way
    if way is not None:
        made.channel, made.address = way.channel, way.address
    if due > plan.now:
        return made
    if way is None:
        made.state, made.why, made.ended_at = "held", decision.why, due
        return made
    values = values_of(
        facts, None, sender, visit.patient.preferred_name or visit.patient.legal_first, language
    )
    words = fill(default_words(kind, way.channel, language), values, way.channel, language)
    made.subject, made.words, made.via, made.attempts = words.subject, words.body, "outbox", 1
    made.state, made.sending_at, made.sent_at, made.receipt = "sent", due, due, made.key
    if rng.randrange(ONE_IN) == 0:
        made.state, made.why = rng.choice(TROUBLE[way.channel])
        made.sent_at, made.ended_at, made.via, made.receipt = None, due, "smtp", ""
    return made


def _facts(visit: Appointment) -> Facts:
    site = visit.location
    return Facts(
        starts=visit.starts,
        minutes=int((visit.ends - visit.starts).total_seconds() // 60),
        zone=visit.zone,
        provider=visit.provider.spoken_name if visit.provider else "",
        place=site.name,
        address=f"{site.line}, {site.city}, {site.state} {site.zip}",
        phone=site.phone,
        location_id=site.pk,
        visit_type_id=visit.visit_type_id,
        arrive_early=visit.visit_type.arrive_early_minutes,
    )


def _uuid(rng: Random) -> UUID:
    return UUID(int=rng.getrandbits(128), version=4)
