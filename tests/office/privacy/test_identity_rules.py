"""Who may be told what: a table of cases."""

from datetime import date

import pytest

from frontdesk.office.privacy.rules.identity import Speaker, compare, judge, same_person
from tests.factories.privacy import known

DAY = date(2026, 3, 3)
TWO = ("name", "birth_date")
CHILD = {"birth_date": date(2016, 5, 1)}


@pytest.mark.parametrize(
    ("said", "right"),
    [
        ({"name": "Ana Ito"}, True),
        ({"name": "ito, ANA"}, True),
        ({"name": "Annie Ito"}, True),
        ({"name": "Ana María Ito"}, True),
        ({"name": "Ito"}, False),
        ({"name": "Ana"}, False),
        ({"name": "Bo Ito"}, False),
        ({"birth_date": "3/14/62"}, True),
        ({"birth_date": "March 14, 1962"}, True),
        ({"birth_date": "03141962"}, True),
        ({"birth_date": "3/15/1962"}, False),
        ({"birth_date": "3/14"}, False),
        ({"address": "8 Elm St, Somerville"}, True),
        ({"address": "8 elm"}, True),
        ({"address": "80 Elm Street"}, False),
        ({"address": "Elm Street"}, False),
        ({"address": "Somerville"}, False),
        ({"address": "02143"}, False),
        ({"phone": "0134"}, True),
        ({"phone": "(617) 555-0134"}, True),
        ({"phone": "134"}, False),
        ({"phone": "0143"}, False),
        ({"phone": "555 666 0134"}, False),
        ({"mrn": "100042"}, True),
        ({"mrn": "MRN 100042"}, True),
        ({"mrn": "100043"}, False),
        ({"mrn": "42"}, False),
    ],
)
def test_what_was_said_is_compared_with_the_record(said, right):
    assert compare(said, known(), DAY) == ((tuple(said), ()) if right else ((), tuple(said)))


def test_what_was_not_said_is_neither_right_nor_wrong():
    assert compare({"name": " ", "mrn": ""}, known(), DAY) == ((), ())


def test_a_number_that_is_not_on_file_matches_nothing():
    assert compare({"phone": "0134", "address": "8 Elm"}, known(phones=(), addresses=()), DAY) == (
        (),
        ("address", "phone"),
    )


@pytest.mark.parametrize(
    ("speaker", "about", "outcome", "topics", "says"),
    [
        (Speaker("patient"), {}, "verified", "schedule billing clinical", ""),
        (Speaker("patient"), CHILD, "message_only", "", "A minor"),
        (Speaker("patient"), {"is_deceased": True}, "message_only", "", "died"),
        (Speaker("guardian"), CHILD, "verified", "schedule billing clinical", ""),
        (Speaker("guardian"), {}, "message_only", "", "of age"),
        (Speaker("guardian", papers=True), {}, "verified", "schedule billing clinical", ""),
        (Speaker("guardian", barred=True), CHILD, "failed", "", "may not"),
        (Speaker("guarantor"), {}, "verified", "billing", "bills"),
        (Speaker("emergency"), {}, "message_only", "", "no leave"),
        (Speaker("authorized", scope="schedule"), {}, "verified", "schedule", "appointments"),
        (Speaker("authorized", scope="all"), {}, "verified", "schedule billing clinical", ""),
        (Speaker("authorized", scope="all", expires=DAY), {}, "verified", "schedule billing clinical", ""),
        (Speaker("authorized", scope="all", expires=date(2026, 3, 2)), {}, "message_only", "", "run out"),
        (Speaker("authorized"), {}, "message_only", "", "has not said"),
        (Speaker("authorized", scope="all"), {"is_deceased": True}, "message_only", "", "representative"),
        (Speaker("authorized", scope="all", barred=True), {}, "failed", "", "may not"),
        (Speaker("representative", papers=True), {"is_deceased": True}, "verified", "schedule billing clinical", ""),
        (Speaker("representative"), {"is_deceased": True}, "message_only", "", "papers"),
        (Speaker("representative"), {}, "message_only", "", "No paper"),
        (Speaker("other"), {}, "message_only", "", "Nobody on the record"),
    ],
)  # fmt: skip
def test_two_identifiers_and_who_it_is_decide(speaker, about, outcome, topics, says):
    judged = judge(speaker, known(**about), TWO, (), day=DAY)
    assert (judged.outcome, " ".join(judged.topics)) == (outcome, topics)
    assert says in judged.why


@pytest.mark.parametrize(
    ("matched", "wrong", "outcome"),
    [
        ((), (), "failed"),
        (("name",), (), "failed"),
        (("name",), ("birth_date",), "failed"),
        (TWO, (), "verified"),
        (TWO, ("address",), "verified"),
        (TWO, ("address", "phone"), "failed"),
    ],
)
def test_fewer_than_two_are_not_enough_and_two_wrong_ones_are_too_many(matched, wrong, outcome):
    assert judge(Speaker("patient"), known(), matched, wrong, day=DAY).outcome == outcome


@pytest.mark.parametrize(("matched", "outcome"), [(TWO, "failed"), ((*TWO, "phrase"), "verified")])
def test_who_has_a_phrase_is_not_known_without_it(matched, outcome):
    assert judge(Speaker("patient"), known(has_phrase=True), matched, (), day=DAY).outcome == outcome


def test_a_message_may_always_be_taken_unless_papers_stand_against_it():
    only = {"day": DAY, "only_message": True}
    assert judge(Speaker("patient"), known(), TWO, (), **only).outcome == "message_only"
    assert judge(Speaker("other", barred=True), known(), (), (), **only).outcome == "failed"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("Robert", "Ito"), ("Bob", "ito"), True),
        (("Ken", "Ito"), ("Kenneth", "Ito"), True),
        (("", "Ito"), ("Ken", "Ito"), True),
        (("Ken", "Ito"), ("Mika", "Ito"), False),
        (("Ken", "Ito"), ("Ken", "Abe"), False),
        (("Ken", ""), ("Ken", ""), False),
    ],
)
def test_a_barred_name_is_known_by_its_nickname_too(one, other, same):
    assert same_person(one, other) is same
