"""Tesseract reads cards that nobody carries, whose words are known; where it is missing everything else goes on."""

import pytest

from frontdesk.exchange.cards import pictures, sight
from frontdesk.exchange.cards.reader import Reader
from frontdesk.office.coverage import queries
from tests.factories import cards
from tests.factories.coverage import payer, scanned
from tests.factories.patients import ana

pytestmark = pytest.mark.django_db
needs_tesseract = pytest.mark.skipif(
    not sight.is_here(),
    reason="NO TESSERACT ON THIS MACHINE: install Debian's tesseract-ocr package to run the tests that read cards",
)


def read(card, **sides):
    row = scanned(ana(), **{name: pictures.tidied(content) for name, content in sides.items()})
    assert Reader("a worker").round() == 1
    row.refresh_from_db()
    return row, {name: one.value for name, one in queries.proposed(row.pk).items()}


@needs_tesseract
@pytest.mark.parametrize(
    ("layout", "how"),
    [
        ("beside", {"angle": 2.5, "blur": 1.0, "noise": 8, "shade": 90}),
        ("above", {}),
        ("blue", {"angle": 90}),
    ],
)
def test_a_card_is_read_into_proposals(layout, how):
    harbor, card = payer("Harbor Mutual", "HARB7"), cards.Printed()
    row, told = read(card, front=cards.front(card, layout, **how), back=cards.back(card))
    assert row.outcome == "read"
    assert (told["payer_id"], told["member_id"], told["group_number"]) == (
        str(harbor.pk),
        "HM48213977",
        "48213",
    )
    assert (told["name"], told["phone"], told["copays"]) == (
        "patient",
        "800-555-0142",
        "PCP $25 · Specialist $50 · ER $150",
    )


@needs_tesseract
def test_a_picture_of_no_card_says_that_nothing_was_read():
    from PIL import Image

    row, told = read(None, front=cards.photographed(Image.new("RGB", (600, 400), "#7a6a58")))
    assert (row.outcome, told) == ("nothing", {})


def test_without_tesseract_the_card_is_kept_and_says_so(monkeypatch):
    monkeypatch.setattr(sight.shutil, "which", lambda _name: None)
    row, told = read(None, front=cards.front())
    assert (row.outcome, told, row.pictures.count()) == ("no_reader", {}, 1)
    assert Reader("a worker").round() == 0


def test_a_reader_that_hangs_or_breaks_is_a_card_that_could_not_be_read(monkeypatch, tmp_path):
    broken = tmp_path / "tesseract"
    broken.write_text("#!/bin/sh\nsleep 30\n")
    broken.chmod(0o755)
    monkeypatch.setattr(sight.shutil, "which", lambda _name: str(broken))
    monkeypatch.setattr(sight, "SECONDS", 0.1)
    assert read(None, front=cards.front())[0].outcome == "failed"
    broken.write_text("#!/bin/sh\nexit 1\n")
    assert read(None, front=cards.front())[0].outcome == "failed"
