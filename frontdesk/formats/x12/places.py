"""Where a segment belongs, asked of the guide: in order first, then wherever it would make sense."""

from frontdesk.formats.x12.guides.model import Loop, Move, Use
from frontdesk.formats.x12.nodes import Node


def _first(entry: Use | Loop) -> Use:
    return entry.first if isinstance(entry, Loop) else entry


def move(loop: Loop, at: int, ident: str, qualifier: str) -> Move | None:
    """Return the move to the first place in order, else to one that is passed already in the innermost loop."""
    late: Move | None = None
    level: Loop | None = loop
    pops = 0
    while level is not None:
        for index, entry in enumerate(level.entries):
            use = _first(entry)
            if use.id != ident or (index == 0 and level.parent is not None) or not use.fits(qualifier):
                continue
            enters = entry if isinstance(entry, Loop) else None
            if entry.ordinal >= at:
                return Move(pops, use, enters)
            late = late or Move(pops, use, enters, late=True)
        at, level, pops = level.ordinal, level.parent, pops + 1
    return late


def below(loop: Loop, ident: str, qualifier: str) -> tuple[list[Loop], Use] | None:
    """Find a use inside the loops below, nearest first: the loops to open on the way, and the use."""
    waiting: list[tuple[list[Loop], Loop]] = [
        ([entry], entry) for entry in loop.entries if isinstance(entry, Loop)
    ]
    while waiting:
        path, inner = waiting.pop(0)
        for entry in inner.entries:
            if (
                isinstance(entry, Use)
                and entry.id == ident
                and entry.fits(qualifier)
                and (qualifier or not entry.qualifiers)
            ):
                return path, entry
            if isinstance(entry, Loop):
                waiting.append(([*path, entry], entry))
    return None


def stranger(node: Node, ident: str) -> Move | None:
    """Take a name or level with a qualifier nobody knows for the loop still wanted here."""
    if ident not in {"NM1", "N1", "HL"}:
        return None
    at, pops, above = node.at, 0, node
    while True:
        fitting = [
            entry
            for entry in above.loop.entries
            if isinstance(entry, Loop) and entry.first.id == ident and entry.ordinal >= at
        ]
        wanted = [entry for entry in fitting if entry.required and not above.seen & entry.bit]
        free = [entry for entry in fitting if not above.seen & entry.bit or entry.repeats > 1]
        if chosen := wanted or free:
            return Move(pops, chosen[0].first, chosen[0], stranger=True)
        if above.parent is None:
            return None
        at, pops, above = above.loop.ordinal, pops + 1, above.parent
