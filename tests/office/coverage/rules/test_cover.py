import pytest

from frontdesk.office.coverage.rules import PolicyCover, cover


def one(verdict="", payer="Aetna", waits=False):
    return PolicyCover(
        1, payer, 1 if verdict or waits else None, waits, verdict, words=verdict and f"{payer} words"
    )


@pytest.mark.parametrize(
    ("policies", "state", "says"),
    [
        ([], "none", "No insurance on file"),
        ([one()], "not_asked", "not verified"),
        ([one("active")], "active", "Aetna words"),
        ([one("inactive")], "inactive", "Not covered"),
        ([one("unknown")], "unknown", "Could not be determined"),
        ([one(waits=True)], "waiting", "Aetna is being asked"),
        # One that covers the day is enough, whatever the others say.
        ([one("inactive"), one("active", "Cigna")], "active", "Cigna words"),
        ([one("unknown"), one("active", "Cigna")], "active", "Cigna words"),
        # That nobody covers it is said only when everybody has said so.
        ([one("inactive"), one("unknown", "Cigna")], "unknown", "Cigna words"),
        ([one("inactive"), one(waits=True, payer="Cigna")], "waiting", "Cigna is being asked"),
        ([one("inactive"), one(payer="Cigna")], "not_asked", "not verified"),
        ([one("inactive"), one("inactive", "Cigna")], "inactive", "Not covered"),
    ],
)
def test_a_visit_is_covered_when_one_policy_covers_it(policies, state, says):
    made = cover(policies)
    assert (made.state, says in made.words) == (state, True), made.words
