"""A sealed value opens where it was sealed, with a key that is here, as it was; nowhere else and not otherwise."""

import base64

import pytest

from frontdesk.kit.sealed import CannotBeOpened, Column, key_of, newest

HERE = Column("room.thing", "number", "owner_id", "blind_index")
OLD, NEW = ("1", b"o" * 32), ("2", b"n" * 32)


@pytest.fixture(autouse=True)
def keys(settings):
    settings.FIELD_KEYS = (NEW, OLD)
    return settings


def test_it_opens_for_whom_it_was_sealed():
    assert HERE.open(7, HERE.seal(7, "Größe 🙂")) == "Größe 🙂"


def test_the_same_value_never_looks_the_same_twice():
    assert len({HERE.seal(7, "219478306") for _ in range(50)}) == 50


@pytest.mark.parametrize(
    ("column", "owner"),
    [
        (HERE, 8),
        (Column("room.thing", "other", "owner_id"), 7),
        (Column("room.other", "number", "owner_id"), 7),
    ],
)
def test_copied_elsewhere_it_does_not_open(column, owner):
    with pytest.raises(CannotBeOpened, match="belongs elsewhere"):
        column.open(owner, HERE.seal(7, "219478306"))


def test_no_bit_of_it_can_be_changed():
    head, _, body = HERE.seal(7, "219478306").partition(":")
    raw = base64.b64decode(body)
    for place in range(len(raw) * 8):
        bent = bytearray(raw)
        bent[place // 8] ^= 1 << place % 8
        with pytest.raises(CannotBeOpened):
            HERE.open(7, f"{head}:{base64.b64encode(bent).decode()}")


@pytest.mark.parametrize(
    "text", ["", "219478306", "k2", "k2:", "k2:!!", "k2:AAAA", "2:AAAA", "k9:AAAA", "k2:é"]
)
def test_what_was_never_sealed_is_refused_in_words(text):
    with pytest.raises(CannotBeOpened, match="Tell who keeps the system"):
        HERE.open(7, text)


def test_a_value_cannot_pass_for_one_of_another_key():
    with pytest.raises(CannotBeOpened):
        HERE.open(7, HERE.seal(7, "219478306").replace("k2:", "k1:"))


def test_an_older_key_opens_what_it_sealed_until_it_is_gone(keys):
    keys.FIELD_KEYS = (OLD,)
    sealed = HERE.seal(7, "219478306")
    keys.FIELD_KEYS = (NEW, OLD)
    assert (newest(), key_of(sealed), HERE.open(7, sealed)) == ("2", "1", "219478306")
    keys.FIELD_KEYS = (NEW,)
    with pytest.raises(CannotBeOpened, match="a key that is not here"):
        HERE.open(7, sealed)


def test_the_blind_index_finds_equals_in_one_column_under_every_key(keys):
    assert HERE.index_of("219478306") == HERE.index_of("219478306") != HERE.index_of("219478307")
    assert HERE.index_of("219478306") != Column("room.thing", "other", "owner_id").index_of("219478306")
    both = HERE.indexes("219478306")
    keys.FIELD_KEYS = (OLD,)
    assert both[1:] == HERE.indexes("219478306")
