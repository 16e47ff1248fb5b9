"""A row in which a card number stands is refused, by its line and column; the number is in no file of ours."""

from frontdesk.exchange.imports.csvfile import open_table

CSV = """Account Number,First,Last,Notes,Member ID
4242424242424242,Ana,Ito,prefers mornings,4242424242424242
7,Bo,Brandt,"visa 4242 4242 4242 4242, exp 12/34",1
8,Cy,Dell,call 617-555-0134,2
"""


def test_a_card_number_in_a_column_of_words_refuses_the_row_and_leaves_it_out(tmp_path):
    file = tmp_path / "patients.csv"
    file.write_text(CSV)
    rows = list(open_table(file).records())
    assert [row.wrong for row in rows] == [
        "",
        "column 4 (Notes): a card number stands there; take it out",
        "",
    ]
    assert "4242" not in "".join(rows[1].cells)
    assert rows[0].cells[4] == "4242424242424242"
