"""Walk through one transaction set by its guide: which loop each segment belongs to, and what is amiss.

A set is held as nodes, one for each loop that is open; a loop that the guide names `released` is let go when it closes,
so that a set of ten thousand claims needs the memory of one.
"""

from collections.abc import Callable
from decimal import Decimal

from frontdesk.formats.x12 import places
from frontdesk.formats.x12.codes import CodeSets
from frontdesk.formats.x12.delimiters import Delimiters
from frontdesk.formats.x12.findings import Finding, Level, shown
from frontdesk.formats.x12.guides.model import MANY, QUALIFIED, Guide, Loop, Move, Use
from frontdesk.formats.x12.guides.standard import segments
from frontdesk.formats.x12.nodes import Node, Row
from frontdesk.formats.x12.shapes import Plan

Say = Callable[[Finding], None]


class Walker:
    """Takes the segments of one set, ST to SE, one after another."""

    def __init__(
        self,
        guide: Guide,
        marks: Delimiters,
        say: Say,
        plan: Plan,
        *,
        fuller: CodeSets | None = None,
        closed: Callable[["Walker", Node], None] | None = None,
        keep: bool = False,
    ) -> None:
        self.guide, self.marks, self.say, self.plan = guide, marks, say, plan
        self.fuller: CodeSets = fuller or {}
        self.closed = closed
        self.keep = keep
        self.root = self.node = Node(guide.root, None, 0)
        self.first = 0  # the number of the ST in the file
        self.number = 0
        self.levels = self._level_before = 0
        self.totals: dict[str, Decimal] = {}
        self.names: set[str] = set()
        self.today = ""
        self._qualified = {ident: at for ident, at in QUALIFIED.items() if ident in guide.known}

    def feed(self, raw: str, elements: list[str], number: int) -> None:  # noqa: C901 - called for every segment: one function
        """Take one segment, the `number`th of the file."""
        self.number = number
        self.first = self.first or number
        ident, qualifier = elements[0], ""
        if at := self._qualified.get(ident):
            if at > 0:
                qualifier = elements[at] if len(elements) > at else ""
            elif len(elements) > 1:
                qualifier = elements[-at].split(self.marks.component, 1)[0]
        node = self.node
        move = node.loop.moves.get((node.at, ident, qualifier))
        if move is None:
            move = self._find(node, ident, qualifier)
            if move is None:
                self._unknown(node, elements, qualifier)
                return
            node = self.node
        if move.pops:
            for _ in range(move.pops):
                node = self._close(node)
            self.node = node
        use = move.use
        if move.enters is not None:
            node = self._enter(node, move.enters)
        elif move.late:
            self._late(node, use)
        else:
            node.at = use.ordinal
        if node.seen & use.bit:
            if use.repeats < MANY:
                self._again(node, use)
        else:
            node.seen |= use.bit
        node.items.append(Row(use, elements, number))
        sound = self.plan[use]
        if raw not in sound.texts:
            for fault in sound.look(raw, elements, self.fuller):
                self.tell(
                    fault.code,
                    fault.level,
                    use,
                    number,
                    self._words(use, fault.position, fault.component, fault.words, fault.value),
                    node=node,
                    position=fault.position,
                    component=fault.component,
                    value=fault.value,
                    ack=fault.ack,
                )
        if ident == "HL":
            self._level(node, elements)

    def end(self) -> None:
        """Close every loop: the set has ended."""
        node = self.node
        while node is not self.root:
            node = self._close(node)
        self._close(node)

    def tell(
        self,
        code: str,
        level: Level,
        use: Use | None,
        number: int,
        sentence: str,
        *,
        node: Node | None = None,
        position: int = 0,
        component: int = 0,
        value: str = "",
        ack: str = "",
        segment_id: str = "",
        note: bool = False,
    ) -> None:
        """Say what is wrong at a segment of this set."""
        loop = (node or self.node).loop
        self.say(
            Finding(
                code,
                level,
                sentence,
                segment=number,
                segment_id=segment_id or (use.id if use else ""),
                loop=f"{loop.id} {loop.name}" if loop.parent else loop.name,
                position=position,
                component=component,
                value=shown(value),
                set_segment=number - self.first + 1,
                loop_id=loop.id if loop.parent else "",
                ack=ack,
                note=note,
            )
        )

    def _words(self, use: Use, position: int, component: int, words: str, value: str) -> str:
        inner = f"-{component}" if component else ""
        said = f" '{shown(value)}'" if value else ""
        return f"{use.id}{position:02d}{inner}{said} of the {use.name} {words}."

    def _enter(self, parent: Node, loop: Loop) -> Node:
        if parent.seen & loop.bit:
            if loop.repeats < MANY:
                self._again(parent, loop)
        else:
            parent.seen |= loop.bit
        if loop.ordinal >= parent.at:
            parent.at = loop.ordinal
        else:
            self._late(parent, loop.first)
        node = Node(loop, parent, self.number)
        parent.items.append(node)
        self.node = node
        return node

    def _again(self, node: Node, entry: Use | Loop) -> None:
        """Count a segment or loop that is there again."""
        counts = node.counts = node.counts or {}
        count = counts[entry.bit] = counts.get(entry.bit, 1) + 1
        if count > entry.repeats:
            times = "once" if entry.repeats == 1 else f"{entry.repeats} times"
            loop = isinstance(entry, Loop)
            use = entry.first if isinstance(entry, Loop) else entry
            words = f"The {entry.name} ({use.id}) is given {count} times; it may be given {times} in the {node.loop.name}."
            self.tell(
                "repeats", Level.STRUCTURE, use, self.number, words, node=node, ack="4" if loop else "5"
            )

    def _late(self, node: Node, use: Use) -> None:
        words = f"The {use.name} ({use.id}) comes too late in the {node.loop.name}: it belongs before what precedes it."
        self.tell("out-of-order", Level.STRUCTURE, use, self.number, words, node=node, ack="7")

    def _close(self, node: Node) -> Node:
        """End a loop, and return the one it lies in; the root is its own."""
        missing = node.loop.needed & ~node.seen
        if missing and not node.ghost:
            self._missing(node, missing)
        if node.loop.first.id == "HL" and not node.ghost:
            self._children(node)
        if self.closed is not None:
            self.closed(self, node)
        parent = node.parent
        if parent is None:
            return node
        if not self.keep and node.loop.id in self.guide.released:
            parent.items.pop()
        node.parent = None  # so that nothing points in a circle, and what is let go is gone at once
        return parent

    def _missing(self, node: Node, bits: int) -> None:
        for entry in node.loop.entries:
            if not entry.bit & bits:
                continue
            use = entry.first if isinstance(entry, Loop) else entry
            if use.id in {"ST", "SE"}:
                continue  # the envelope says so
            begun = f"The {node.loop.name} that begins at segment {node.number or self.first}"
            if isinstance(entry, Loop):
                words = f"{begun} has no {entry.name}: the loop {entry.id} is required ({use.id})."
                self._absent("loop-missing", node, entry, use, words, "I7")
            else:
                words = f"{begun} has no {entry.name} ({use.id}), which is required."
                self._absent("segment-missing", node, entry, use, words, "3")

    def _absent(self, code: str, node: Node, entry: Use | Loop, use: Use, words: str, ack: str) -> None:
        """Say that something is missing, at the segment before which it should stand."""
        place = self.number
        for item in node.items:
            later = item.loop.ordinal if isinstance(item, Node) else (item.use.ordinal if item.use else -1)
            if later > entry.ordinal:
                place = item.number
                break
        self.tell(code, Level.STRUCTURE, use, place, words, node=node, ack=ack)

    def _level(self, node: Node, elements: list[str]) -> None:
        """Test the numbers of a hierarchical level: its own, and its parent's."""
        self.levels += 1
        own = elements[1] if len(elements) > 1 else ""
        use = node.loop.first
        previous, self._level_before = (
            self._level_before,
            int(own) if own.isdigit() and own.isascii() and len(own) < 12 else 0,
        )
        # One that goes on from a number told already is not told again.
        if own and own not in {str(self.levels), str(previous + 1)}:
            words = f"HL01 '{shown(own)}' is out of sequence: this is level {self.levels} of the set."
            self.tell(
                "hl-number",
                Level.STRUCTURE,
                use,
                self.number,
                words,
                node=node,
                position=1,
                value=own,
                ack="7",
            )
        parent = node.parent
        if parent is None or parent.loop.first.id != "HL" or parent.ghost:
            return
        expected = _own(parent)
        given = elements[2] if len(elements) > 2 else ""
        if given and given != expected:
            words = (
                f"HL02 '{shown(given)}' names a parent that this {node.loop.name} does not lie under; "
                f"the {parent.loop.name} above it is number {shown(expected)}."
            )
            self.tell(
                "hl-parent",
                Level.STRUCTURE,
                use,
                self.number,
                words,
                node=node,
                position=2,
                value=given,
                ack="7",
            )

    def _children(self, node: Node) -> None:
        """Test HL04 against the facts."""
        row = node.items[0]
        if not isinstance(row, Row) or len(row.elements) < 5:
            return
        flag, use = row.elements[4], node.loop.first
        has = any(
            node.seen & entry.bit
            for entry in node.loop.entries
            if isinstance(entry, Loop) and entry.first.id == "HL"
        )
        if (flag == "1" and not has) or (flag == "0" and has):
            fact = "a level below it" if has else "no level below it"
            words = f"HL04 '{flag}' of the {node.loop.name} contradicts the facts: there is {fact}."
            self.tell(
                "hl-children",
                Level.STRUCTURE,
                use,
                row.number,
                words,
                node=node,
                position=4,
                value=flag,
                ack="7",
            )

    def _unknown(self, node: Node, elements: list[str], qualifier: str) -> None:
        """Keep a segment that has no place here, and say so."""
        ident = elements[0]
        node.items.append(Row(None, elements, self.number))
        if ident in self.guide.known and qualifier:
            words = f"The {ident} with '{shown(qualifier)}' has no place in the {node.loop.name}."
            self.tell(
                "qualifier-unknown",
                Level.STRUCTURE,
                None,
                self.number,
                words,
                node=node,
                position=abs(QUALIFIED[ident]),
                value=qualifier,
                ack="2",
                segment_id=ident,
            )
        elif ident in self.guide.known:
            words = f"The segment {ident} has no place in the {node.loop.name}."
            self.tell(
                "unexpected", Level.STRUCTURE, None, self.number, words, node=node, ack="2", segment_id=ident
            )
        else:
            known = ident in segments()
            words = (
                f"The segment {ident} is not used in this transaction ({self.guide.name})."
                if known
                else f"'{shown(ident, 12)}' is not a segment of this transaction ({self.guide.name})."
            )
            self.tell(
                "segment-unknown",
                Level.STRUCTURE,
                None,
                self.number,
                words,
                node=node,
                value=ident,
                ack="6" if known else "1",
                segment_id=shown(ident, 12),
            )

    def _find(self, node: Node, ident: str, qualifier: str) -> Move | None:
        """Find where a segment belongs; remember it where its qualifier is one the guide knows."""
        if ident not in self.guide.known:
            return None
        if (move := places.move(node.loop, node.at, ident, qualifier)) is not None:
            if not move.stranger:
                node.loop.moves[node.at, ident, qualifier] = move
            return move
        return self._ghosts(node, ident, qualifier) or places.stranger(node, ident)

    def _ghosts(self, node: Node, ident: str, qualifier: str) -> Move | None:
        """Open the loops whose beginning is missing, so that what lies in them is recognised."""
        above: Node | None = node
        pops = 0
        while above is not None:
            found = places.below(above.loop, ident, qualifier)
            if found:
                path, use = found
                for _ in range(pops):
                    self.node = self._close(self.node)
                enters = path.pop() if use is path[-1].first else None
                missing = path[-1] if path else None
                for loop in path:
                    self._enter(self.node, loop).ghost = True
                if missing is not None:
                    words = (
                        f"The {use.name} ({ident}) lies in the {missing.name} ({missing.id}), whose beginning "
                        f"({missing.first.id}) is missing."
                    )
                    self.tell(
                        "loop-start-missing", Level.STRUCTURE, missing.first, self.number, words, ack="3"
                    )
                return Move(0, use, enters)
            above, pops = above.parent, pops + 1
        return None


def _own(node: Node) -> str:
    row = node.items[0] if node.items else None
    return row.elements[1] if isinstance(row, Row) and len(row.elements) > 1 else ""
