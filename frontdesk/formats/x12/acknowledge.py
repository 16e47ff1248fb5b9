"""Answer a file: a TA1 for each interchange, a 999 for each functional group, written from what was found.

An interchange whose envelope cannot be trusted is rejected by its TA1 alone. A set is accepted (A) when nothing was
found, rejected (R) otherwise; a group is accepted in part (P) when some of its sets are. Acknowledgements (GS01 FA) and
TA1s are never answered.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from frontdesk.formats.x12 import writer
from frontdesk.formats.x12.codes import CodeSets
from frontdesk.formats.x12.delimiters import USUAL, Delimiters
from frontdesk.formats.x12.elements import is_date, is_time
from frontdesk.formats.x12.envelope import Pass
from frontdesk.formats.x12.findings import Finding, Level
from frontdesk.formats.x12.guides import envelope
from frontdesk.formats.x12.parts import Closed, Group, Interchange, TransactionSet
from frontdesk.formats.x12.reader import Source

Rows = list[writer.Element]
_SET_LEVEL = frozenset({"1", "2", "3", "4", "6", "7", "23", "I6"})
_GROUP_LEVEL = frozenset({"1", "2", "3", "4", "5", "6"})
_SEGMENT_CODES = frozenset({"1", "2", "3", "4", "5", "6", "7", "I4", "I6", "I7", "I8", "I9"})


@dataclass(slots=True)
class Answer:
    """The acknowledgement as the bytes of a file, and what it says.

    `accepted` and `rejected` count transaction sets. `content` is empty where there is no interchange to answer.
    """

    content: bytes = b""
    findings: list[Finding] = field(default_factory=list)
    accepted: int = 0
    rejected: int = 0


def acknowledge(
    source: Source,
    at: datetime,
    *,
    control: int = 1,
    code_sets: CodeSets | None = None,
    marks: Delimiters = USUAL,
    line_end: str = "",
) -> Answer:
    """Return the answer to a file, dated `at`; the answering interchanges are numbered from `control`."""
    answer, groups, sets = Answer(), list[str](), list[str]()
    accepted = received = number = 0
    stamp = (f"{at:%Y%m%d}", f"{at:%H%M}")
    parts: list[str] = []
    for seen in Pass(source, answer.findings.append, fuller=code_sets, today=stamp[0]).run():
        if isinstance(seen, TransactionSet):
            good = not any(not finding.note for finding in seen.findings)
            received, accepted = received + 1, accepted + good
            answer.accepted, answer.rejected = answer.accepted + good, answer.rejected + (not good)
            sets += [writer.segment(row, marks) for row in _set_rows(seen, good=good)]
        elif isinstance(seen, Closed) and isinstance(seen.what, Group):
            group = seen.what
            if _get(group.elements, 1) != "FA":
                number += 1
                groups += _group(group, sets, (received, accepted), number, marks)
            sets, accepted, received = [], 0, 0
        elif isinstance(seen, Closed) and isinstance(seen.what, Interchange):
            parts += _interchange(seen.what, groups, stamp, control, marks)
            groups, sets, number = [], [], 0
            control += 1
    answer.content = "".join(part + line_end for part in parts).encode("utf-8", "replace")
    return answer


def _interchange(
    seen: Interchange, groups: list[str], stamp: tuple[str, str], control: int, marks: Delimiters
) -> Iterator[str]:
    """Yield the interchange that answers one: swapped parties, a TA1, and the 999s where it is not rejected."""
    isa = seen.elements
    errors = [finding for finding in seen.findings if not finding.note]
    rejected = bool(errors)
    wanted = _get(isa, 14) == "1" or rejected
    if not wanted and not groups:
        return
    us, them = _party(isa, 7), _party(isa, 5)
    yield writer.header(us, them, stamp, control, marks, test=_get(isa, 15) == "T")
    if wanted:
        code = next(
            (finding.ack for finding in errors if len(finding.ack) == 3), "022" if rejected else "000"
        )
        number = _get(isa, 13).strip()
        day, hour = _get(isa, 9), _get(isa, 10)
        row: Rows = [
            "TA1",
            number if number.isdigit() and len(number) == 9 else "0" * 9,
            day if len(day) == 6 and is_date(day) else stamp[0][2:],
            hour if len(hour) == 4 and is_time(hour) else stamp[1],
            "R" if rejected else "A",
            code,
        ]
        yield writer.segment(row, marks)
    count = 0
    if groups and not rejected:
        count = 1
        gs = ["GS", "FA", _fit(us[1], 2, 15), _fit(them[1], 2, 15), *stamp, str(control), "X", "005010X231A1"]
        yield writer.segment(gs, marks)
        yield from groups
        sets = sum(1 for line in groups if line.startswith("ST" + marks.element))
        yield writer.segment(["GE", str(sets), str(control)], marks)
    yield writer.segment(["IEA", str(count), f"{control % 10**9:09d}"], marks)


def _group(
    group: Group, sets: list[str], counts: tuple[int, int], number: int, marks: Delimiters
) -> Iterator[str]:
    """Yield the 999 that answers one group."""
    received, accepted = counts
    errors = [finding for finding in group.findings if not finding.note]
    codes = _unlike([finding.ack for finding in errors if finding.ack in _GROUP_LEVEL])
    if errors or (received and not accepted):
        verdict, accepted = "R", 0
    else:
        verdict = "A" if accepted == received else "P"
    gs = group.elements
    control = f"{number:04d}"
    rows: list[Rows] = [
        ["ST", "999", control, "005010X231A1"],
        ["AK1", _fit(_get(gs, 1), 2, 2), _digits(_get(gs, 6), 9), _fit(_get(gs, 8), 0, 12)],
    ]
    body = [writer.segment(row, marks) for row in rows] + sets
    stated = _digits(group.stated, 6) if group.stated else str(received)
    body.append(writer.segment(["AK9", verdict, stated, str(received), str(accepted), *codes[:5]], marks))
    yield from body
    yield writer.segment(["SE", str(len(body) + 1), control], marks)


def _set_rows(seen: TransactionSet, *, good: bool) -> Iterator[Rows]:
    """Yield AK2 to IK5 for one set."""
    yield ["AK2", _fit(seen.transaction, 3, 3), _fit(seen.control, 4, 9), _fit(seen.stated, 0, 35)]
    if good:
        yield ["IK5", "A"]
        return
    errors = [finding for finding in seen.findings if not finding.note]
    inner = [f for f in errors if f.level is not Level.ENVELOPE or f.ack not in _SET_LEVEL]
    placed = [
        f for f in inner if len(f.ack) < 3 or f.ack[0] == "I"
    ]  # the others are faults of the file there
    by_place: dict[tuple[int, str, str], list[Finding]] = {}
    for finding in placed:
        code = finding.ack if finding.ack in _SEGMENT_CODES and not _in_element(finding) else "8"
        by_place.setdefault((finding.set_segment or 1, finding.segment_id, code), []).append(finding)
    for (place, ident, code), found in sorted(by_place.items()):
        yield ["IK3", _fit(ident, 2, 3), str(place), found[0].loop_id[:4], code]
        if code == "8":
            for finding in found:
                at: writer.Element = (
                    [str(finding.position), str(finding.component)]
                    if finding.component
                    else str(finding.position)
                )
                yield ["IK4", at, "", finding.ack or "I12", _copied(finding.value)]
    outer = _unlike([f.ack for f in errors if f.level is Level.ENVELOPE and f.ack in _SET_LEVEL])
    codes: Rows = [*(["5"] if inner else []), *outer]
    yield ["IK5", "R", *codes[:5]]


def _party(isa: list[str], at: int) -> tuple[str, str]:
    """Return a party of a header as it may be written again."""
    known = envelope()["ISA"].elements[at - 1].codes or frozenset()
    qualifier = _get(isa, at)
    return (qualifier if qualifier in known else "ZZ", _fit(_get(isa, at + 1), 2, 15))


def _fit(value: str, shortest: int, longest: int) -> str:
    """Return what of a value an acknowledgement may repeat, without its own delimiters, padded with 0 to its shortest."""
    plain = (letter for letter in value if letter.isascii() and letter.isprintable() and letter not in USUAL)
    kept = "".join(plain).strip()
    return kept[:longest].strip().ljust(shortest, "0") if kept or shortest else ""


def _digits(value: str, longest: int) -> str:
    return value if value.isascii() and value.isdigit() and len(value) <= longest else "0"


def _copied(value: str) -> str:
    """Return a bad value as an IK4 may carry it."""
    return value.encode("ascii", "replace").decode().strip()[:99]


def _in_element(finding: Finding) -> bool:
    """Say whether a finding is about an element, so that an IK4 must say which."""
    return bool(finding.position) and finding.level is not Level.STRUCTURE


def _unlike(codes: list[str]) -> list[str]:
    return list(dict.fromkeys(codes))


def _get(elements: list[str], at: int) -> str:
    return elements[at] if at < len(elements) else ""
