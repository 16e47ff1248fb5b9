"""x12: ASC X12 005010 health care transactions, read, tested, answered and written. Pure Python, usable alone.

270 and 271 (005010X279A1), 276 and 277 (X212), 277CA (X214), 278 (X217), 835 (X221A1), 837P (X222A2, also A1),
999 (X231A1) and TA1. `check(file)` yields what is wrong; `acknowledge(file, at)` answers it; `parse_271(file)` and its
like read it into objects that speak the field's words, `build` writes these; `tree(file)` shows it. A file may be a
`Path`, bytes, an open file, or its text. Nothing is raised on any input. See docs/reference/x12.md.
"""

from collections.abc import Iterator

from frontdesk.formats.x12.acknowledge import Answer, acknowledge
from frontdesk.formats.x12.codes import CodeSets, is_npi
from frontdesk.formats.x12.delimiters import Delimiters
from frontdesk.formats.x12.envelope import Pass
from frontdesk.formats.x12.findings import Finding, Level
from frontdesk.formats.x12.reader import Reader, Source
from frontdesk.formats.x12.records import (
    parse,
    parse_270,
    parse_271,
    parse_276,
    parse_277,
    parse_277ca,
    parse_278,
    parse_835,
    parse_837p,
    parse_999,
    parse_ta1,
    stream_835,
    stream_837p,
)
from frontdesk.formats.x12.records.authorization import build_278
from frontdesk.formats.x12.records.building import build, write
from frontdesk.formats.x12.show import tree


def check(source: Source, *, code_sets: CodeSets | None = None, today: str = "") -> Iterator[Finding]:
    """Yield everything that is wrong with a file, in the order it is found; nothing is ever raised.

    `code_sets` are fuller code sets by name (icd10, hcpcs, carc, rarc, pos, taxonomy…): what is not in them is told.
    `today` (CCYYMMDD) lets services in the future be told.
    """
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
    "build",
    "build_278",
    "check",
    "is_npi",
    "parse",
    "parse_270",
    "parse_271",
    "parse_276",
    "parse_277",
    "parse_277ca",
    "parse_278",
    "parse_835",
    "parse_837p",
    "parse_999",
    "parse_ta1",
    "stream_835",
    "stream_837p",
    "tree",
    "write",
]
