"""Show a file as a tree a person can read: loops in words, each element with its name."""

from collections.abc import Callable, Iterator

from frontdesk.formats.x12.envelope import Pass
from frontdesk.formats.x12.findings import Finding, shown
from frontdesk.formats.x12.guides.standard import Base, segments
from frontdesk.formats.x12.nodes import Node, Row
from frontdesk.formats.x12.parts import TransactionSet
from frontdesk.formats.x12.reader import Source


def tree(source: Source, say: Callable[[Finding], None] | None = None) -> Iterator[str]:
    """Yield the lines of the tree, one set after another; what is wrong is told to `say`."""
    reading = Pass(source, say or (lambda _: None), keep=True)
    told: tuple[int, int] = (-1, -1)
    for seen in reading.run():
        if not isinstance(seen, TransactionSet):
            continue
        group = seen.group
        place = (group.interchange.number, group.number) if group else (0, 0)
        if group and place != told:
            isa = [word.strip() for word in group.interchange.elements]
            if isa and place[0] != told[0]:
                yield f"interchange {_get(isa, 13)}: {_get(isa, 6)} to {_get(isa, 8)}, {_get(isa, 9)} {_get(isa, 10)}"
            yield f"  group {_get(group.elements, 6)}: {_get(group.elements, 1)} {shown(group.version)}"
            told = place
        yield from _set(seen)


def _set(seen: TransactionSet) -> Iterator[str]:
    name = f"{seen.guide.name}, {seen.guide.versions[0]}" if seen.guide else "no guide here"
    yield f"    set {shown(seen.control)}: {shown(seen.transaction)} {name}"
    if seen.root is not None:
        yield from _node(seen.root, 6, seen.marks.component)
    for elements in seen.loose:
        yield " " * 6 + _row(elements, "", seen.marks.component)


def _node(node: Node, depth: int, mark: str) -> Iterator[str]:
    for item in node.items:
        if isinstance(item, Row):
            name = item.use.name if item.use else "(has no place here)"
            yield " " * depth + _row(item.elements, name, mark)
        else:
            yield " " * depth + f"{item.loop.id} {item.loop.name}"
            yield from _node(item, depth + 2, mark)


def _row(elements: list[str], name: str, mark: str) -> str:
    base = segments().get(elements[0], ())
    words = [
        _element(value, base[at - 1] if at <= len(base) else None, mark)
        for at, value in enumerate(elements)
        if at and value
    ]
    return (
        f"{shown(elements[0], 12)} {name}: {'; '.join(words)}"
        if name
        else f"{shown(elements[0], 12)} {'; '.join(words)}"
    )


def _element(value: str, base: Base | None, mark: str) -> str:
    if base is None:
        return shown(value, 80)
    if base.kind == "C" and mark in value:
        parts = zip(base.parts, value.split(mark), strict=False)
        return ", ".join(f"{part.name} {shown(inner, 80)}" for part, inner in parts if inner)
    return f"{base.name} {shown(value, 80)}"


def _get(elements: list[str], at: int) -> str:
    return shown(elements[at]) if at < len(elements) else ""
