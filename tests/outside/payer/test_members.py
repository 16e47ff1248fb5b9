"""A member file of one's own: what can be used, and what is said of what cannot."""

import json
from datetime import date

import pytest

from frontdesk.outside.payer import members
from frontdesk.outside.payer.members import Asked, Unusable

SOUND = {
    "id": "W20000001",
    "first": "Ann",
    "last": "Roe",
    "birth_date": "1980-01-31",
    "gender": "F",
    "scenario": "HMO",
}
BORN = date(1980, 1, 31)


def written(tmp_path, content):
    file = tmp_path / "members.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content))
    return file


def test_a_member_of_ones_own_is_found(tmp_path):
    book = members.load(written(tmp_path, [{**SOUND, "plan": "GOLD", "filed_as": "ROWE"}]))
    found = book.find(Asked("w20000001", "rowe", "", BORN, ""))
    assert (found.plan, found.scenario.word) == ("GOLD", "HMO")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("no JSON", "is not JSON"),
        ({}, "is not a list"),
        ([7], "Member 1 has no birth_date, first, gender, id, last, scenario"),
        ([SOUND, {**SOUND, "nick": "x"}], "Member 2: nick"),
        ([{**SOUND, "first": 7}], "Member 1: first"),
        ([{**SOUND, "id": "12"}], "W and eight digits"),
        ([{**SOUND, "scenario": "LUCKY"}], "one of ACTIVE"),
        ([{**SOUND, "birth_date": "1/31/80"}], "is not a day"),
    ],
)
def test_a_file_that_cannot_be_used_says_where_and_why(tmp_path, content, said):
    with pytest.raises(Unusable, match=said):
        members.load(written(tmp_path, content))


def test_a_file_that_is_not_there_is_said_to_be(tmp_path):
    with pytest.raises(Unusable, match="cannot be read: No such file"):
        members.load(tmp_path / "none.json")


def test_twins_are_told_apart_by_their_first_names(tmp_path):
    book = members.load(written(tmp_path, [SOUND, {**SOUND, "first": "Beth", "scenario": "TERMED"}]))
    for first, word in (("ANN", "HMO"), ("beth", "TERMED"), ("", "HMO")):
        assert book.find(Asked("W20000001", "ROE", first, BORN, "")).scenario.word == word


def test_where_anybody_is_insured_the_id_decides_and_always_the_same_way():
    book = members.load(members.DEFAULT, anybody=True)
    asked = [Asked(f"XXP{number:08}", "Ito", "Ana", date(1962, 3, 14), "F") for number in range(400)]
    played = [book.find(one).scenario.word for one in asked]
    assert [book.find(one).scenario.word for one in asked] == played
    assert 0.45 < played.count("ACTIVE") / len(played) < 0.67
    assert {"HMO", "INACTIVE", "TERMED", "DOWN"} <= set(played)
    assert book.find(Asked("W10000001", "Ito", "Ana", date(1900, 1, 1), "F")) == "71"
