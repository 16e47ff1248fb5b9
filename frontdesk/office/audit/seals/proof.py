"""Proving the record whole: every run read again and held against its seal and against what was noted outside."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from frontdesk.kit import clock
from frontdesk.office.audit.models import AuditSeal
from frontdesk.office.audit.seals import lines
from frontdesk.office.audit.seals.anchor import Anchor, Noted
from frontdesk.office.audit.seals.making import digest_of

_PAUSE = timedelta(hours=1)  # the worker notes within minutes what it seals
_NAMED = 200  # entries held against each other to see which changed places


@dataclass(frozen=True, slots=True)
class Breach:
    """Something that no longer fits. `kind`: edited, deleted, inserted, swapped, cut, unfit, seal or anchor.

    `entries` are numbers of entries; for a seal that of its last entry.
    """

    kind: str
    words: str
    entries: tuple[int, ...] = ()

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True, slots=True)
class _Run:
    """A run to be read again: its bounds and root as noted outside, else as its seal has them."""

    first: int
    last: int
    count: int
    root: str
    form: int
    marks: bytes | None


@dataclass(frozen=True, slots=True)
class _Misfit:
    """An entry that does not fit its mark: what it says now, and what its mark was made of."""

    number: int
    content: bytes
    before: bytes
    mark: bytes


def breaches(anchor: Anchor | None = None) -> list[Breach]:
    """Return what no longer fits, each with the entries it is about, entries first; empty when the record is whole."""
    found = _slipped_in_before()
    about_seals: list[Breach] = []
    noted: dict[int, Noted] = {}
    keys: tuple[bytes, ...] = (b"",)
    if anchor is not None:
        noted, keys = _read(anchor, about_seals)
    misfits: list[_Misfit] = []
    for run in _runs(noted, about_seals):
        rows = lines.run_of(run.first, run.last, run.form)
        if len(rows) != run.count or lines.root_of(rows) != run.root:
            found += _named(run, rows, keys, misfits)
    return found + _changed(misfits, keys) + about_seals


def _read(anchor: Anchor, found: list[Breach]) -> tuple[dict[int, Noted], tuple[bytes, ...]]:
    reading = anchor.read()
    found += [Breach("anchor", words) for words in [*reading.wrong, *anchor.lacks()]]
    if not anchor.exists() and AuditSeal.objects.filter(at__lt=clock.now() - _PAUSE).exists():
        found.append(Breach("anchor", "the record was sealed, and the anchor of its seals is gone"))
    return reading.lines, anchor.keys


def _slipped_in_before() -> list[Breach]:
    """Return entries with numbers no entry ever gets."""
    rows = lines.run_of(-(2**63), 0)
    return [_about("inserted", tuple(row[0] for row in rows))] if rows else []


def _runs(noted: dict[int, Noted], found: list[Breach]) -> Iterator[_Run]:
    """Yield every run to be read, and put on `found` what is wrong with the seals themselves."""
    head = max(noted, default=0)
    waiting = sorted(noted, reverse=True)
    before, expected = "", 1
    for made in AuditSeal.objects.order_by("last_id").iterator(chunk_size=100):
        while waiting and waiting[-1] < made.last_id:
            gone = noted[waiting.pop()]
            before, expected = gone.digest, gone.last + 1
            yield _without_seal(gone, found)
        known = noted.get(made.last_id)
        # Between two runs that are noted there is none, unless a line of the anchor was lost; the next digest proves it.
        fills = made.first_id == expected and waiting and noted[waiting[-1]].first == made.last_id + 1
        if known is None and made.last_id < head and not fills:
            found.append(_of_seal(made.first_id, made.last_id, "was slipped in"))
            continue
        if known is not None and _says_otherwise(made, known):
            found.append(_of_seal(known.first, known.last, "was replaced"))
        elif made.digest != digest_of(before, made):
            found.append(_of_seal(made.first_id, made.last_id, "was changed"))
        form = made.form if made.form in lines.FORMS else lines.PRESENT_FORM
        marks = bytes(made.marks)
        if known is not None:
            waiting.pop()
            yield _Run(known.first, known.last, known.count, known.root, form, marks)
        else:
            yield _Run(expected, made.last_id, made.count, made.root, form, marks)
        before, expected = known.digest if known else made.digest, made.last_id + 1
    while waiting:
        yield _without_seal(noted[waiting.pop()], found)


def _without_seal(gone: Noted, found: list[Breach]) -> _Run:
    found.append(_of_seal(gone.first, gone.last, "is gone"))
    return _Run(gone.first, gone.last, gone.count, gone.root, lines.PRESENT_FORM, None)


def _says_otherwise(made: AuditSeal, known: Noted) -> bool:
    said = (made.first_id, made.count, made.root, made.digest)
    return said != (known.first, known.count, known.root, known.digest)


def _of_seal(first: int, last: int, what: str) -> Breach:
    return Breach("seal", f"the seal of entries {first} to {last} {what}", (last,))


def _named(run: _Run, rows: list[lines.Row], keys: tuple[bytes, ...], misfits: list[_Misfit]) -> list[Breach]:
    """Return what is wrong with a run that does not fit; entries that differ from their marks go to `misfits`."""
    if run.marks is None:
        return [_without_marks(run, rows)]
    marks = {number: (before, mark) for number, before, mark in lines.read_marks(run.marks)}
    here = {row[0]: row for row in rows}
    found = [
        *_each("deleted", sorted(marks.keys() - here.keys())),
        *_each("inserted", sorted(here.keys() - marks.keys())),
    ]
    many = len(misfits)
    for number in sorted(marks.keys() & here.keys()):
        content, (before, mark) = lines.content_of(here[number]), marks[number]
        if not _is_marked(keys, before, number, content, mark):
            misfits.append(_Misfit(number, content, before, mark))
    if len(marks) != run.count:
        words = f"of entries {run.first} to {run.last}, {run.count} were sealed and {len(marks)} have a mark"
        found.append(Breach("unfit", words, (run.first, run.last)))
    if not found and len(misfits) == many:
        found.append(_unfit(run))
    return found


def _without_marks(run: _Run, rows: list[lines.Row]) -> Breach:
    if not rows:
        words = f"all {run.count} entries {run.first} to {run.last} were cut off, and their seal"
        return Breach("cut", words, tuple(range(run.first, run.last + 1)))
    return _unfit(run, f"; {run.count} were sealed, {len(rows)} are here")


def _unfit(run: _Run, more: str = "") -> Breach:
    words = f"entries {run.first} to {run.last} are not as they were sealed{more}"
    return Breach("unfit", words, tuple(range(run.first, run.last + 1)))


def _is_marked(keys: tuple[bytes, ...], before: bytes, number: int, content: bytes, mark: bytes) -> bool:
    return any(lines.mark_of(key, before, number, content) == mark for key in keys)


def _changed(misfits: list[_Misfit], keys: tuple[bytes, ...]) -> list[Breach]:
    """Tell entries that stand in each other's place from those that were changed."""
    swapped: set[int] = set()
    found = []
    for at, one in enumerate(misfits[:_NAMED]):
        for other in misfits[at + 1 : _NAMED]:
            if (
                not swapped & {one.number, other.number}
                and _is_marked(keys, one.before, one.number, other.content, one.mark)
                and _is_marked(keys, other.before, other.number, one.content, other.mark)
            ):
                swapped |= {one.number, other.number}
                words = f"entries {one.number} and {other.number} have changed places"
                found.append(Breach("swapped", words, (one.number, other.number)))
    return found + _each("edited", [one.number for one in misfits if one.number not in swapped])


def _each(kind: str, numbers: list[int]) -> list[Breach]:
    """Return one breach for each stretch of numbers without a gap."""
    stretches: list[list[int]] = []
    for number in numbers:
        if stretches and number == stretches[-1][-1] + 1:
            stretches[-1].append(number)
        else:
            stretches.append([number])
    return [_about(kind, tuple(stretch)) for stretch in stretches]


def _about(kind: str, numbers: tuple[int, ...]) -> Breach:
    deed = {"deleted": "removed", "inserted": "slipped in", "edited": "changed"}[kind]
    if len(numbers) == 1:
        return Breach(kind, f"entry {numbers[0]} was {deed}", numbers)
    return Breach(kind, f"entries {numbers[0]} to {numbers[-1]} were {deed}", numbers)
