"""Finding the thread a message belongs to, and taking back what it makes moot."""

from uuid import uuid4

from frontdesk.kit import clock
from frontdesk.kit.refs import Ref
from frontdesk.office.messaging.models import Link, Matter, Message, Thread
from frontdesk.office.messaging.rules import NOTICES, Facts
from frontdesk.office.patients.models import Patient

State = Message.State
OVERTAKEN = "A later message took its place."


def thread_of(about: Ref, follows: Ref | None, patient_id: int) -> Thread:
    """Return the thread about a row, locked: its own, or that of the row it follows from; else a new one.

    The patient is locked first, as everybody does who locks both: a merge of charts, the marking of a message.
    """
    Patient.objects.select_for_update(no_key=True).filter(pk=patient_id).values_list("pk", flat=True).first()
    for ref in (about, follows):
        matter = _matter(ref) if ref else None
        if matter is not None:
            thread = Thread.objects.select_for_update().get(pk=matter.thread_id)
            break
    else:
        thread = Thread.objects.create(patient_id=patient_id, uid=str(uuid4()), started_at=clock.now())
    known = [Matter(thread=thread, about_kind=ref.kind, about_id=ref.id) for ref in (about, follows) if ref]
    Matter.objects.bulk_create(known, ignore_conflicts=True)
    return thread


def find_thread(about: Ref) -> Thread | None:
    """Return the thread about a row, locked; None when nothing was ever said about it."""
    matter = _matter(about)
    return Thread.objects.select_for_update().get(pk=matter.thread_id) if matter else None


def told(thread: Thread) -> Facts | None:
    """Return how the visit stands as far as its patient was told; None when nothing went out, or nobody knows."""
    rows = Message.objects.filter(
        thread=thread, kind__in=NOTICES, state__in=(State.SENT, State.SENDING, State.IN_DOUBT)
    )
    last = rows.order_by("-pk").values_list("state", "after").first()
    return Facts.read(last[1]) if last and last[0] == State.SENT else None


def take_back(
    thread: Thread, kinds: frozenset[str] | None, why: str = OVERTAKEN, *, channel: str = ""
) -> list[int]:
    """Withdraw what of the thread has not gone out (`kinds`: None is all; `channel`: "" is either); return the numbers.

    What failed or is in doubt needs nobody any more, and links that were sent are good no longer.
    """
    now = clock.now()
    rows = Message.objects.filter(thread=thread)
    if kinds is not None:
        rows = rows.filter(kind__in=kinds)
    if channel:
        rows = rows.filter(channel=channel)
    waiting = rows.filter(state__in=(State.QUEUED, State.HELD))
    taken = list(waiting.order_by("pk").values_list("pk", flat=True))
    if taken:
        waiting.update(state=State.WITHDRAWN, why=why, ended_at=now, leased_by="", lease_until=None)
    rows.filter(state__in=(State.FAILED, State.IN_DOUBT), settled_at=None).update(
        settled_at=now, settled_by="frontdesk"
    )
    Link.objects.filter(message__in=rows.values("pk"), closed_at=None).update(
        closed_at=now, closed_by="overtaken"
    )
    return taken


def _matter(ref: Ref) -> Matter | None:
    return Matter.objects.filter(about_kind=ref.kind, about_id=ref.id).first()
