"""`frontdesk permissions`: who may do what, as one table: every verb of the office and every address, for every role."""

import inspect
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import Annotated, Any

import typer
from django.urls import URLPattern, URLResolver, get_resolver

import frontdesk.office
from frontdesk.kit.errors import NotFound
from frontdesk.kit.permissions import ROLES, declared, held_by, stand_of


@dataclass(frozen=True, slots=True)
class Row:
    """One line: a verb, or an address and a way to ask it; `permission` is what it stands on, `roles` who holds it."""

    what: str
    name: str
    permission: str
    roles: list[str]


def permissions(
    role: Annotated[str, typer.Option(help=f"Only what this role may do: {', '.join(ROLES)}.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="The table as JSON.")] = False,
) -> None:
    """Print who may do what: every verb and every address, for every role. It is the table the program itself asks."""
    if role and role not in ROLES:
        msg = f"There is no role {role}. There are: {', '.join(ROLES)}."
        raise NotFound(msg)
    rows = [row for row in table() if not role or role in row.roles]
    if as_json:
        typer.echo(json.dumps([asdict(row) for row in rows], indent=1))
        return
    shown = [role] if role else list(ROLES)
    wide, held = max(len(row.name) for row in rows), max(len(row.permission) for row in rows)
    typer.echo(f"{'':8}{'':{wide}}  {'stands on':{held}}  {' '.join(shown)}")
    for row in rows:
        marks = " ".join(("x" if one in row.roles else ".").center(len(one)) for one in shown)
        typer.echo(f"{row.what:8}{row.name:{wide}}  {row.permission:{held}}  {marks}".rstrip())


def table() -> list[Row]:
    """Return every line of the table: the verbs by room, then the addresses in the order they are matched."""
    rows = [_row("verb", action, permission) for action, permission in verbs().items()]
    for name, route, _ in routes():
        stands_on = stand_of(name)
        if stands_on is None:
            rows.append(Row("route", route, "NOBODY SAID", []))
        elif stands_on.open_to:
            rows.append(Row("open", route, "anybody", list(ROLES)))
        else:
            asked = {"GET": stands_on.look, "POST": stands_on.deed}
            rows += [_row(method, route, needed) for method, needed in asked.items() if needed]
            rows += [_row("POST", f"{route} [{word}]", needed) for word, needed in stands_on.by.items()]
    return rows


def verbs() -> dict[str, str]:
    """Return every verb of the office with the permission it stands on."""
    found: dict[str, str] = {}
    for room in sorted(one.name for one in iter_modules(frontdesk.office.__path__)):
        name = f"frontdesk.office.{room}.services"
        if find_spec(name) is None:
            continue
        for _, verb in inspect.getmembers(import_module(name), inspect.isfunction):
            if action := getattr(verb, "action", ""):
                found[action] = str(getattr(verb, "permission", ""))
    return dict(sorted(found.items()))


def routes() -> Iterator[tuple[str, str, Any]]:
    """Walk the addresses: the name of each, how it reads, and the view that answers."""
    yield from _walk(get_resolver().url_patterns, "/")


def _walk(patterns: list[Any], before: str) -> Iterator[tuple[str, str, Any]]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, before + str(one.pattern))
        elif isinstance(one, URLPattern):
            yield one.name or "", before + str(one.pattern), one.callback


def _row(what: str, name: str, permission: str) -> Row:
    known = declared().get(permission)
    nobody = known is None or not known.roles
    return Row(what, name, permission, [] if nobody else [one for one in ROLES if permission in held_by(one)])
