"""The envelopes, and what happens to those that are not sound; many at once; what is kept of it."""

import http.client
import json
import logging
import socket
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from frontdesk.formats import x12
from tests.formats.x12 import corpus
from tests.outside.payer.asking import CORE, SOAP, Practice, inquiry

ENVELOPES = ("mime", "soap")
ACTIVE = inquiry("PRAC-ACTIVE-0001")


@pytest.mark.parametrize("envelope", ENVELOPES)
def test_the_answers_envelope_turns_the_parties_round(practice, envelope):
    number = str(uuid.uuid4())
    came = getattr(practice, envelope)(ACTIVE, PayloadID=number)
    expected = {
        "ProcessingMode": "RealTime",
        "PayloadID": number,
        "TimeStamp": "2026-03-03T14:00:00Z",
        "SenderID": "GLH01",
        "ReceiverID": "BACKBAYFM",
        "CORERuleVersion": "2.2.0",
        "ErrorCode": "Success",
    }
    assert {name: came.fields[name] for name in expected} == expected


@pytest.mark.parametrize("envelope", ENVELOPES)
@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        *((name, None, f"{name}Required") for name in (
            "PayloadType", "ProcessingMode", "PayloadID", "TimeStamp", "UserName", "Password", "SenderID", "ReceiverID",
            "CORERuleVersion",
        )),
        ("Password", "guess", "UnAuthorized"),
        ("UserName", "somebody", "UnAuthorized"),
        ("CORERuleVersion", "1.1.0", "VersionMismatch"),
        ("PayloadType", "X12_276_Request_005010X212", "PayloadTypeIllegal"),
        ("ProcessingMode", "Slow", "ProcessingModeIllegal"),
        ("PayloadID", "one", "PayloadIDIllegal"),
        ("TimeStamp", "yesterday", "TimeStampIllegal"),
        ("CheckSum", "0" * 40, "ChecksumMismatched"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_envelope_is_said_in_an_envelope(practice, envelope, field, value, code):
    came = getattr(practice, envelope)(ACTIVE, **{field: value})
    assert (came.status, came.code, came.fields["PayloadType"]) == (200, code, "CoreEnvelopeError")
    assert came.payload == b""
    assert came.fields["ErrorMessage"]


@pytest.mark.parametrize("envelope", ENVELOPES)
@pytest.mark.parametrize(
    ("payload", "code"),
    [(None, "PayloadRequired"), (b"hello", "PayloadIllegal"), (corpus.valid("276"), "PayloadIllegal")],
)
def test_a_payload_that_is_no_inquiry_is_refused(practice, envelope, payload, code):
    assert getattr(practice, envelope)(payload).code == code


@pytest.mark.parametrize("envelope", ENVELOPES)
def test_a_faulty_270_gets_its_999(practice, envelope):
    came = getattr(practice, envelope)(ACTIVE.replace(b"DMG*D8*19580912*F", b"DMG*D8*19581340*X"))
    assert (came.code, came.fields["PayloadType"]) == ("Success", "X12_999_Response_005010X231A1")
    [acknowledgement] = x12.parse_999(came.payload)
    assert [str(one) for one in x12.check(came.payload)] == []
    assert b"IK5*R" in came.payload
    assert acknowledgement


@pytest.mark.parametrize("envelope", ENVELOPES)
def test_an_interchange_that_cannot_be_trusted_gets_its_ta1(practice, envelope):
    came = getattr(practice, envelope)(ACTIVE.replace(b"IEA*1*000000001", b"IEA*1*000000002"))
    assert came.fields["PayloadType"] == "X12_TA1_Response_00501X231A1"
    assert b"TA1*000000001*260303*0900*R" in came.payload


@pytest.mark.parametrize(
    "change", [lambda text: b"\xef\xbb\xbf\n" + text, lambda text: text.replace(b"~", b"~\r\n")]
)
def test_a_270_is_answered_however_it_is_wrapped(practice, change):
    came = practice.mime(change(ACTIVE))
    assert came.fields["PayloadType"] == "X12_271_Response_005010X279A1"
    assert came.payload[35:50].strip() == b"GLH01"


def test_the_version_after_is_spoken_too(practice):
    assert practice.mime(ACTIVE, CORERuleVersion="4.0.0").fields["CORERuleVersion"] == "4.0.0"


def test_lines_that_end_in_lf_alone_are_read(practice):
    from tests.outside.payer.asking import fields

    body = "".join(
        f'--b\nContent-Disposition: form-data; name="{name}"\n\n{value}\n'
        for name, value in {**fields(), "Payload": ACTIVE.decode()}.items()
    )
    status, _, answer = practice.send(f"{body}--b--\n".encode(), "multipart/form-data; boundary=b")
    assert status == 200
    assert b"X12_271_Response" in answer


@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=x"])
@pytest.mark.parametrize("body", [b"", b"--x\r\n", b"--x\r\n\r\nno name\r\n--x--\r\n", b"\0" * 99])
def test_what_is_no_multipart_is_the_senders_fault(practice, kind, body):
    status, _, answer = practice.send(body, kind)
    assert status == 400
    assert b'name="ErrorCode"\r\n\r\nSender\r\n' in answer


BOMB = f'<!DOCTYPE l [<!ENTITY a "ha">]><e:Envelope xmlns:e="{SOAP}"><e:Body>&a;</e:Body></e:Envelope>'
OUTER = f'<!DOCTYPE l SYSTEM "http://127.0.0.1:9/l.dtd"><e:Envelope xmlns:e="{SOAP}"/>'


@pytest.mark.parametrize(
    "text",
    [
        *(BOMB, OUTER, "", "<a", "<a/>", "not XML"),
        f'<e:Envelope xmlns:e="{SOAP}"><e:Body><x xmlns="urn:other"/></e:Body></e:Envelope>',
        f'<e:Envelope xmlns:e="{SOAP}"><e:Body><c:COREEnvelopeOther xmlns:c="{CORE}"/></e:Body></e:Envelope>',
        "<a>" * 5000,
        '<?xml version="1.0" encoding="nonsense"?><a/>',
    ],
)  # fmt: skip
def test_what_is_no_soap_of_ours_is_a_fault_of_the_sender(practice, text):
    status, kind, answer = practice.send(text.encode(), "application/soap+xml")
    assert (status, kind) == (400, "application/soap+xml; charset=UTF-8")
    assert b"<env:Value>env:Sender</env:Value>" in answer
    assert b"ha" not in answer.partition(b"<env:Text")[2].replace(b"has", b"").replace(b"that", b"")


def test_a_document_type_is_refused_by_name(practice):
    assert b"document type" in practice.send(BOMB.encode(), "application/soap+xml")[2]
    assert b"document type" in practice.send(OUTER.encode(), "application/soap+xml")[2]


def test_soap_of_another_version_is_told_so(practice):
    text = b'<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body/></e:Envelope>'
    status, _, answer = practice.send(text, "application/soap+xml")
    assert status == 500
    assert b"env:VersionMismatch" in answer


def test_a_body_too_large_is_refused_and_the_next_is_answered(practice):
    status, *_ = practice.send(b"x" * (256 * 1024 + 1), "multipart/form-data; boundary=x")
    assert status == 413
    assert practice.mime(ACTIVE).code == "Success"


def test_a_body_whose_length_is_not_said_is_refused(practice):
    with socket.create_connection(("127.0.0.1", practice.port), timeout=20) as line:
        line.sendall(
            b"POST /core/realtime HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Type: multipart/form-data\r\n\r\n"
        )
        assert line.recv(100).startswith(b"HTTP/1.1 411")


@pytest.mark.parametrize(
    ("path", "kind", "status"), [("/", "multipart/form-data", 404), ("/core/realtime", "text/plain", 415)]
)
def test_other_addresses_and_kinds_are_refused(practice, path, kind, status):
    assert practice.send(b"x", kind, path)[0] == status


def test_half_a_question_is_not_answered(practice):
    with socket.create_connection(("127.0.0.1", practice.port), timeout=20) as line:
        line.sendall(
            b"POST /core/realtime HTTP/1.1\r\nContent-Length: 500\r\nContent-Type: multipart/form-data\r\n\r\nhalf"
        )
        line.shutdown(socket.SHUT_WR)
        assert line.recv(100) == b""
    assert practice.mime(ACTIVE).code == "Success"


def test_a_late_answer_holds_nobody_up(open_payer):
    server = open_payer(late_seconds=30)
    practice = Practice(server.server_port)
    late = ThreadPoolExecutor(8)
    waiting = [late.submit(practice.mime, inquiry("PRAC-LATE-0001", trace=f"L{n}")) for n in range(8)]
    _until(lambda: len(server.payer.asked()) == 16)
    with ThreadPoolExecutor(16) as others:
        came = list(
            others.map(lambda n: practice.mime(inquiry("PRAC-ACTIVE-0001", trace=f"T{n}")), range(100))
        )
    assert {one.code for one in came} == {"Success"}
    assert not any(one.done() for one in waiting)
    server.ending.set()
    assert {one.result(timeout=20).code for one in waiting} == {"Success"}
    late.shutdown()


def test_a_hundred_at_once_each_get_their_own_answer_and_number(practice):
    def ask(number):
        came = practice.soap(inquiry("PRAC-ACTIVE-0001", trace=f"T{number}"))
        [answer] = x12.parse_271(came.payload)
        return answer.beginning.reference, came.payload[90:99]

    with ThreadPoolExecutor(32) as pool:
        came = list(pool.map(ask, range(100)))
    assert [reference for reference, _ in came] == [f"REQ-T{n}-1" for n in range(100)]
    assert len({control for _, control in came}) == 100


def test_what_was_asked_and_answered_is_counted_by_its_numbers(practice):
    for _ in range(3):
        practice.mime(ACTIVE)
    with pytest.raises(http.client.IncompleteRead):
        practice.mime(inquiry("PRAC-HALF-0001", trace="H"))
    status, body = practice.get("/asked")
    assert status == 200
    assert json.loads(body) == {
        "REQ-TRACE-1-1": {"asked": 3, "answered": 3},
        "TRACE-1-1": {"asked": 3, "answered": 3},
        "REQ-H-1": {"asked": 1, "answered": 0},
        "H-1": {"asked": 1, "answered": 0},
    }


def _dropped(practice, count=200):
    found = []
    for number in range(count):
        try:
            practice.mime(inquiry("PRAC-ACTIVE-0001", trace=f"T{number}"))
        except (http.client.RemoteDisconnected, ConnectionResetError):
            found.append(number)
    return found


def test_a_share_of_answers_is_dropped_the_same_ones_for_the_same_seed(open_payer):
    first, again, other = (
        _dropped(Practice(open_payer(drop=0.2, seed=seed).server_port)) for seed in (1, 1, 2)
    )
    assert first == again != other
    assert 20 <= len(first) <= 60


def test_no_log_tells_who_was_asked_about(practice, caplog, capfd):
    with caplog.at_level(logging.DEBUG):
        for _ in range(100):
            practice.mime(inquiry("PRAC-ACTIVE-0001", last="QUILLFEATHER"))
        with pytest.raises(http.client.IncompleteRead):
            practice.mime(inquiry("PRAC-HALF-0001", last="QUILLFEATHER"))
    out = caplog.text + "".join(capfd.readouterr())
    assert "100 answered" in out
    for word in ("QUILLFEATHER", "PRAC-", "19580912", "127.0.0.1"):
        assert word not in out


def _until(true, seconds=20):
    """Wait for what other threads bring about."""
    deadline = time.monotonic() + seconds
    waiting = threading.Event()
    while not true():
        assert time.monotonic() < deadline
        waiting.wait(0.01)
