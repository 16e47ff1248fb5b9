"""Sends requests for authorizations to payers, one after the other: a request is leased, sent outside of any transaction,
and its answer settled. A crash between sends it once more under the same number, no sooner than CAQH CORE allows.
"""

import logging
import traceback
from dataclasses import dataclass

from frontdesk.exchange import outbound
from frontdesk.exchange.authorizations.reading import read
from frontdesk.exchange.authorizations.requests import PAYLOAD, written
from frontdesk.exchange.eligibility import envelope
from frontdesk.exchange.eligibility.connections import connection_for
from frontdesk.exchange.eligibility.restrictions import is_kept
from frontdesk.kit import clock
from frontdesk.kit.actor import SYSTEM
from frontdesk.office.coverage.rules import PATIENCE
from frontdesk.office.referrals import asking
from frontdesk.office.referrals import services as referrals
from frontdesk.office.referrals.asking import Request
from frontdesk.office.referrals.rules import Outcome, Told
from frontdesk.office.referrals.rules.answers import REJECTED, UNKNOWN

AT_ONCE = 4
LARGEST = 4 * 1024 * 1024
_PERHAPS = "They may have it all the same: call before you ask again."
LATE = Outcome(UNKNOWN, "the payer did not answer in 20 seconds", _PERHAPS)
AWAY = Outcome(UNKNOWN, "the payer could not be reached", _PERHAPS)
GARBLED = Outcome(UNKNOWN, "the payer's answer could not be read", _PERHAPS)
RESTRICTED = Outcome(
    REJECTED, "not asked: the patient pays in full for a visit in it and keeps that from this plan",
    "See the restriction under Privacy. Narrow days or kind of visit, so that the visit is not in it.",
)  # fmt: skip
NO_NPI = Outcome(REJECTED, "the practice's NPI is not on file", "Ask the practice manager to add it.")
NO_WAY = Outcome(REJECTED, "this payer's connection is no longer set up", "Tell the manager.")
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of a request: what the payer told, or why it told nothing; and what went over the wire."""

    what: Told | Outcome
    question: str = ""
    answer: str = ""


class Asker:
    """One for each worker."""

    def __init__(self, worker: str) -> None:
        self.worker = worker

    def round(self) -> int:
        """Take up what waits; return how much was done."""
        if not asking.anything_to_ask():
            return 0
        given_up = referrals.give_up(SYSTEM, outcome=LATE) if asking.anything_late() else 0
        taken = asking.lease(self.worker, AT_ONCE)
        for one in taken:
            self._answer(one)
        return given_up + len(taken)

    def _answer(self, request: Request) -> None:
        try:
            heard = hear(request)
            referrals.settle_request(
                SYSTEM, request_id=request.id, worker=self.worker, heard=heard.what, question=heard.question,
                answer=heard.answer,
            )  # fmt: skip
        except Exception as failure:  # noqa: BLE001 - a payer may answer anything; the request is given up in time
            place = traceback.extract_tb(failure.__traceback__)[-1]
            log.warning("authorizations: %s in %s, line %s", type(failure).__name__, place.name, place.lineno)


def hear(request: Request) -> Heard:
    """Ask, and return what was heard. Nothing is sent of a visit that a patient keeps from the plan (45 CFR 164.522(a)(1)(vi))."""
    to = connection_for(request.connection)
    if to is None or not to.at_once:
        return Heard(NO_WAY)
    if not request.npi:
        return Heard(NO_NPI)
    if is_kept(request.patient_id, request.payer_id, request.about):
        return Heard(RESTRICTED)
    now = clock.now()
    question = written(request, to, now)
    sent = envelope.enclosed(question.decode(), to, now, kind=PAYLOAD)
    try:
        body = outbound.ask(
            to.url, named=[outbound.host_of(to.url)], body=sent.body, headers={"Content-Type": sent.content_type},
            seconds=PATIENCE.total_seconds(), largest=LARGEST,
        )  # fmt: skip
        answer = envelope.opened(body).replace(b"\0", b"")
    except outbound.NoAnswer as away:
        return Heard(LATE if away.was_late else AWAY, question.decode())
    except outbound.NotAllowed:
        return Heard(NO_WAY, question.decode())
    except envelope.NotUnderstood:
        return Heard(GARBLED, question.decode())
    return _understood(request, question.decode(), answer)


def _understood(request: Request, question: str, answer: bytes) -> Heard:
    reading, raw = read(answer), answer.decode("utf-8", "replace")
    if reading.kind == "rejected":
        words = f"the payer's system refused the request: {reading.why}"
        return Heard(
            Outcome(REJECTED, words, "Call the payer, and tell whoever keeps the connection."), question, raw
        )
    parts = dict(zip(map(id, reading.told), reading.parts, strict=False))
    ours = [one for one in reading.told if request.trace in one.traces]
    if not ours and len(reading.told) == 1 and reading.told[0].rejections and not reading.told[0].action:
        ours = [reading.told[0]]  # refused before anybody was looked for: that says nothing of anybody else
    if len(ours) != 1:
        return Heard(GARBLED, question, raw)
    return Heard(ours[0], question, parts[id(ours[0])])
