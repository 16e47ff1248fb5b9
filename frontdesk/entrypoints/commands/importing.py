"""`frontdesk import`: patients, payers, networks and prices out of other programs' files."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from frontdesk.exchange.imports import csvfile, fees, fhirfile, mapping, networks, payers, suggest, synthea
from frontdesk.exchange.imports.rows import Source
from frontdesk.exchange.imports.run import Put, Report, run
from frontdesk.exchange.imports.taking_in import taker
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Refused
from frontdesk.kit.permissions import ADMIN, held_by

app = typer.Typer(
    no_args_is_help=True,
    help="Take in patients, payers, networks and prices from other programs' files. Rows that fail go to FILE.rejects.csv with the reason; "
    "the rest goes in. Run it again at any time: what is already there stays as it is. Ctrl-C stops between rows.",
)
DryRun = Annotated[bool, typer.Option("--dry-run", help="Try everything, keep nothing, and report.")]


@app.command("synthea")
def synthea_folder(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="DIR", help="The csv folder of a Synthea export.", exists=True, file_okay=False
        ),
    ],
    dry_run: DryRun = False,
) -> None:
    """Take in the patients of Synthea's CSV export."""
    path = synthea.patients_file(folder)
    _import([path], synthea.open_synthea, dry_run=dry_run)


@app.command("csv")
def csv_list(
    file: Annotated[Path, typer.Argument(help="Any practice's patient list.", exists=True, dir_okay=False)],
    chart: Annotated[
        Path | None,
        typer.Option("--map", help="TOML: our fields and their columns.", exists=True, dir_okay=False),
    ] = None,
    suggest_map: Annotated[
        bool, typer.Option("--suggest-map", help="Print a map file for this list to look over.")
    ] = False,
    dry_run: DryRun = False,
) -> None:
    """Take in a list of patients, told by a map file which column is which."""
    if suggest_map:
        typer.echo(suggest.suggest(csvfile.open_table(file), file.stem), nl=False)
        return
    if chart is None:
        msg = f"Say which column is which with --map FILE; `frontdesk import csv {file} --suggest-map` writes a first one."
        raise Refused(msg)
    columns = mapping.read_map(chart)
    _import(
        [file], lambda path: mapping.mapped(csvfile.open_table(path), columns, path.name), dry_run=dry_run
    )


@app.command("fhir")
def fhir_files(
    files: Annotated[
        list[Path], typer.Argument(help="Patient, Bundle or NDJSON files.", exists=True, dir_okay=False)
    ],
    dry_run: DryRun = False,
) -> None:
    """Take in the patients of FHIR R4 files."""
    _import(files, fhirfile.open_fhir, dry_run=dry_run)


@app.command("payers")
def payer_list(
    file: Annotated[
        Path, typer.Argument(help="A clearinghouse's list of payers (CSV).", exists=True, dir_okay=False)
    ],
    dry_run: DryRun = False,
) -> None:
    """Take in a list of payers: names, payer IDs, what each transaction asks for."""
    _import([file], payers.open_payers, dry_run=dry_run, taker_of=payers.payer_taker)


@app.command("networks")
def network_list(
    file: Annotated[
        Path,
        typer.Argument(
            help="Who is in network with which payer and plan (CSV).", exists=True, dir_okay=False
        ),
    ],
    dry_run: DryRun = False,
) -> None:
    """Take in a list of networks: payer, provider's NPI, plan, in or out, from when until when."""
    _import([file], networks.open_networks, dry_run=dry_run, taker_of=networks.network_taker)


@app.command("fees")
def fee_list(
    file: Annotated[
        Path, typer.Argument(help="The practice's fees, one row a code (CSV).", exists=True, dir_okay=False)
    ],
    dry_run: DryRun = False,
) -> None:
    """Take in a list of fees: code, modifier, words, amount, from when until when."""
    _import([file], fees.open_fees, dry_run=dry_run, taker_of=fees.price_taker)


@app.command("rates")
def rate_list(
    file: Annotated[
        Path,
        typer.Argument(help="What payers have agreed to, one row a code (CSV).", exists=True, dir_okay=False),
    ],
    dry_run: DryRun = False,
) -> None:
    """Take in a list of agreed rates: payer, plan, code, modifier, amount, from when until when."""
    _import([file], fees.open_rates, dry_run=dry_run, taker_of=fees.price_taker)


def _import(
    paths: list[Path],
    reader: Callable[[Path], Source],
    *,
    dry_run: bool,
    taker_of: Callable[[Actor], Put] = taker,
) -> None:
    by = Actor("system", None, "command line", held_by(ADMIN), source="cli")
    put = taker_of(by)
    console = Console(stderr=True)
    rejected = False
    with _stoppable() as stop, _progress(console) as progress:
        for path in paths:
            if stop.is_set():
                break
            source = reader(path)
            task = progress.add_task(path.name, total=source.count)
            step = partial(progress.advance, task)
            report = run(source, path, put, dry_run=dry_run, stop=stop.is_set, step=step)
            progress.update(task, total=report.added + report.already + report.rejected)
            progress.console.print(
                _told(path, source, report, dry_run=dry_run), highlight=False, markup=False
            )
            rejected = rejected or bool(report.rejected)
    if stop.is_set():
        typer.echo("Stopped. What is in stays in; run the same command again to go on.")
        raise typer.Exit(130)
    if rejected:
        raise typer.Exit(2)


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
    )


def _told(path: Path, source: Source, report: Report, *, dry_run: bool) -> str:
    would = "would go in" if dry_run else "went in"
    lines = [
        f"{path.name}: {report.added:,} {would}, {report.already:,} were already there, {report.rejected:,} rejected."
    ]
    lines += [f"  {notice}" for notice in source.notices]
    lines += [f"  {remark}" for remark in report.remarks[:10]]
    if len(report.remarks) > 10:
        lines.append(f"  … and {len(report.remarks) - 10:,} more remarks")
    often = sorted(report.reasons.items(), key=lambda item: -item[1])
    lines += [f"  {count:,} times: {reason}" for reason, count in often[:10]]
    if report.rejects:
        lines.append(f"  The rejected rows are in {report.rejects}")
    return "\n".join(lines)


@contextmanager
def _stoppable() -> Iterator[threading.Event]:
    """Turn Ctrl-C into a wish that is honoured between two rows; a second one stops at once."""
    stop = threading.Event()

    def wish(_number: int, _frame: object) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = signal.signal(signal.SIGINT, wish)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)
