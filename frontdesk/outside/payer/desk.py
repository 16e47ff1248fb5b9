"""What the payer does with an envelope, whichever way it came: real time, a batch handed in, a batch fetched."""

import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from frontdesk.formats import x12
from frontdesk.kit import clock
from frontdesk.outside.payer import authorizations, envelope
from frontdesk.outside.payer.answers import answer
from frontdesk.outside.payer.envelope import BATCH, REAL_TIME, Credentials, Request, Response
from frontdesk.outside.payer.members import Members
from frontdesk.outside.payer.scenarios import Wire

CREDENTIALS = Credentials("practice", "stand-in")


@dataclass(slots=True)
class Tally:
    """How often something was asked, and how often a whole answer went out."""

    asked: int = 0
    answered: int = 0


@dataclass(slots=True)
class Outcome:
    """An envelope to send, the fault it meets on its way, and the references it answers (BHT03, TRN02)."""

    response: Response
    wire: Wire | None = None
    references: tuple[str, ...] = ()


@dataclass
class Payer:
    """The payer's memory: its members, what it was asked, the batches it holds. Used by many threads at once."""

    members: Members
    credentials: Credentials = CREDENTIALS
    drop: float = 0.0
    seed: int = 1
    now: Callable[[], datetime] = clock.now
    tallies: dict[str, Tally] = field(default_factory=dict)
    reviews: authorizations.Reviews = field(default_factory=authorizations.Reviews)
    _batches: dict[str, tuple[str, bytes]] = field(default_factory=dict)
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
            outcome.response.payload = _broken(outcome.response.payload)
        return outcome

    def batch(self, request: Request) -> Outcome:
        """Take a file of questions in, or hand the answers to an earlier one out."""
        at = self.now()
        known = (envelope.INQUIRY, envelope.PICKUP)
        trouble = envelope.trouble_with(request, self.credentials, BATCH, known)
        if trouble is not None:
            return Outcome(envelope.refusing(request, trouble, BATCH, at))
        key = request.get("PayloadID")
        if request.get("PayloadType") == envelope.PICKUP:
            with self._lock:
                kind, content = self._batches.get(key, (envelope.NOTHING, b""))
            return Outcome(envelope.answering(request, kind, content, BATCH, at))
        outcome = self._answered(request, request.payload or b"", BATCH, at)
        if outcome.response.code != "Success":
            return outcome
        with self._lock:
            self._batches[key] = (outcome.response.payload_type, outcome.response.payload)
        receipt = envelope.answering(request, envelope.RECEIVED, b"", BATCH, at)
        return Outcome(receipt, None, outcome.references)

    def _answered(self, request: Request, payload: bytes, mode: str, at: datetime) -> Outcome:
        control = self._next()
        judged = x12.acknowledge(payload, at, control=control)
        if judged.rejected or any(not finding.note for finding in judged.findings):
            return Outcome(_rejected(request, judged, mode, at))
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
        return Outcome(response, made.wire, made.references)

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

    def sent(self, references: tuple[str, ...]) -> None:
        """Note that a whole answer went out."""
        with self._lock:
            for one in references:
                self.tallies[one].answered += 1

    def asked(self) -> dict[str, dict[str, int]]:
        """Return how often each reference was asked, and answered whole."""
        with self._lock:
            return {
                one: {"asked": tally.asked, "answered": tally.answered} for one, tally in self.tallies.items()
            }


def _rejected(request: Request, judged: x12.Answer, mode: str, at: datetime) -> Response:
    """Return what says that a file cannot be processed: its 999, its TA1, or that it is no X12 at all."""
    if not judged.content:
        words = "The payload is no X12 interchange that could be answered."
        return envelope.refusing(request, ("PayloadIllegal", words), mode, at)
    kind = envelope.REJECTED if b"ST*999*" in judged.content else envelope.TA1
    return envelope.answering(request, kind, judged.content, mode, at)


def _broken(content: bytes) -> bytes:
    """Return a 271 as a faulty program writes it: a code nobody knows, and no end."""
    return content.replace(b"EB*1*", b"EB*ZZ*", 1).partition(b"GE*")[0]
