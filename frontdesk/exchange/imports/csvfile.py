"""Read a CSV file as the world writes it: any of the usual encodings and separators, broken rows told one by one."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from frontdesk.kit.card_numbers import has_card_number, is_exempt
from frontdesk.kit.errors import Invalid

LONGEST_RECORD = 40
"""Lines one record may span; a quotation mark that is still open after these was never meant to be closed."""
LARGEST = 2 * 1024**3


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of one row that starts at `line` (1 is the header); `wrong` says why it cannot be used, or ""."""

    line: int
    cells: tuple[str, ...]
    wrong: str = ""


@dataclass(slots=True)
class Table:
    """A CSV file: its column names, all different; notices about it; and its lines."""

    header: tuple[str, ...]
    lines: list[str]
    separator: str
    first_line: int
    notices: list[str] = field(default_factory=list)

    def records(self) -> Iterator[Record]:
        """Read row after row; a row that cannot be read is a record that says why."""
        at = self.first_line
        while at < len(self.lines):
            if not self.lines[at].strip():
                at += 1
                continue
            used, record = self._record(at)
            at += used
            yield self._without_cards(record)

    def _without_cards(self, record: Record) -> Record:
        """Return a record in which no card number stands: where one does the row is refused, and the cell left empty."""
        for at, (name, cell) in enumerate(zip(self.header, record.cells, strict=False)):
            if has_card_number(cell) and not _may_be_long(name):
                kept = tuple("" if has_card_number(one) else one for one in record.cells)
                return Record(
                    record.line, kept, f"column {at + 1} ({name}): a card number stands there; take it out"
                )
        return record

    def _record(self, at: int) -> tuple[int, Record]:
        """Read the record that starts at line index `at`; return how many lines it used."""
        end = self._closing_line(at)
        if end is not None:
            cells = _cells("\n".join(self.lines[at : end + 1]), self.separator)
            if end == at or len(cells) == len(self.header):
                return end - at + 1, self._checked(at + 1, cells)
        # A stray quotation mark in one row must not swallow its neighbours.
        plain = tuple(cell.strip() for cell in self.lines[at].split(self.separator))
        if len(plain) == len(self.header):
            return 1, Record(at + 1, plain)
        return 1, Record(at + 1, plain, "a quotation mark is opened and never closed")

    def _closing_line(self, at: int) -> int | None:
        quotes = 0
        for index in range(at, min(at + LONGEST_RECORD, len(self.lines))):
            quotes += self.lines[index].count('"')
            if quotes % 2 == 0:
                return index
        return None

    def _checked(self, line: int, cells: tuple[str, ...]) -> Record:
        wanted = len(self.header)
        while len(cells) > wanted and not cells[-1]:
            cells = cells[:-1]
        if len(cells) != wanted:
            return Record(line, cells, f"has {len(cells)} columns, the header has {wanted}")
        return Record(line, cells)


def _may_be_long(column: str) -> bool:
    """Say whether a column holds long numbers of another kind: whatever is called a number or an ID, telephones."""
    words = re.findall("[a-z]+", re.sub("([a-z])([A-Z])", r"\1 \2", column).lower())
    return is_exempt(column) or bool(
        {"id", "ids", "number", "no", "npi", "mrn", "ssn", "uuid", "identifier"} & set(words)
    )


def open_table(path: Path) -> Table:
    """Read the file's header and take in its lines. Raises `Invalid` when it is no table."""
    text, notices = decode(_bytes(path))
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    start = next((index for index, line in enumerate(lines) if line.strip()), None)
    if start is None:
        msg = f"{path.name} is empty."
        raise Invalid(msg)
    separator = _separator(lines[start])
    names = _cells(lines[start], separator)
    if len(names) < 2:
        msg = f"{path.name} has no columns: its first line should name them, with commas between."
        raise Invalid(msg)
    header = _distinct(names, notices)
    return Table(header, lines, separator, start + 1, notices)


def decode(raw: bytes) -> tuple[str, list[str]]:
    """Return the text of a file's bytes, and what had to be guessed about it."""
    notices: list[str] = []
    if raw[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        text = raw.decode("utf-16", errors="replace")
        notices.append("The file is UTF-16.")
    else:
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as wrong:
            line = raw.count(b"\n", 0, wrong.start) + 1
            text = raw.decode("cp1252", errors="replace")
            notices.append(f"The file is not UTF-8 (line {line}); it was read as Windows-1252 (Latin-1).")
    if "\0" in text:
        notices.append(f"{text.count(chr(0))} NUL characters were left out.")
        text = text.replace("\0", "")
    return text, notices


def _bytes(path: Path) -> bytes:
    if path.stat().st_size > LARGEST:
        msg = f"{path.name} is larger than {LARGEST // 1024**3} GB; split it."
        raise Invalid(msg)
    return path.read_bytes()


def _separator(line: str) -> str:
    """Return the sign that parts the header's names; a comma when none does."""
    outside = "".join(part for index, part in enumerate(line.split('"')) if index % 2 == 0)
    found = Counter({sign: outside.count(sign) for sign in ",;\t|"})
    sign, count = found.most_common(1)[0]
    return sign if count else ","


def _cells(text: str, separator: str) -> tuple[str, ...]:
    try:
        row = next(csv.reader(io.StringIO(text), delimiter=separator), [])
    except csv.Error:
        return ()
    return tuple(cell.strip() for cell in row)


def _distinct(names: tuple[str, ...], notices: list[str]) -> tuple[str, ...]:
    """Give a repeated or missing column name a number, and say so."""
    seen: Counter[str] = Counter()
    header = []
    for index, name in enumerate(names, start=1):
        plain = name or f"column {index}"
        seen[plain] += 1
        if seen[plain] > 1:
            notices.append(
                f"The column {plain} is there twice; the second is called {plain} ({seen[plain]})."
            )
        header.append(plain if seen[plain] == 1 else f"{plain} ({seen[plain]})")
    return tuple(header)
