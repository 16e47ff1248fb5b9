"""Damage a sound file at random, in the ways files are damaged: bytes, elements, segments, delimiters, the end."""

import random

from tests.formats.x12 import corpus

FILES = [corpus.valid(kind) for kind in corpus.SETS] + [
    corpus.file(corpus.rows("271"), end="~") + corpus.file(corpus.rows("271"), end="~", control=2),
    corpus.file(corpus.rows("835"), kind="835", end="~").translate(bytes.maketrans(b"*:^~", b"|>!\\")),
    b"\xef\xbb\xbf" + corpus.valid("837P"),
]
BITS = [
    b"*",
    b"~",
    b":",
    b"^",
    b"\n",
    b"\x00",
    b"\xff",
    b"ISA*",
    b"IEA",
    b"ST*837*0001",
    b"HL*",
    b"-",
    b".",
    b"9" * 400,
    b"9" * 5000,
    b"*" * 300,
]


def mutated(seed):
    """The damaged file of a seed: always the same."""
    lot = random.Random(seed)
    content = lot.choice(FILES)
    for _ in range(lot.choice((1, 1, 2, 3, 8, 40))):
        content = lot.choice(WAYS)(content, lot)
    return content


def _at(content, lot):
    return lot.randrange(len(content) + 1)


def _flip(content, lot):
    at = _at(content, lot)
    return content[:at] + bytes([lot.randrange(256)]) + content[at + 1 :]


def _insert(content, lot):
    at = _at(content, lot)
    return content[:at] + lot.choice(BITS) + content[at:]


def _cut(content, lot):
    at = _at(content, lot)
    return content[:at] + content[at + lot.randrange(1, 60) :]


def _end(content, lot):
    return content[: _at(content, lot)]


def _segments(content, lot):
    rows = content.split(b"~")
    way = lot.randrange(4)
    one, other = lot.randrange(len(rows)), lot.randrange(len(rows))
    if way == 0:
        rows[one], rows[other] = rows[other], rows[one]
    elif way == 1:
        del rows[one]
    elif way == 2:
        rows.insert(one, rows[other])
    else:
        rows[one:one] = [rows[other]] * lot.randrange(2, 40)
    return b"~".join(rows)


def _element(content, lot):
    parts = content.split(b"*")
    parts[lot.randrange(len(parts))] = lot.choice(
        (b"", b"X", b"0", b"20269999", b"-1", b"1E999", b"\xc3\xa9", b"ABCDEFGHIJ" * 9, b"::^:")
    )
    return b"*".join(parts)


WAYS = [_flip, _insert, _cut, _end, _segments, _segments, _element, _element]
