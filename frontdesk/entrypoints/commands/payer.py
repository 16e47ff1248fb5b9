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
) -> None:
    """Start the practice payer: a stand-in insurer to practise eligibility with. It insures nobody.

    It answers X12 270 with 271 in both envelopes of CAQH CORE Connectivity until it is stopped.
    """
    try:
        book = members.load(file, anybody=anybody)
    except members.Unusable as error:
        raise Invalid(str(error)) from None
    try:
        server = Server((HOST, port), Payer(book, drop=drop, seed=seed))
    except OSError as error:
        msg = f"Port {port} cannot be listened on: {error.strerror}."
        raise Refused(msg) from None
    typer.echo(f"The practice payer, a stand-in that insures nobody: {address(server.server_port)}")
    typer.echo(f"  user {CREDENTIALS.user}, password {CREDENTIALS.password}; what was asked: GET /asked")
    _until_stopped(server)


def _until_stopped(server: Server) -> None:
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    stop.wait()
    server.shutdown()
    server.server_close()
    typer.echo(", ".join(f"{count:,} {what}" for what, count in server.counts.items()))
