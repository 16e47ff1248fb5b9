"""`frontdesk payer`: start the practice payer."""

import signal
import threading
from pathlib import Path
from typing import Annotated

import typer

from frontdesk.kit.errors import Invalid, Refused
from frontdesk.outside.payer import members
from frontdesk.outside.payer.desk import CREDENTIALS, Payer
from frontdesk.outside.payer.server import HOST, PORT, Server, address
from frontdesk.outside.payer.sftp import Folders


def payer(
    port: Annotated[int, typer.Option(help="Port to listen on, on this machine only.")] = PORT,
    file: Annotated[
        Path,
        typer.Option(
            "--members",
            help="A member file, as JSON; without it the one that comes along.",
            show_default=False,
            dir_okay=False,
        ),
    ] = members.DEFAULT,
    drop: Annotated[
        float, typer.Option(help="Share of answers that never arrive: the connection ends.", min=0, max=1)
    ] = 0.0,
    anybody: Annotated[
        bool, typer.Option("--anybody", help="Insure whoever is asked about; the member id decides how.")
    ] = False,
    seed: Annotated[int, typer.Option(help="The same number drops the same ones.")] = 1,
    sftp: Annotated[
        int | None, typer.Option(help="Take files over SFTP too, on this port.", show_default=False)
    ] = None,
    place: Annotated[
        Path | None,
        typer.Option(
            "--sftp-folder",
            help="Where its folders and its key are kept; without it they are gone with the payer.",
            show_default=False,
            file_okay=False,
        ),
    ] = None,
    allowed: Annotated[
        Path | None,
        typer.Option(
            "--sftp-keys",
            help="Public keys that may come in without the password, one a line.",
            show_default=False,
            exists=True,
            dir_okay=False,
        ),
    ] = None,
) -> None:
    """Start the practice payer: a stand-in insurer to practise eligibility with. It insures nobody.

    It answers X12 270 with 271 in both envelopes of CAQH CORE Connectivity, and with --sftp in folders, until it is stopped.
    """
    try:
        book = members.load(file, anybody=anybody)
    except members.Unusable as error:
        raise Invalid(str(error)) from None
    mind = Payer(book, drop=drop, seed=seed)
    try:
        server = Server((HOST, port), mind)
    except OSError as error:
        msg = f"Port {port} cannot be listened on: {error.strerror}."
        raise Refused(msg) from None
    folders = None if sftp is None else _folders(mind, sftp, place, allowed)
    typer.echo(f"The practice payer, a stand-in that insures nobody: {address(server.server_port)}")
    typer.echo(f"  user {CREDENTIALS.user}, password {CREDENTIALS.password}; what was asked: GET /asked")
    if folders is not None:
        typer.echo(f"  files: sftp://{folders.host}:{folders.port}, its key {folders.host_key}")
    try:
        _until_stopped(server)
    finally:
        if folders is not None:
            folders.stop()


def _folders(mind: Payer, port: int, place: Path | None, allowed: Path | None) -> Folders:
    own_key = None if place is None else place / "host_key"
    if place is not None:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    folders = Folders(mind, port, place=place and place / "files", own_key=own_key, allowed=allowed)
    try:
        folders.start()
    except OSError as error:
        msg = f"Port {port} cannot be listened on: {error.strerror}."
        raise Refused(msg) from None
    return folders


def _until_stopped(server: Server) -> None:
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    stop.wait()
    server.shutdown()
    server.server_close()
    typer.echo(", ".join(f"{count:,} {what}" for what, count in server.counts.items()))
