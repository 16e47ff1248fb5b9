"""What is written can be read again, and no value in it can cut a segment."""

import pytest

from frontdesk.formats import x12
from frontdesk.formats.x12 import writer
from tests.formats.x12 import corpus

HOSTILE = "DOE*JANE~NM1*IL:X^Y\n\x1d"


@pytest.mark.parametrize(
    "marks", [x12.Delimiters(), x12.Delimiters("|", ">", "!", "\\"), x12.Delimiters("\x1d", "\x1f", "", "\n")]
)
def test_a_name_that_holds_delimiters_makes_no_segment(marks):
    content = writer.header(("ZZ", HOSTILE), ("ZZ", "B"), ("20260303", "0900"), 1, marks)
    content += writer.segments(
        [["NM1", "IL", "1", HOSTILE, ["a", HOSTILE]], ["IEA", "0", "000000001"]], marks
    ).decode()
    segments = list(x12.Reader(content.encode()))
    assert [segment[:3] for segment in segments] == ["ISA", "NM1", "IEA"]
    assert len(segments[0]) == 105
    assert segments[1].count(marks.element) == 4
    assert segments[1].count(marks.component) == 1


def test_a_writer_that_is_strict_refuses_and_says_where():
    with pytest.raises(writer.Unwritable, match="NM103"):
        writer.segment(["NM1", "IL", "1", HOSTILE], strict=True)


def test_empty_elements_and_components_at_the_end_are_left_out():
    assert (
        writer.segment(["NM1", "IL", "1", "ITO", "", ["HC", "99213", ""], "", ""])
        == "NM1*IL*1*ITO**HC:99213~"
    )


def test_a_header_is_106_characters_whatever_it_is_given():
    for name in ("", "A", "LONGER THAN FIFTEEN"):
        text = writer.header(("ZZ", name), ("30", name), ("20260303", "0900"), 1_234_567_890, test=True)
        assert len(text) == 106
        assert not list(x12.check(text + "IEA*0*234567890~"))


def test_a_file_written_from_its_segments_is_the_same_file():
    content = corpus.valid("271")
    marks = x12.Delimiters()
    again = "".join(writer.raw_segment(segment.split("*"), marks) + "\n" for segment in x12.Reader(content))
    assert again.encode() == content
