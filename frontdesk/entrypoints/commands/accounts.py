"""Accounts made and ended on the command line: the first administrator, and help when nobody can sign in."""

from typing import Annotated

import typer

from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import NotFound
from frontdesk.kit.permissions import ADMIN, PSR, ROLES, held_by
from frontdesk.office.accounts import queries
from frontdesk.office.accounts import services as accounts
from frontdesk.office.accounts.models import User
from frontdesk.office.accounts.rules import one_time_password
from frontdesk.office.practice.queries import locations

Username = Annotated[str, typer.Argument(help="What they type to sign in.")]


def create_admin(
    username: Username,
    name: Annotated[str, typer.Option(help="Their name, as colleagues know them.")],
    password: Annotated[
        str,
        typer.Option(prompt=True, hide_input=True, confirmation_prompt=True, help="15 characters or more."),
    ],
) -> None:
    """Make an administrator's account. There is no default account; this makes the first one."""
    accounts.create_user(_by(), username=username, display_name=name, role=ADMIN, password=password)
    typer.echo(f"{username} can sign in now.")


def create_user(
    username: Username,
    name: Annotated[str, typer.Option(help="Their name, as colleagues know them.")],
    role: Annotated[str, typer.Option(help=f"One of {', '.join(ROLES)}.")] = PSR,
    at: Annotated[
        list[str] | None,
        typer.Option(help="A location they work at, by its short name; again for each. Without it: all."),
    ] = None,
    owner: Annotated[
        str, typer.Option(help="For a service account: the user name of whoever answers for it.")
    ] = "",
) -> None:
    """Make a colleague's account; prints a one-time password that they change when they first sign in."""
    sites = [_site(one) for one in at] if at else None
    secret = one_time_password()
    made = accounts.create_user(
        _by(),
        username=username,
        display_name=name,
        role=role,
        password=secret,
        one_time=True,
        home_location_id=sites[0] if sites else None,
        site_ids=sites,
        owner_id=_known(owner).pk if owner else None,
    )
    _tell(made, secret)


def reset_password(
    username: Username,
    lost_factors: Annotated[
        bool, typer.Option("--lost-factors", help="Their app, passkeys and recovery codes are lost too.")
    ] = False,
) -> None:
    """Print a new one-time password for somebody, whose sessions all end; who had left is let in again."""
    secret = one_time_password()
    made = accounts.give_one_time_password(
        _by(), user_id=_known(username).pk, password=secret, lost_factors=lost_factors
    )
    _tell(made, secret)


def end_access(username: Username) -> None:
    """Sign somebody out everywhere and let them in no more; what they did stays on record."""
    gone = accounts.deactivate(_by(), user_id=_known(username).pk)
    typer.echo(f"{gone.username} is signed out and cannot sign in any more.")


def _by() -> Actor:
    return Actor("system", None, "command line", held_by(ADMIN), source="cli")


def _known(username: str) -> User:
    found = queries.account_called(username)
    if found is None:
        msg = f"Nobody signs in as {username}."
        raise NotFound(msg)
    return found


def _site(name: str) -> int:
    """Return the location of that name, short or whole, in any case."""
    here = locations()
    wanted = name.strip().casefold()
    found = [one.pk for one in here if wanted in {one.short_name.casefold(), one.name.casefold()}]
    if len(found) != 1:
        known = ", ".join(one.short_name for one in here) or "none yet"
        msg = f"There is no location called {name}. There are: {known}."
        raise NotFound(msg)
    return found[0]


def _tell(user: User, secret: str) -> None:
    typer.echo(f"{user.username} can sign in now, with this password once: {secret}")
    typer.echo("It holds for seven days. They choose their own when they sign in.")
