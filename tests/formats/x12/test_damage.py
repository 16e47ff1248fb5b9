"""A damaged file is a result or findings, never an exception, and never slow. The long run: python -m tests.soak x12-fuzz."""

import os
import random
import re
import time
from datetime import datetime
from pathlib import Path

import pytest

from frontdesk.formats import x12
from frontdesk.formats.x12 import elements, shapes
from frontdesk.formats.x12.guides import envelope, guides
from frontdesk.formats.x12.guides.model import Use
from tests.formats.x12 import corpus, mutate

CASES = Path(os.environ.get("FRONTDESK_CASES", "../shared/cases")) / "x12"
AT = datetime(2026, 3, 3, 9, 0)


def looked_into(content):
    """Everything the library does with a file."""
    findings = list(x12.check(content, today="20260303"))
    answer = x12.acknowledge(content, AT)
    for found in x12.parse(content):
        repr(found)
        x12.build(found)
    sum(1 for _ in x12.stream_835(content))
    sum(1 for _ in x12.stream_837p(content))
    "\n".join(x12.tree(content)).encode()
    return findings, answer


@pytest.mark.parametrize("part", range(10))
def test_a_damaged_file_never_raises_and_is_never_slow(part):
    slowest = 0.0
    for seed in range(part * 200, part * 200 + 200):
        began = time.thread_time()
        content = mutate.mutated(seed)
        try:
            _, answer = looked_into(content)
            assert [str(f) for f in x12.check(answer.content)] == [] or not answer.content
        except Exception as error:
            raise AssertionError(f"seed {seed}: {error!r}") from error
        slowest = max(slowest, time.thread_time() - began)
    assert slowest < 2


@pytest.mark.parametrize(
    "content",
    [
        corpus.valid("271").replace(b"DMG*", b"~" * 300_000 + b"DMG*"),
        corpus.valid("271").replace(b"DMG*", b"DMG*" + b"*X" * 100_000),
        corpus.valid("271").replace(b"EB*1*FAM*30", b"EB*1*FAM*" + b"^".join([b"30"] * 60_000)),
        corpus.valid("837P").replace(b"ABK:J209", b"ABK:J209" * 20_000),
        corpus.ISA.format(1).encode() * 3000,
        b"".join(corpus.ISA.format(1).replace("*", mark).encode() for mark in "|!@" * 1000),
        b"ISA*" * 200_000,
        corpus.valid("271").replace(b"EB*R", b"EB*R~" * 60_000 + b"EB*R"),
        corpus.valid("835").replace(b"LX*1", b"LX*1~\nLX*1~CLP*1" * 20_000),
    ],
    ids=range(9),
)
def test_a_file_made_to_be_slow_is_not(content):
    began = time.thread_time()
    found = list(x12.check(content))
    assert found
    assert len(found) <= 100_001
    assert time.thread_time() - began < 8  # each is hundreds of times as long as a file is


@pytest.mark.parametrize("kind", corpus.SETS)
@pytest.mark.parametrize("value", ["9" * 5000, "-", ".", "1E5", "NaN", "", "²", "١"])
def test_a_strange_value_in_an_element_never_raises(kind, value):
    lot = random.Random(f"{kind}{value}")
    for _ in range(6):
        rows = corpus.rows(kind)
        row = lot.choice(rows)
        row[lot.randrange(1, len(row))] = value
        looked_into(corpus.file(rows, kind=kind))


@pytest.mark.parametrize("seed", range(40))
def test_bytes_by_lot_never_raise(seed):
    lot = random.Random(seed)
    looked_into(lot.randbytes(lot.randrange(3000)))
    looked_into(corpus.ISA.format(1).encode() + lot.randbytes(2000))


def test_the_quick_look_takes_nothing_for_sound_that_the_thorough_one_would_not():
    """Elements of every kind, put by lot into every segment: what the expression lets through has no fault."""
    lot = random.Random(1)
    marks = x12.Delimiters()
    words = [
        "",
        "A",
        "1",
        "20260303",
        "20260231",
        "0900",
        "12.50",
        "-3",
        ".5",
        "HC:99213",
        "D8",
        "ABC DEF",
        " ",
        "30^98",
        "é",
        "A\x01",
        "Z" * 90,
    ]
    uses = [
        e
        for guide in guides().values()
        for loop in guide.root.walk()
        for e in loop.entries
        if isinstance(e, Use)
    ]
    let_through = 0
    for use in {shapes.pattern(use, marks): use for use in [*uses, *envelope().values()]}.values():
        expression = re.compile(shapes.pattern(use, marks))
        for _ in range(40):
            row = [use.id]
            for element in use.elements[: lot.randrange(1, len(use.elements) + 1)]:
                choices = sorted(element.codes)[:3] if element.codes else words
                row.append(
                    ""
                    if not element.used and lot.random() < 0.9
                    else lot.choice([*choices, lot.choice(words)])
                )
            raw = "*".join(row)
            if expression.fullmatch(raw):
                let_through += 1
                assert list(elements.faults(use, raw.split("*"), marks)) == [], raw
    assert let_through > 500


@pytest.mark.skipif(
    not CASES.exists(), reason="NO SAMPLE FILES: set FRONTDESK_CASES to the folder of real sample files"
)
def test_real_files_never_raise():
    files = [path for path in CASES.rglob("*") if path.is_file() and "expected" not in path.parent.name]
    assert len(files) > 80
    for path in files:
        looked_into(path.read_bytes())
