"""`frontdesk x12`: look into an X12 file, test it, answer it; nothing in the practice is read or changed."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from frontdesk.formats import x12
from frontdesk.kit import clock
from frontdesk.kit.errors import Refused

app = typer.Typer(help="Look into an X12 file, test it, or answer it.", no_args_is_help=True)

File = Annotated[Path, typer.Argument(help="An X12 file: 270, 271, 276, 277, 278, 835, 837, 999 or TA1.")]


@app.command()
def show(file: File) -> None:
    """Print a file as a tree: loops in words, every element with its name. Exit code 1 where it is no X12."""
    found: list[x12.Finding] = []
    with _readable(file):
        for line in x12.tree(file, found.append):
            typer.echo(line)
    _told_if_not_x12(found)


@app.command()
def validate(
    file: File,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Print what is wrong with a file. Exit code 0: nothing; 1: something; 2: the file cannot be read."""
    errors = notes = 0
    with _readable(file):
        for finding in x12.check(file, today=f"{clock.now():%Y%m%d}"):
            typer.echo(
                json.dumps({**asdict(finding), "element": finding.element}) if as_json else str(finding)
            )
            errors, notes = errors + (not finding.note), notes + finding.note
    if not as_json:
        typer.echo(f"{errors:,} found to be wrong" + (f", {notes:,} to note" if notes else "") + ".")
    raise typer.Exit(1 if errors else 0)


@app.command()
def ack(
    file: File,
    to: Annotated[
        Path | None, typer.Option(help="Where the answer goes; nothing may be there yet.", dir_okay=False)
    ] = None,
    control: Annotated[int, typer.Option(help="Control number of the answer.", min=1, max=999_999_999)] = 1,
) -> None:
    """Write the acknowledgement of a file: TA1 and 999. Exit code 0: all accepted; 1: something rejected."""
    if to is not None and to.exists():
        msg = f"{to} is there already. Nothing was written."
        raise Refused(msg)
    with _readable(file):
        answer = x12.acknowledge(file, clock.now(), control=control, line_end="\n")
    _told_if_not_x12(answer.findings)
    if not answer.content:
        typer.echo("There is nothing to answer: acknowledgements are not acknowledged.", err=True)
    elif to is None:
        typer.echo(answer.content.decode(), nl=False)
    else:
        to.write_bytes(answer.content)
        typer.echo(f"{to}: {answer.accepted:,} accepted, {answer.rejected:,} rejected")
    raise typer.Exit(1 if any(not finding.note for finding in answer.findings) else 0)


@contextmanager
def _readable(file: Path) -> Iterator[None]:
    """Turn a file that cannot be read into one sentence and exit code 2."""
    try:
        yield
    except OSError as error:
        typer.secho(f"{file} cannot be read: {error.strerror}.", fg="red", err=True)
        raise typer.Exit(2) from None


def _told_if_not_x12(found: list[x12.Finding]) -> None:
    for finding in found:
        if finding.code == "not-x12":
            typer.secho(finding.sentence, fg="red", err=True)
            raise typer.Exit(1)
