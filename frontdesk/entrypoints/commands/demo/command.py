"""`frontdesk demo`: make a synthetic practice, or find the one made before; print the sign-ins; serve."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Annotated

import typer
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from frontdesk.entrypoints.commands import downtime, keeping, serving
from frontdesk.entrypoints.commands.demo import layout, load, visit_rows
from frontdesk.exchange.downtime import sealing
from frontdesk.kit.errors import Refused
from frontdesk.office.patients.models import Patient
from frontdesk.office.practice.models import Location, Provider
from frontdesk.office.scheduling.models import Appointment
from frontdesk.outside.cardnet import server as cardnet
from frontdesk.outside.cardnet.network import READERS
from frontdesk.outside.payer import server as payer
from frontdesk.outside.payer.desk import CREDENTIALS


class SizeName(StrEnum):
    """How large the practice is."""

    CLINIC = "clinic"
    GROUP = "group"
    SYSTEM = "system"


def demo(
    size: Annotated[
        SizeName,
        typer.Option(
            help="clinic: 4,000 patients; group: 100,000; system: 1,000,000 and 3,000,000 appointments."
        ),
    ] = SizeName.CLINIC,
    seed: Annotated[int, typer.Option(help="The same number makes the same people.")] = 1,
    no_serve: Annotated[
        bool, typer.Option("--no-serve", help="Make it, and do not start the pages.")
    ] = False,
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8000,
) -> None:
    """Make a synthetic practice with a full book, print how to sign in, and start it.

    Its messages stay in the outbox whatever SMTP_HOST says: nobody in it is to be written to.
    """
    os.environ["SMTP_HOST"] = ""
    settings.MAIL = None
    call_command("migrate", interactive=False, verbosity=0)
    keeping.protect_files()
    make(size.value, seed)
    _welcome(port)
    _pack()
    if not no_serve:
        serving.run("127.0.0.1", port, workers=2, beside=[["work"], _payer(), _cards(port)])


def _payer() -> list[str]:
    """Tell every process of this demo where its payer is, a stand-in; return the words that start it."""
    beside = payer.free_port()
    os.environ["FRONTDESK_PAYER_URL"] = payer.address(beside)
    os.environ["FRONTDESK_PAYER_USER"] = CREDENTIALS.user
    os.environ["FRONTDESK_PAYER_PASSWORD"] = CREDENTIALS.password
    os.environ["FRONTDESK_PAYER_RECEIVER"] = "PRACTICE"
    typer.echo(f"  Payer    {payer.address(beside)}  a stand-in: docs/how-to/practise-with-the-payer.md\n")
    return ["payer", "--port", str(beside), "--anybody"]


def _cards(port: int) -> list[str]:
    """Tell every process of this demo where its cards are charged, at a stand-in; return the words that start it."""
    beside = cardnet.free_port()
    os.environ["FRONTDESK_CARD_URL"] = cardnet.address(beside)
    os.environ["FRONTDESK_CARD_KEY"] = cardnet.KEY
    os.environ["FRONTDESK_CARD_WEBHOOK_SECRET"] = cardnet.SECRET
    os.environ["FRONTDESK_CARD_READER"] = ",".join(f"{name}={reader}" for reader, name in READERS.items())
    typer.echo(f"  Cards    {cardnet.address(beside)}  a stand-in: docs/how-to/take-cards.md\n")
    kept = settings.FRONTDESK_DATA / "cardnet.sqlite3"
    words = ["cardnet", "--port", str(beside), "--keep", str(kept)]
    return [*words, "--webhook", f"http://127.0.0.1:{port}/processor/events"]


def make(size: str, seed: int) -> None:
    """Make the practice unless it is here already. Refuses where another one is."""
    here = load.present()
    if here is None:
        with telling() as tell:
            load.load(size, seed, tell)
        return
    if (here.size, here.seed) != (size, seed):
        msg = (
            f"There is a demo here already: --size {here.size} --seed {here.seed}. Start that one, or set FRONTDESK_DATA "
            "to another folder for this one."
        )
        raise Refused(msg)
    visit_rows.freshen()


def _pack() -> None:
    """Give the downtime packs a passphrase unless they have one, and say which it is."""
    folder = downtime.folder()
    if sealing.kept(folder) is None:
        downtime.set_passphrase(layout.PACK_WORDS)
    typer.echo(f"  Downtime packs open with: {layout.PACK_WORDS}\n")


@contextmanager
def telling() -> Iterator[load.Tell]:
    """Show how far each stage is, for the length of a `with` block."""
    columns = (
        TextColumn("{task.description:<14}"),
        BarColumn(),
        TextColumn("{task.completed:>9,} of {task.total:>9,}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        tasks: dict[str, TaskID] = {}

        def tell(stage: str, done: int, whole: int) -> None:
            if stage not in tasks:
                tasks[stage] = progress.add_task(stage, total=whole)
            progress.update(tasks[stage], completed=done, total=whole)

        yield tell


def _welcome(port: int) -> None:
    console = Console(highlight=False)
    visits, patients = Appointment.objects.count(), Patient.objects.count()
    console.print(
        f"\n[bold]A synthetic practice[/] on {connection.vendor}: {Location.objects.count()} locations, "
        f"{Provider.objects.count()} providers, {patients:,} patients, {visits:,} appointments. None of them is real.\n"
    )
    console.print(f"  Open     [bold]http://127.0.0.1:{port}/[/]")
    console.print("  Sign in  ")
    for who in layout.SIGN_INS:
        console.print(f"    {who.username:<6} {who.password:<32} {who.name}, {who.who}")
    console.print(
        "  A password is enough here. A real practice asks managers and administrators for a second factor."
    )
    console.print("")
