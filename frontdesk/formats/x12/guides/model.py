"""How an implementation guide is held: loops of segments of elements, read from a table of text.

A table has a line for each loop (`@2100A R 1 information source name`) and each segment, indented four spaces for
each loop it lies in:

    NM1 R 1 information source: 1!2B,36,GP 2!1,2 3 8!PI,XV 9!
    NM1 R 1 ...  segment, Required or Situational, most repeats (* without end), name in words, its elements

An element is its position, `!` where it is required, `xN` where it may repeat, and the codes allowed, after `=` where they
begin with a digit (`@name` a list of `lists.py`); `(…)` holds the components of a composite. Elements not named are not used. `= 2000E R` repeats a
loop written before.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from frontdesk.formats.x12.guides.lists import LISTS
from frontdesk.formats.x12.guides.standard import Base, segments

MANY = 1 << 30
# Which element tells one use of a segment from another; a negative one is the first component of that element.
QUALIFIED = {
    "HL": 3,
    "HI": -1,
    **dict.fromkeys(("NM1", "N1", "REF", "DTP", "DTM", "AMT", "QTY", "PER", "CRC"), 1),
}


@dataclass(slots=True)
class Element:
    """One element as a guide uses it; `codes` is None where any value of its type will do."""

    position: int
    kind: str
    shortest: int
    longest: int
    name: str
    required: bool
    used: bool
    codes: frozenset[str] | None = None
    list_name: str = ""
    repeats: int = 1
    parts: tuple["Element", ...] = ()


@dataclass(slots=True, eq=False)
class Use:
    """A segment at its place in a loop."""

    id: str
    name: str
    required: bool
    repeats: int
    elements: tuple[Element, ...]
    ordinal: int = 0
    bit: int = 0
    loop: "Loop | None" = None
    qualifiers: frozenset[str] | None = None

    def fits(self, qualifier: str) -> bool:
        """Say whether a segment with this qualifier can be this one."""
        return self.qualifiers is None or qualifier in self.qualifiers


@dataclass(slots=True, eq=False)
class Loop:
    """A loop: what begins it, what it holds in order, and the loops inside it."""

    id: str
    name: str
    required: bool
    repeats: int
    parent: "Loop | None" = None
    ordinal: int = 0
    bit: int = 0
    entries: list["Use | Loop"] = field(default_factory=list)
    moves: dict[tuple[int, str, str], "Move"] = field(default_factory=dict)
    needed: int = 0

    @property
    def first(self) -> Use:
        """The segment that begins the loop."""
        use = self.entries[0]
        assert isinstance(use, Use)
        return use

    def walk(self) -> Iterator["Loop"]:
        """Yield this loop and all inside it."""
        yield self
        for entry in self.entries:
            if isinstance(entry, Loop):
                yield from entry.walk()


@dataclass(frozen=True, slots=True)
class Move:
    """What a segment does at a place: leave `pops` loops, then stand at `use`, in a new loop where `enters`."""

    pops: int
    use: Use
    enters: Loop | None
    late: bool = False
    stranger: bool = False


@dataclass(slots=True, eq=False)
class Guide:
    """An implementation guide: its identifiers, its root loop, and what each functional group calls it."""

    id: str
    transaction: str
    group: str
    name: str
    source: str
    root: Loop
    versions: tuple[str, ...]
    released: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()


def read(table: str, *, released: tuple[str, ...] = ()) -> Guide:
    """Read a guide's table. Its first line is `id transaction group versions | name | source`."""
    lines = [line for line in table.strip("\n").splitlines() if line.strip()]
    head, name, source = (part.strip() for part in lines[0].split("|"))
    ident, transaction, group, versions = head.split()
    root = Loop("ST", name, required=True, repeats=1)
    open_loops = [root]
    copies: dict[str, Loop] = {}
    for line in lines[1:]:
        depth = (len(line) - len(line.lstrip())) // 4
        del open_loops[depth + 1 :]
        words = line.strip()
        parent = open_loops[-1]
        if words.startswith("= "):
            copied, need = words[2:].split()
            parent.entries.append(_again(copies[copied], parent))
            parent.entries[-1].required = need == "R"
        elif words.startswith("@"):
            loop_id, need, most, called = words[1:].split(" ", 3)
            loop = Loop(loop_id, called, need == "R", _most(most), parent)
            parent.entries.append(loop)
            open_loops.append(loop)
            copies[loop_id] = loop
        else:
            parent.entries.append(_use(words))
    for loop in root.walk():
        _number(loop)
    known = frozenset(entry.id for loop in root.walk() for entry in loop.entries if isinstance(entry, Use))
    return Guide(
        ident, transaction, group, name, source, root, tuple(versions.split(",")), frozenset(released), known
    )


def _again(loop: Loop, parent: Loop) -> Loop:
    copied = Loop(loop.id, loop.name, loop.required, loop.repeats, parent)
    for entry in loop.entries:
        if isinstance(entry, Loop):
            copied.entries.append(_again(entry, copied))
        else:
            copied.entries.append(Use(entry.id, entry.name, entry.required, entry.repeats, entry.elements))
    return copied


def _number(loop: Loop) -> None:
    """Give each entry its place and its bit; neighbours of one segment id share a place, so may come in any order."""
    ordinal, before = -1, ""
    for index, entry in enumerate(loop.entries):
        starts = entry.first.id if isinstance(entry, Loop) else entry.id
        kind = f"{starts}{isinstance(entry, Loop)}"
        if kind != before or index < 2:
            ordinal += 1
        before = kind
        entry.ordinal, entry.bit = ordinal, 1 << index
        if entry.required:
            loop.needed |= entry.bit
        if isinstance(entry, Use):
            entry.loop = loop
            entry.qualifiers = _qualifiers(entry)


def _qualifiers(use: Use) -> frozenset[str] | None:
    at = QUALIFIED.get(use.id, 0)
    if not at or not use.elements:
        return None
    element = use.elements[abs(at) - 1]
    if at < 0:
        element = element.parts[0] if element.parts else element
    return element.codes if element.used else None


def _most(word: str) -> int:
    return MANY if word == "*" else int(word)


def _use(words: str) -> Use:
    head, _, rest = words.partition(":")
    ident, need, most, name = head.split(" ", 3)
    base = segments()[ident]
    return Use(ident, name, need == "R", _most(most), _elements(rest, base))


_TOKEN = re.compile(r"(\d+)(!?)(?:x(\d+))?(?:(\()|=?([^\s()]*))|(\))(!?)")


def _elements(words: str, base: tuple[Base, ...]) -> tuple[Element, ...]:
    """Read `1!A,B 2 3(1!HC 2!)!` against the standard's elements."""
    used: dict[int, Element] = {}
    inner: dict[int, Element] = {}
    outer = 0
    for token in _TOKEN.finditer(words):
        position, need, repeats, opens, codes, closes, closed_need = token.groups()
        if closes:
            standard = base[outer - 1]
            parts = _filled(inner, standard.parts)
            kept = used[outer]
            used[outer] = Element(
                outer,
                "C",
                0,
                0,
                standard.name,
                kept.required or closed_need == "!",
                used=True,
                repeats=kept.repeats,
                parts=parts,
            )
            outer = 0
            continue
        if not position:
            continue
        at = int(position)
        if outer:
            inner[at] = _element(at, base[outer - 1].parts[at - 1], codes or "", required=need == "!")
            continue
        element = _element(at, base[at - 1], codes or "", required=need == "!", repeats=int(repeats or 1))
        if base[at - 1].kind == "C" and not opens:
            element.parts = _filled(
                {n: _element(n, p, "", required=n == 1) for n, p in enumerate(base[at - 1].parts, 1)},
                base[at - 1].parts,
            )
        used[at] = element
        if opens:
            outer, inner = at, {}
    return _filled(used, base)


def _filled(used: dict[int, Element], base: tuple[Base, ...]) -> tuple[Element, ...]:
    """Return the elements up to the last one used; those between that are not used say so."""
    last = max(used, default=0)
    return tuple(
        used.get(at) or Element(at, b.kind, b.shortest, b.longest, b.name, required=False, used=False)
        for at, b in enumerate(base[:last], 1)
    )


def _element(at: int, base: Base, codes: str, *, required: bool, repeats: int = 1) -> Element:
    shortest, longest = base.shortest, base.longest
    allowed, named = None, ""
    for word in filter(None, codes.split(",")):
        if word.startswith("<"):  # a guide may allow less than the standard
            longest = int(word[1:])
        elif word.startswith("@"):
            named = word[1:]
            allowed = (allowed or frozenset()) | LISTS[named] if named in LISTS else allowed
        else:
            allowed = (allowed or frozenset()) | {word}
    return Element(
        at,
        base.kind,
        shortest,
        longest,
        base.name,
        required,
        used=True,
        codes=allowed,
        list_name=named,
        repeats=repeats,
    )
