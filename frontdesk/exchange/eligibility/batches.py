"""The night's questions by file: gathered, handed in, asked after, and each settled by what comes back.

A file goes through phases, each committed before the next step is tried, so that whoever takes it up after a crash does
what is left and nothing twice (`QuestionFile`). What comes back is settled question by question, then kept, then archived
on the other side: a crash between reads it again, and what was settled stays as it is.
"""

import logging
import traceback
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial

from django.conf import settings
from django.db import connection

from frontdesk.exchange.eligibility import core_batch, sftp
from frontdesk.exchange.eligibility.acknowledged import Said
from frontdesk.exchange.eligibility.connections import Connection
from frontdesk.exchange.eligibility.files import Came, Gone, Refused
from frontdesk.exchange.eligibility.inquirer import (
    GARBLED,
    NO_NPI,
    NO_WAY,
    RESTRICTED,
    ours,
    refused,
)
from frontdesk.exchange.eligibility.questions import written, written_together
from frontdesk.exchange.eligibility.restrictions import is_kept
from frontdesk.exchange.eligibility.sorting import Answer, sort
from frontdesk.kit.actor import SYSTEM
from frontdesk.kit.walltime import to_wall
from frontdesk.office.coverage import filing
from frontdesk.office.coverage import services as coverage
from frontdesk.office.coverage.asking import Inquiry
from frontdesk.office.coverage.filing import Filed, Phase
from frontdesk.office.coverage.rules.benefits import Told
from frontdesk.office.coverage.rules.verdict import Verdict
from frontdesk.office.practice.queries import zone_of

HELD_FOR = 25
"""After so many answers a worker says that it is still at it."""
log = logging.getLogger(__name__)


class Batches:
    """One for each worker: at most one file is on its way at a time, in a thread of its own."""

    def __init__(self, worker: str) -> None:
        self.worker = worker
        self.pool = ThreadPoolExecutor(1, thread_name_prefix="eligibility-files")
        self.under_way: Future[None] | None = None

    def round(self) -> int:
        """Gather what the night asks, and take one file further; return how much was begun."""
        if self.under_way is not None and not self.under_way.done():
            return 0
        if not filing.anything_to_do():
            return 0
        made = filing.gather()
        filed = filing.lease(self.worker)
        if filed is not None:
            self.under_way = self.pool.submit(self._take_further, filed)
        return made + (filed is not None)

    def _take_further(self, filed: Filed) -> None:
        try:
            take_further(filed, self.worker)
        except Gone as away:
            log.warning("eligibility: file %s: %s", filed.id, away)
        except Exception as failure:  # noqa: BLE001 - the other side may answer anything; the file is given up in time
            place = traceback.extract_tb(failure.__traceback__)[-1]
            log.warning("eligibility: %s in %s, line %s", type(failure).__name__, place.name, place.lineno)
        finally:
            filing.let_go(filed, self.worker)
            connection.close()


def take_further(filed: Filed, worker: str) -> None:
    """Send a file, or look for what came back, or give it up. Raises `Gone`."""
    known: dict[str, Connection] = settings.CONNECTIONS
    to = known.get(filed.connection)
    if to is None or not to.files:
        _settle_all(filed, NO_WAY)
        return
    try:
        if filed.phase != Phase.SENT and not filed.is_over:
            _send(filed, to, worker)
        elif filed.phase != Phase.WAITING:
            _look(filed, to, worker)
    finally:
        if filed.is_over:
            _settle_all(filed, _no_answer(filed))


def _send(filed: Filed, to: Connection, worker: str) -> None:
    """Hand a file in. What a patient keeps from the plan is taken out in the last moment before it is written."""
    asked = [one for one in filing.questions(filed) if _may_go(one, filed)]
    if not asked:
        if filed.phase != Phase.WAITING and to.files.startswith("sftp:"):
            sftp.place_anew(to, filed.number, b"")  # what an earlier try left there is nobody's any more
        return
    content = written_together(asked, to, filed.made_at, filed.control)
    order = [one.id for one in asked]
    try:
        sent = _by_sftp if to.files.startswith("sftp:") else _by_core
        if sent(filed, to, worker, content, order):
            filing.go_on(filed, worker, Phase.SENT)
    except Refused as no:
        _settle_all(filed, refused((str(no),)))


def _by_core(filed: Filed, to: Connection, worker: str, content: bytes, order: list[int]) -> bool:
    # Whether an earlier try came through is not known: what lies there under this number says so.
    if filed.phase == Phase.BEGUN and core_batch.pick_up(to, filed.number):
        return True
    if not filing.go_on(filed, worker, Phase.BEGUN, order):
        return False
    core_batch.hand_in(to, filed.number, content)
    return True


def _by_sftp(filed: Filed, to: Connection, worker: str, content: bytes, order: list[int]) -> bool:
    """Put a file there under a name nobody looks at, and only once that is on record give it its own."""
    if filed.phase != Phase.PLACED:
        if not filing.go_on(filed, worker, Phase.BEGUN, order):
            return False
        sftp.place(to, filed.number, content)
        if not filing.go_on(filed, worker, Phase.PLACED):
            return False
    # Once it was placed a question was taken out, or is kept from the plan: it is not shown with that in it.
    elif (
        tuple(order) != filed.order
        and sftp.place_anew(to, filed.number, content)
        and not filing.go_on(filed, worker, Phase.PLACED, order)
    ):
        return False
    sftp.show(to, filed.number)
    return True


def _may_go(asked: Inquiry, filed: Filed) -> bool:
    """Say whether a question may be written; one that may not is settled with the reason."""
    why = (
        NO_NPI
        if not asked.npi
        else RESTRICTED
        if is_kept(asked.patient_id, asked.payer_id, {asked.about})
        else None
    )
    if why is not None:
        _settle(asked, filed.holder, why)
    return why is None


def _look(filed: Filed, to: Connection, worker: str) -> None:
    """Take up what came back, each file once."""
    hold = partial(filing.renew, filed, worker)
    if to.files.startswith("sftp:"):
        for came in sftp.collect(to):
            if take_up(to, came, hold):
                sftp.put_away(to, came.name)
        return
    for came in core_batch.pick_up(to, filed.number):
        take_up(to, came, hold)


def take_up(to: Connection, came: Came, hold: Callable[[], None] | None = None) -> bool:
    """Settle what a file says and keep it; return whether it can be put away: it is ours, and whole.

    `hold` is called now and then while there is much to settle.
    """
    if filing.is_taken(to.name, came.content):
        return True
    found = sort(came.content)
    if not found.is_ours or not found.is_whole:
        return False
    asked = filing.asked_under(to.name, set(found.answers))
    for place, (trace, (one, filed)) in enumerate(asked.items()):
        if hold is not None and place % HELD_FOR == 0:
            hold()
        _settle_answer(one, filed, found.answers[trace], to)
    for said in found.said:
        _settle_said(said, to)
    filing.keep(to.name, came.name, came.content)
    return True


def _settle_answer(asked: Inquiry, filed: Filed, answers: list[Answer], to: Connection) -> None:
    told = ours(asked, tuple(one.told for one in answers if one.told is not None))
    question = written(asked, to, filed.made_at).decode()  # alone, as it stood in the file
    text = "".join(dict.fromkeys(one.text for one in answers))
    _settle(asked, filed.holder, told or GARBLED, question, text)


def _settle_said(said: Said, to: Connection) -> None:
    """Refuse what a 999 or TA1 refuses: the sets it names, or all of the file."""
    filed = filing.sent_under(to.name, said.control)
    if filed is None:
        return
    filing.note_said(filed.id, " ".join(said.findings) or "Taken in.")
    if said.accepted:
        return
    order = {pk: f"{place:04d}" for place, pk in enumerate(filed.order, 1)}
    for one in filing.questions(filed):
        if said.refused is None or order.get(one.id) in said.refused:
            _settle(one, filed.holder, refused(said.findings))


def _settle_all(filed: Filed, verdict: Verdict) -> None:
    for one in filing.questions(filed):
        _settle(one, filed.holder, verdict)


def _settle(asked: Inquiry, holder: str, heard: Told | Verdict, question: str = "", answer: str = "") -> None:
    coverage.settle(
        SYSTEM,
        check_id=asked.id,
        worker=holder,
        heard=heard,
        question=question,
        answer=answer.replace("\0", ""),
    )


def _no_answer(filed: Filed) -> Verdict:
    at = to_wall(filed.since, zone_of(SYSTEM))
    way = "no answer to the file of" if filed.phase == Phase.SENT else "nobody took the file of"
    return Verdict("unknown", "no_file", f"{way} {at:%H:%M}", "Ask again by key, or call the payer.")
