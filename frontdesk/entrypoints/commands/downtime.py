"""`frontdesk downtime`: the passphrase of the packs, and a pack on demand."""

from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings

from frontdesk.exchange.downtime import sealing, writing
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.kit.permissions import ADMIN, held_by
from frontdesk.office.downtime import services
from frontdesk.office.practice.queries import locations

app = typer.Typer(
    help="Packs to work from when the system is away: encrypted, one a site, every 15 minutes.",
    no_args_is_help=True,
)


@app.command()
def passphrase(
    make: Annotated[bool, typer.Option("--make", help="Make one up and print it once.")] = False,
) -> None:
    """Set the passphrase that opens the packs from now on; it is kept nowhere, so write it on a card."""
    words = sealing.make_passphrase() if make else typer.prompt("Passphrase", hide_input=True)
    if not make and typer.prompt("The same again", hide_input=True) != words:
        msg = "Those were two different passphrases. Nothing was changed."
        raise Invalid(msg)
    set_passphrase(words)
    if make:
        typer.echo(words)
    typer.echo(
        "Packs written from now on open with it. Those written before open with the one before.", err=True
    )


@app.command()
def write(
    to: Annotated[
        Path | None,
        typer.Option(
            help="A folder for a copy that keeps its name, such as a stick or a synced folder.",
            file_okay=False,
        ),
    ] = None,
) -> None:
    """Write the pack of every site now."""
    for site in locations():
        made = writing.write(_by(), site.pk, folder(), to=to or settings.FRONTDESK_DOWNTIME_TO)
        for kind, size in made.sizes.items():
            typer.echo(f"{made.file(kind)}  {size:,} bytes")
        if trouble := writing.copy_trouble(folder(), site):
            typer.secho(trouble, fg="red", err=True)
            raise typer.Exit(1)


def set_passphrase(words: str) -> None:
    """Work the keys out and keep them, with the change on record."""
    keys = sealing.make_keys(words)
    services.change_passphrase(_by())
    sealing.keep(keys, folder())


def folder() -> Path:
    """Return where the packs of this installation are."""
    return Path(settings.FRONTDESK_DATA) / "downtime"


def troubles() -> list[str]:
    """Return why somebody might have no pack, or an old one, on the day they need it."""
    sites = locations()
    if not sites:
        return []
    if sealing.kept(folder()) is None:
        return [sealing.NoPassphrase().sentence]
    found = []
    for site in sites:
        newest = next(iter(writing.packs_of(folder(), site)), None)
        if newest is None:
            found.append(f"{site.name} has no downtime pack yet. Is the worker running? frontdesk work")
        elif newest.is_late:
            found.append(f"The downtime pack of {site.name} is from {newest.as_of:%Y-%m-%d %H:%M} UTC.")
        if trouble := writing.copy_trouble(folder(), site):
            found.append(f"{site.name}: {trouble}")
    return found


def _by() -> Actor:
    return Actor("system", None, "command line", held_by(ADMIN), source="cli")
