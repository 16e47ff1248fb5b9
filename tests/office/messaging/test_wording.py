"""What patients read: plain, in their language, and never more than it must say."""

import re
from datetime import UTC, date, datetime
from itertools import product

import pytest

from frontdesk.office.messaging.models import Channel, Kind, Language
from frontdesk.office.messaging.rules import (
    ANSWERABLE,
    ASKED,
    Sender,
    Words,
    default_words,
    fill,
    segments,
    values_of,
    wrong_words,
)
from tests.factories.messaging import facts

STARTS = datetime(2026, 9, 30, 16, 50, tzinfo=UTC)
CLINIC = Sender("Pioneer Valley Family Health", "+14135550100")
ALL = list(product(Kind.values, Channel.values, Language.values))


PAGE = "https://pay.example/c/cs_live_a1B2c3D4e5F6g7H8i9J0kLmNoPqRsTuVwXyZ"
MONEY = {
    "cents": 123450,
    "receipt": "10042",
    "paid_on": date(2026, 9, 30),
    "paid_with": "Cash $1,000.00, Visa 4242 $234.50",
    "until": STARTS,
}


def filled(kind, channel, language, sender=CLINIC, link="", **fields):
    about = facts(STARTS, **(MONEY if kind in ASKED else {}) | fields)
    values = values_of(
        about, facts(STARTS), sender, "Maximiliano", language, link=link, kind=kind, pay_at=PAGE
    )
    return fill(default_words(kind, channel, language), values, channel, language)


@pytest.mark.parametrize(("kind", "channel", "language"), ALL)
def test_every_shipped_template_can_be_sent(kind, channel, language):
    words = default_words(kind, channel, language)
    assert wrong_words(channel, words) == {}
    out = filled(kind, channel, language)
    assert not re.search(r"[{}]", out.subject + out.body)
    assert wrong_words(channel, words, kind) == {}


@pytest.mark.parametrize(("kind", "language"), list(product(Kind.values, Language.values)))
def test_a_text_fits_into_two(kind, language):
    link = "https://desk.example.org/a/abcdefghijklmnopqrstuvwxyz012345" if kind in ANSWERABLE else ""
    text = filled(kind, "text", language, link=link, minutes_late=25).body
    assert segments(text) <= (2 if language == "en" else 4), text
    assert text.endswith("STOP to end texts." if language == "en" else "STOP para no recibir mensajes.")


@pytest.mark.parametrize(("kind", "language"), list(product(Kind.values, Language.values)))
def test_a_subject_tells_nothing_but_who_writes(kind, language):
    subject = filled(kind, "email", language).subject
    assert CLINIC.clinic in subject
    assert not re.search(r"Maximiliano|Lee|September|septiembre|12:50|Elm|1,234|Visa|10042", subject)


@pytest.mark.parametrize(
    ("kind", "channel", "language"), list(product(sorted(ASKED), Channel.values, Language.values))
)
def test_what_is_said_of_money_tells_the_sum_and_whom_to_call_and_not_what_for(kind, channel, language):
    out = filled(kind, channel, language)
    assert "$1,234.50" in out.body
    assert "(617) 555-0100" in out.body
    assert CLINIC.clinic in out.body
    assert not re.search(r"Maximiliano|Lee|Elm|copay|visit|consulta|cita", out.body)
    for known in ("10042", "Visa 4242") if kind == "receipt" else (PAGE, "12:50"):
        assert known in out.body


def test_a_payment_link_without_its_address_is_refused_in_words():
    assert wrong_words("text", Words("", "Pay us {amount}."), "pay_link") == {
        "body": "This message is of no use without {pay_at}."
    }
    assert wrong_words("text", Words("", "Pay us {amount}.")) == {}


def test_times_are_on_the_clinics_wall_in_the_patients_language():
    assert "Wednesday, September 30, at 12:50 PM" in filled("confirmation", "email", "en").body
    assert "miércoles 30 de septiembre, a las 12:50 p. m." in filled("confirmation", "email", "es").body


def test_a_place_whose_name_would_tell_is_not_named():
    neutral = Sender("your clinic", "+14135550100", neutral=True)
    out = filled("confirmation", "email", "en", sender=neutral)
    for told in ("Pioneer", "Lee", "Elm Street"):
        assert told not in out.subject + out.body


def test_a_line_about_something_unknown_is_left_out():
    out = filled("confirmation", "email", "en", provider="", place="", address="", arrive_early=0)
    assert "With:" not in out.body
    assert "Where:" not in out.body
    assert "minutes early" not in out.body


def test_without_a_web_address_it_says_whom_to_call():
    assert "To change it, call (617) 555-0100" in filled("reminder", "text", "en").body


@pytest.mark.parametrize(
    ("words", "field", "says"),
    [
        (Words("Hello {first_name}", "Hi"), "subject", "others see it"),
        (Words("", "Hi"), "subject", "needs a subject"),
        (Words("A\nBcc: x@example.org", "Hi"), "subject", "one line"),
        (Words("A", ""), "body", "Write what"),
        (Words("A", "You have {diagnosis}"), "body", "may not hold {diagnosis}"),
        (Words("A", "{settings.SECRET_KEY}"), "body", "stands alone"),
        (Words("A", "{{ patient.password }}"), "body", "stands alone"),
        (Words("A", "{% include 'x' %}"), "body", "stands alone"),
        (Words("A", "{}"), "body", "may not hold {}"),
        (Words("A", "x" * 4001), "body", "too long"),
    ],
)
def test_what_may_not_be_sent_is_refused_with_a_sentence(words, field, says):
    assert says in wrong_words("email", words)[field]


def test_what_a_patient_is_called_is_never_taken_for_a_place():
    values = values_of(facts(STARTS), None, CLINIC, "{phone}", "en")
    assert fill(Words("A", "Hello {first_name}"), values, "email", "en").body == "Hello {phone}"


@pytest.mark.parametrize(
    ("text", "count"),
    [("x" * 160, 1), ("x" * 161, 2), ("ñ" * 160, 1), ("í" * 70, 1), ("í" * 71, 2), ("😀", 1)],
)
def test_texts_are_counted_as_carriers_count_them(text, count):
    assert segments(text) == count
