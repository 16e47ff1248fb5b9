"""A file that came back, sorted: what it tells of which question, and which it refuses. Nothing is raised."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from frontdesk.exchange.eligibility.acknowledged import Said, said_of
from frontdesk.exchange.eligibility.reading import cut, parted, told
from frontdesk.formats import x12
from frontdesk.formats.x12.records.eligibility import EligibilityAnswer
from frontdesk.office.coverage.rules.benefits import Told

_OURS = ("271", "999")


@dataclass(frozen=True, slots=True)
class Answer:
    """What was told of one question, and the part of the file that says it. `told` is None where that part is not whole."""

    told: Told | None
    text: str


@dataclass(slots=True)
class Sorted:
    """What a file says. `answers` by the trace or the reference (TRN02, BHT03) of the question."""

    is_ours: bool = False
    is_whole: bool = False
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    said: list[Said] = field(default_factory=list)


def sort(raw: bytes) -> Sorted:
    """Sort a file. It is ours when it holds a 271, a 999 or a TA1, whole when its interchange ends."""
    made, heard = Sorted(), list[x12.Finding]()
    ids = _segments(raw)
    made.is_whole = "IEA" in ids
    made.said = said_of(raw)
    made.is_ours = bool(made.said) or any(f"ST {one}" in ids for one in _OURS)
    for found in x12.parse(raw, heard.append):
        broken = bool(cut(heard))
        heard.clear()
        if isinstance(found, EligibilityAnswer):
            for name, answer in _answers(found, broken=broken):
                made.answers.setdefault(name, []).append(answer)
    return made


def _answers(found: EligibilityAnswer, *, broken: bool) -> Iterator[tuple[str, Answer]]:
    people = told(found)
    for one in people:
        # Whoever is asked about in the same set as others sees nothing of them: each keeps the part that is theirs.
        text = x12.build(found if len(people) == 1 else parted(found, one.traces)).decode("utf-8", "replace")
        answer = Answer(None if broken else one, text)
        if one.traces:
            yield from ((name, answer) for name in dict.fromkeys(one.traces))
        elif one.reference and len(people) == 1:
            yield one.reference, answer  # refused before anybody was looked for


def _segments(raw: bytes) -> set[str]:
    """Return the ids of a file's segments, those of ST with the kind of set behind."""
    reader = x12.Reader(raw, lambda _: None)
    found = set[str]()
    for segment in reader:
        row = segment.split(reader.delimiters.element, 2)
        found.add(row[0])
        if row[0] == "ST":
            found.add(f"ST {row[1] if len(row) > 1 else ''}")
    return found
