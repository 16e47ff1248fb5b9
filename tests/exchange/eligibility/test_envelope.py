"""What comes back in an envelope: taken out, or refused without a word of it in the message."""

from datetime import UTC, datetime

import pytest

from frontdesk.exchange.eligibility import envelope
from frontdesk.exchange.eligibility.connections import Connection

AT = datetime(2026, 3, 3, 14, 0, tzinfo=UTC)
ISA = "ISA*00*          *00*<&>ITO~"


def connection(kind, password="s&<cret"):
    return Connection("", "https://hub.example.org/", kind, "elm", password, "ELMSTREET", "HUB")


@pytest.mark.parametrize("kind", ["mime", "soap"])
def test_what_is_enclosed_can_be_taken_out_again_sign_for_sign(kind):
    sent = envelope.enclosed(ISA, connection(kind), AT)
    assert envelope.opened(sent.body) == ISA.encode()
    assert b"X12_270_Request_005010X279A1" in sent.body
    assert (b"s&<cret" in sent.body) == (kind == "mime")


def soap(inside, head=""):
    return (
        f'<?xml version="1.0"?>{head}<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Body>'
        f"{inside}</e:Body></e:Envelope>"
    ).encode()


ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
BOMB = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (soap("<Payload>&e;</Payload>", ENTITY), "no sound XML"),
        (soap("<Payload>&b;</Payload>", BOMB), "no sound XML"),
        (soap("<Payload>half"), "no sound XML"),
        (soap("<ErrorCode>UnAuthorized</ErrorCode>"), "refused the envelope: UnAuthorized"),
        (soap("<ErrorCode>Success</ErrorCode>"), "holds no answer"),
        (b"", "no envelope"),
        (b"<html>", "no sound XML"),
        (b"ISA*00*", "no envelope"),
        (b'--x\r\nContent-Disposition: form-data; name="Payload"\r\n\r\nISA', "cut off"),
        (b"--" + b"x" * 200, "no envelope"),
        (b'--x\r\nContent-Disposition: form-data; name="Other"\r\n\r\nISA\r\n--x--\r\n', "holds no answer"),
    ],
)
def test_what_is_no_answer_is_not_understood(body, says):
    with pytest.raises(envelope.NotUnderstood, match=says):
        envelope.opened(body)
