"""What a file is made of: interchanges, groups, transaction sets, each with what was found wrong in it."""

from dataclasses import dataclass, field

from frontdesk.formats.x12.delimiters import Delimiters
from frontdesk.formats.x12.findings import Finding
from frontdesk.formats.x12.guides.model import Guide
from frontdesk.formats.x12.nodes import Node


@dataclass(slots=True)
class Interchange:
    """An ISA with what follows it."""

    elements: list[str]
    marks: Delimiters
    number: int
    groups: int = 0
    findings: list[Finding] = field(default_factory=list)
    controls: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Group:
    """A GS with what follows it."""

    elements: list[str]
    interchange: Interchange
    number: int
    sets: int = 0
    stated: str = ""  # GE01
    findings: list[Finding] = field(default_factory=list)
    controls: set[str] = field(default_factory=set)
    claims: set[str] = field(default_factory=set)

    @property
    def version(self) -> str:
        """GS08, the version the group says it follows."""
        return element(self.elements, 8)


@dataclass(slots=True)
class TransactionSet:
    """A set, ST to SE, with the loops of it (`root`) that were kept, and its findings."""

    transaction: str
    control: str
    version: str
    guide: Guide | None
    group: Group | None
    marks: Delimiters
    number: int
    stated: str = ""  # ST03, which an 835 does not have
    findings: list[Finding] = field(default_factory=list)
    root: Node | None = None
    segments: int = 0
    loose: list[list[str]] = field(default_factory=list)


@dataclass(slots=True)
class Closed:
    """A group or an interchange has ended."""

    what: Group | Interchange


def element(elements: list[str], at: int) -> str:
    return elements[at] if at < len(elements) else ""
