"""Permissions a visit needs, and whom the payer wants it to go through."""

from datetime import date

import pytest

from frontdesk.office.coverage.rules.benefits import Dates, Entity
from tests.factories.answers import codes, copay, costs, line


@pytest.mark.parametrize(("said", "needed"), [("Y", True), ("N", False), ("U", None), ("", None)])
def test_an_authorization_is_needed_only_where_the_payer_says_so(said, needed):
    made = costs(copay(35, authorization=said))
    assert made.needs_authorization is needed
    assert ("authorization needed" in made.words, codes(made)) == (
        needed is True,
        ["authorization"] if needed else [],
    )


def test_an_authorization_of_the_whole_plan_or_another_service_says_nothing_of_this_one():
    assert (
        costs(copay(35, "30", authorization="Y"), copay(35, "UC", authorization="Y")).needs_authorization
        is None
    )
    assert costs(copay(35, network="N", authorization="Y")).needs_authorization is None


@pytest.mark.parametrize(
    ("message", "needed"),
    [
        ("REFERRAL REQUIRED", True),
        ("Referral is required.", True),
        ("PLAN REQUIRES A REFERRAL", True),
        ("REFERRAL REQ: Y", True),
        ("NO REFERRAL REQUIRED", False),
        ("REFERRAL NOT REQUIRED", False),
        ("DOES NOT REQUIRE A REFERRAL", False),
        ("REFERRAL REQUIRED: NO", False),
        ("REFERRAL REQUIRED FOR SPECIALISTS", None),
        ("REFERRAL MAY BE REQUIRED", None),
        ("CALL FOR BENEFITS", None),
    ],
)
def test_a_referral_is_read_from_messages_and_only_where_they_are_plain(message, needed):
    assert costs(copay(35, messages=(message,))).needs_referral is needed


def test_two_messages_that_contradict_each_other_say_nothing():
    made = costs(
        copay(35, messages=("REFERRAL REQUIRED",)), copay(35, "30", messages=("NO REFERRAL REQUIRED",))
    )
    assert made.needs_referral is None


def test_the_primary_care_provider_on_file_is_a_task():
    doctor = Entity("P3", "REYES", "DANA", "XX", "1993999998", "6175550155")
    made = costs(line("L", "98", entities=(doctor,)))
    assert made.pcp == doctor
    assert made.tasks[0].data == {
        "name": "REYES",
        "first": "DANA",
        "id_kind": "XX",
        "id": "1993999998",
        "phone": "6175550155",
    }
    past = line("L", "98", entities=(doctor,), dates=(Dates("349", date(2025, 12, 31)),))
    assert costs(past).pcp is None
