"""Print figures as a table, and write them as JSON."""

import json
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from frontdesk.entrypoints.commands.bench.measure import Result


def table(results: Sequence[Result]) -> Table:
    """Return the figures side by side with their floors and limits."""
    shown = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("name", "database", "unit", "p50", "p95", "floor", "ratio", "n", "limit", "passed"):
        shown.add_column(name, justify="right" if name in {"p50", "p95", "floor", "ratio", "n"} else "left")
    for r in results:
        figures = [f"{value:,.2f}" for value in (r.p50, r.p95, r.floor, r.ratio)]
        verdict = "[green]yes[/]" if r.passed else "[red]no[/]"
        shown.add_row(r.name, r.database, r.unit, *figures, f"{r.n:,}", r.limit, verdict)
    return shown


def show(results: Sequence[Result]) -> None:
    """Print the table and, under it, what else was seen."""
    console = Console(width=None if Console().is_terminal else 150)
    console.print(table(results))
    for result in results:
        for note in result.notes:
            console.print(f"  {result.name}: {note}", highlight=False, markup=False)


def write(results: Sequence[Result], path: Path) -> None:
    """Write the list other programs read."""
    path.write_text(json.dumps([result.public() for result in results], indent=2) + "\n")
