"""What is needed, what fits, and what is said of it: tables of cases, no database and no clock."""

from dataclasses import replace
from datetime import date

import pytest

from frontdesk.office.coverage.rules.benefits import Rejection
from frontdesk.office.referrals import rules
from frontdesk.office.referrals.rules import Held, Need, Rule, Told, Visit

DAY = date(2026, 3, 10)
VISIT = Visit(5, DAY, (1, 2), frozenset({"98"}))
R1 = Held(1, "referral", 1, number="R-1", allowed=12, used=3)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({}, ""),
        ({"visit_types": frozenset({5})}, ""),
        ({"visit_types": frozenset({6})}, "kind"),
        ({"services": frozenset({"98", "PT"})}, ""),
        ({"services": frozenset({"PT"})}, "kind"),
        ({"policy_id": 3}, "policy"),
        ({"state": "pending"}, "pending"),
        ({"state": "denied"}, "denied"),
        ({"state": "ended"}, "ended"),
        ({"begins": DAY, "ends": DAY}, ""),
        ({"begins": date(2026, 3, 11)}, "not_yet"),
        ({"ends": date(2026, 3, 9)}, "over"),
        ({"used": 12}, "used_up"),
        ({"used": 12, "allowed": None}, ""),
    ],
)
def test_a_visit_may_use_what_is_for_it_on_its_day_while_any_is_left(changes, why):
    assert rules.hindrance(replace(R1, **changes), VISIT) == why


def test_the_one_of_the_first_insurance_made_for_the_visit_that_runs_out_first_is_used_first():
    late, soon = replace(R1, id=2, ends=date(2026, 9, 1)), replace(R1, id=3, ends=date(2026, 4, 1))
    other = replace(R1, id=4, policy_id=2, ends=date(2026, 3, 12))
    own = replace(R1, id=5, ends=date(2026, 12, 1), visit_types=frozenset({5}))
    assert rules.best([late, other, soon], VISIT, "referral").id == 3
    assert rules.best([late, soon, own], VISIT, "referral").id == 5
    assert rules.best([late, soon], VISIT, "authorization") is None


@pytest.mark.parametrize(
    ("plan", "told", "needed"),
    [
        ("HM", {}, [("referral", "practice")]),
        ("PR", {}, []),
        ("", {}, []),
        ("HM", {"referral": False}, [("referral", "practice")]),
        ("HM", {"authorization": True}, [("referral", "practice"), ("authorization", "payer")]),
        ("PR", {"referral": True}, [("referral", "payer")]),
        ("PR", {"authorization": False}, []),
    ],
)
def test_a_payers_yes_is_believed_and_its_no_is_none_against_the_practices_own_table(plan, told, needed):
    table = [Rule("referral", "HM", is_needed=True), Rule("referral", "PR", is_needed=False)]
    assert [(one.kind, one.source) for one in rules.needs(table, plan, **told)] == needed


def test_a_rule_for_a_kind_of_plan_goes_before_the_one_for_every_plan():
    table = [Rule("referral", "", is_needed=True), Rule("referral", "PR", is_needed=False)]
    assert rules.needs(table, "PR") == []
    assert [one.kind for one in rules.needs(table, "HM")] == ["referral"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Aetna HMO Select", "HM"),
        ("CHOICE POS II", "PS"),
        ("Oxford EPO", "EP"),
        ("Medicare Advantage HMO", "HN"),
        ("Gold", ""),
        ("POSTAL WORKERS", ""),
    ],
)
def test_the_kind_of_a_plan_is_read_from_its_name(words, code):
    assert rules.plan_kind("", words) == code


NEEDED = [Need("referral", "practice")]


@pytest.mark.parametrize(
    ("held", "needed", "said"),
    [
        ([], NEEDED, ["No referral on file: Aetna HMO needs one for Specialist."]),
        ([], [], []),
        ([R1], NEEDED, []),
        (
            [replace(R1, used=12)],
            [],
            ["Referral R-1 has 0 of 12 visits left: this would be visit 13 of 12."],
        ),
        ([replace(R1, ends=date(2026, 3, 1))], [], ["Referral R-1 ends on 3/1/2026, before this visit."]),
        ([replace(R1, ends=date(2025, 3, 1))], [], []),
        ([replace(R1, ends=date(2025, 3, 1))], NEEDED, ["Referral R-1 ends on 3/1/2025, before this visit."]),
        (
            [replace(R1, begins=date(2026, 4, 1))],
            NEEDED,
            ["Referral R-1 begins on 4/1/2026, after this visit."],
        ),
        (
            [replace(R1, state="pending", number="")],
            NEEDED,
            ["The referral was asked for, and the payer has not decided yet."],
        ),
        ([replace(R1, state="denied")], NEEDED, ["Referral R-1 was denied by the payer."]),
        (
            [replace(R1, visit_types=frozenset({9}))],
            NEEDED,
            ["No referral on file: Aetna HMO needs one for Specialist."],
        ),
    ],
)
def test_what_stands_against_a_visit_is_said_in_a_sentence(held, needed, said):
    found = rules.cautions(VISIT, held, needed, payer="Aetna HMO", visit_type="Specialist")
    assert [one.words for one in found] == said


def test_a_payer_that_wants_an_authorization_is_named_as_who_says_so():
    [one] = rules.cautions(VISIT, [], [Need("authorization", "payer")], payer="Aetna", visit_type="MRI")
    assert one.words == "No authorization on file: Aetna says it wants an authorization before this visit."


LINE = "Aetna POS · $35 copay (office) · no referral"


@pytest.mark.parametrize(
    ("needed", "uses", "line"),
    [
        ([], [], LINE),
        (NEEDED, [], "Aetna POS · $35 copay (office) · referral needed, none fits"),
        (NEEDED, [R1], "Aetna POS · $35 copay (office) · referral R-1, 9 of 12 visits left"),
        ([Need("authorization", "payer")], [], f"{LINE} · authorization needed, none fits"),
    ],
)
def test_the_line_of_a_verdict_agrees_with_what_is_needed_and_used(needed, uses, line):
    assert rules.agreeing(LINE, needed, uses) == line


@pytest.mark.parametrize(
    ("told", "outcome", "says"),
    [
        (Told(action="A1", number="PA1"), "certified", "under PA1"),
        (Told(action="A2"), "partial", ""),
        (Told(action="A3", reason="0M"), "denied", "reason 0M"),
        (Told(action="A4", reference="REV1"), "pended", "their reference REV1"),
        (Told(action="A6", visits=6), "modified", ""),
        (Told(action="CT"), "call", ""),
        (Told(action="NA"), "not_needed", ""),
        (Told(rejections=(Rejection("request", "95"),)), "rejected", "the patient is not eligible"),
        (Told(rejections=(Rejection("request", "ZZ"),)), "rejected", "the reason ZZ"),
        (Told(), "unknown", "decides nothing"),
        (Told(action="Q9"), "unknown", "decides nothing"),
    ],
)
def test_an_answer_is_told_in_words(told, outcome, says):
    made = rules.judged(told)
    assert (made.outcome, says in made.words) == (outcome, True), made
