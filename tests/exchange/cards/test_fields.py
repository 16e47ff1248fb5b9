"""Out of words and where they stand come the fields of a card; what does not look like what its label promises does not."""

import pytest

from frontdesk.exchange.cards import fields
from frontdesk.exchange.cards.sight import Word


def words(*lines, sure=0.96, tall=30):
    """Words on lines: (left, top, text), each letter half as wide as it is tall."""
    found = []
    for left, top, text in lines:
        for word in text.split():
            found.append(Word(word, sure, left, top, len(word) * tall // 2, tall))
            left += (len(word) + 1) * tall // 2
    return found


def read(*lines, **how):
    return {one.field: one.value for one in fields.read(words(*lines, **how))}


def test_a_value_stands_behind_its_label_right_of_it_or_beneath_it():
    assert read((0, 0, "Member ID: W1234 56789"))["member_id"] == "W123456789"
    assert read((0, 0, "Identification Number"), (500, 6, "XXP12345678"))["member_id"] == "XXP12345678"
    assert read((0, 0, "ID NUMBER"), (0, 50, "XXP12345678"))["member_id"] == "XXP12345678"
    assert read((0, 0, "1D NUMBER"), (0, 50, "XXP12345678"), (600, 0, "GROUP NO."), (600, 50, "G-77")) == {
        "member_id": "XXP12345678",
        "group_number": "G-77",
    }


def test_a_value_that_does_not_look_like_one_is_left_out():
    assert read((0, 0, "Member ID: see reverse")) == {}
    assert read((0, 0, "Member Services: 1-800-555-0111")) == {}
    assert read((0, 0, "RxGrp RX9921")) == {}
    assert read((0, 0, "Effective 13/45/2026")) == {}
    assert read((0, 0, "Group"), (0, 400, "12345")) == {}


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("Subscriber: ITO, ANA M", "subscriber", "Ana Ito"),
        ("Effective Date: 1/2/26", "begins", "2026-01-02"),
        ("Providers call: (800) 555-0142", "phone", "800-555-0142"),
        ("Payer ID 60054", "payer_number", "60054"),
        ("Plan Name: Choice POS II", "plan_name", "Choice POS II"),
        ("Blue Choice PPO", "plan_name", "Blue Choice PPO"),
        ("Copays: PCP $25  ER: $150.00", "copays", "PCP $25 · ER $150"),
        ("Office Visit Copay $20", "copays", "Office Visit $20"),
        ("Medicare Number 1EG4-TE5-MK72", "member_id", "1EG4TE5MK72"),
    ],
)
def test_what_cards_say_is_found(line, field, value):
    assert read((0, 0, line))[field] == value


def test_what_is_easily_misread_is_less_sure():
    def sure(number, label="Member ID"):
        (one,) = fields.read(words((0, 0, f"{label}: {number}")))
        return one.sure

    assert sure("W123456789") == 0.96
    assert sure("W12O456789") < 0.85  # a zero, or the letter
    assert sure("125456S89") < 0.85
    assert sure("4EG4TE5MK7", "Medicare Number") < 0.6  # no number that Medicare gives out


def test_the_payers_name_is_looked_for_where_letters_are_largest():
    seen = words((0, 200, "Member: ANA ITO")) + words((0, 0, "Harbor Mutual"), tall=60)
    assert fields.payer_names(seen) == ["Harbor Mutual"]


def test_no_words_at_all_propose_nothing():
    assert fields.read([]) == []
    assert fields.payer_names([]) == []
    assert read((0, 0, "::: $$ ### 12"), (0, 50, "\u202e\u0000"), (5, 50, "ID:")) == {}
