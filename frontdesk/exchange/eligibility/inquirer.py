"""Asks payers what waits to be asked, several at once: one that takes twenty seconds keeps no other waiting.

A question is leased (committed), sent outside of any transaction, and its answer settled (committed). A crash between
sends it again once its lease is over, which is no sooner than a second question may be sent at all.
"""

import logging
import traceback
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from django.db import connection

from frontdesk.exchange import outbound
from frontdesk.exchange.eligibility import envelope
from frontdesk.exchange.eligibility.connections import connection_for
from frontdesk.exchange.eligibility.questions import written
from frontdesk.exchange.eligibility.reading import read
from frontdesk.exchange.eligibility.restrictions import is_kept
from frontdesk.kit import clock
from frontdesk.kit.actor import SYSTEM
from frontdesk.office.coverage import asking
from frontdesk.office.coverage import services as coverage
from frontdesk.office.coverage.asking import Inquiry
from frontdesk.office.coverage.rules import PATIENCE
from frontdesk.office.coverage.rules.benefits import Told
from frontdesk.office.coverage.rules.verdict import Verdict

AT_ONCE, AT_NIGHT = 8, 4
"""How many questions one worker has on their way, and of these the night's: the desk never waits behind them."""
LARGEST = 4 * 1024 * 1024
LATE = Verdict(
    "unknown", "late", "the payer did not answer in 20 seconds", "Try again in two minutes, or call."
)
AWAY = Verdict("unknown", "away", "the payer could not be reached", "Try again in two minutes, or call.")
GARBLED = Verdict(
    "unknown", "garbled", "the payer's answer could not be read", "Try again, or call the payer."
)
RESTRICTED = Verdict(
    "unknown", "restricted", "not asked: the patient pays in full and keeps it from this plan",
    "See the restriction under Privacy before anything is sent to the plan.",
)  # fmt: skip
NO_NPI = Verdict(
    "unknown", "no_npi", "the practice's NPI is not on file", "Ask the practice manager to add it."
)
NO_WAY = Verdict(
    "unknown", "no_connection", "this payer's connection is no longer set up", "Tell the manager."
)
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of a question: what the payer told, or why it told nothing. `again` when it may be tried once more later, where nobody waits for it."""

    what: Told | Verdict
    question: str = ""
    answer: str = ""
    again: bool = False


class Inquirer:
    """One for each worker: keeps the questions that are on their way."""

    def __init__(self, worker: str) -> None:
        self.worker = worker
        self.pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="eligibility")
        self.under_way: dict[Future[None], bool] = {}  # and whether somebody waits for it

    def round(self) -> int:
        """Take up what waits, as far as there is room; return how much was done."""
        self.under_way = {one: live for one, live in self.under_way.items() if not one.done()}
        if not asking.anything_to_ask():
            return 0
        given_up = coverage.give_up(SYSTEM, verdict=LATE) if asking.anything_late() else 0
        free = AT_ONCE - len(self.under_way)
        night = AT_NIGHT - sum(not live for live in self.under_way.values())
        taken = asking.lease(self.worker, free, night=max(night, 0)) if free else []
        self.under_way |= {self.pool.submit(self._answer, one): one.is_live for one in taken}
        return given_up + len(taken)

    def _answer(self, inquiry: Inquiry) -> None:
        try:
            heard = hear(inquiry)
            if heard.again and not inquiry.is_live and inquiry.attempts < asking.TIMES:
                asking.put_back(inquiry, self.worker)
                return
            coverage.settle(
                SYSTEM, check_id=inquiry.id, worker=self.worker, heard=heard.what, question=heard.question,
                answer=heard.answer,
            )  # fmt: skip
        except Exception as failure:  # noqa: BLE001 - a payer may answer anything; the question is given up in time
            place = traceback.extract_tb(failure.__traceback__)[-1]
            log.warning("eligibility: %s in %s, line %s", type(failure).__name__, place.name, place.lineno)
        finally:
            connection.close()


def hear(inquiry: Inquiry) -> Heard:
    """Ask, and return what was heard. Nothing is sent that a patient keeps from the plan (45 CFR 164.522(a)(1)(vi))."""
    to = connection_for(inquiry.connection)
    if to is None or not to.at_once:
        return Heard(NO_WAY)
    if not inquiry.npi:
        return Heard(NO_NPI)
    if is_kept(inquiry.patient_id, inquiry.payer_id, {inquiry.about}):
        return Heard(RESTRICTED)
    now = clock.now()
    question = written(inquiry, to, now)
    sent = envelope.enclosed(question.decode(), to, now)
    try:
        body = outbound.ask(
            to.url, named=[outbound.host_of(to.url)], body=sent.body, headers={"Content-Type": sent.content_type},
            seconds=PATIENCE.total_seconds(), largest=LARGEST,
        )  # fmt: skip
        answer = envelope.opened(body)
    except outbound.NoAnswer as away:
        return Heard(LATE if away.was_late else AWAY, question=question.decode(), again=True)
    except outbound.NotAllowed:
        return Heard(NO_WAY, question=question.decode())
    except envelope.NotUnderstood:
        return Heard(GARBLED, question=question.decode(), again=True)
    return _understood(inquiry, question.decode(), answer)


def _understood(inquiry: Inquiry, question: str, answer: bytes) -> Heard:
    answer = answer.replace(b"\0", b"")  # no database keeps it, and no 271 has it
    reading = read(answer)
    raw = answer.decode("utf-8", "replace")
    if reading.kind == "rejected":
        return Heard(refused(reading.findings), question, raw)
    told = ours(inquiry, reading.told)
    if told is None:
        return Heard(GARBLED, question=question, answer=raw, again=True)
    return Heard(told, question, raw)


def ours(inquiry: Inquiry, told: tuple[Told, ...]) -> Told | None:
    """Return what was told of whom we asked about: under our number, or without one but of the same birth or member.

    Of a child it is what was told of a dependent, where there is one. What might be of somebody else is none of ours.
    """
    alike = [one for one in told if (one.dependent is not None) == (inquiry.dependent is not None)]
    born = (inquiry.dependent or inquiry.subscriber).birth_date
    ours = [one for one in alike or told if inquiry.trace in one.traces]
    if not ours:
        bare = [one for one in alike if not one.traces]
        ours = [
            one for one in bare if one.person.birth_date == born or one.person.member_id == inquiry.member_id
        ]
        if not ours and len(told) == 1 and told[0].rejections and not told[0].traces:
            ours = [told[0]]  # refused before anybody was looked for: that says nothing of anybody
    if len(ours) > 1:
        ours = [one for one in ours if one.person.birth_date == born]
    return ours[0] if len(ours) == 1 else None


def refused(findings: tuple[str, ...]) -> Verdict:
    """Return the verdict of a question that a 999 or TA1 refuses."""
    words = (
        f"the payer's system refused the question: {findings[0]}"
        if findings
        else "the payer refused the question"
    )
    return Verdict(
        "unknown", "refused", words[:300], "Call the payer, and tell whoever keeps the connection."
    )
