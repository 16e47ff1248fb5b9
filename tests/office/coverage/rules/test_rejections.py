"""A payer that does not answer has its reasons in words, and is never "inactive"."""

import pytest

from frontdesk.formats.x12.guides import guides
from frontdesk.formats.x12.guides.model import Use
from frontdesk.office.coverage.rules.benefits import Benefit, Rejection
from frontdesk.office.coverage.rules.rejections import FOLLOW_UP, WHY, why
from tests.factories.answers import codes, costs, judged, line


def _rejections():
    """Yield for each place where the 271 has an AAA the loop's number, and its reasons and follow-ups."""
    for loop in guides()["271"].root.walk():
        for use in loop.entries:
            if isinstance(use, Use) and use.id == "AAA":
                codes = {element.position: element.codes for element in use.elements}
                yield loop.id, codes[3], codes[4]


PLACES = {"2000A": "payer", "2100A": "payer", "2100B": "provider"}


def test_every_reason_and_follow_up_of_the_guide_has_its_sentence_and_what_to_do():
    found = list(_rejections())
    assert {loop for loop, *_ in found} == {"2000A", "2100A", "2100B", "2100C", "2100D", "2110C", "2110D"}
    assert len(set().union(*(reasons for _, reasons, _ in found))) > 50
    for loop, reasons, follow_ups in found:
        for reason in reasons:
            told = why(Rejection(PLACES.get(loop, "subscriber"), reason))
            assert "unknown here" not in told.words, (loop, reason)
            assert told.words
            assert told.advice
        assert follow_ups <= set(FOLLOW_UP), loop


@pytest.mark.parametrize("follow_up", [code for code in FOLLOW_UP if code != "C"])
def test_what_the_payer_wants_next_is_a_sentence_of_its_own(follow_up):
    said = [judged(rejections=(Rejection("subscriber", "72", code),)).advice for code in ("C", follow_up)]
    assert said[1].removeprefix(said[0]).strip() == FOLLOW_UP[follow_up]
    assert FOLLOW_UP[follow_up].endswith(".")


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
