"""A payer that does not answer has its reasons in words, and is never "inactive"."""

import re

import pytest

from frontdesk.formats.x12.guides import eligibility
from frontdesk.formats.x12.guides.lists import LISTS
from frontdesk.office.coverage.rules.benefits import Benefit, Rejection
from frontdesk.office.coverage.rules.rejections import FOLLOW_UP, WHY
from tests.factories.answers import codes, costs, judged, line


def _guide(pattern):
    found = re.findall(pattern, "\n".join(eligibility.TABLES))
    return {code for codes in found for code in codes.split(",")}


def test_every_reason_and_follow_up_of_the_guide_has_its_words():
    reasons = _guide(r"AAA S 9 .*? 3!([0-9A-Z,]+)")
    assert len(reasons) > 50
    assert reasons <= set(WHY)
    assert set(LISTS["follow"]) == set(FOLLOW_UP)


@pytest.mark.parametrize("reason", [*WHY, "", "ZZ"])
@pytest.mark.parametrize("where", ["payer", "provider", "subscriber", "dependent"])
def test_no_reason_is_ever_inactive_or_without_advice(reason, where):
    made = judged(Benefit("6", services=("30",)), rejections=(Rejection(where, reason, "C"),))
    assert made.state == "unknown"
    assert made.words
    assert made.advice
    assert (made.code == "try_again") == (reason in {"42", "80"})


def test_a_rejection_names_the_field_to_fix():
    fixes = {
        "72": "member_id",
        "73": "name",
        "71": "birth_date",
        "58": "birth_date",
        "43": "provider",
        "57": "day",
    }
    for reason, fix in fixes.items():
        assert judged(rejections=(Rejection("subscriber", reason),)).fix == fix


def test_what_the_payer_wants_next_is_said():
    made = judged(rejections=(Rejection("subscriber", "72", "N"),))
    assert made.advice.endswith("The payer does not want it asked again.")


def test_a_line_the_payer_could_not_answer_is_not_used():
    refused = line("B", "98", 35, period="27", network="Y", rejections=(Rejection("subscriber", "33", "C"),))
    made = costs(refused)
    assert (made.copay, codes(made)) == (None, ["unanswered"])
