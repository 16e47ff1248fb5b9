"""How far the reminders about rows of another room are, for lists of that room."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from frontdesk.office.messaging.models import Kind, Message

State = Message.State
# Which of several reminders a list speaks of: what went out before what waits, what waits before what could not.
TELLING = (State.SENT, State.SENDING, State.IN_DOUBT, State.FAILED, State.QUEUED, State.HELD)


@dataclass(frozen=True, slots=True)
class Reminded:
    """A reminder: `at` is when it went out, or from when on it will. `why` is what stands against one that is held."""

    state: str
    at: datetime
    channel: str
    via: str
    why: str

    @property
    def is_kept(self) -> bool:
        """Say whether it went nowhere because nothing that carries it is set up."""
        return self.state == State.SENT and self.via == "outbox"


def reminders_about(kind: str, ids: Collection[int]) -> dict[int, Reminded]:
    """Return what became of the reminder about each of these rows of `kind` that has one; one query."""
    if not ids:
        return {}
    rows = Message.objects.filter(about_kind=kind, about_id__in=ids, kind=Kind.REMINDER, state__in=TELLING)
    told = rows.values_list("about_id", "state", "sent_at", "not_before", "channel", "via", "why")
    found: dict[int, Reminded] = {}
    # The last that went out counts, and of those that wait the next.
    for pk, state, sent_at, not_before, channel, via, why in told.order_by("-not_before", "-pk"):
        one = Reminded(state, sent_at or not_before, channel, via, why)
        if pk not in found or _tells_more(one, found[pk]):
            found[pk] = one
    return found


def _tells_more(one: Reminded, than: Reminded) -> bool:
    mine, theirs = (TELLING.index(State(each.state)) for each in (one, than))
    return mine < theirs or (mine == theirs and one.state == State.QUEUED)
