"""Accounts made on the command line: the first administrator."""

from typing import Annotated

import typer

from frontdesk.kit.actor import Actor
from frontdesk.kit.permissions import ADMIN, held_by
from frontdesk.office.accounts import services as accounts


def create_admin(
    username: Annotated[str, typer.Argument(help="What they type to sign in.")],
    name: Annotated[str, typer.Option(help="Their name, as colleagues know them.")],
    password: Annotated[
        str,
        typer.Option(prompt=True, hide_input=True, confirmation_prompt=True, help="15 characters or more."),
    ],
) -> None:
    """Make an administrator's account. There is no default account; this makes the first one."""
    by = Actor("system", None, "command line", held_by(ADMIN), source="cli")
    accounts.create_user(by, username=username, display_name=name, role=ADMIN, password=password)
    typer.echo(f"{username} can sign in now.")
