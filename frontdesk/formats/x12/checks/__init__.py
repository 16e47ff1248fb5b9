"""What the segments of a loop must be to each other: sums, balances, references. By guide and loop."""

from collections.abc import Callable

from frontdesk.formats.x12.checks import claims, remittance
from frontdesk.formats.x12.nodes import Node
from frontdesk.formats.x12.walk import Walker

Check = Callable[[Walker, Node], None]
CHECKS: dict[tuple[str, str], Check] = {
    ("835", "2110"): remittance.service,
    ("835", "2100"): remittance.claim,
    ("835", "ST"): remittance.payment,
    ("837P", "2300"): claims.claim,
    ("837P", "2000B"): claims.subscriber,
}


def check_loop(walker: Walker, node: Node) -> None:
    """Test a loop that has just closed."""
    check = CHECKS.get((walker.guide.id, node.loop.id))
    if check is not None:
        check(walker, node)
