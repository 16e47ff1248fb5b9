"""What a carrier tells of is read once it is proved to be the carrier's own."""

from urllib.parse import urlencode

import pytest

from frontdesk.exchange.texting.inbound import (
    FIELDS,
    Inbound,
    NotGenuine,
    Unreadable,
    answer,
    read,
    sign,
)

SECRET = "12345678901234567890123456789012"
ADDRESS = "https://desk.example.org/carrier/texts"
FORM = {"MessageSid": "SM1", "From": "+16175550134", "To": "+16175550100", "Body": "STOP"}
CONTENT = "application/x-www-form-urlencoded; charset=UTF-8"


def sent(
    fields=FORM, *, secret=SECRET, address=ADDRESS, body=None, content=CONTENT, hashed="sha1", **headers
):
    given = {"Content-Type": content, "X-Twilio-Signature": sign(fields, address, secret, hashed)}
    whole = urlencode(fields).encode() if body is None else body
    return read(whole, given | headers, ADDRESS, SECRET)


def test_a_text_is_read():
    assert sent() == Inbound("SM1", "+16175550134", "STOP", is_answered=False)


def test_the_signature_is_the_one_carriers_give():
    # The example of Twilio's own documentation.
    fields = {
        "CallSid": "CA1234567890ABCDE",
        "Caller": "+14158675309",
        "Digits": "1234",
        "From": "+14158675309",
        "To": "+18005551212",
    }
    address = "https://mycompany.com/myapp.php?foo=1&bar=2"
    assert sign(fields, address, "12345") == "RSOYDt4T1cUTdK1PDd93/VVr8B8="


def test_the_newer_hash_is_known_by_its_header():
    newer = {"X-Twilio-Webhooks-Signature-Settings": "key=SK1,algorithm=HMAC_SHA256"}
    assert sent(hashed="sha256", **newer).said == "STOP"
    with pytest.raises(NotGenuine):
        sent(hashed="sha256")


@pytest.mark.parametrize(
    "wrong",
    [
        {"secret": "another-secret-of-the-same-length"},
        {"address": "https://elsewhere.example.org/carrier/texts"},
        {"body": urlencode(FORM | {"Body": "START"}).encode()},
        {"body": urlencode(FORM | {"Extra": "1"}).encode()},
        {"body": urlencode(FORM | {"From": "+16175550199"}).encode()},
        {"body": b""},
        {"body": b"\xff\xfe"},
        {"body": b"Body=%ff"},
        {"content": "application/json"},
        {"content": ""},
        {"X-Twilio-Signature": ""},
        {"X-Twilio-Signature": "é"},
        {"fields": FORM | {f"f{n}": "" for n in range(FIELDS)}},
    ],
)
def test_what_is_not_the_carriers_is_not_read(wrong):
    with pytest.raises(NotGenuine):
        sent(**wrong)


def test_without_a_secret_nothing_is_genuine():
    with pytest.raises(NotGenuine):
        read(
            urlencode(FORM).encode(),
            {"Content-Type": CONTENT, "X-Twilio-Signature": sign(FORM, ADDRESS, "")},
            ADDRESS,
            "",
        )


@pytest.mark.parametrize(
    "wrong", [{"From": ""}, {"From": "whatsapp:+16175550134"}, {"From": "+1 617"}, {"MessageSid": ""}]
)
def test_what_comes_from_no_telephone_is_not_taken_for_a_text(wrong):
    with pytest.raises(Unreadable):
        sent(FORM | wrong)


def test_what_the_carrier_has_answered_is_not_answered_again():
    taken = sent(FORM | {"Body": "Genug!", "OptOutType": "STOP"})
    assert (taken.said, taken.is_answered) == ("STOP", True)


def test_letters_that_no_database_takes_are_left_out():
    assert sent(FORM | {"Body": "STOP\x00\n"}).said.strip() == "STOP"


def test_an_answer_cannot_become_markup():
    assert answer("Smith & <Sons>") == (
        '<?xml version="1.0" encoding="UTF-8"?><Response><Message>Smith &amp; &lt;Sons&gt;</Message></Response>'
    )
    assert answer("").endswith("<Response></Response>")
