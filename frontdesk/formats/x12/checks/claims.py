"""837P: a claim must add up, point only at diagnoses it has, and say enough of its patient."""

from frontdesk.formats.x12.checks.amounts import NONE, adjusted, amount, money
from frontdesk.formats.x12.findings import Level, shown
from frontdesk.formats.x12.nodes import Node, Row
from frontdesk.formats.x12.walk import Walker

_NUMBERS = tuple(str(number) for number in range(1, 13))
REMEMBERED = 200_000  # claim numbers of a group in which a second one is noticed


def claim(walker: Walker, node: Node) -> None:
    """Test a claim when its last line is read."""
    row = node.items[0]
    if not isinstance(row, Row) or row.elements[0] != "CLM":
        return
    lines = node.nodes("2400")
    services = [(line, found) for line in lines if (found := line.row("SV1"))]
    sums = sum((amount(found.elements, 2) for _, found in services), NONE)
    if services and sums != amount(row.elements, 2):
        words = (
            f"Claim {shown(_get(row, 1))} is charged {money(amount(row.elements, 2))}, "
            f"its lines {money(sums)} in all (SV102)."
        )
        _tell(walker, node, row, "claim-sum", Level.BALANCE, words, 2)
    _numbered(walker, lines)
    _once(walker, node, row)
    diagnoses = _diagnoses(walker, node)
    for line, found in services:
        _pointers(walker, line, found, diagnoses)
        _dates(walker, line)
        _adjudicated(walker, line, found)


def _numbered(walker: Walker, lines: list[Node]) -> None:
    """LX numbers the lines of a claim from 1."""
    for expected, line in enumerate(lines, 1):
        row = line.items[0]
        if isinstance(row, Row) and row.elements[0] == "LX" and _get(row, 1) not in {str(expected), ""}:
            words = f"LX01 '{shown(_get(row, 1))}' is out of sequence: this is line {expected} of the claim."
            _tell(walker, line, row, "line-number", Level.STRUCTURE, words, 1, ack="7")


def _once(walker: Walker, node: Node, row: Row) -> None:
    """A patient control number stands for one claim of a batch."""
    number = _get(row, 1)
    if number and number in walker.names:
        words = f"Claim number {shown(number)} is used for an earlier claim of this batch too (CLM01)."
        _tell(walker, node, row, "claim-twice", Level.CROSS_CHECK, words, 1)
    elif len(walker.names) < REMEMBERED:
        walker.names.add(number)


def _diagnoses(walker: Walker, node: Node) -> int:
    """Return how many diagnoses a claim has; a code given twice is told."""
    row = next(
        (r for r in node.rows("HI") if _get(r, 1).split(walker.marks.component)[0] in {"ABK", "BK"}), None
    )
    if row is None:
        return 0
    return sum(1 for element in row.elements[1:] if element)


def _pointers(walker: Walker, line: Node, row: Row, diagnoses: int) -> None:
    """A line points at diagnoses of its claim, at each but once."""
    seen: set[str] = set()
    for component, pointer in enumerate(_get(row, 7).split(walker.marks.component), 1):
        if not pointer:
            continue
        if pointer not in _NUMBERS[:diagnoses]:
            words = f"The line points at diagnosis {shown(pointer)} (SV107), but the claim has {diagnoses}."
            _tell(walker, line, row, "diagnosis-absent", Level.CROSS_CHECK, words, 7, component, pointer)
        elif pointer in seen:
            words = f"The line points at diagnosis {shown(pointer)} twice (SV107)."
            _tell(walker, line, row, "diagnosis-twice", Level.CROSS_CHECK, words, 7, component, pointer)
        seen.add(pointer)


def _dates(walker: Walker, line: Node) -> None:
    """A service lies in the past, where today is known."""
    row = line.row("DTP", "472")
    if row is not None and walker.today:
        last = _get(row, 3)[-8:]
        if len(last) == 8 and last.isdigit() and last > walker.today:
            words = f"The service date {shown(_get(row, 3))} lies in the future."
            _tell(walker, line, row, "future-service", Level.CROSS_CHECK, words, 3)


def _adjudicated(walker: Walker, line: Node, row: Row) -> None:
    """What another payer paid for a line, and its adjustments, make up the line's charge."""
    for inner in line.nodes("2430"):
        paid = inner.items[0]
        if not isinstance(paid, Row) or paid.elements[0] != "SVD":
            continue
        off = sum((adjusted(r.elements) for r in inner.rows("CAS")), NONE)
        charge = amount(row.elements, 2)
        if off and amount(paid.elements, 2) + off != charge:
            words = (
                f"What the other payer paid for the line, {money(amount(paid.elements, 2))}, and its adjustments, "
                f"{money(off)}, do not make up its charge, {money(charge)}."
            )
            _tell(walker, inner, paid, "line-balance", Level.BALANCE, words, 2)


def subscriber(walker: Walker, node: Node) -> None:
    """A subscriber who is the patient has an address and demographics; someone in the level has a claim."""
    row = node.row("SBR")
    if row is None:
        return
    person = next(iter(node.nodes("2010BA")), None)
    if _get(row, 2) == "18" and person is not None:
        for ident, what in (
            ("N3", "address"),
            ("N4", "city, state and ZIP"),
            ("DMG", "birth date and gender"),
        ):
            if person.row(ident) is None:
                words = f"The subscriber is the patient (SBR02 is 18), but has no {what} ({ident})."
                walker.tell(
                    "self-subscriber-incomplete",
                    Level.SITUATIONAL,
                    row.use,
                    row.number,
                    words,
                    node=person,
                    ack="I6",
                    segment_id=ident,
                )
    if not node.seen & _bits(node, "2300", "2000C"):
        words = "The subscriber has neither a claim nor a patient with one."
        walker.tell("no-claim", Level.SITUATIONAL, row.use, row.number, words, node=node, ack="I7")


def _bits(node: Node, *loops: str) -> int:
    return sum(entry.bit for entry in node.loop.entries if entry.id in loops)


def _tell(
    walker: Walker,
    node: Node,
    row: Row,
    code: str,
    level: Level,
    words: str,
    position: int,
    component: int = 0,
    value: str = "",
    ack: str = "I12",
) -> None:
    walker.tell(
        code,
        level,
        row.use,
        row.number,
        words,
        node=node,
        position=position,
        component=component,
        value=value or _get(row, position),
        ack=ack,
    )


def _get(row: Row, at: int) -> str:
    return row.elements[at] if at < len(row.elements) else ""
