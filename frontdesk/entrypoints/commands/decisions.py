"""`frontdesk take-decisions`: what payers decided about authorizations after they had pended them."""

from pathlib import Path
from typing import Annotated

import typer

from frontdesk.exchange.authorizations.incoming import LARGEST, take_in
from frontdesk.kit.actor import SYSTEM
from frontdesk.kit.errors import Refused


def take_decisions(
    file: Annotated[Path, typer.Argument(help="A file of 278s from a payer.", exists=True, dir_okay=False)],
) -> None:
    """Take in what payers decided about authorizations (278). Exit code 1 where an answer is for no request of ours."""
    if file.stat().st_size > LARGEST:
        msg = "That file is larger than 4 MB. Nothing was taken in."
        raise Refused(msg)
    wrong = 0
    for one in take_in(SYSTEM, file.read_bytes()):
        typer.secho(one.problem or one.words, fg="red" if one.problem else None, err=bool(one.problem))
        wrong += bool(one.problem)
    raise typer.Exit(1 if wrong else 0)
