"""The worker's side of the outbox: take what is due, say what goes out, and mark it just before the last byte.

Nothing here speaks to a network. `exchange` leases messages, offers each to the other side, and between the offer and
the content calls `begin`: from that commit on a message is never sent again by itself (docs/decisions/0009).
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q

from frontdesk.kit import clock
from frontdesk.kit.actor import SYSTEM
from frontdesk.kit.refs import Ref
from frontdesk.office.messaging import rules
from frontdesk.office.messaging.models import Message, Policy
from frontdesk.office.messaging.queries.readers import leave_of, readers_of
from frontdesk.office.messaging.queries.words import policy, sender_of, words_for
from frontdesk.office.messaging.rules import Facts, Reader, Words
from frontdesk.office.messaging.services import _tokens, outcomes
from frontdesk.office.messaging.services._addresses import hold_address
from frontdesk.office.messaging.services._truths import ask_where_to_pay as ask_where_to_pay
from frontdesk.office.messaging.services._truths import ask_whether as ask_whether
from frontdesk.office.messaging.services._truths import is_true, where_to_pay, why_moot
from frontdesk.office.messaging.services.reconsidering import reconsider
from frontdesk.office.patients.models import Contact, Patient
from frontdesk.office.practice.models import Practice

State = Message.State
LEASE = timedelta(seconds=60)
ATTEMPTS = 8
_LINKS_LAST = timedelta(days=30)
# Sending these twice under one key has one effect, so a crash leaves no doubt.
KNOWS_KEYS = {"outbox"}


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message as it is to go out now. `kept` is what stays on record of it: the same words, without the link.

    `pay_at` is the address of a page to pay at that stands in it, "" for none.
    `method` is what its calendar entry does ("REQUEST", "CANCEL"), "" for a message without one.
    """

    id: int
    key: str
    kind: str
    patient_id: int
    channel: str
    to: str
    language: str
    words: Words
    kept: Words
    clinic: str
    neutral: bool
    facts: Facts
    about: Ref
    method: str
    uid: str
    sequence: int
    not_after: datetime | None
    pay_at: str = ""


def lease(worker: str, limit: int, leaving: Collection[str] = ()) -> list[Outgoing]:
    """Take up to `limit` messages that are due, for `LEASE`; return those that may go out, with their words.

    `leaving` names the channels whose messages leave the house: the links in those are not kept readable. What may not be sent (any more) is held or withdrawn here, what must wait is put off; those are not returned.
    """
    now = clock.now()
    with transaction.atomic():
        due = Message.objects.filter(
            Q(lease_until=None) | Q(lease_until__lt=now), state=State.QUEUED, not_before__lte=now
        )
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True, of=("self",))
        rows = list(due.select_related("thread").order_by("not_before", "id")[:limit])
        if not rows:
            return []
        Message.objects.filter(pk__in=[row.pk for row in rows]).update(
            leased_by=worker, lease_until=now + LEASE
        )
        made = _prepared(rows, leaving)
    if len(made) < len(rows):
        _look_twice([row.pk for row in rows])
    return made


def anything_due() -> bool:
    """Say whether a message waits to be taken up, or hangs in the dot of a worker that is gone; one query."""
    now = clock.now()
    waiting = Q(state=State.QUEUED, not_before__lte=now) & (Q(lease_until=None) | Q(lease_until__lt=now))
    return Message.objects.filter(waiting | Q(state=State.SENDING, lease_until__lt=now)).exists()


def begin(out: Outgoing, worker: str, via: str) -> bool:
    """Mark a message as going out, if it is still true and still allowed; the commit is the point of no return.

    Returns False when it is not to go out (as it is): the caller breaks off before the content is complete.
    """
    with transaction.atomic():
        hold_address(out.to)
        locked = Patient.objects.select_for_update(no_key=True).filter(pk=out.patient_id)
        list(locked.values_list("pk", flat=True))
        list(Contact.objects.select_for_update().filter(patient=out.patient_id).values_list("pk", flat=True))
        now = clock.now()
        mine = Message.objects.filter(pk=out.id, state=State.QUEUED, leased_by=worker, lease_until__gt=now)
        if is_true(out.about, out.facts) and _is_allowed(out):
            return bool(
                mine.update(
                    state=State.SENDING,
                    sending_at=now,
                    lease_until=now + LEASE,
                    attempts=F("attempts") + 1,
                    channel=out.channel,
                    address=out.to,
                    language=out.language,
                    subject=out.kept.subject,
                    words=out.kept.body,
                    via=via,
                )
            )
        # Taken up again at once, and then held, withdrawn, or sent another way.
        mine.update(lease_until=None, leased_by="")
        return False


def put_back(ids: Collection[int], worker: str, why: str, *, tried: bool) -> None:
    """Let messages wait that could not be handed over, longer with each time; after `ATTEMPTS` they have failed.

    `tried` is False when the message itself had no part in it.
    """
    now = clock.now()
    for row in Message.objects.filter(
        pk__in=ids, leased_by=worker, state__in=(State.QUEUED, State.SENDING)
    ).order_by("pk"):
        # One that was marked has been counted already.
        attempts = row.attempts + int(tried and row.state == State.QUEUED)
        if attempts >= ATTEMPTS:
            outcomes.note_failed(SYSTEM, message_id=row.pk, worker=worker, why=why)
            continue
        pause = timedelta(seconds=min(30 * 2**attempts, 3600))
        Message.objects.filter(pk=row.pk, leased_by=worker, state=row.state).update(
            state=State.QUEUED,
            attempts=attempts,
            why=why[:200],
            not_before=now + pause,
            sending_at=None,
            leased_by="",
            lease_until=None,
        )


def settle_doubts() -> int:
    """Find what was going out when its worker died: it is in doubt from now on, unless sending it twice is harmless."""
    lost = Message.objects.filter(state=State.SENDING, lease_until__lt=clock.now())
    harmless = lost.filter(via__in=KNOWS_KEYS)
    found = harmless.update(state=State.QUEUED, sending_at=None, leased_by="", lease_until=None)
    for pk, worker in lost.order_by("pk").values_list("pk", "leased_by")[:200]:
        found += outcomes.note_doubt(SYSTEM, message_id=pk, worker=worker)
    return found


def _prepared(rows: Sequence[Message], leaving: Collection[str]) -> list[Outgoing]:
    asked, readers = policy(), readers_of({row.patient_id for row in rows})
    people = Patient.objects.filter(pk__in=readers).only("preferred_name", "legal_first")
    names = {person.pk: person.preferred_name or person.legal_first for person in people}
    practice = Practice.objects.order_by("pk").first() or Practice(name="")
    allowed = [(row, to) for row in rows if (to := _decided(row, readers[row.patient_id], asked))]
    slots = {(row.kind, channel, row.language) for row, (channel, _) in allowed}
    words = words_for(slots)
    made = [
        _composed(row, to, words[row.kind, to[0], row.language], names[row.patient_id], practice, asked)
        for row, to in allowed
    ]
    return [_hidden(out) if out.channel in leaving else out for out in made]


def _hidden(out: Outgoing) -> Outgoing:
    """Keep of a link only where it leads: whoever reads the record cannot answer in the patient's name."""
    body = out.kept.body
    if settings.PUBLIC_URL:
        body = re.sub(rf"({re.escape(settings.PUBLIC_URL)}/a/)\S+", r"\1…", body)
    if out.pay_at:
        at = urlsplit(out.pay_at)
        body = body.replace(out.pay_at, f"{at.scheme}://{at.netloc}/…")
    return replace(out, kept=replace(out.kept, body=body))


def _decided(row: Message, reader: Reader, asked: Policy) -> tuple[str, str] | None:
    """Return where a leased message may go now; else say what becomes of it and let it go."""
    after, now = Facts.read(row.after), clock.now()
    row.language = rules.language_of(after.language or reader.language)
    decision = leave_of(row.patient_id, row.kind, after, not_after=row.not_after, rules=asked, reader=reader)
    way = decision.way
    if moot := why_moot(row, now):
        _let_go(row, state=State.WITHDRAWN, why=moot, ended_at=now)
    elif way is None:
        _let_go(row, state=State.HELD, why=decision.why, ended_at=now)
    elif decision.verdict == "later":
        _let_go(row, not_before=decision.at, channel=way.channel, address=way.address)
    else:
        return way.channel, way.address
    return None


def _look_twice(ids: Collection[int]) -> None:
    """Look again at what was held just now: a yes given in that very moment has looked for it too early."""
    held = list(Message.objects.filter(pk__in=ids, state=State.HELD).order_by("pk"))
    readers = readers_of({row.patient_id for row in held}) if held else {}
    for patient_id, reader in readers.items():
        mine = [row for row in held if row.patient_id == patient_id]
        if any(_may_go(row, reader) for row in mine):
            reconsider(SYSTEM, patient_id=patient_id)


def _may_go(row: Message, reader: Reader) -> bool:
    after = Facts.read(row.after)
    return leave_of(row.patient_id, row.kind, after, not_after=row.not_after, reader=reader).way is not None


def _let_go(row: Message, **changes: object) -> None:
    Message.objects.filter(pk=row.pk).update(**changes, leased_by="", lease_until=None)


def _composed(
    row: Message, to: tuple[str, str], words: Words, first_name: str, practice: Practice, asked: Policy
) -> Outgoing:
    after = Facts.read(row.after)
    before = Facts.read(row.before) if row.before else None
    sender = sender_of(practice, after, asked)
    link = _link(row, after) if "{answer}" in words.body else ""
    pay_at = where_to_pay(Ref(row.about_kind, row.about_id)) if "{pay_at}" in words.body else ""
    values = rules.values_of(
        after, before, sender, first_name, row.language, link=link, kind=row.kind, pay_at=pay_at
    )
    filled = rules.fill(words, values, to[0], row.language)
    return Outgoing(
        id=row.pk,
        key=row.key,
        kind=row.kind,
        patient_id=row.patient_id,
        channel=to[0],
        to=to[1],
        language=row.language,
        words=filled,
        kept=filled,
        clinic=sender.clinic,
        neutral=sender.neutral,
        facts=after,
        about=Ref(row.about_kind, row.about_id),
        method=rules.METHODS.get(row.kind, ""),
        uid=row.thread.uid,
        sequence=row.sequence,
        not_after=row.not_after,
        pay_at=pay_at,
    )


def _link(row: Message, after: Facts) -> str:
    actions = rules.ANSWERABLE.get(row.kind)
    if not settings.PUBLIC_URL or not actions:
        return ""
    expires = after.starts or clock.now() + _LINKS_LAST
    _, token = _tokens.issue(row.patient_id, Ref(row.about_kind, row.about_id), actions, expires, row.pk)
    return f"{settings.PUBLIC_URL}/a/{token}"


def _is_allowed(out: Outgoing) -> bool:
    decision = leave_of(out.patient_id, out.kind, out.facts, not_after=out.not_after)
    way = decision.way
    return (
        decision.verdict == "now" and way is not None and (way.channel, way.address) == (out.channel, out.to)
    )
