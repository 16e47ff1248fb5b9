"""A driver's license is read as its issuer wrote it; what is none is refused in words, and nothing else is ever raised."""

import random
from datetime import date

import pytest

from frontdesk.formats import aamva
from tests.factories.licenses import VERSION_9, payload

READ = aamva.License(
    issuer="636002",
    version=9,
    kind="DL",
    number="S12345678",
    last="SAMPLE-ITO",
    first="ANA",
    middle="MARIE",
    birth_date=date(1962, 3, 14),
    issued=date(2023, 6, 1),
    expires=date(2030, 3, 14),
    sex="F",
    line="12 ELM STREET",
    line2="APT 3",
    city="SOMERVILLE",
    state="MA",
    zip="02143",
    country="US",
)


def test_a_card_of_today_is_read_whole():
    assert aamva.read(payload()) == READ
    assert aamva.read(payload(more="ZMZMA01\nDAQ99\r")).number == "S12345678"


@pytest.mark.parametrize("version", range(1, 11))
def test_each_version_of_the_standard_is_read(version):
    given = dict(VERSION_9)
    if version == 1:
        del given["DCS"], given["DAC"], given["DAD"], given["DCG"]
        given |= {
            "DAA": "SAMPLE-ITO,ANA,MARIE",
            "DBB": "19620314",
            "DBA": "20300314",
            "DBD": "20230601",
            "DBC": "F",
        }
    elif version < 4:
        del given["DAC"], given["DAD"]
        given["DCT"] = "ANA,MARIE" if version == 2 else "ANA MARIE"
    found = aamva.read(payload(given, version))
    assert (found.last, found.first, found.middle, found.sex) == ("SAMPLE-ITO", "ANA", "MARIE", "F")
    assert (found.birth_date, found.expires, found.findings) == (date(1962, 3, 14), date(2030, 3, 14), ())


def test_days_are_read_as_their_country_writes_them_and_as_it_should_not_have():
    canada = VERSION_9 | {
        "DCG": "CAN",
        "DBB": "19620314",
        "DBA": "20300314",
        "DAJ": "ON",
        "DAK": "K1A0B1     ",
    }
    found = aamva.read(payload(canada, issuer="636012"))
    assert (found.birth_date, found.country, found.zip) == (date(1962, 3, 14), "CA", "K1A 0B1")
    assert aamva.read(payload(VERSION_9 | {"DBB": "19620314"})).birth_date == date(1962, 3, 14)
    odd = aamva.read(payload(VERSION_9 | {"DBB": "13452000"}))
    assert (odd.birth_date, odd.findings) == (None, ("The date of birth cannot be read.",))


def test_what_was_too_long_for_the_card_is_named_and_what_is_not_there_is_nothing():
    found = aamva.read(
        payload(VERSION_9 | {"DDE": "T", "DDG": "U", "DAD": "NONE", "DAK": "021431234", "DBC": "9"})
    )
    assert (found.truncated, found.middle, found.zip, found.sex) == (("last",), "", "02143-1234", "X")
    assert aamva.read(payload(kind="ID")).kind == "ID"
    newer = aamva.read(payload(version=11))
    assert newer.last == "SAMPLE-ITO"
    assert "newer" in newer.findings[0]


def test_what_a_scanner_types_is_read_with_its_control_characters_lost():
    typed = payload().decode().replace("\x1e", "")
    for text in (
        typed.replace("\r", "\n"),
        typed.replace("\n", "\r\n"),
        typed.swapcase(),
        typed.lstrip("@\n\r"),
    ):
        found = aamva.read(text)
        assert (found.last, found.birth_date, found.zip) == ("SAMPLE-ITO", date(1962, 3, 14), "02143")
    with pytest.raises(aamva.NoLicense, match="leaves the line ends out"):
        aamva.read(typed.replace("\n", "").replace("\r", ""))


@pytest.mark.parametrize(
    ("what", "why"),
    [
        (b"", "not the code"),
        ("https://example.org/menu", "not the code"),
        (payload(version=0), "older than the standard"),
        (payload({"DAQ": "1", "DBB": "03141962"}), "no name"),
    ],
)
def test_what_is_no_license_is_refused_in_words(what, why):
    with pytest.raises(aamva.NoLicense, match=why):
        aamva.read(what)


def test_two_thousand_spoiled_payloads_give_a_card_or_a_refusal_and_nothing_else():
    draw, whole, read = random.Random(417), payload(more="ZMZMA01\r"), 0
    for _ in range(2000):
        spoiled = bytearray(whole)
        for _ in range(draw.randrange(1, 9)):
            at = draw.randrange(len(spoiled))
            match draw.randrange(4):
                case 0:
                    spoiled[at] = draw.randrange(256)
                case 1:
                    del spoiled[at : at + draw.randrange(1, 20)]
                case 2:
                    spoiled[at:at] = draw.randbytes(draw.randrange(1, 6))
                case _:
                    spoiled[at:at] = draw.choice(
                        [b"\n", b"\r", b"\0", b"DBB", b"DAA,,", b"\xc2\xb2" * 8, b"@ANSI "]
                    )
        content = (
            bytes(spoiled[: draw.randrange(len(spoiled)) + 1]) if draw.random() < 0.2 else bytes(spoiled)
        )
        try:
            found = aamva.read(content if draw.random() < 0.5 else content.decode("latin-1"))
        except aamva.NoLicense:
            continue
        read += 1
        assert found.last or found.first
    assert read > 200
