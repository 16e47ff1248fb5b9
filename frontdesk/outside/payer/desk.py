"""What the payer does with an envelope, whichever way it came: real time, a batch handed in, a batch fetched."""

import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from frontdesk.formats import x12
from frontdesk.kit import clock
from frontdesk.outside.payer import authorizations, envelope
from frontdesk.outside.payer.answers import answer
from frontdesk.outside.payer.envelope import BATCH, REAL_TIME, Credentials, Request, Response
from frontdesk.outside.payer.members import Members
from frontdesk.outside.payer.scenarios import Wire

CREDENTIALS = Credentials("practice", "stand-in")
MOST_ASKED, MOST_BATCHES = 50_000, 500
"""How many references and batches are remembered; of more, the oldest are forgotten."""


@dataclass(slots=True)
class Tally:
    """How often something was asked, and how often a whole answer went out."""

    asked: int = 0
    answered: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch that was handed in: the checksum it had, what answers it, and its acknowledgement (999, TA1)."""

    summed: str
    payload_type: str
    content: bytes
    acknowledged: bytes


@dataclass(slots=True)
class Outcome:
    """An envelope to send, the fault it meets on its way, the references it answers (BHT03, TRN02), the file's own 999."""

    response: Response
    wire: Wire | None = None
    references: tuple[str, ...] = ()
    acknowledged: bytes = b""


@dataclass
class Payer:
    """The payer's memory: its members, what it was asked, the batches it holds. Used by many threads at once."""

    members: Members
    credentials: Credentials = CREDENTIALS
    drop: float = 0.0
    seed: int = 1
    now: Callable[[], datetime] = clock.now
    tallies: dict[str, Tally] = field(default_factory=dict)
    most_asked: int = MOST_ASKED
    most_batches: int = MOST_BATCHES
    reviews: authorizations.Reviews = field(default_factory=authorizations.Reviews)
    _batches: dict[str, Batch] = field(default_factory=dict)
    _control: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._lot = random.Random(self.seed)

    def drops(self) -> bool:
        """Say by lot whether a connection ends without an answer."""
        with self._lock:
            return self._lot.random() < self.drop

    def real_time(self, request: Request) -> Outcome:
        """Answer one question at once."""
        at = self.now()
        known = (envelope.INQUIRY, authorizations.REQUEST)
        trouble = envelope.trouble_with(request, self.credentials, REAL_TIME, known)
        if trouble is not None:
            return Outcome(envelope.refusing(request, trouble, REAL_TIME, at))
        outcome = self._answered(request, request.payload or b"", REAL_TIME, at)
        if outcome.wire is Wire.BROKEN:
            outcome.response.payload = broken(outcome.response.payload)
        return outcome

    def batch(self, request: Request) -> Outcome:
        """Take a file of questions in, or hand the answers to an earlier one out."""
        at = self.now()
        known = (envelope.INQUIRY, envelope.PICKUP, envelope.PICKUP_999)
        trouble = envelope.trouble_with(request, self.credentials, BATCH, known)
        if trouble is not None:
            return Outcome(envelope.refusing(request, trouble, BATCH, at))
        key = request.get("PayloadID")
        if request.get("PayloadType") != envelope.INQUIRY:
            return Outcome(envelope.answering(request, *self._held(request), BATCH, at))
        payload = request.payload or b""
        receipt = envelope.answering(request, envelope.RECEIVED, b"", BATCH, at)
        summed = envelope.checksum(payload)
        with self._lock:
            earlier = self._batches.get(key)
        if earlier is not None and earlier.summed == summed:
            return Outcome(receipt)  # the same batch once more is one batch
        outcome = self._answered(request, payload, BATCH, at)
        if outcome.response.code != "Success":
            return outcome
        held = Batch(summed, outcome.response.payload_type, outcome.response.payload, outcome.acknowledged)
        with self._lock:
            self._batches[key] = held
            _forget(self._batches, self.most_batches)
        return Outcome(receipt, None, outcome.references)

    def dropped(self, payload: bytes) -> Outcome:
        """Answer a file that was dropped in a folder, without an envelope; `acknowledged` is its 999 or TA1."""
        nobody = Request({}, payload)
        return self._answered(nobody, payload, BATCH, self.now())

    def _held(self, request: Request) -> tuple[str, bytes]:
        """Return what a pick-up gets: the kind of it, and its bytes."""
        with self._lock:
            held = self._batches.get(request.get("PayloadID"))
        if held is None:
            return envelope.NOTHING, b""
        if request.get("PayloadType") == envelope.PICKUP_999:
            return (envelope.REJECTED, held.acknowledged) if held.acknowledged else (envelope.NOTHING, b"")
        return held.payload_type, held.content

    def _answered(self, request: Request, payload: bytes, mode: str, at: datetime) -> Outcome:
        control = self._next()
        judged = x12.acknowledge(payload, at, control=control)
        if judged.rejected or any(not finding.note for finding in judged.findings):
            return Outcome(_rejected(request, judged, mode, at), acknowledged=judged.content)
        kind, words = envelope.ANSWER, "The payload holds no eligibility inquiry (270)."
        if request.get("PayloadType") == authorizations.REQUEST:
            kind, words = authorizations.ANSWER, "The payload holds no request for an authorization (278)."
            made = self.reviews.answer(payload, self.members, at, control=control)
        else:
            made = answer(payload, self.members, at, control=control)
        if made is None:
            return Outcome(envelope.refusing(request, ("PayloadIllegal", words), mode, at))
        self._note(made.references)
        response = envelope.answering(request, kind, made.content, mode, at)
        return Outcome(response, made.wire, made.references, judged.content)

    def decided(self) -> bytes:
        """Return what was decided of the authorizations that were pended, as a file of 278s."""
        return self.reviews.decided(self.now(), control=self._next())

    def _next(self) -> int:
        with self._lock:
            self._control += 1
            return self._control

    def _note(self, references: tuple[str, ...]) -> None:
        with self._lock:
            for one in references:
                self.tallies.setdefault(one, Tally()).asked += 1
            _forget(self.tallies, self.most_asked)

    def sent(self, references: tuple[str, ...]) -> None:
        """Note that a whole answer went out."""
        with self._lock:
            for one in references:
                if one in self.tallies:
                    self.tallies[one].answered += 1

    def asked(self) -> dict[str, dict[str, int]]:
        """Return how often each reference was asked, and answered whole."""
        with self._lock:
            return {
                one: {"asked": tally.asked, "answered": tally.answered} for one, tally in self.tallies.items()
            }


def _forget(held: dict[str, Any], most: int) -> None:
    """Let the oldest go, so that a payer that runs for weeks needs no more memory than one of a night."""
    for key in list(islice(held, max(len(held) - most, 0))):
        del held[key]


def _rejected(request: Request, judged: x12.Answer, mode: str, at: datetime) -> Response:
    """Return what says that a file cannot be processed: its 999, its TA1, or that it is no X12 at all."""
    if not judged.content:
        words = "The payload is no X12 interchange that could be answered."
        return envelope.refusing(request, ("PayloadIllegal", words), mode, at)
    kind = envelope.REJECTED if b"ST*999*" in judged.content else envelope.TA1
    return envelope.answering(request, kind, judged.content, mode, at)


def broken(content: bytes) -> bytes:
    """Return a 271 as a faulty program writes it: a code nobody knows, and no end."""
    return content.replace(b"EB*1*", b"EB*ZZ*", 1).partition(b"GE*")[0]
