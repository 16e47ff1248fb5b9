"""A set as loops: each with its segments and the loops inside it, in the order of the file."""

from typing import NamedTuple

from frontdesk.formats.x12.guides.model import Loop, Use


class Row(NamedTuple):
    """A segment where it stands; `use` is None for one that its guide does not know there."""

    use: Use | None
    elements: list[str]
    number: int


class Node:
    """One loop of a set, with its segments and the loops inside it in the order of the file."""

    __slots__ = ("at", "counts", "ghost", "items", "loop", "number", "parent", "seen")

    def __init__(self, loop: Loop, parent: "Node | None", number: int) -> None:
        self.loop, self.parent, self.number = loop, parent, number
        self.items: list[Row | Node] = []
        self.counts: dict[int, int] | None = None
        self.at = self.seen = 0
        self.ghost = False

    def rows(self, ident: str = "") -> list[Row]:
        """Return the loop's own segments, or those of one kind."""
        return [
            item for item in self.items if isinstance(item, Row) and (not ident or item.elements[0] == ident)
        ]

    def nodes(self, loop_id: str = "") -> list["Node"]:
        """Return the loops inside this one, or those of one id."""
        return [
            item for item in self.items if isinstance(item, Node) and (not loop_id or item.loop.id == loop_id)
        ]

    def row(self, ident: str, qualifier: str = "") -> Row | None:
        """Return the first segment of a kind (with a qualifier in its first element)."""
        for item in self.items:
            if (
                isinstance(item, Row)
                and item.elements[0] == ident
                and qualifier in {"", _get(item.elements, 1)}
            ):
                return item
        return None


def _get(elements: list[str], at: int) -> str:
    return elements[at] if at < len(elements) else ""
