"""Keep the data: bring the tables up to date, back up, restore."""

from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from frontdesk.entrypoints.commands import restored
from frontdesk.exchange.backups import copying, sealing
from frontdesk.kit import clock
from frontdesk.kit.errors import Refused
from frontdesk.office.audit import seals


def migrate() -> None:
    """Bring the database's tables up to date; safe to run again."""
    call_command("migrate", interactive=False, verbosity=1)
    protect_files()


def protect_files() -> None:
    """Let no one else on this machine read the database file."""
    if connection.vendor == "sqlite" and Path(str(connection.settings_dict["NAME"])).exists():
        Path(str(connection.settings_dict["NAME"])).chmod(0o600)


def backup(
    to: Annotated[
        Path | None, typer.Argument(help="File to write; default: backups/ in the data folder.")
    ] = None,
) -> None:
    """Copy the running database to one locked file, and prove that the file is whole.

    The key that opens it is in FRONTDESK_BACKUP_KEY, or in backup_key in the data folder, made with the first backup.
    """
    stamp = clock.now().strftime("%Y%m%dT%H%M%SZ")
    target = to or Path(settings.FRONTDESK_DATA) / "backups" / f"frontdesk-{stamp}.backup"
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if target.exists():
        msg = f"{target} is already there; a backup never overwrites."
        raise Refused(msg)
    folder = Path(settings.FRONTDESK_DATA)
    first = not (folder / sealing.KEY_FILE).exists()
    key = sealing.backup_key(folder, make=True)
    part = target.with_name(target.name + ".part")
    try:
        copying.write(part, key)
        contents = copying.verify(part, key)
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)
    _keep_anchor(seals.Anchor.of_installation().path, target.with_name(target.name + ".anchor"))
    typer.echo(f"{target}  {target.stat().st_size:,} bytes, {contents.counted}, read again and whole")
    if first and (folder / sealing.KEY_FILE).exists():
        typer.echo(
            f"A backup key was made: {folder / sealing.KEY_FILE}\n"
            "Keep a copy of it away from this machine: without it no backup can be opened, by anybody."
        )


def check_backup(
    source: Annotated[Path, typer.Argument(help="A file that `backup` wrote.", exists=True, dir_okay=False)],
) -> None:
    """Read a backup from end to end and prove it whole, without putting it back."""
    contents = copying.verify(source, sealing.backup_key(Path(settings.FRONTDESK_DATA), make=False))
    typer.echo(
        f"{source} is whole: {contents.counted}, of {contents.at[:16].replace('T', ' ')} UTC, {contents.kind}"
    )


def restore(
    source: Annotated[Path, typer.Argument(help="A file that `backup` wrote.", exists=True, dir_okay=False)],
    yes: Annotated[bool, typer.Option("--yes", help="Replace the present data without asking.")] = False,
) -> None:
    """Put a backup back in place of the present data; what was there is kept beside it."""
    key = sealing.backup_key(Path(settings.FRONTDESK_DATA), make=False)
    if not yes:
        copying.verify(source, key)
        typer.confirm("This replaces all present data. Is the server stopped, and are you sure?", abort=True)
    contents = copying.put_back(source, key)
    restored.note()
    anchor = seals.Anchor.of_installation()
    if not anchor.exists():
        _keep_anchor(source.with_name(source.name + ".anchor"), anchor.path)
    seals.adopt(anchor)
    typer.echo(
        f"Restored: {contents.counted}, every one counted. Run `frontdesk migrate`, then `frontdesk check`.\n"
        "Messages that were due since the backup are not sent again; they wait among those that may not have arrived."
    )


def _keep_anchor(here: Path, there: Path) -> None:
    """Carry the anchor of the record's seals along with a backup; its lines prove themselves, given the key."""
    if here.exists():
        there.touch(mode=0o600)
        there.write_bytes(here.read_bytes())
