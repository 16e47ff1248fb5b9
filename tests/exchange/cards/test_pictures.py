"""Whatever is sent in as a picture is made a plain one, upright and no larger than needed, or refused in words."""

import io
import random
import time

import pytest
from PIL import Image

from frontdesk.exchange.cards import pictures
from tests.factories import cards
from tests.factories.pictures import chunk, png

PLACE = b"GPS 42.3876 N 71.0995 W"


def opened(content):
    return Image.open(io.BytesIO(content))


def test_it_is_scaled_down_and_loses_where_it_was_taken():
    exif = Image.Exif()
    exif[0x010E] = PLACE.decode()
    sent = cards.front(exif=exif)
    assert PLACE in sent
    big = opened(sent).resize((3600, 2400))
    made = io.BytesIO()
    big.save(made, "JPEG", exif=exif)
    kept = pictures.tidied(made.getvalue() + b"<script>")
    assert (opened(kept).format, opened(kept).size, dict(opened(kept).getexif())) == (
        "JPEG",
        (1600, 1067),
        {},
    )
    assert PLACE not in kept
    assert b"<script>" not in kept


def test_a_picture_held_upright_is_turned_as_it_was_held():
    exif = Image.Exif()
    exif[0x0112] = 6  # the telephone was turned by a quarter
    whole = Image.new("RGB", (400, 200), "white")
    whole.paste((200, 0, 0), (0, 0, 60, 200))
    made = io.BytesIO()
    whole.save(made, "JPEG", exif=exif)
    kept = opened(pictures.tidied(made.getvalue()))
    assert kept.size == (200, 400)
    assert kept.getpixel((100, 20))[1] < 60  # what was left is above now


def test_what_is_see_through_is_white():
    made = io.BytesIO()
    Image.new("RGBA", (100, 100), (0, 0, 0, 0)).save(made, "PNG")
    assert opened(pictures.tidied(made.getvalue())).getpixel((50, 50)) == (255, 255, 255)


def _gif():
    made = io.BytesIO()
    Image.new("RGB", (90, 90)).save(made, "GIF")
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "Choose a picture"),
        (b"%PDF-1.7\n<< /OpenAction >>", "no whole JPEG or PNG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no whole JPEG or PNG"),
        (_gif(), "no whole JPEG or PNG"),
        (cards.front()[:9000], "no whole JPEG or PNG"),
        (png(90, 90, rows=b"\0"), "no whole JPEG or PNG"),
        (png(60_000, 60_000, rows=b"\0"), "million pixels"),
        (png(5_000, 5_000, rows=b"\0"), "16 million pixels"),
        (png(100, 100, chunk(b"tEXt", b"x" * 5_000_000)), "larger than 4 MB"),
        (png(20, 20), "too small"),
    ],
)
def test_what_cannot_be_used_is_refused_in_words(content, why):
    with pytest.raises(pictures.CannotBeUsed, match=why):
        pictures.tidied(content)


def test_spoiled_pictures_are_kept_or_refused_and_nothing_else():
    draw, whole, begun = random.Random(7), cards.front(edge=300), time.process_time()
    for _ in range(150):
        spoiled = bytearray(whole)
        for _ in range(draw.randrange(1, 6)):
            spoiled[draw.randrange(len(spoiled))] = draw.randrange(256)
        try:
            assert opened(pictures.tidied(bytes(spoiled))).format == "JPEG"
        except pictures.CannotBeUsed:
            continue
    assert time.process_time() - begun < 10
