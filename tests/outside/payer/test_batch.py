"""A batch is handed in, and its answers fetched by the same number."""

import base64
import hashlib
import uuid

import pytest

from frontdesk.formats import x12
from tests.outside.payer.asking import Practice, inquiry

PATH = "/core/batch"


def summed(payload):
    return {"PayloadLength": str(len(payload)), "CheckSum": hashlib.sha1(payload).hexdigest()}


def hand_in(practice, payload, number, **other):
    return practice.mime(
        payload, PATH, ProcessingMode="Batch", PayloadID=number, **{**summed(payload), **other}
    )


def fetch(practice, number, kind="X12_005010_Request_Batch_Results_271"):
    return practice.mime(None, PATH, ProcessingMode="Batch", PayloadID=number, PayloadType=kind)


def test_many_inquiries_are_answered_in_one_file(practice):
    number = str(uuid.uuid4())
    receipt = hand_in(practice, inquiry("PRAC-ACTIVE-0001", sets=60), number)
    assert (receipt.code, receipt.fields["PayloadType"]) == ("Success", "X12_BatchReceiptConfirmation")
    came = fetch(practice, number)
    assert came.fields["PayloadType"] == "X12_271_Response_005010X279A1"
    assert came.fields["CheckSum"] == hashlib.sha1(came.payload).hexdigest()
    assert [str(one) for one in x12.check(came.payload)] == []
    assert [one.beginning.reference for one in x12.parse_271(came.payload)] == [
        f"REQ-TRACE-1-{n}" for n in range(1, 61)
    ]


def test_a_batch_fetched_again_is_the_same(practice):
    number = str(uuid.uuid4())
    hand_in(practice, inquiry("PRAC-ACTIVE-0001"), number)
    assert fetch(practice, number).payload == fetch(practice, number).payload


def test_the_same_batch_handed_in_twice_is_one(practice, payer):
    number, payload = str(uuid.uuid4()), inquiry("PRAC-ACTIVE-0001")
    for _ in range(2):
        assert hand_in(practice, payload, number).code == "Success"
    assert payer.payer.asked()["TRACE-1-1"]["asked"] == 1


def test_its_acknowledgement_is_picked_up_by_itself(practice):
    number = str(uuid.uuid4())
    hand_in(practice, inquiry("PRAC-ACTIVE-0001"), number)
    came = fetch(practice, number, "X12_999_RetrievalRequest_005010X231A1")
    [taken] = x12.parse_999(came.payload)
    assert taken.verdict.answer == "A"


def test_what_was_asked_long_ago_is_forgotten(open_payer):
    server = open_payer(most_asked=4, most_batches=2)
    practice, numbers = Practice(server.server_port), [str(uuid.uuid4()) for _ in range(3)]
    for at, number in enumerate(numbers):
        hand_in(practice, inquiry("PRAC-ACTIVE-0001", trace=f"T{at}"), number)
    assert sorted(server.payer.asked()) == ["REQ-T1-1", "REQ-T2-1", "T1-1", "T2-1"]
    assert [bool(fetch(practice, number).payload) for number in numbers] == [False, True, True]


def test_there_is_nothing_for_a_number_that_was_not_handed_in(practice):
    assert (
        fetch(practice, str(uuid.uuid4())).fields["PayloadType"] == "X12_005010_Response_NoBatchResultsFile"
    )


def test_a_faulty_batch_has_its_999_for_an_answer(practice):
    number = str(uuid.uuid4())
    hand_in(practice, inquiry("PRAC-ACTIVE-0001").replace(b"*19580912*F", b"*19581340*F"), number)
    assert fetch(practice, number).fields["PayloadType"] == "X12_999_Response_005010X231A1"


@pytest.mark.parametrize("word", ["LATE", "BROKEN", "HALF", "DROPPED"])
def test_faults_of_the_wire_are_played_in_real_time_only(practice, word):
    number = str(uuid.uuid4())
    hand_in(practice, inquiry(f"PRAC-{word}-0001"), number)
    assert [str(one) for one in x12.check(fetch(practice, number).payload)] == []


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"CheckSum": None}, "CheckSumRequired"),
        ({"PayloadLength": None}, "PayloadLengthRequired"),
        ({"PayloadLength": "1"}, "PayloadLengthIllegal"),
        ({"CheckSum": "0" * 40}, "ChecksumMismatched"),
        ({"ProcessingMode": "RealTime"}, "ProcessingModeIllegal"),
    ],
)
def test_a_batch_that_did_not_come_whole_is_refused(practice, other, code):
    payload = inquiry("PRAC-ACTIVE-0001")
    words = {**summed(payload), "ProcessingMode": "Batch", **other}
    assert practice.mime(payload, PATH, **words).code == code


def test_a_batch_goes_through_soap_too(practice):
    number, payload = str(uuid.uuid4()), inquiry("PRAC-ACTIVE-0001", sets=3)
    words = {"path": PATH, "ProcessingMode": "Batch", "PayloadID": number}
    receipt = practice.soap(
        base64.b64encode(payload), element="COREEnvelopeBatchSubmission", **words, **summed(payload)
    )
    assert receipt.fields["PayloadType"] == "X12_BatchReceiptConfirmation"
    kind = "X12_005010_Request_Batch_Results_271"
    came = practice.soap(None, element="COREEnvelopeBatchResultsRetrievalRequest", PayloadType=kind, **words)
    assert len(x12.parse_271(base64.b64decode(came.payload))) == 3
