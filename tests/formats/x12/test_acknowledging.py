"""Every file that can be answered is answered with a TA1 and a 999 that are themselves without fault."""

from datetime import datetime

import pytest

from frontdesk.formats import x12
from tests.formats.x12 import corpus

AT = datetime(2026, 3, 3, 9, 0)


def answer(content):
    found = x12.acknowledge(content, AT)
    assert list(x12.check(found.content)) == []
    return found, [segment.split("*") for segment in x12.Reader(found.content)]


def only(rows, ident):
    return [row for row in rows if row[0] == ident]


@pytest.mark.parametrize("kind", [kind for kind in corpus.SETS if kind != "999"])
def test_a_sound_file_is_accepted(kind):
    found, rows = answer(corpus.valid(kind))
    assert (found.accepted, found.rejected) == (1, 0)
    assert only(rows, "AK1") == [["AK1", corpus.GROUPS[kind][0], "7", corpus.GROUPS[kind][1]]]
    assert only(rows, "IK5") == [["IK5", "A"]]
    assert only(rows, "AK9") == [["AK9", "A", "1", "1", "1"]]
    assert (rows[0][6].strip(), rows[0][8].strip()) == ("GLH01", "BACKBAYFM")


def test_a_faulty_element_is_named_by_segment_loop_and_position():
    found, rows = answer(corpus.changed("271", "NM1", nth=1, e09="1234567890"))
    assert (found.accepted, found.rejected) == (0, 1)
    assert only(rows, "IK3") == [["IK3", "NM1", "7", "2100", "8"]]
    assert only(rows, "IK4") == [["IK4", "9", "", "I12", "1234567890"]]
    assert only(rows, "IK5") == [["IK5", "R", "5"]]
    assert only(rows, "AK9") == [["AK9", "R", "1", "1", "0"]]


def test_a_wrong_count_is_a_fault_of_the_set():
    content = corpus.valid("271").replace(b"SE*37*", b"SE*36*")
    _, rows = answer(content)
    assert only(rows, "IK5") == [["IK5", "R", "4"]]


def test_a_group_of_which_a_part_is_sound_is_accepted_in_part():
    bad = corpus.rows("271")
    bad[0][2] = bad[-1][2] = "0002"
    bad[1][1] = "9999"
    _, rows = answer(corpus.file(corpus.rows("271"), bad))
    assert [row[1:] for row in only(rows, "IK5")] == [["A"], ["R", "5"]]
    assert only(rows, "AK9") == [["AK9", "P", "2", "2", "1"]]


def test_a_group_whose_count_is_wrong_is_rejected_whole():
    _, rows = answer(corpus.valid("271").replace(b"GE*1*7", b"GE*3*7"))
    assert only(rows, "AK9") == [["AK9", "R", "3", "1", "0", "5"]]


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        (b"IEA*1*000000001", b"IEA*1*000000002", "001"),
        (b"IEA*1*000000001", b"IEA*2*000000001", "021"),
        (b"*260303*0900*^", b"*261303*0900*^", "014"),
        (b"*260303*0900*^", b"*260303*2500*^", "015"),
        (b"*00501*", b"*00999*", "017"),
        (b"IEA*1*000000001~\n", b"", "023"),
    ],
)
def test_an_interchange_that_cannot_be_trusted_is_rejected_by_its_ta1_alone(before, after, code):
    content = corpus.valid("271")
    assert before in content
    _, rows = answer(content.replace(before, after))
    (ta1,) = only(rows, "TA1")
    assert ta1[4:] == ["R", code]
    assert not only(rows, "AK1")


def test_a_ta1_is_sent_where_the_isa_asks_for_one():
    _, rows = answer(corpus.valid("271").replace(b"*0*T*:", b"*1*T*:"))
    assert only(rows, "TA1") == [["TA1", "000000001", "260303", "0900", "A", "000"]]
    assert only(rows, "AK9") == [["AK9", "A", "1", "1", "1"]]


def test_an_acknowledgement_is_not_acknowledged_and_no_x12_not_either():
    assert x12.acknowledge(corpus.valid("999"), AT).content == b""
    assert x12.acknowledge(b"hello", AT).content == b""
