"""Read a clearinghouse's list of payers: a table with names, payer IDs, and what each transaction asks for.

Clearinghouses publish such lists in much the same shape: one row a payer, a column a transaction whose cell says yes, no
or enrollment. Columns are found by their names; what is not there is left out.
"""

import re
from collections.abc import Callable
from pathlib import Path

from frontdesk.exchange.imports.csvfile import Record, open_table
from frontdesk.exchange.imports.rows import IncomingPayer, Rejected, Row, Source
from frontdesk.exchange.imports.run import Put
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.office.coverage import services

NAME = ("payername", "name", "payer")
NUMBER = ("payerid", "id", "payernumber")
TRANSACTIONS = {
    "eligibility": ("eligibility", "realtimeeligibility", "270271"),
    "claims": ("professionalclaims", "claims", "837p"),
    "institutional": ("institutionalclaims", "837i"),
    "remittance": ("era", "remittance", "835"),
    "status": ("claimstatus", "status", "276277"),
    "attachments": ("attachments", "275"),
}
KINDS = {
    "commercial": "commercial",
    "bcbs": "blue",
    "bluecrossblueshield": "blue",
    "medicare": "medicare",
    "medicareadvantage": "medicare_advantage",
    "medicaid": "medicaid",
    "champus": "tricare",
    "tricare": "tricare",
    "workerscomp": "workers_comp",
    "auto": "auto",
}
ENROLMENT = {"yes": "none", "y": "none", "true": "none", "enrollment": "needed", "enrolment": "needed"}


def open_payers(path: Path) -> Source:
    """Return a list's payers. Raises `Invalid` when it has no column with names or none with payer IDs."""
    table = open_table(path)
    header = tuple(re.sub(r"[^a-z0-9]", "", name.lower()) for name in table.header)
    columns = {"name": _column(header, NAME), "number": _column(header, NUMBER)}
    for what, at in columns.items():
        if at is None:
            asked = "the payers' names" if what == "name" else "payer IDs"
            msg = f"{path.name} has no column with {asked}; it has {', '.join(table.header)}."
            raise Invalid(msg)
    columns |= {what: _column(header, names) for what, names in TRANSACTIONS.items()}
    columns |= {
        "kind": _column(header, ("payertype", "type")),
        "state": _column(header, ("payerstate", "state")),
    }
    rows = (_row(record, columns) for record in table.records())
    return Source(path.name, len(table.lines) - table.first_line, rows, table.notices, table.header)


def payer_taker(by: Actor) -> Put:
    """Return what hands a payer to the coverage room."""

    def put(one: IncomingPayer, remark: Callable[[str], None]) -> bool:
        for said in one.remarks:
            remark(said)
        fields = {"kind": one.kind, "state": one.state}
        return services.import_payer(by, name=one.name, numbers=one.numbers, fields=fields)

    return put


def _column(header: tuple[str, ...], names: tuple[str, ...]) -> int | None:
    return next((header.index(name) for name in names if name in header), None)


def _row(record: Record, columns: dict[str, int | None]) -> Row:
    if record.wrong:
        return Rejected(record.line, record.wrong, record.cells)

    def cell(what: str) -> str:
        at = columns[what]
        return record.cells[at] if at is not None else ""

    name, number = cell("name"), cell("number")
    if not name or not number:
        return Rejected(
            record.line, "the name is missing" if not name else "the payer ID is missing", record.cells
        )
    numbers, remarks = {}, []
    for what in TRANSACTIONS:
        said = cell(what).lower()
        if said in ENROLMENT:
            numbers[what] = (number, ENROLMENT[said])
        elif said not in {"", "no", "n", "false"}:
            remarks.append(f"{what} was left out: neither yes, no nor enrollment, but {said[:40]}")
    kind, state = re.sub(r"[^a-z]", "", cell("kind").lower()), cell("state").upper()
    if state and not re.fullmatch("[A-Z]{2}", state):
        remarks.append(f"the state {state[:40]} was left out")
        state = ""
    if not numbers:
        numbers["claims"] = (number, "none")
    return IncomingPayer(
        record.line, name, KINDS.get(kind, "other" if kind else "commercial"), state, numbers, tuple(remarks)
    )
