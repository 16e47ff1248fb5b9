"""A file is cut into segments whatever its delimiters, line ends and wrapping; nothing is ever raised."""

import io

import pytest

from frontdesk.formats import x12
from frontdesk.formats.x12 import reader
from tests.formats.x12 import corpus

PLAIN = list(x12.Reader(corpus.valid("271")))


def read(content):
    found = []
    return list(x12.Reader(content, found.append)), found


def test_a_file_with_a_line_end_after_each_segment_reads_as_one_without():
    for end in ("~", "~\n", "~\r\n", "~ \r\n  "):
        segments, found = read(corpus.file(corpus.rows("271"), end=end))
        assert (segments, found) == (PLAIN, []), repr(end)


def test_a_byte_order_mark_and_blank_lines_before_the_isa_are_skipped():
    assert read(b"\xef\xbb\xbf\r\n\n" + corpus.valid("271")) == (PLAIN, [])
    assert read(corpus.valid("271").decode().encode("utf-16")) == (PLAIN, [])


def test_a_file_wrapped_at_eighty_columns_reads_as_it_was():
    text = corpus.file(corpus.rows("271"), end="~").decode()
    wrapped = "\r\n".join(text[at : at + 80] for at in range(0, len(text), 80))
    assert read(wrapped.encode()) == (PLAIN, [])


@pytest.mark.parametrize("marks", ["|>!\\", "\x1d\x1f\x1e\x1c", "*:^\n", "*:^\r", "+:&'"])
def test_any_delimiters_are_taken_from_the_isa(marks):
    element, component, repetition, segment = marks
    table = str.maketrans({"*": element, ":": component, "^": repetition, "~": segment})
    text = corpus.file(corpus.rows("271"), end="~").decode().translate(table)
    assert list(x12.check(text.encode())) == []
    segments, found = read(text.encode() + (b"\n" if segment == "\r" else b""))
    assert found == []
    assert [s.split(element) for s in segments[2:]] == [p.translate(table).split(element) for p in PLAIN[2:]]


def test_interchanges_with_different_delimiters_follow_each_other():
    one = corpus.file(corpus.rows("271"), end="~").decode()
    other = one.translate(str.maketrans("*:^~", "|>!\\"))
    segments, found = read((one + other + one).encode())
    assert (len(segments), found) == (3 * len(PLAIN), [])
    assert list(x12.check((one + "\n" + other + one).encode())) == []


@pytest.mark.parametrize("size", [1, 7, 106, 1000])
def test_where_the_chunks_end_makes_no_difference(monkeypatch, size):
    monkeypatch.setattr(reader, "CHUNK", size)
    assert read(b"\xef\xbb\xbf" + corpus.valid("271") * 2) == (PLAIN * 2, [])
    assert list(x12.Reader(io.StringIO(corpus.valid("271").decode()))) == PLAIN


def test_a_file_that_is_no_x12_is_said_to_be_none():
    for content in (
        b"",
        b"hello",
        b"ISA",
        b"\x00" * 5000,
        b"ISABEL went home",
        b"PK\x03\x04" + b"z" * 70_000,
    ):
        segments, found = read(content)
        assert segments == []
        assert [finding.code for finding in found] == ["not-x12"], content[:20]


def test_a_file_cut_off_says_so_and_gives_what_there_is():
    segments, found = read(corpus.valid("271")[:600])
    assert [finding.code for finding in found] == ["not-terminated"]
    assert segments[:-1] == PLAIN[: len(segments) - 1]


def test_a_segment_without_end_takes_no_memory_and_is_reported():
    content = corpus.valid("271").replace(b"NM1*IL", b"N" * 3_000_000 + b"NM1*IL")
    found = list(x12.check(content))
    assert "segment-too-long" in [finding.code for finding in found]


def test_bytes_that_are_no_text_are_kept_as_they_were():
    content = corpus.valid("271").replace(b"HARBOR", b"HARB\xd3R")
    segments, found = read(content)
    assert found == []
    assert any("HARB\udcd3R" in segment for segment in segments)
    assert [finding.code for finding in x12.check(content)] == ["bad-character"]
