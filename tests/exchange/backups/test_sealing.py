"""A sealed file: what goes in comes out, and no bit of it can be changed, moved or cut off unseen."""

import random

import pytest

from frontdesk.exchange.backups import sealing
from frontdesk.exchange.backups.sealing import (
    BLOCK,
    CannotBeOpened,
    NoKey,
    SealedReader,
    SealedWriter,
    backup_key,
)

KEY, OTHER = b"k" * 32, b"o" * 32
HEAD = len(sealing.MAGIC) + sealing.SALT + sealing.PREFIX + sealing.CHECK


def sealed(path, plain, step=100_000):
    with path.open("wb") as file:
        writer = SealedWriter(file, KEY)
        for at in range(0, len(plain), step):
            writer.write(plain[at : at + step])
        writer.close()
    return path


def opened(path, key=KEY):
    with SealedReader(path, key) as reader:
        return reader.read()


@pytest.mark.parametrize("size", [0, 1, 1000, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 3 * BLOCK + 17])
def test_what_goes_in_comes_out(tmp_path, size):
    plain = random.Random(size).randbytes(size)
    assert opened(sealed(tmp_path / "one", plain)) == plain


def test_it_is_read_in_pieces_as_well(tmp_path):
    plain = random.Random(1).randbytes(BLOCK + 5000)
    with SealedReader(sealed(tmp_path / "one", plain), KEY) as reader:
        parts = iter(lambda: reader.read(7001), b"")
        assert b"".join(parts) == plain


def test_nothing_of_it_can_be_read(tmp_path):
    plain = b"Ana Ito, 3/14/1962 " * 1000
    locked = sealed(tmp_path / "one", plain).read_bytes()
    assert b"Ana" not in locked
    assert locked != sealed(tmp_path / "two", plain).read_bytes()


def test_every_flipped_bit_is_found(tmp_path):
    plain = random.Random(2).randbytes(BLOCK + 300)
    whole = sealed(tmp_path / "one", plain).read_bytes()
    rng = random.Random(3)
    places = [*range(HEAD), *(rng.randrange(len(whole)) for _ in range(150)), len(whole) - 1]
    for place in places:
        data = bytearray(whole)
        data[place] ^= 1 << rng.randrange(8)
        (tmp_path / "flipped").write_bytes(data)
        with pytest.raises(CannotBeOpened):
            opened(tmp_path / "flipped")


def test_nothing_can_be_cut_off_added_left_out_or_exchanged(tmp_path):
    plain = random.Random(4).randbytes(3 * BLOCK)
    whole = sealed(tmp_path / "one", plain).read_bytes()
    block = BLOCK + sealing.TAG
    first, second, third = (whole[HEAD + at * block : HEAD + (at + 1) * block] for at in range(3))
    head = whole[:HEAD]
    broken = {
        "cut at a block": head + first + second,
        "cut inside": whole[:-1],
        "nothing but the head": head,
        "less than the head": head[:-1],
        "empty": b"",
        "added": whole + b"x",
        "left out": head + first + third,
        "exchanged": head + second + first + third,
        "twice": head + first + first + second + third,
    }
    for what, data in broken.items():
        (tmp_path / "broken").write_bytes(data)
        with pytest.raises(CannotBeOpened):
            opened(tmp_path / "broken")
            pytest.fail(what)


def test_another_key_does_not_open_it(tmp_path):
    with pytest.raises(CannotBeOpened, match="another key"):
        opened(sealed(tmp_path / "one", b"words"), OTHER)


def test_the_key_is_made_once_and_kept_from_others(tmp_path, monkeypatch):
    monkeypatch.delenv("FRONTDESK_BACKUP_KEY", raising=False)
    with pytest.raises(NoKey, match="not here"):
        backup_key(tmp_path, make=False)
    made = backup_key(tmp_path, make=True)
    assert len(made) == 32
    assert backup_key(tmp_path, make=True) == made == backup_key(tmp_path, make=False)
    file = tmp_path / sealing.KEY_FILE
    assert file.stat().st_mode & 0o777 == 0o600
    file.chmod(0o644)
    with pytest.raises(NoKey, match="chmod 600"):
        backup_key(tmp_path, make=True)


@pytest.mark.parametrize("words", ["short", "§§§", "AAAA", "A" * 44])
def test_a_key_that_is_none_is_refused(tmp_path, monkeypatch, words):
    monkeypatch.setenv("FRONTDESK_BACKUP_KEY", words)
    with pytest.raises(NoKey, match="32 bytes"):
        backup_key(tmp_path, make=True)
