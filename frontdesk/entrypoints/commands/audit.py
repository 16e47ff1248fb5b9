"""`frontdesk audit`: the record of deeds for another system, the week's looks to explain, and access that lives on."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from frontdesk.exchange import events
from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid, Refused
from frontdesk.kit.permissions import ADMIN, held_by
from frontdesk.office.audit.queries import Ask
from frontdesk.office.oversight import queries
from frontdesk.office.oversight import services as oversight

app = typer.Typer(help="The record of who did and saw what.", no_args_is_help=True)


@app.command()
def export(
    file: Annotated[
        Path, typer.Argument(help="The file to write; one that is there is not overwritten.", dir_okay=False)
    ],
    first: Annotated[str, typer.Option("--from", help="The first day, as 2026-03-01 (UTC).")],
    last: Annotated[str, typer.Option("--to", help="The last day, included.")],
    restricted: Annotated[
        bool, typer.Option(help="Say of restricted records too whose they are, and why.")
    ] = False,
) -> None:
    """Write the record of some days as FHIR R4 AuditEvent, one a line (NDJSON); that it was is on record too."""
    ask = Ask(_midnight(first, "from"), _midnight(last, "to") + timedelta(days=1))
    if file.exists():
        msg = f"{file} is already there."
        raise Refused(msg)
    file.touch(mode=0o600)
    with file.open("w", encoding="utf-8") as to:
        count = events.write(oversight.export_events(_by(), ask=ask, restricted=restricted), to)
    typer.echo(f"{file}  {count:,} events")


@app.command()
def snooping(
    week: Annotated[
        str, typer.Option(help="A day of the week, as 2026-03-02; default: the last whole week.")
    ] = "",
) -> None:
    """Go through a week's looks at charts and list those that ask to be explained."""
    day = _midnight(week, "week").date() if week else clock.now().date() - timedelta(days=7)
    monday = day - timedelta(days=day.weekday())
    new = oversight.find_snooping(_by(), week=monday)
    number = 1
    while found := queries.lines(monday, page=number)[0]:
        for one in found:
            whose = f"chart {one.mrn}" if one.mrn else f"{one.times} charts"
            typer.echo(
                f"{one.first_at:%Y-%m-%d %H:%M}  {one.who}  {whose}  {'; '.join(one.why)}  [{one.state}]"
            )
        number += 1
    typer.echo(f"Week of {monday}: {new} new.")


@app.command()
def access() -> None:
    """List accounts whose access seems to live on after somebody left; exit 1 when there is one."""
    rows, _ = oversight.review_access(_by())
    doubtful = [row for row in rows if row.doubts]
    for row in doubtful:
        typer.echo(f"{row.username}  {row.role}  {'; '.join(row.doubts)}")
    if doubtful:
        raise typer.Exit(1)
    typer.echo(f"{len(rows)} accounts, nothing to look at.")


def _by() -> Actor:
    return Actor("system", None, "command line", held_by(ADMIN), source="cli")


def _midnight(text: str, name: str) -> datetime:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        msg = f"{text} is not a day; it is written 2026-03-01."
        raise Invalid(msg, fields={name: msg}) from None
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
