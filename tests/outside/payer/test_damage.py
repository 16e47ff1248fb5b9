"""Whatever comes, what goes back is a sound 271, an acknowledgement or an error of the envelope; nothing is raised."""

import random

import pytest

from frontdesk.formats import x12
from frontdesk.outside.payer import members, mime, soap
from frontdesk.outside.payer.desk import Payer
from frontdesk.outside.payer.envelope import ANSWER, Request
from tests.outside.payer.asking import fields, for_a_dependent, inquiry, multipart, soap_text
from tests.outside.payer.conftest import AT

WORDS = ("ACTIVE", "MEDADV", "AUTH", "DOWN", "SPELLED", "NOTFOUND")
QUESTIONS = [
    *(inquiry(f"PRAC-{word}-1", about="30^98") for word in WORDS),
    for_a_dependent("W10000021", last="REYES", first="LEO", born="20160630"),
]


def damaged(text, lot, letters):
    """A text with up to four bytes changed, taken out or put in."""
    found = bytearray(text)
    for _ in range(lot.randint(1, 4)):
        at = lot.randrange(len(found))
        change = lot.randrange(3)
        if change == 0:
            found[at] = lot.choice(letters)
        elif change == 1:
            del found[at : at + lot.randint(1, 6)]
        else:
            found[at:at] = bytes(lot.choice(letters) for _ in range(lot.randint(1, 3)))
    return bytes(found)


@pytest.mark.parametrize("seed", range(8))
def test_a_damaged_question_gets_a_sound_answer_or_none(seed):
    lot = random.Random(seed)
    payer = Payer(members.load(members.DEFAULT), now=lambda: AT)
    kinds = set()
    for _ in range(60):
        question = damaged(lot.choice(QUESTIONS), lot, b"*~^:AZ09 \xff\x00-")
        response = payer.real_time(Request(fields(), question)).response
        kinds.add(response.payload_type)
        assert response.payload or response.code != "Success"
        if response.payload_type == ANSWER:
            assert [str(one) for one in x12.check(response.payload) if not one.note] == []
        mime.write(response)
    assert len(kinds) >= 3


def test_a_practice_without_a_name_in_the_header_is_answered():
    question = QUESTIONS[0].replace(b"*ZZ*BACKBAYFM      *", b"*ZZ*               *", 1)
    response = (
        Payer(members.load(members.DEFAULT), now=lambda: AT).real_time(Request(fields(), question)).response
    )
    assert [str(one) for one in x12.check(response.payload) if not one.note] == []


@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_envelope_is_read_or_said_to_be_none(seed):
    lot = random.Random(seed)
    content = fields(Payload=QUESTIONS[0].decode())
    for _ in range(200):
        for whole, read, refused in (
            (soap_text(content), soap.read, soap.Unreadable),
            (
                multipart(content),
                lambda body: mime.read(body, "multipart/form-data; boundary=XbCY"),
                mime.Unreadable,
            ),
        ):
            body = damaged(whole, lot, b"<>&;\"'\r\n-:/= x\xff\x00")
            try:
                read(body)
            except refused as error:
                assert str(error)


@pytest.mark.parametrize("encoding", ["utf-7", "big5", "idna", "rot13", "nonsense"])
def test_an_encoding_that_xml_has_not_is_refused(encoding):
    with pytest.raises(soap.Unreadable):
        soap.read(f'<?xml version="1.0" encoding="{encoding}"?><a/>'.encode())
