"""What Tesseract reads in a picture: words and where they stand. It is a program of its own, run with a limit and without a file.

Debian's package is `tesseract-ocr`. Where it is missing, cards are kept all the same, and the desk is told that nothing
was read.
"""

import csv
import io
import os
import shutil
import subprocess
from dataclasses import dataclass

from PIL import Image, ImageOps

SECONDS = 20
"""What one look may take; a card takes about one second."""
_PAGE_OF_SCRAPS = "11"  # --psm: text here and there, in no order
_ENOUGH = 24  # letters read well in a picture that stands upright


class NoReader(Exception):
    """Tesseract is not on this machine."""


class NotRead(Exception):
    """Tesseract gave up on the picture, or took too long."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word, how sure Tesseract is of it (0 to 1), and its box in pixels."""

    text: str
    sure: float
    left: int
    top: int
    width: int
    height: int


def is_here() -> bool:
    """Say whether Tesseract can be run on this machine."""
    return shutil.which("tesseract") is not None


def words(picture: bytes) -> list[Word]:
    """Return the words in a picture; one that lies on its side, or on its head, is turned. Raises `NoReader`, `NotRead`."""
    with Image.open(io.BytesIO(picture)) as found:
        gray = ImageOps.autocontrast(found.convert("L"), cutoff=1)
    best: list[Word] = []
    for quarter in (0, 90, 270, 180):
        seen = _look(gray.rotate(quarter, expand=True) if quarter else gray)
        best = max(best, seen, key=_read_well)
        if _read_well(best) >= _ENOUGH:
            break
    return best


def _read_well(seen: list[Word]) -> int:
    return sum(len(one.text) for one in seen if one.sure > 0.8 and len(one.text) > 2)


def _look(picture: Image.Image) -> list[Word]:
    program = shutil.which("tesseract")
    if program is None:
        raise NoReader
    content = io.BytesIO()
    picture.save(content, "PNG", compress_level=1)
    try:
        done = subprocess.run(  # noqa: S603 - a program of the machine, with words of ours alone
            [program, "stdin", "stdout", "--psm", _PAGE_OF_SCRAPS, "--dpi", "300", "-l", "eng", "tsv"],
            input=content.getvalue(), capture_output=True, timeout=SECONDS, check=True,
            # One thread: it is no slower for a card, and leaves the other core to the desk.
            env={"PATH": os.environ.get("PATH", ""), "OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8"},
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError) as failed:
        raise NotRead from failed
    return _told(done.stdout.decode("utf-8", "replace"))


def _told(tsv: str) -> list[Word]:
    rows = csv.DictReader(io.StringIO(tsv), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [
        Word(row["text"].strip(), float(row["conf"]) / 100, *(int(row[name]) for name in ("left", "top", "width", "height")))
        for row in rows
        if row.get("level") == "5" and (row.get("text") or "").strip()
    ]  # fmt: skip
