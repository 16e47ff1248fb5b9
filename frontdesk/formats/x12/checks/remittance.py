"""835: each line, each claim and the whole payment must add up.

Source: 005010X221A1 section 1.10.2.1, balancing.
"""

from frontdesk.formats.x12.checks.amounts import NONE, adjusted, amount, money
from frontdesk.formats.x12.findings import Level, shown
from frontdesk.formats.x12.nodes import Node, Row
from frontdesk.formats.x12.walk import Walker


def service(walker: Walker, node: Node) -> None:
    """A line's charge less its adjustments is what is paid for it."""
    row = node.items[0]
    if not isinstance(row, Row) or row.elements[0] != "SVC":
        return
    off = sum((adjusted(r.elements) for r in node.rows("CAS")), NONE)
    charge, paid = amount(row.elements, 2), amount(row.elements, 3)
    if charge - off != paid:
        words = (
            f"The line does not balance: {money(charge)} charged less {money(off)} adjusted is "
            f"{money(charge - off)}, but {money(paid)} is paid (SVC03)."
        )
        _tell(walker, node, row, "line-balance", words, 3)


def claim(walker: Walker, node: Node) -> None:
    """A claim's charge less all adjustments is what is paid for it, and its lines make up its charge."""
    row = node.items[0]
    if not isinstance(row, Row) or row.elements[0] != "CLP":
        return
    lines = node.nodes("2110")
    own = [adjusted(r.elements) for r in node.rows("CAS")]
    own += [adjusted(r.elements) for line in lines for r in line.rows("CAS")]
    off, charge, paid = sum(own, NONE), amount(row.elements, 3), amount(row.elements, 4)
    if charge - off != paid:
        words = (
            f"Claim {shown(_get(row, 1))} does not balance: {money(charge)} charged less {money(off)} adjusted is "
            f"{money(charge - off)}, but {money(paid)} is paid (CLP04)."
        )
        _tell(walker, node, row, "claim-balance", words, 4)
    if lines:
        sums = sum(
            (amount(line.items[0].elements, 2) for line in lines if isinstance(line.items[0], Row)), NONE
        )
        if sums != charge:
            words = (
                f"The lines of claim {shown(_get(row, 1))} are charged {money(sums)} in all, "
                f"the claim {money(charge)} (CLP03)."
            )
            _tell(walker, node, row, "claim-lines", words, 3)
    walker.totals["paid"] = walker.totals.get("paid", NONE) + paid


def payment(walker: Walker, node: Node) -> None:
    """The payment is the sum of what is paid for the claims, less the provider adjustments."""
    row = node.row("BPR")
    if row is None:
        return
    off = NONE
    for found in node.rows("PLB"):
        off += sum((amount(found.elements, at) for at in range(4, 15, 2)), NONE)
    paid, stated = walker.totals.get("paid", NONE), amount(row.elements, 2)
    if _get(row, 3) == "D":
        stated = -stated
    if paid - off != stated:
        words = (
            f"The payment does not balance: {money(paid)} paid for claims less {money(off)} of provider adjustments "
            f"(PLB) is {money(paid - off)}, but {money(stated)} is paid (BPR02)."
        )
        _tell(walker, node, row, "payment-balance", words, 2)


def _tell(walker: Walker, node: Node, row: Row, code: str, words: str, position: int) -> None:
    walker.tell(
        code,
        Level.BALANCE,
        row.use,
        row.number,
        words,
        node=node,
        position=position,
        value=_get(row, position),
        ack="I12",
    )


def _get(row: Row, at: int) -> str:
    return row.elements[at] if at < len(row.elements) else ""
