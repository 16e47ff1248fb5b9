"""Ten thousand random deeds on the books: each balance and each open line is what a few lines of arithmetic say."""

import pytest

from frontdesk.kit.actor import SYSTEM
from frontdesk.office.ledger import queries
from frontdesk.office.ledger import services as ledger
from tests.office.ledger.steps import Clerk

pytestmark = pytest.mark.django_db
STEPS, CLERKS = 500, 20


@pytest.mark.parametrize("seed", range(CLERKS))
def test_the_books_are_what_the_arithmetic_says(seed):
    clerk = Clerk(f"{seed}.")
    for step in range(1, STEPS + 1):
        clerk.step()
        if step % 250 == 0:
            ledger.note_sums(SYSTEM, lines=40)
            clerk.compare()
    assert queries.balances(list(clerk.shared)) == dict(clerk.shared)
    assert [breach for proof in queries.invariants().values() for breach in proof()] == []
    assert all(clerk.done[one] for one in ("charge", "pay", "apply", "refund", "take_back", "again"))
