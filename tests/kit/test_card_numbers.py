"""A card number is seen however it is written; what is long and no card's is left alone."""

import json

import pytest

from frontdesk.kit.card_numbers import has_card_number, refusal, where

PAN = "4242424242424242"


@pytest.mark.parametrize(
    "text",
    [
        PAN,
        "4242 4242 4242 4242",
        "4242-4242-4242-4242",
        "4242.4242.4242.4242",
        "4242 – 4242 – 4242 – 4242",
        "4242\n4242\n4242\n4242",
        "4 2 4 2 4 2 4 2 4 2 4 2 4 2 4 2",
        "４２４２　４２４２　４２４２　４２４２",
        "٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢",
        "4242\u200b4242\u200b4242\u200b4242",
        "3782 822463 10005",
        "5555555555554444",
        "2223003122003222",
        "6011 1111 1111 1117",
        "room 12 4242 4242 4242 4242 exp 12/34",
        "Visa:4242424242424242,thanks",
        "+4242424242424242",
    ],
)
def test_a_card_number_is_seen_however_it_is_written(text):
    assert has_card_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "4242424242424241",  # its last digit does not check
        "9400111899223197428490",  # a parcel
        "1Z12345E0205271688",
        "1245319599",  # an NPI
        "(415) 555-0188, (415) 555-0199",
        "+49 171 5550 1234 2",
        "0000000000000000",
        "03/03/2026 09:15, room 4, seat 2",
        "XXP80021456",
        "219-47-8306",
        "",
    ],
)
def test_what_is_no_card_number_is_left_alone(text):
    assert not has_card_number(text)


def test_it_is_found_in_whatever_field_it_stands_and_not_shown():
    assert where([("reason", [PAN]), ("note", ["fine"])]) == "reason"
    assert where([("body", {"a": {"b": [1, PAN]}})]) == "b"
    assert (
        where([("values", [json.dumps({"internal_note": ["４２４２４２４２４２４２４２４２"]})])])
        == "internal_note"
    )
    words = refusal("internal_note")
    assert "“Internal note”" in words
    assert not any(c.isdigit() for c in words)


def test_member_numbers_claims_and_telephones_may_be_long():
    for name in (
        "member_id",
        "group_number",
        "claim_number",
        "guardian_phone",
        "_key",
        "csrfmiddlewaretoken",
    ):
        assert where([(name, [PAN])]) == ""
    assert where([("values", [json.dumps({"member_id": [PAN]})])]) == ""
