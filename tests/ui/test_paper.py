"""Paper comes out as pages that can be read, with every letter of a name, and the same facts make the same page."""

from datetime import UTC, datetime

from frontdesk.ui.paper import Column, Sheet, label
from tests.reading import words

MADE = datetime(2026, 3, 10, 14, tzinfo=UTC)


def sheet(rows=3):
    made = Sheet("Day at Elm Street", as_of="as of 8:00 am", foot="Confidential", made=MADE)
    made.heading("Dr. Lee")
    made.facts([("Reason", "Cough"), ("Phone", "")])
    made.rows(
        [Column("Time"), Column("Name", 3)], [("9:00 am", f"Zoë Núñez-O’Brien {at}") for at in range(rows)]
    )
    made.boxes([("Card seen", True), ("Forms signed", False)])
    made.blanks(["Signature"])
    return made.bytes()


def test_a_page_says_what_it_is_as_of_when_and_keeps_the_letters_of_names():
    read = words(sheet())
    for part in ("Day at Elm Street", "as of 8:00 am", "Confidential", "Page 1 of 1", "Zoë Núñez-O’Brien 2"):
        assert part in read


def test_a_long_table_goes_on_and_every_page_carries_head_and_moment():
    read = words(sheet(120))
    pages = read.count("Page ")
    assert pages >= 3
    assert read.count("as of 8:00 am") == pages
    assert read.count("Time") >= pages
    assert "O’Brien 119" in read


def test_the_same_facts_make_the_same_page():
    assert sheet() == sheet()


def test_a_label_holds_a_name_however_long():
    read = words(
        label(
            [("Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh, Hubert", 14), ("MRN 10001", 9)],
            made=MADE,
        )
    )
    assert "Featherstonehaugh, Hubert" in read
    assert "MRN 10001" in read


def test_a_box_is_ticked_when_its_line_is_settled():
    read = words(sheet())
    assert "☑" in read.split("Card seen")[0].splitlines()[-1]
    assert "☐" in read.split("Forms signed")[0].splitlines()[-1]
