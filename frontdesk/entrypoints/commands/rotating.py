"""`frontdesk rotate-keys`: seal every sealed value with the newest key, while people work."""

import time
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from frontdesk.entrypoints.commands.trouble import must_be_ready
from frontdesk.kit import sealed
from frontdesk.kit.actor import Actor
from frontdesk.kit.permissions import ADMIN, held_by
from frontdesk.office.keys import services as keys
from frontdesk.office.keys.queries import UNKNOWN, Usage, usage

OWN = "0"
"""The id of the key that is derived from the installation's secret key (site.environment)."""


def rotate_keys(
    count: Annotated[bool, typer.Option("--count", help="Only say which key seals how many values.")] = False,
    batch: Annotated[int, typer.Option(help="Values in one transaction.", min=1, max=5000)] = 200,
    pause: Annotated[
        float, typer.Option(help="Seconds between two, so that others can write.", min=0, max=60)
    ] = 0.02,
) -> None:
    """Seal every value that an older key sealed with the newest of FRONTDESK_FIELD_KEYS.

    It may be stopped or killed at any time: run again, it goes on with what is left. Exit 1 while anything is.
    """
    must_be_ready()
    before = usage()
    if not count and before.left:
        _all(before.left, batch, pause)
    found = before if count else usage()
    for line in _told(found):
        typer.echo(line)
    if found.left and not count:
        raise typer.Exit(1)


def _all(left: int, batch: int, pause: float) -> None:
    by = Actor("system", None, "command line", held_by(ADMIN), source="cli")
    with _progress() as progress:
        task = progress.add_task(f"Sealing with key {sealed.newest()}", total=left)
        for column in sealed.columns():
            at = 0
            while made := keys.reseal(by, table=column.table, name=column.name, after=at, most=batch):
                at = made.last
                for number in made.shut:
                    typer.secho(f"{column.table} {number}: {column.name} does not open", fg="red", err=True)
                progress.advance(task, made.resealed)
                time.sleep(pause)


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )


def _told(found: Usage) -> list[str]:
    named = {OWN: "key 0, of the secret key", UNKNOWN: "keys that are not here"}
    lines = [
        f"{count:>12,}  {named.get(key, f'key {key}')}{', the newest' if key == sealed.newest() else ''}"
        for key, count in found.values.items()
        if count or key not in named
    ]
    if found.left:
        lines.append(f"{found.left:,} of {found.total:,} are left. No key may be dropped yet.")
    elif idle := [key for key in found.idle if key != OWN]:
        one = "Key" if len(idle) == 1 else "Keys"
        lines.append(
            f"{one} {', '.join(idle)} {'seals' if len(idle) == 1 else 'seal'} nothing any more. Once every process "
            "has been restarted, and this has been run again, it may be dropped from FRONTDESK_FIELD_KEYS. Keep it as "
            "long as you keep backups made before today."
        )
    return lines
