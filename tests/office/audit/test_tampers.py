"""Sixty tampers of every kind, chosen by a seed; ten thousand run in `python -m tests.soak tampers`."""

import pytest

from frontdesk.office.audit import seals
from tests.soak import tampers

pytestmark = pytest.mark.django_db


def test_whatever_is_done_to_a_sealed_record_is_found_and_named(tmp_path):
    anchor = seals.Anchor(tmp_path / "anchor.txt", (b"a key of the test",), tmp_path / "copy.txt")
    words, good = tampers.run(60, 7, anchor)
    assert good, words
