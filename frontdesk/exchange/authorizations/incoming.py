"""What payers decide later, handed in as a file of 278s: each answer finds the request it settles by its number."""

from collections.abc import Iterator
from dataclasses import dataclass

from frontdesk.exchange.authorizations.reading import read
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid, Refusal
from frontdesk.office.referrals import services as referrals
from frontdesk.office.referrals.rules import OUTCOMES, Told

LARGEST = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one answer of a file: what it says, or the sentence why it could not be taken in."""

    words: str = ""
    problem: str = ""


def take_in(by: Actor, content: bytes) -> Iterator[Taken]:
    """Take in every answer of a file, each by itself. Raises `Invalid` where there is none in it; then nothing is changed."""
    content = content.replace(b"\0", b"")
    reading = read(content)
    if reading.kind != "answer":
        raise Invalid(f"Nothing was taken in. {reading.why}")
    return (_taken(by, one, part) for one, part in zip(reading.told, reading.parts, strict=True))


def _taken(by: Actor, told: Told, raw: str) -> Taken:
    try:
        row = referrals.take_reply(by, told=told, raw=raw)
    except Refusal as refusal:
        return Taken(problem=refusal.sentence)
    said = OUTCOMES.get(row.outcome, row.outcome)
    return Taken(f"Request {row.trace}: {': '.join(filter(None, [said, row.words]))}")
