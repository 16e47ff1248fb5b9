"""`frontdesk export`: one patient's whole record in a file, on record with its reason."""

import os
from pathlib import Path
from typing import Annotated

import typer

from frontdesk.exchange.records.zipped import zipped
from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import NotFound, Refused
from frontdesk.kit.permissions import ADMIN, held_by
from frontdesk.office.patients.models import Patient
from frontdesk.office.practice.queries import practice
from frontdesk.office.privacy import services as privacy

app = typer.Typer(help="Take a record out of the house.", no_args_is_help=True)


@app.callback()
def export() -> None:
    """Take a record out of the house."""


@app.command()
def patient(
    mrn: Annotated[str, typer.Argument(help="The patient's medical record number.")],
    file: Annotated[
        Path, typer.Argument(help="Where the ZIP goes; nothing may be there yet.", dir_okay=False)
    ],
    reason: Annotated[str, typer.Option(help="Why it leaves the house, and for whom.", prompt=True)],
    to: Annotated[str, typer.Option(help="Who gets it, where that is not the patient.")] = "",
    ground: Annotated[
        str, typer.Option(help="On what ground: individual, authorized, treatment, emergency, …")
    ] = "individual",
) -> None:
    """Write everything about one patient: PDF, JSON and CSV in one ZIP, readable by this account alone."""
    found = Patient.objects.filter(mrn=mrn).values_list("pk", flat=True).first()
    if found is None:
        msg = "No patient has that number."
        raise NotFound(msg)
    if file.exists():
        msg = f"{file} is there already. Nothing was written."
        raise Refused(msg)
    record = privacy.export_record(_by(), patient_id=found, reason=reason, basis=ground, recipient=to)
    name = practice()
    content = zipped(record, name.name if name else "", clock.now())
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
    typer.echo(f"{file}: {record.count:,} rows of {len(record.tables)} tables, {len(content):,} bytes")


def _by() -> Actor:
    return Actor("system", None, "command line", held_by(ADMIN), source="cli")
