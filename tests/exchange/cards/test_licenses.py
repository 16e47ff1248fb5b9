"""A license is read from a picture of its back, tilted a little or upside down, and from the keys a scanner types."""

from datetime import date

import pytest

from frontdesk.exchange.cards import licenses
from frontdesk.formats.aamva import NoLicense
from tests.factories import cards
from tests.factories.licenses import VERSION_9, payload, picture

TODAY = date(2026, 3, 3)
FIELDS = {
    "legal_first": "Ana",
    "legal_middle": "Marie",
    "legal_last": "Sample-Ito",
    "sex": "female",
    "line": "12 Elm Street",
    "line2": "Apt 3",
    "city": "Somerville",
    "state": "MA",
    "zip": "02143",
}


@pytest.mark.parametrize("angle", [0, 9, -14, 180])
def test_a_picture_of_the_back_is_read(angle):
    found = licenses.seen(picture(payload(), angle=angle), TODAY)
    assert (found.fields, found.birth_date, found.notes) == (FIELDS, date(1962, 3, 14), ())


def test_a_picture_of_anything_else_is_refused_in_words():
    with pytest.raises(NoLicense, match="No license code"):
        licenses.seen(cards.front(), TODAY)
    with pytest.raises(NoLicense, match="of no license"):
        licenses.seen(picture(b"a parcel for Ana"), TODAY)


def test_what_asks_to_be_looked_at_is_told():
    odd = payload(
        VERSION_9 | {"DDE": "T", "DBA": "03142024", "DCS": "O'BRIEN-MCDONALD", "DCU": "JR", "DBC": "9"}
    )
    found = licenses.typed(odd.decode().replace("\r", "\n"), TODAY)
    assert (found.fields["legal_last"], found.fields["suffix"]) == ("O'Brien-Mcdonald", "Jr")
    assert "sex" not in found.fields
    assert found.notes == (
        "The last name was too long for the card and is cut off: ask for all of it.",
        "It ran out on 3/14/2024.",
    )
