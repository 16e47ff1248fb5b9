"""A list is read as the world writes it; a row that cannot go in says why, and its neighbours go in."""

import pytest

from frontdesk.exchange.imports import csvfile, mapping, suggest, words
from frontdesk.exchange.imports.rows import Incoming, Rejected
from frontdesk.kit.errors import Invalid

MAP = """
source = "old"
[columns]
id = "No"
first_name = "First"
last_name = "Last"
birth_date = "DOB"
[dates]
format = "%m/%d/%Y"
"""


def rows(tmp_path, content, chart=MAP):
    file, toml = tmp_path / "list.csv", tmp_path / "map.toml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    toml.write_text(chart)
    source = mapping.mapped(csvfile.open_table(file), mapping.read_map(toml), "list.csv")
    return list(source.rows), source


def test_a_plain_row_goes_in(tmp_path):
    (row,), _ = rows(tmp_path, "No,First,Last,DOB\n7,Ana,Ito,02/01/1990\n")
    assert (row.first, row.last, str(row.birth_date), row.value) == ("Ana", "Ito", "1990-02-01", "7")


def test_a_byte_order_mark_is_not_part_of_the_first_column(tmp_path):
    (row,), _ = rows(tmp_path, b"\xef\xbb\xbfNo,First,Last,DOB\r\n7,Ana,Ito,02/01/1990\r\n")
    assert row.value == "7"


def test_latin_1_is_read_and_told(tmp_path):
    (row,), source = rows(tmp_path, "No,First,Last,DOB\n7,José,Núñez,02/01/1990\n".encode("latin-1"))
    assert (row.first, row.last) == ("José", "Núñez")
    assert "not UTF-8 (line 2)" in source.notices[0]


def test_utf_16_is_read_and_told(tmp_path):
    (row,), source = rows(tmp_path, "No,First,Last,DOB\n7,José,Núñez,02/01/1990\n".encode("utf-16"))
    assert row.last == "Núñez"
    assert source.notices == ["The file is UTF-16."]


def test_nul_characters_are_left_out_and_told(tmp_path):
    (row,), source = rows(tmp_path, "No,First,Last,DOB\n7,An\0a,Ito,02/01/1990\n")
    assert row.first == "Ana"
    assert "1 NUL" in source.notices[0]


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_other_separators_are_found_out(tmp_path, separator):
    (row,), _ = rows(tmp_path, "No,First,Last,DOB\n7,Ana,Ito,02/01/1990\n".replace(",", separator))
    assert row.last == "Ito"


def test_a_row_with_too_few_or_too_many_columns_is_rejected_and_the_next_goes_in(tmp_path):
    found, _ = rows(tmp_path, "No,First,Last,DOB\n7,Ana,Ito\n8,Bo,Brandt,01/01/1980,x\n9,Cy,Dow,01/01/1980\n")
    assert [row.reason for row in found[:2]] == [
        "has 3 columns, the header has 4",
        "has 5 columns, the header has 4",
    ]
    assert isinstance(found[2], Incoming)


def test_a_quoted_cell_may_span_lines(tmp_path):
    found, _ = rows(tmp_path, 'No,First,Last,DOB\n7,"An\na",Ito,02/01/1990\n8,Bo,Brandt,01/01/1980\n')
    assert [(row.line, row.first) for row in found] == [(2, "An a"), (4, "Bo")]


def test_a_quotation_mark_never_closed_costs_one_row_and_not_the_rest_of_the_file(tmp_path):
    lines = ["No,First,Last,DOB", '7,"Ana,Ito,02/01/1990'] + [
        f"{n},Bo,Brandt,01/01/1980" for n in range(8, 90)
    ]
    found, _ = rows(tmp_path, "\n".join(lines))
    assert len([row for row in found if isinstance(row, Incoming)]) >= 82
    assert len(found) == 83


def test_a_column_named_twice_gets_a_number_and_is_told(tmp_path):
    chart = MAP.replace('id = "No"', 'id = "No"\nhome_phone = "Phone (2)"')
    (row,), source = rows(
        tmp_path, "No,First,Last,DOB,Phone,Phone\n7,Ana,Ito,02/01/1990,1,6175550100\n", chart
    )
    assert row.numbers[0].text == "6175550100"
    assert "there twice" in source.notices[0]


@pytest.mark.parametrize(
    ("born", "reason"),
    [
        ("", "the date of birth is missing"),
        ("1990-02-01", "'1990-02-01' is not a date as MM/DD/YYYY"),
        ("02/30/1990", "'02/30/1990' is not a date as MM/DD/YYYY"),
        ("01/01/2031", "the date of birth 2031-01-01 lies ahead"),
        ("01/01/1850", "the date of birth 1850-01-01 is more than 130 years ago"),
    ],
)
def test_a_date_of_birth_that_cannot_be_right_is_rejected_with_the_reason(tmp_path, born, reason):
    (row,), _ = rows(tmp_path, f"No,First,Last,DOB\n7,Ana,Ito,{born}\n")
    assert isinstance(row, Rejected)
    assert (row.line, row.reason) == (2, reason)


def test_a_two_digit_year_lies_in_the_past():
    assert words.day("02/01/49", "%m/%d/%y").year == 1949


def test_a_whole_name_in_one_column_is_taken_apart(tmp_path):
    chart = MAP.replace('first_name = "First"\nlast_name = "Last"', 'full_name = "Name"')
    (row,), _ = rows(tmp_path, 'No,Name,DOB\n7,"Ito, Ana Maria",02/01/1990\n', chart)
    assert (row.first, row.middle, row.last) == ("Ana", "Maria", "Ito")


def test_several_columns_and_value_maps_and_defaults_are_used(tmp_path):
    chart = MAP.replace('id = "No"', 'id = "No"\naddress = ["A", "B"]\nsex = "S"')
    chart += '[values.sex]\nK = "female"\n[defaults]\nstate = "MA"\n'
    (row,), _ = rows(tmp_path, "No,First,Last,DOB,A,B,S\n7,Ana,Ito,02/01/1990,12 Elm,Street,k\n", chart)
    assert row.places[0].line == "12 Elm Street"
    assert (row.places[0].state, row.sex) == ("MA", "female")


def test_a_map_says_everything_that_is_wrong_with_it_at_once(tmp_path):
    toml = tmp_path / "map.toml"
    toml.write_text('[columns]\nfrist_name = "First"\nbirth_date = 7\n')
    with pytest.raises(Invalid) as refused:
        mapping.read_map(toml)
    assert "did you mean first_name" in refused.value.fields["frist_name"]
    assert {"birth_date", "columns"} <= refused.value.fields.keys()


def test_a_map_that_names_a_column_the_list_lacks_is_refused(tmp_path):
    with pytest.raises(Invalid) as refused:
        rows(tmp_path, "No,Frist,Last,DOB\n7,Ana,Ito,02/01/1990\n")
    assert refused.value.fields == {"First": "is not a column of the file; did you mean Frist?"}


def test_an_empty_file_is_refused(tmp_path):
    (tmp_path / "list.csv").write_text("\n\n")
    with pytest.raises(Invalid, match="is empty"):
        csvfile.open_table(tmp_path / "list.csv")


def test_a_suggested_map_can_be_used_as_it_stands(tmp_path):
    file = tmp_path / "list.csv"
    file.write_text(
        "Chart #,First Name,Last Name,D.O.B.,Gender,Cell Phone\n7,Ana,Ito,1990-02-01,F,6175550100\n"
    )
    toml = tmp_path / "map.toml"
    toml.write_text(suggest.suggest(csvfile.open_table(file), "old"))
    (row,) = mapping.mapped(csvfile.open_table(file), mapping.read_map(toml), "list").rows
    assert (row.value, row.first, row.sex, row.numbers[0].use) == ("7", "Ana", "female", "mobile")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Maynard46", "Maynard"),
        ("Víctor493", "Víctor"),
        ("O'Brien12", "O'Brien"),
        ("Ana7 María8", "Ana María"),
        ("X", "X"),
    ],
)
def test_the_digits_synthea_puts_behind_names_are_taken_off(written, meant):
    assert words.without_digits(written) == meant
