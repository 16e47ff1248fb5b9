"""Messages as lists show them: the outbox, a patient's, an appointment's, and those that need somebody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from frontdesk.kit.refs import Ref
from frontdesk.kit.sensitivity import HIDDEN, hidden
from frontdesk.office.messaging.models import Matter, Message
from frontdesk.office.messaging.rules import Facts

State = Message.State


@dataclass(frozen=True, slots=True)
class Line:
    """One message in a list. `words` are what went out, empty while it waits; `after` and `before` what it tells of."""

    id: int
    kind: str
    channel: str
    state: str
    patient_id: int
    patient_name: str
    location: str
    zone: str
    address: str
    language: str
    subject: str
    words: str
    before: Facts | None
    after: Facts
    about: Ref
    not_before: datetime
    made_at: datetime
    sent_at: datetime | None
    attempts: int
    via: str
    why: str
    settled_by: str


@dataclass(frozen=True, slots=True)
class Filters:
    """What an outbox list is narrowed to; empty is everything."""

    states: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    channel: str = ""
    location_id: int | None = None
    patient_id: int | None = None
    made_from: datetime | None = None
    made_to: datetime | None = None
    sites: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines, newest first; `before` is where the next page begins, None on the last."""

    lines: list[Line]
    before: int | None


@dataclass(frozen=True, slots=True)
class Failure:
    """A message somebody must look at: it failed, or may not have gone out. `todo` says what to do, in words."""

    line: Line
    todo: str


def outbox(filters: Filters, *, before: int | None = None, limit: int = 50) -> Page:
    """Return a page of the outbox, newest first, from below message `before`; one query."""
    rows = Message.objects.filter(_where(filters))
    return _page(rows, before, limit)


def messages_of_patient(patient_id: int, *, before: int | None = None, limit: int = 50) -> Page:
    """Return a page of what was written to a patient, newest first; one query."""
    return _page(Message.objects.filter(patient=patient_id), before, limit)


def message_lines_about(refs: Sequence[Ref]) -> dict[Ref, list[Line]]:
    """Return what was written about each of these rows (appointments, recalls), newest first; one query.

    For an appointment that was moved, its earlier rows have their own messages.
    """
    found: dict[Ref, list[Line]] = {ref: [] for ref in refs}
    where = Q()
    for kind in {ref.kind for ref in refs}:
        where |= Q(about_kind=kind, about_id__in=[ref.id for ref in refs if ref.kind == kind])
    if refs:
        for line in _lines(Message.objects.filter(where).order_by("-pk")[:500]):
            found[line.about].append(line)
    return found


def announced(refs: Sequence[Ref]) -> set[Ref]:
    """Return those of `refs` (of one kind) about which anything was ever written; one query."""
    rows = Matter.objects.filter(about_kind__in={ref.kind for ref in refs}, about_id__in=[r.id for r in refs])
    return {Ref(kind, pk) for kind, pk in rows.values_list("about_kind", "about_id")}


def failures(
    location_id: int | None = None, *, sites: frozenset[int] | None = None, limit: int = 50
) -> list[Failure]:
    """Return the messages that need somebody, oldest first: the desk's queue; one query."""
    rows = _to_settle(location_id, sites).order_by("pk")[:limit]
    return [Failure(line, _todo(line)) for line in _lines(rows)]


def how_many_failed(location_id: int | None = None, *, most: int = 100) -> int:
    """Return how many messages need somebody, counted no further than `most`; one query."""
    return _to_settle(location_id)[:most].count()


def _at(sites: frozenset[int]) -> Q:
    """What was written about a visit at one of `sites`, or about none."""
    return Q(location__in=sites) | Q(location=None)


def _to_settle(location_id: int | None, sites: frozenset[int] | None = None) -> QuerySet[Message]:
    rows = Message.objects.filter(state__in=(State.FAILED, State.IN_DOUBT), settled_at=None)
    rows = rows if sites is None else rows.filter(_at(sites))
    return rows if location_id is None else rows.filter(Q(location=location_id) | Q(location=None))


def _where(filters: Filters) -> Q:
    where = Q()
    if filters.states:
        where &= Q(state__in=filters.states)
    if filters.kinds:
        where &= Q(kind__in=filters.kinds)
    if filters.channel:
        where &= Q(channel=filters.channel)
    if filters.location_id is not None:
        where &= Q(location=filters.location_id)
    if filters.sites is not None:
        where &= _at(filters.sites)
    if filters.patient_id is not None:
        where &= Q(patient=filters.patient_id)
    if filters.made_from is not None:
        where &= Q(made_at__gte=filters.made_from)
    if filters.made_to is not None:
        where &= Q(made_at__lt=filters.made_to)
    return where


def _page(rows: QuerySet[Message], before: int | None, limit: int) -> Page:
    if before is not None:
        rows = rows.filter(pk__lt=before)
    lines = _lines(rows.order_by("-pk")[: limit + 1])
    return Page(lines[:limit], lines[limit - 1].id if len(lines) > limit else None)


def _todo(line: Line) -> str:
    if line.state == State.IN_DOUBT:
        return "It may not have gone out. Ask the patient, or send it again."
    return "It did not go out. Correct the address and send it again, or call the patient."


def _lines(rows: QuerySet[Message]) -> list[Line]:
    return [line_of(row) for row in rows.select_related("patient", "location").defer("patient__photo")]


def line_of(row: Message) -> Line:
    """Return a message as lists show it; its patient and site are read with it."""
    after = Facts.read(row.after)
    shut = is_hidden(row, after)
    return Line(
        id=row.pk,
        kind=row.kind,
        channel=row.channel,
        state=row.state,
        patient_id=row.patient_id,
        patient_name=HIDDEN if shut else row.patient.name,
        location=row.location.short_name if row.location and not shut else "",
        zone=after.zone,
        address="" if shut else row.address,
        language=row.language,
        subject="" if shut else row.subject,
        words="" if shut else row.words,
        before=Facts.read(row.before) if row.before else None,
        after=after,
        about=Ref(row.about_kind, row.about_id),
        not_before=row.not_before,
        made_at=row.made_at,
        sent_at=row.sent_at,
        attempts=row.attempts,
        via=row.via,
        why=row.why,
        settled_by=row.settled_by,
    )


def is_hidden(row: Message, after: Facts) -> bool:
    """Say whether a message is hidden from whoever is looking: by its patient, its site, or the visit it tells of."""
    return hidden(*labels_of(row, after), patient_id=row.patient_id)


def labels_of(row: Message, after: Facts) -> tuple[str, str, str]:
    """Return the sensitivity labels of a message."""
    return row.patient.labels, row.location.labels if row.location else "", after.labels
