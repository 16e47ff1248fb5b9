"""`frontdesk cardnet`: start the practice card network."""

import signal
import threading
from pathlib import Path
from typing import Annotated

import typer

from frontdesk.kit.errors import Refused
from frontdesk.outside.cardnet.network import READERS, Network
from frontdesk.outside.cardnet.server import HOST, KEY, PORT, SECRET, Server, address
from frontdesk.outside.cardnet.store import Store


def cardnet(
    port: Annotated[int, typer.Option(help="Port to listen on, on this machine only.")] = PORT,
    file: Annotated[
        Path | None,
        typer.Option(
            "--keep",
            help="Where it keeps what it knows; without it, that is gone with it.",
            show_default=False,
            dir_okay=False,
        ),
    ] = None,
    tap: Annotated[
        float, typer.Option(help="After so many seconds a card is tapped by itself; -1 for never.", min=-1)
    ] = 2.0,
    drop: Annotated[
        float, typer.Option(help="Share of answers that never arrive: the deed is done.", min=0, max=1)
    ] = 0.0,
    seed: Annotated[int, typer.Option(help="The same number drops the same ones.")] = 1,
    webhook: Annotated[str, typer.Option(help="Where events are told.", show_default=False)] = "",
) -> None:
    """Start the practice card network: a stand-in card processor to practise with. No card is real, no money moves.

    It speaks as much of Stripe's HTTP API as the desk uses, until it is stopped.
    """
    network = Network(Store(file), tap=None if tap < 0 else tap)
    try:
        server = Server((HOST, port), network, drop=drop, seed=seed, webhook=webhook)
    except OSError as error:
        msg = f"Port {port} cannot be listened on: {error.strerror}."
        raise Refused(msg) from None
    typer.echo(f"The practice card network, where no card is real: {address(server.server_port)}")
    typer.echo(
        f"  key {KEY}, webhooks signed with {SECRET}, readers {', '.join(READERS)}; what was charged: GET /counts"
    )
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    stop.wait()
    server.shutdown()
    server.server_close()
