"""What is wrong with a file, and where: one `Finding` for each fault."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """Where a fault lies, from the envelope down to facts that contradict each other."""

    ENVELOPE = "envelope"
    STRUCTURE = "structure"
    ELEMENT = "element"
    CODE_SET = "code set"
    BALANCE = "balance"
    SITUATIONAL = "situational"
    CROSS_CHECK = "cross-check"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, in a place, in a sentence a supervisor can act on.

    `segment` counts from 1 in the file, `set_segment` from 1 at the ST; 0 means the whole of it. `ack` is the code an
    acknowledgement gives for it (TA105, AK905, IK304, IK403 or IK502, by where it lies). A note rejects nothing.
    """

    code: str
    level: Level
    sentence: str
    segment: int = 0
    segment_id: str = ""
    loop: str = ""
    position: int = 0
    component: int = 0
    value: str = ""
    set_segment: int = 0
    loop_id: str = ""
    ack: str = ""
    note: bool = False

    @property
    def element(self) -> str:
        """The element as a guide writes it: NM109, SV101-2; empty where the segment itself is meant."""
        if not self.position:
            return ""
        inner = f"-{self.component}" if self.component else ""
        return f"{self.segment_id}{self.position:02d}{inner}"

    def __str__(self) -> str:
        place = f"segment {self.segment} ({self.element or self.segment_id})" if self.segment else "the file"
        where = f", {self.loop}" if self.loop else ""
        return f"{place}{where}: {self.sentence} [{self.level.value}: {self.code}]"


def shown(value: str, longest: int = 40) -> str:
    """Return a value fit for a sentence: short, and with nothing in it that a terminal obeys."""
    safe = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in value)
    return safe if len(safe) <= longest else safe[: longest - 1] + "…"
