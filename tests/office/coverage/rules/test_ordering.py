"""Which of several policies pays first: worked by hand after NAIC Model Regulation 120, with the reason in words."""

from datetime import date
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frontdesk.office.coverage.rules import Held, propose
from frontdesk.office.coverage.rules.medicare import Judgement

MIKA, KEN = date(1990, 2, 1), date(1985, 5, 9)
WORKING = Judgement("secondary", "the plan of the patient's own employer pays first", "own", "12")
BY_SPOUSE = Judgement("secondary", "the plan of the spouse's employer pays first", "spouse", "12")
KIDNEYS = Judgement("secondary", "30 months for kidney failure", "own", "13")
FIRST = Judgement("primary", "neither the patient nor a spouse works")


def own(pk, payer="Aetna", **more):
    return Held(pk, payer, **more)


def parent(pk, who, born, payer="Aetna", **more):
    return Held(pk, payer, relationship="child", subscriber=who, born=born, **more)


def spouse(pk, payer="Cigna", **more):
    return Held(pk, payer, relationship="spouse", subscriber="Ken Ito", **more)


def medicare(pk):
    return Held(pk, "Medicare", "medicare")


CASES = {
    "the earlier birthday, whatever the year": (
        [parent(1, "Ken Ito", KEN), parent(2, "Mika Ito", MIKA, "Cigna")], None, (2, 1), "Mika Ito's birthday, 2/1, comes before"
    ),
    "the same birthday: who covered longer": (
        [
            parent(1, "Ken Ito", MIKA, begins=date(2024, 1, 1)),
            parent(2, "Mika Ito", MIKA, "Cigna", begins=date(2020, 1, 1)),
        ],
        None, (2, 1), "Cigna has covered longer, since 1/1/2020",
    ),
    "a court's order goes before the birthday": (
        [parent(2, "Mika Ito", MIKA, "Cigna"), parent(1, "Ken Ito", KEN, decreed=True)], None, (1, 2), "A court made Ken Ito responsible"
    ),
    "parents apart: the one the child lives with": (
        [parent(2, "Mika Ito", MIKA, "Cigna", parent="other"), parent(1, "Ken Ito", KEN, parent="custodial")],
        None, (1, 2), "Aetna, of the parent the child lives with, pays first",
    ),
    "parents apart: that parent's spouse before the other parent": (
        [parent(2, "Mika Ito", MIKA, "Cigna", parent="other"), parent(1, "Bo", KEN, parent="custodial_spouse")],
        None, (1, 2), "that parent's spouse",
    ),
    "a court's order goes before where the child lives": (
        [
            parent(1, "Ken Ito", KEN, parent="custodial"),
            parent(2, "Mika Ito", MIKA, "Cigna", parent="other", decreed=True),
        ],
        None, (2, 1), "A court made Mika Ito responsible",
    ),
    "one's own before a spouse's": ([spouse(1), own(2)], None, (2, 1), "Aetna is the patient's own policy"),
    "one's own before a parent's": (
        [parent(1, "Ken Ito", KEN, "Cigna"), own(2)], None, (2, 1), "Cigna covers them as a dependent"
    ),
    "at work before retired": (
        [own(1, through="retired"), own(2, "Cigna", through="work")], None, (2, 1), "Aetna is of somebody retired or laid off"
    ),
    "at work before COBRA": ([own(1, through="cobra"), own(2, "Cigna")], None, (2, 1), "Aetna is COBRA or a continuation"),
    "longer before shorter": (
        [own(1, begins=date(2025, 1, 1)), own(2, "Cigna", begins=date(2019, 7, 1))], None, (2, 1), "since 7/1/2019"
    ),
    "Medicaid last": (
        [own(1, "MassHealth", kind="medicaid"), own(2)], None, (2, 1), "MassHealth pays last"
    ),
    "a Medicaid plan last too": (
        [own(1, "CCA", kind="medicaid_managed"), own(2, "TRICARE", kind="tricare")], None, (2, 1), "CCA pays last"
    ),
    "TRICARE after a plan, before Medicaid": (
        [own(1, "MassHealth", kind="medicaid"), own(2, "TRICARE", kind="tricare"), own(3)],
        None, (3, 2, 1), "TRICARE pays after every plan but Medicaid",
    ),
    "Medicare second while they work": ([medicare(1), own(2)], WORKING, (2, 1), "Medicare pays second (code 12)"),
    "Medicare first once they do not": ([own(2), medicare(1)], FIRST, (1, 2), "Medicare pays first"),
    "the spouse's plan, Medicare, the retiree's own": (
        [medicare(1), own(2, through="retired"), spouse(3)], BY_SPOUSE, (3, 1, 2), "the spouse's employer"
    ),
    "COBRA before Medicare for kidneys alone": (
        [medicare(1), own(2, through="cobra")], KIDNEYS, (2, 1), "code 13"
    ),
    "a plan they bought themselves pays after Medicare": (
        [own(2, through="own"), medicare(1)], WORKING, (1, 2), ""
    ),
    "the plan with a group, Medicare, the one without": (
        [medicare(1), own(2, begins=date(2020, 1, 1)), own(3, "Harbor", group=True)], WORKING, (3, 1, 2), "code 12"
    ),
    "a supplement never pays before Medicare": (
        [medicare(1), own(2, "Medigap", supplement=True), own(3)], WORKING, (3, 1, 2), "code 12"
    ),
    "Medicare, then TRICARE, then Medicaid": (
        [own(1, "MassHealth", kind="medicaid"), own(2, "TRICARE", kind="tricare"), medicare(3)],
        FIRST, (3, 2, 1), "TRICARE pays after every plan",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_an_order_is_proposed_with_its_reason(case):
    held, judgement, order, why = CASES[case]
    found = propose(held, judgement)
    assert found.order == order
    assert why in found.words


@pytest.mark.parametrize(
    ("held", "judgement", "asks"),
    [
        (
            [parent(1, "Ken Ito", KEN), parent(2, "Mika Ito", None, "Cigna")],
            None,
            "Ask for Mika Ito's birth date",
        ),
        (
            [parent(1, "Ken Ito", MIKA), parent(2, "Mika Ito", MIKA, "Cigna")],
            None,
            "which has covered longer",
        ),
        (
            [parent(1, "Ken Ito", KEN, parent="other"), parent(2, "Mika Ito", MIKA, "Cigna")],
            None,
            "say which of them Mika Ito is",
        ),
        ([own(1), medicare(2)], None, "Ask the Medicare questions"),
        (
            [medicare(1), own(2, through="cobra")],
            WORKING,
            "through their own work pays before Medicare, and is not on file",
        ),
        (
            [own(1), own(2, "Cigna"), medicare(3)],
            WORKING,
            "Say which of Aetna and Cigna is through their own work",
        ),
        (
            [own(1), medicare(2)],
            Judgement("unknown", "ask how many people work for the employer", "own"),
            "left it open: ask how many",
        ),
    ],
)
def test_what_cannot_be_told_stays_as_it_is_and_is_asked(held, judgement, asks):
    found = propose(held, judgement)
    assert any(asks in words for words in found.asks)
    if judgement is not WORKING:
        assert found.order == tuple(one.policy_id for one in held)


KINDS = st.sampled_from(["commercial", "medicare", "tricare", "medicaid", "medicaid_managed", "blue"])
HELD = st.builds(
    Held,
    policy_id=st.just(0),
    payer=st.sampled_from(["Aetna", "Cigna", "Humana"]),
    kind=KINDS,
    relationship=st.sampled_from(["self", "spouse", "child", "other"]),
    born=st.none() | st.dates(date(1940, 1, 1), date(2000, 12, 31)),
    begins=st.none() | st.dates(date(2010, 1, 1), date(2026, 1, 1)),
    through=st.sampled_from(["", "work", "retired", "cobra", "own"]),
    parent=st.sampled_from(["", "custodial", "other"]),
    decreed=st.booleans(),
)


def numbered(rows):
    return [Held(n, *(getattr(row, name) for name in Held.__slots__[1:])) for n, row in enumerate(rows, 1)]


@given(st.lists(HELD, max_size=5), st.sampled_from([None, WORKING, BY_SPOUSE, KIDNEYS, FIRST]))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_nobody_is_lost_medicaid_is_last_and_tricare_before_it(rows, judgement):
    held = numbered(rows)
    found = propose(held, judgement)
    assert sorted(found.order) == [one.policy_id for one in held]
    kinds = {one.policy_id: one.kind for one in held}
    places = [{"tricare": 1, "medicaid": 2, "medicaid_managed": 2}.get(kinds[pk], 0) for pk in found.order]
    assert places == sorted(places)


def test_what_is_accepted_is_proposed_again_and_the_present_order_does_not_matter_where_a_rule_decides():
    held = [
        own(1, through="work"),
        spouse(2),
        medicare(3),
        own(4, "TRICARE", kind="tricare"),
        own(5, "M", kind="medicaid"),
    ]
    assert {propose(list(some), WORKING).order for some in permutations(held)} == {(1, 3, 2, 4, 5)}


def test_one_policy_needs_no_order():
    assert propose([own(7)]).order == (7,)
    assert not propose([]).order
