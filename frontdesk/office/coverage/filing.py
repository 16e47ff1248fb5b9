"""The worker's side of the night's files: which questions go together, and how far each file is.

Nothing here speaks to a network, or knows X12. `exchange` writes the file, hands it in, and reads what comes back; each
question in it is settled by itself, by the verb that settles all others, under the name `holder` gives.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Max, Min, Q, QuerySet

from frontdesk.kit import clock, leasing
from frontdesk.office.coverage import rules
from frontdesk.office.coverage.asking import Inquiry, goes_by_file, inquiries
from frontdesk.office.coverage.models import AnswerFile, EligibilityCheck, QuestionFile
from frontdesk.office.coverage.queries.ways import by_files

State, Why, Phase = EligibilityCheck.State, EligibilityCheck.Why, QuestionFile.Phase
MOST = 1000
"""How many questions go in one file."""
QUIET, LONGEST = timedelta(minutes=1), timedelta(minutes=10)
"""The night's questions are gathered once none was added for so long, or the first has waited so long."""
LEASE = timedelta(minutes=3)
"""Longer than any one step may take on the network; who settles many answers renews it meanwhile."""
CONTROL = 900_000_000
"""From here on interchanges of files are numbered; a question asked by itself has a number below."""
LOOK, SELDOM = timedelta(minutes=2), timedelta(minutes=15)
"""How soon a file that was sent is asked after, and how often at the least (CAQH CORE: not within 90 seconds)."""


@dataclass(frozen=True, slots=True)
class Filed:
    """A file as a worker has it. `since` is when it was sent, else made (UTC); `is_over` once it is to be given up, `order` as
    `QuestionFile` has it.
    """

    id: int
    connection: str
    number: str
    phase: str
    made_at: datetime
    since: datetime
    is_over: bool
    order: tuple[int, ...]

    @property
    def holder(self) -> str:
        """Return the name its questions are leased under."""
        return f"file {self.id}"

    @property
    def control(self) -> int:
        """Return the control number of its interchange and group (ISA13, GS06); no question asked by itself has it."""
        return CONTROL + self.id


def anything_to_do() -> bool:
    """Say whether the night's questions are to be gathered, or a file is to be sent or asked after."""
    if QuestionFile.objects.exclude(phase=Phase.DONE).filter(_free()).exists():
        return True
    return any(_is_time(way.name) for way in by_files())


def gather() -> int:
    """Put the night's questions of each way that takes files into a file; return how many files were made.

    They wait for each other: those of a night belong together.
    """
    made = 0
    for way in by_files():
        while _is_time(way.name) and _gathered(way.name):
            made += 1
    return made


def _is_time(way: str) -> bool:
    now = clock.now()
    found = _waiting(way).aggregate(first=Min("asked_at"), last=Max("asked_at"))
    return found["first"] is not None and (found["last"] <= now - QUIET or found["first"] <= now - LONGEST)


def _gathered(way: str) -> bool:
    now = clock.now()
    with transaction.atomic():
        rows = leasing.skip_taken(_waiting(way).order_by("id"))
        ids = list(rows.values_list("pk", flat=True)[:MOST])
        if not ids:
            return False
        file = QuestionFile.objects.create(
            connection=way, made_at=now, look_at=now, give_up_at=now + rules.OVERNIGHT
        )
        EligibilityCheck.objects.filter(pk__in=ids).update(
            state=State.ASKING, file=file, leased_by=f"file {file.pk}", sent_at=now,
            give_up_at=file.give_up_at, attempts=F("attempts") + 1,
        )  # fmt: skip
    return True


def _waiting(way: str) -> QuerySet[EligibilityCheck]:
    now = clock.now()
    rows = EligibilityCheck.objects.filter(goes_by_file(way), state=State.WAITING, file=None)
    return rows.filter(not_before__lte=now, give_up_at__gt=now)


def lease(worker: str) -> Filed | None:
    """Take the file that waits longest to be sent or asked after, for `LEASE`."""
    now = clock.now()
    with transaction.atomic():
        due = QuestionFile.objects.exclude(phase=Phase.DONE).filter(_free()).order_by("look_at", "id")
        row = leasing.skip_taken(due).first()
        if row is None:
            return None
        QuestionFile.objects.filter(pk=row.pk).update(
            leased_by=worker, lease_until=now + LEASE, attempts=F("attempts") + 1
        )
    return _filed(row)


def questions(filed: Filed) -> list[Inquiry]:
    """Return what a file asks and nobody has answered, in the order it is written."""
    rows = _open(filed.id).select_related("policy__payer", "policy__patient").order_by("id")
    return inquiries(list(rows))


def asked_under(way: str, traces: Collection[str]) -> dict[str, tuple[Inquiry, Filed]]:
    """Return the questions that wait in files sent through `way`, by trace, each with its file."""
    found: dict[str, tuple[Inquiry, Filed]] = {}
    wanted = sorted(traces)
    for start in range(0, len(wanted), MOST):
        rows = EligibilityCheck.objects.filter(
            trace__in=wanted[start : start + MOST], state=State.ASKING, file__connection=way
        )
        for row, one in _with_inquiries(rows.select_related("policy__payer", "policy__patient", "file")):
            assert row.file is not None
            found[one.trace] = one, _filed(row.file)
    return found


def sent_under(way: str, control: int) -> Filed | None:
    """Return the file that went through `way` under a control number, if it still waits for answers."""
    row = QuestionFile.objects.filter(connection=way, pk=control - CONTROL).exclude(phase=Phase.DONE).first()
    return _filed(row) if row is not None else None


def go_on(filed: Filed, worker: str, phase: str, order: Sequence[int] | None = None) -> bool:
    """Note how far a file is, before the next step is tried; False where another worker has it meanwhile.

    `order` are its questions as they are written in it.
    """
    given: dict[str, Any] = {"sent_at": clock.now()} if phase == Phase.SENT else {}
    if order is not None:
        given["order"] = list(order)
    return bool(_held(filed, worker).update(phase=phase, **given))


def renew(filed: Filed, worker: str) -> None:
    """Hold a file for `LEASE` from now on: there is more in it than a moment's work."""
    _held(filed, worker).update(lease_until=clock.now() + LEASE)


def let_go(filed: Filed, worker: str) -> None:
    """Leave a file for later, or for good when none of its questions waits any more."""
    now = clock.now()
    given: dict[str, Any] = {"leased_by": "", "lease_until": None}
    if not _open(filed.id).exists():
        given |= {"phase": Phase.DONE, "done_at": now}
    else:
        given["look_at"] = now + min(SELDOM, max(LOOK, (now - filed.since) / 4))
    _held(filed, worker).update(**given)


def note_said(file_id: int, words: str) -> None:
    """Keep what the other side said of a file itself."""
    QuestionFile.objects.filter(pk=file_id).update(said=words[:300])


def digest_of(content: bytes) -> str:
    """Return what a file that came back is known by."""
    return hashlib.sha256(content).hexdigest()


def is_taken(way: str, content: bytes) -> bool:
    """Say whether a file that came back was taken up already."""
    return AnswerFile.objects.filter(connection=way, digest=digest_of(content)).exists()


def keep(way: str, name: str, content: bytes) -> None:
    """Keep a file that was taken up: what it says is settled, and it is not taken up again."""
    text = content.replace(b"\0", b"").decode("utf-8", "replace")
    given = {"name": name[:200], "content": text, "taken_at": clock.now()}
    AnswerFile.objects.get_or_create(connection=way, digest=digest_of(content), defaults=given)


def _with_inquiries(rows: Iterable[EligibilityCheck]) -> Iterator[tuple[EligibilityCheck, Inquiry]]:
    held = list(rows)
    return zip(held, inquiries(held), strict=True)


def _filed(row: QuestionFile) -> Filed:
    over = row.give_up_at <= clock.now()
    return Filed(
        row.pk, row.connection, str(row.number), row.phase, row.made_at, row.sent_at or row.made_at, over,
        tuple(row.order),
    )  # fmt: skip


def _open(file_id: int) -> QuerySet[EligibilityCheck]:
    return EligibilityCheck.objects.filter(file=file_id, state=State.ASKING)


def _held(filed: Filed, worker: str) -> QuerySet[QuestionFile]:
    return QuestionFile.objects.filter(pk=filed.id, leased_by=worker)


def _free() -> Q:
    now = clock.now()
    return Q(look_at__lte=now) & (Q(lease_until=None) | Q(lease_until__lt=now))
