"""Where cards are charged comes from the environment; what would speak in the open, or cannot be right, stops the start."""

import pytest

from frontdesk.site import environment
from frontdesk.site.environment import UnsafeSettings

KEY = "rk_live_" + "0123456789abcdef"


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch):
    for name in ("KEY", "URL", "WEBHOOK_SECRET", "READER"):
        monkeypatch.delenv(f"FRONTDESK_CARD_{name}", raising=False)


def told(monkeypatch, **settings):
    for name, value in settings.items():
        monkeypatch.setenv(f"FRONTDESK_CARD_{name}", value)
    return environment.cards()


def test_without_a_key_there_are_no_cards(monkeypatch):
    assert told(monkeypatch, READER="tmr_1") is None


def test_readers_have_names_and_may_stand_at_one_location(monkeypatch):
    found = told(
        monkeypatch,
        KEY=KEY,
        READER="tmr_1, Back desk=tmr_2, 2/Annex=tmr_3",
        WEBHOOK_SECRET="whsec_0123456789",
    )
    assert found.url == "https://api.stripe.com"
    assert [(one.name, one.id, one.location_id) for one in found.readers] == [
        ("Card reader", "tmr_1", None), ("Back desk", "tmr_2", None), ("Annex", "tmr_3", 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"URL": "http://cards.example.org"},
        {"URL": "https://cards.example.org/path"},
        {"URL": "ftp://cards.example.org"},
        {"KEY": "short"},
        {"WEBHOOK_SECRET": "guess"},
        {"READER": "a=b=c"},
    ],
)
def test_what_is_unsafe_stops_the_start_and_no_key_is_told(monkeypatch, wrong):
    with pytest.raises(UnsafeSettings) as refused:
        told(monkeypatch, **{"KEY": KEY, **wrong})
    assert "FRONTDESK_CARD_" in str(refused.value)
    assert KEY not in str(refused.value)


def test_a_stand_in_on_this_machine_may_speak_plainly(monkeypatch):
    assert told(monkeypatch, KEY=KEY, URL="http://127.0.0.1:8299").url == "http://127.0.0.1:8299"
