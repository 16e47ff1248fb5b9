"""Put a file's patients in: good rows through the patients room's own verb, the others into the rejects file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import transaction

from frontdesk.exchange.imports.rejects import Rejects
from frontdesk.exchange.imports.rows import Rejected, Row, Source
from frontdesk.kit.errors import Invalid, Refusal

TOGETHER = 100
"""Rows in one commit: a stop loses none of them, for a stop is waited for between rows."""

Put = Callable[[Any, Callable[[str], None]], bool]
"""Takes in what a row says, a patient or a payer, and remarks on what it left out; returns False when they were already there, or refuses."""


@dataclass(slots=True)
class Report:
    """What came of an import."""

    added: int = 0
    already: int = 0
    rejected: int = 0
    stopped_at: int | None = None
    rejects: Path | None = None
    reasons: dict[str, int] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


class DryRun(Exception):
    """Undoes what a dry run did."""


def run(
    source: Source,
    path: Path,
    put: Put,
    *,
    dry_run: bool = False,
    stop: Callable[[], bool] = lambda: False,
    step: Callable[[int], None] = lambda _done: None,
) -> Report:
    """Hand every row of `source` to `put`. With `dry_run` everything is tried and nothing kept.

    `stop` is asked before each row; `step` is told how many rows were done since it was last told.
    """
    report = Report()
    with Rejects(path, source.header) as rejects:
        try:
            if dry_run:
                with transaction.atomic():
                    _all(source.rows, put, rejects, report, stop, step)
                    raise DryRun
            _all(source.rows, put, rejects, report, stop, step)
        except DryRun:
            pass
    report.rejected, report.reasons = rejects.count, rejects.reasons
    report.rejects = rejects.path if rejects.count else None
    return report


def _all(
    rows: Iterator[Row],
    put: Put,
    rejects: Rejects,
    report: Report,
    stop: Callable[[], bool],
    step: Callable[[int], None],
) -> None:
    while batch := list(islice(rows, TOGETHER)):
        done = 0
        with transaction.atomic():
            for row in batch:
                if stop():
                    report.stopped_at = row.line
                    break
                _one(row, put, rejects, report)
                done += 1
        step(done)
        if report.stopped_at is not None:
            return


def _one(row: Row, put: Put, rejects: Rejects, report: Report) -> None:
    if isinstance(row, Rejected):
        rejects.add(row)
        return
    remarks: list[str] = []
    try:
        added = put(row, remarks.append)
    except Refusal as refusal:
        rejects.add(Rejected(row.line, _why(refusal)))
        return
    report.added += added
    report.already += not added
    if added:
        report.remarks += [f"line {row.line}: {remark}" for remark in remarks]


def _why(refusal: Refusal) -> str:
    if isinstance(refusal, Invalid) and refusal.fields:
        return "; ".join(f"{name.replace('_', ' ')}: {words}" for name, words in refusal.fields.items())
    return refusal.sentence
