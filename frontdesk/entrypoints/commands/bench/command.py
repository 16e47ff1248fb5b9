"""`frontdesk bench`: print what the program does in numbers, each beside its floor."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer
from django.core.management import call_command

from frontdesk.entrypoints.commands.bench import database, printing
from frontdesk.entrypoints.commands.bench.measure import Result
from frontdesk.entrypoints.commands.demo import command as demo
from frontdesk.entrypoints.commands.demo.command import SizeName
from frontdesk.kit.errors import Invalid

PACKAGE = "frontdesk.entrypoints.commands.bench"
# Where each is measured: loaded only when asked for, so that no other command waits for them.
MEASURES = {
    "search": "finding.search",
    "search_clean": "finding.search",
    "openings": "booking.openings",
    "openings_multi": "booking.openings_multi",
    "provider_day": "pages.provider_day",
    "book": "booking.book",
    "day_grid": "booking.day_grid",
    "duplicates": "linking.duplicates",
    "desk": "visiting.desk",
    "status_change": "visiting.status_change",
    "live_screens": "visiting.live_screens",
    "audit_verify": "auditing.audit_verify",
    "audit_cost": "auditing.audit_cost",
    "audit_search": "auditing.audit_search",
    "balance": "books.balance",
    "ledger_check": "books.ledger_check",
    "post_entry": "books.post_entry",
    "x12_read_835": "x12.figures",
    "x12_read_837p": "x12.figures",
    "x12_check_835": "x12.figures",
    "x12_check_837p": "x12.figures",
    "x12_memory": "x12.figures",
    "x12_271": "x12.figures",
    "x12_271_beside": "x12.figures",
}
X12 = [name for name in MEASURES if name.startswith("x12_")]  # asked for together as `x12`; need no database


def bench(
    names: Annotated[
        list[str] | None,
        typer.Argument(help=f"Which of: {', '.join(MEASURES)}; x12: all of x12_…. None: all."),
    ] = None,
    size: Annotated[SizeName, typer.Option(help="How large a practice to measure on.")] = SizeName.CLINIC,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the figures there too.")] = None,
    rounds: Annotated[int, typer.Option(help="How often everything is measured.", min=1)] = 3,
    seed: Annotated[int, typer.Option(help="Seed of the practice and of what is asked.")] = 1,
) -> None:
    """Measure on a database of the bench's own, made once by the demo's loader; never the practice's own.

    Prints p50, p95, the floor measured in the same run, and whether the promise is kept.
    """
    chosen = [one for name in names or MEASURES for one in (X12 if name == "x12" else [name])]
    if unknown := [name for name in chosen if name not in MEASURES]:
        msg = f"There is no measure called {', '.join(unknown)}. There are: {', '.join(MEASURES)}."
        raise Invalid(msg)
    if set(chosen) <= set(X12):
        _shown(measured(chosen, seed, rounds), json_file)
        return
    if not database.is_here():
        words = ["bench", *chosen, "--size", size.value, "--rounds", str(rounds), "--seed", str(seed)]
        database.again_on_own_database(
            size.value, [*words, *(["--json", str(json_file.resolve())] if json_file else [])]
        )
    call_command("migrate", interactive=False, verbosity=0)
    demo.make(size.value, seed)
    _shown(measured(chosen, seed, rounds), json_file)


def _shown(results: list[Result], json_file: Path | None) -> None:
    printing.show(results)
    if json_file:
        printing.write(results, json_file)


def measured(names: list[str], seed: int, rounds: int) -> list[Result]:
    """Return the figures of the measures named, each taken once."""
    results: list[Result] = []
    for place in dict.fromkeys(MEASURES[name] for name in names):
        module, _, function = place.partition(".")
        measure: Callable[[int, int], list[Result]] = getattr(import_module(f"{PACKAGE}.{module}"), function)
        results += [result for result in measure(seed, rounds) if result.name in names]
    return results
