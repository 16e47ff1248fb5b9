"""What Tesseract reads in a picture: words and where they stand. It is a program of its own, run with a limit and without a file.

Debian's package is `tesseract-ocr`. Where it is missing, cards are kept all the same, and the desk is told that nothing
was read.
"""

import csv
import io
import math
import os
import shutil
import statistics
import subprocess
from dataclasses import dataclass

from PIL import Image, ImageFilter, ImageOps

SECONDS = 20
"""What one look may take; a card takes about one second."""
_PAGE_OF_SCRAPS = "11"  # --psm: text here and there, in no order
_ENOUGH = 24  # letters read well in a picture that stands upright
_STRAIGHT, _FEWEST = 1.0, 5  # degrees that do no harm; so many pairs of words tell how a card lies


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
        # The grain of a picture taken in poor light is smoothed away; measured, it makes letters surer on sharp ones too.
        gray = ImageOps.autocontrast(found.convert("L").filter(ImageFilter.MedianFilter(3)), cutoff=1)
    best: list[Word] = []
    upright = gray
    for quarter in (0, 90, 270, 180):
        turned = gray.rotate(quarter, expand=True) if quarter else gray
        seen = _look(turned)
        if _read_well(seen) > _read_well(best):
            best, upright = seen, turned
        if _read_well(best) >= _ENOUGH:
            break
    askew = tilt(best)
    if abs(askew) < _STRAIGHT:
        return best
    again = _look(upright.rotate(askew, Image.Resampling.BICUBIC, expand=True, fillcolor=128))
    return max(best, again, key=_read_well)


def tilt(seen: list[Word]) -> float:
    """Return by how many degrees lines fall to the right, told by words that follow each other; 0 where too few do."""
    falls = [
        math.degrees(math.atan2(_foot(after) - _foot(word), after.left - word.left))
        for word in seen
        for after in seen
        if 0 < after.left - (word.left + word.width) < 1.5 * word.height
        and abs(_foot(after) - _foot(word)) < 0.6 * word.height
        and min(len(word.text), len(after.text)) > 1
    ]
    return statistics.median(falls) if len(falls) >= _FEWEST else 0.0


def _foot(word: Word) -> int:
    return word.top + word.height


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
