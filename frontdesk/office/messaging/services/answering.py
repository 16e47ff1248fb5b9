"""Links by which a patient answers: signed, expiring, each answer once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.kit.refs import Ref
from frontdesk.office.audit.services import record, service
from frontdesk.office.jobs.services import publish
from frontdesk.office.messaging.errors import LinkOver, LinkUsed, NoSuchLink
from frontdesk.office.messaging.events import LinkAnswered
from frontdesk.office.messaging.models import Link, Message
from frontdesk.office.messaging.rules import Facts
from frontdesk.office.messaging.services import _tokens

# Answers after which the same link may still give another: who confirmed may yet have to cancel.
_OPEN_AFTER = frozenset({"confirm", "keep"})


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """What a page behind a link may show: how the visit stands as it was told, in which language; no name.

    `is_over` is True when it has expired, has been used up, or a later message took its place; `done` is the answer
    that was given, if any.
    """

    about: Ref
    actions: tuple[str, ...]
    facts: Facts
    language: str
    kind: str
    is_over: bool
    done: str


@service("messaging.issue_link", permission="messaging.send")
def issue_link(
    by: Actor,
    /,
    *,
    patient_id: int,
    about: Ref,
    actions: Sequence[str],
    expires_at: datetime,
    message_id: int | None = None,
) -> str:
    """Make a link's word; only its digest is kept, so it is told here once and never again."""
    made, token = _tokens.issue(patient_id, about, actions, expires_at, message_id)
    record(by, subject=made, patient_id=patient_id, after={"about": str(about), "actions": list(actions)})
    return token


@service("messaging.read_link", permission="messaging.use_link", reads=True)
def read_link(by: Actor, /, *, token: str) -> LinkFacts:
    """Return what stands behind a link, for the page that asks; nothing is changed. Raises `NoSuchLink`.

    Mail programs open links by themselves: looking must never be an answer.
    """
    link = _find(token)
    record(by, subject=link, patient_id=link.patient_id, extra={"over": _is_over(link)})
    return _facts(link)


@service("messaging.use_link")
def use_link(by: Actor, /, *, token: str, action: str, deed: Callable[[LinkFacts], object]) -> LinkFacts:
    """Give an answer by a link: do `deed` (confirm, cancel, move the visit) and mark the link, both or neither.

    `deed` calls the verb of the room the link is about, with what the link stands for; what it refuses leaves the
    link as it was. The same answer again, as by a double click, does nothing more and is not refused.
    Raises `NoSuchLink`, `LinkOver`, `LinkUsed`.
    """
    link = _find(token)
    if action not in link.actions:
        msg = "That cannot be answered by this link."
        raise Invalid(msg)
    if not _mark(link, action):
        link.refresh_from_db()
        if _done(link) == action or (action in _OPEN_AFTER and link.confirmed_at and not link.closed_at):
            record(by, subject=link, patient_id=link.patient_id, extra={"again": action})
            return _facts(link)
        raise (LinkUsed if _done(link) else LinkOver)(link)
    link.refresh_from_db()
    deed(_facts(link))
    about = Ref(link.about_kind, link.about_id)
    record(by, subject=link, patient_id=link.patient_id, after={"answer": action, "about": str(about)})
    publish(LinkAnswered(link.pk, link.patient_id, str(about), action))
    return _facts(link)


def _mark(link: Link, action: str) -> bool:
    """Claim the answer in one statement, so that of two clicks one finds it taken."""
    now = clock.now()
    open_ = Link.objects.filter(pk=link.pk, closed_at=None, expires_at__gt=now)
    if action in _OPEN_AFTER:
        return bool(open_.filter(confirmed_at=None).update(confirmed_at=now))
    return bool(open_.update(closed_at=now, closed_by=action))


def _find(token: str) -> Link:
    found = Link.objects.filter(digest=_tokens.digest_of(token)).first() if _tokens.is_ours(token) else None
    if found is None:
        raise NoSuchLink
    return found


def _is_over(link: Link) -> bool:
    return link.closed_at is not None or link.expires_at <= clock.now()


def _done(link: Link) -> str:
    if link.closed_by and link.closed_by != "overtaken":
        return link.closed_by
    return "confirm" if link.confirmed_at and not link.closed_at else ""


def _facts(link: Link) -> LinkFacts:
    message = Message.objects.filter(pk=link.message_id or 0).first()
    return LinkFacts(
        about=Ref(link.about_kind, link.about_id),
        actions=tuple(link.actions),
        facts=Facts.read(message.after) if message else Facts(),
        language=message.language if message else "en",
        kind=message.kind if message else "",
        is_over=_is_over(link),
        done=_done(link),
    )
