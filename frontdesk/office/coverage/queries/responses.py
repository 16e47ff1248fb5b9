"""How payers' connections answered in a month, and the questions behind each figure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, Q, QuerySet

from frontdesk.kit.walltime import midnight_utc
from frontdesk.office.coverage.models import EligibilityCheck
from frontdesk.office.coverage.rules.freshness import PATIENCE
from frontdesk.office.coverage.rules.response_times import (
    BATCH,
    NO_ANSWER,
    REAL_TIME,
    Exchange,
    Responses,
    responses,
)

PAGE = 50
# Verdicts of questions that never went to a payer: nothing is said of the payer by them.
_NOT_SENT = ("phone", "no_connection", "no_number", "overnight", "restricted", "no_npi", "superseded")


@dataclass(frozen=True, slots=True)
class Definition:
    """What the report says in a sentence, of which questions, and what is left out."""

    title: str
    asks: str
    defined: str
    counted: str
    left_out: str
    mind: str


PAYERS = Definition(
    "How payers answer",
    "Do payers and clearinghouses answer as fast as they must?",
    "Of the questions sent in a month, those answered in time: in real time within 20 seconds, of the night's files by 7 am "
    "Eastern of the next business day. CAQH CORE asks for 90% of a month, and for 86% of the hours of a week in which the "
    "system is there.",
    "Questions that were sent by wire and are settled, by the connection they went through. A rejection is an answer.",
    "Questions that were not sent: by phone, kept from the plan by the patient, without a payer ID; those still on their way.",
    "The hours are those in which something was asked. How long it took is measured here, the way there and back with it; of "
    "a question sent again, from the last time. Payers' own holidays are not known.",
)


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month on the wall of a zone."""

    first: date
    zone: str

    @property
    def following(self) -> date:
        """Return the first day of the month after."""
        return date(self.first.year + self.first.month // 12, self.first.month % 12 + 1, 1)

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """Return its first moment and that of the next (UTC)."""
        return midnight_utc(self.first, self.zone), midnight_utc(self.following, self.zone)


@dataclass(frozen=True, slots=True)
class Which:
    """Which questions are listed: of one connection and kind (None of any); all, or those `missing` an answer in time."""

    connection: str | None = None
    kind: str = ""
    missing: bool = True


@dataclass(frozen=True, slots=True)
class Asked:
    """A question behind a figure; nothing in it names the patient."""

    id: int
    patient_id: int
    policy_id: int
    payer: str
    why: str
    exchange: Exchange


def responses_of(month: Month) -> list[Responses]:
    """Return how each connection answered in a month; one query."""
    rows = _sent(month).values_list("connection", "file_id", "sent_at", "done_at", "code")
    return responses(
        _exchange(connection, file, sent, done, code)
        for connection, file, sent, done, code in rows.iterator(chunk_size=5000)
        if sent is not None and done is not None
    )


def behind(month: Month, which: Which, *, after: int | None = None) -> tuple[list[Asked], int | None]:
    """Return a page of questions, the newest first, and after which the next page begins; at most a few queries."""
    rows = _sent(month).select_related("policy__payer").order_by("-id").defer("question", "answer", "told")
    if which.connection is not None:
        rows = rows.filter(connection=which.connection)
    if which.kind:
        rows = rows.filter(file__isnull=which.kind == REAL_TIME)
    if which.missing:
        rows = rows.filter(_may_be_missing())
    if after is not None:
        rows = rows.filter(pk__lt=after)
    found: list[Asked] = []
    for row in rows.iterator(chunk_size=1000):
        assert row.sent_at is not None
        assert row.done_at is not None
        one = Asked(
            row.pk, row.policy.patient_id, row.policy_id, row.policy.payer.name, row.get_why_display(),
            _exchange(row.connection, row.file_id, row.sent_at, row.done_at, row.code),
        )  # fmt: skip
        if which.missing and one.exchange.is_in_time:
            continue
        if len(found) == PAGE:
            return found, found[-1].id
        found.append(one)
    return found, None


def _may_be_missing() -> Q:
    """Return which may have no answer in time; of files none is due sooner than ten hours after it was handed in."""
    slow = Q(file=None, done_at__gt=F("sent_at") + PATIENCE)
    slow |= Q(file__isnull=False, done_at__gt=F("sent_at") + timedelta(hours=10))
    return Q(code__in=NO_ANSWER) | slow


def _exchange(connection: str, file: int | None, sent: datetime, done: datetime, code: str) -> Exchange:
    kind = REAL_TIME if file is None else BATCH
    return Exchange(connection, kind, sent, done, code if code in NO_ANSWER else "")


def _sent(month: Month) -> QuerySet[EligibilityCheck]:
    first, following = month.bounds
    done = EligibilityCheck.objects.filter(asked_at__gte=first, asked_at__lt=following, state="done")
    return done.exclude(Q(sent_at=None) | Q(code__in=_NOT_SENT))
