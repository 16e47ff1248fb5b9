"""The rejects file: each row that did not go in, with its line and the reason, to be mended and imported again."""

import csv
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from frontdesk.exchange.imports.rows import Rejected
from frontdesk.kit.straight import straight


class Rejects:
    """Writes FILE.rejects.csv beside the file, private, and only when there is something to write.

    A cell that a spreadsheet would run as a formula gets an apostrophe in front (CWE-1236).
    """

    def __init__(self, source: Path, header: tuple[str, ...]) -> None:
        self.path = source.with_name(source.name + ".rejects.csv")
        self.part = self.path.with_name(self.path.name + ".part")
        self.header = header
        self.count = 0
        self.reasons: dict[str, int] = {}

    def __enter__(self) -> Self:
        handle = os.open(self.part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        self.file = os.fdopen(handle, "w", encoding="utf-8", newline="")
        self.writer = csv.writer(self.file)
        self.writer.writerow(("line", "reason", *self.header))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.file.close()
        if self.count:
            self.part.replace(self.path)
        else:
            self.part.unlink()
            self.path.unlink(missing_ok=True)

    def add(self, row: Rejected) -> None:
        """Write one row."""
        self.count += 1
        self.reasons[row.reason] = self.reasons.get(row.reason, 0) + 1
        self.writer.writerow((row.line, *map(harmless, (row.reason, *row.raw))))


def harmless(cell: str) -> str:
    """Return the cell so that no spreadsheet takes it for a formula; plain numbers stay as they are."""
    cell = straight(cell)
    risky = cell[:1] in {"=", "@", "\t", "\r"} or (cell[:1] in {"+", "-"} and not cell[1:].isdigit())
    return f"'{cell}" if risky else cell
