"""x12: ASC X12 005010 health care transactions, read, tested, answered and written."""

from collections.abc import Iterator

from frontdesk.formats.x12.acknowledge import Answer, acknowledge
from frontdesk.formats.x12.codes import CodeSets
from frontdesk.formats.x12.delimiters import Delimiters
from frontdesk.formats.x12.envelope import Pass
from frontdesk.formats.x12.findings import Finding, Level
from frontdesk.formats.x12.reader import Reader, Source
from frontdesk.formats.x12.show import tree


def check(source: Source, *, code_sets: CodeSets | None = None, today: str = "") -> Iterator[Finding]:
    """Yield everything that is wrong with a file, in the order it is found; nothing is ever raised."""
    waiting: list[Finding] = []
    for _ in Pass(source, waiting.append, fuller=code_sets, today=today).run():
        yield from waiting
        waiting.clear()
    yield from waiting


__all__ = [
    "Answer",
    "CodeSets",
    "Delimiters",
    "Finding",
    "Level",
    "Reader",
    "Source",
    "acknowledge",
    "check",
    "tree",
]
