"""Read a list of networks: who of the practice is in network with which payer and plan, from when until when.

One row a contract. Columns are found by their names: the payer (its name or payer ID), the provider's NPI (empty or "all":
everybody), the plan (empty: every plan), whether they are in network (empty: yes), the first and the last day.
"""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

from frontdesk.exchange.imports.csvfile import Record, open_table
from frontdesk.exchange.imports.rows import IncomingNetwork, Rejected, Row, Source
from frontdesk.exchange.imports.run import Put
from frontdesk.exchange.imports.words import day
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.office.coverage import services

PAYER = ("payer", "payername", "payerid", "name")
COLUMNS = {
    "npi": ("npi", "provider", "providernpi"),
    "plan": ("plan", "planname", "product"),
    "inside": ("innetwork", "network", "participating", "par"),
    "begins": ("from", "begins", "effective", "effectivedate", "start"),
    "ends": ("until", "ends", "termination", "terminationdate", "end"),
}
YES_NO = {"": True, "yes": True, "y": True, "true": True, "in": True, "par": True}
YES_NO |= dict.fromkeys(("no", "n", "false", "out", "nonpar"), False)
DAYS = ("%m/%d/%Y", "%Y-%m-%d")


def open_networks(path: Path) -> Source:
    """Return a list's rows. Raises `Invalid` when it has no column that names the payer."""
    table = open_table(path)
    header = tuple(re.sub(r"[^a-z0-9]", "", name.lower()) for name in table.header)
    payer = _column(header, PAYER)
    if payer is None:
        msg = f"{path.name} has no column that names the payer; it has {', '.join(table.header)}."
        raise Invalid(msg)
    columns = {"payer": payer} | {what: _column(header, names) for what, names in COLUMNS.items()}
    rows = (_row(record, columns) for record in table.records())
    return Source(path.name, len(table.lines) - table.first_line, rows, table.notices, table.header)


def network_taker(by: Actor) -> Put:
    """Return what hands a row to the coverage room."""

    def put(one: IncomingNetwork, _remark: Callable[[str], None]) -> bool:
        return services.import_network(
            by,
            payer=one.payer,
            npi=one.npi,
            plan=one.plan,
            inside=one.inside,
            begins=one.begins,
            ends=one.ends,
        )

    return put


def _column(header: tuple[str, ...], names: tuple[str, ...]) -> int | None:
    return next((header.index(name) for name in names if name in header), None)


def _row(record: Record, columns: dict[str, int | None]) -> Row:
    if record.wrong:
        return Rejected(record.line, record.wrong, record.cells)

    def cell(what: str) -> str:
        at = columns[what]
        return record.cells[at] if at is not None else ""

    said = re.sub(r"[^a-z]", "", cell("inside").lower())
    try:
        begins, ends = typed_day(cell("begins")), typed_day(cell("ends"))
    except ValueError as wrong:
        return Rejected(record.line, str(wrong), record.cells)
    if not cell("payer"):
        return Rejected(record.line, "the payer is missing", record.cells)
    if said not in YES_NO:
        return Rejected(record.line, "in network is neither yes nor no", record.cells)
    npi = "" if cell("npi").lower() in {"all", "everybody"} else cell("npi")
    return IncomingNetwork(record.line, cell("payer"), npi, cell("plan"), YES_NO[said], begins, ends)


def typed_day(text: str) -> date | None:
    """Return a day as lists write it; None for nothing. Raises `ValueError`."""
    if not text:
        return None
    for form in DAYS:
        try:
            return day(text, form)
        except (ValueError, Invalid):
            continue
    msg = f"{text[:40]} is no day; write 3/14/2026 or 2026-03-14"
    raise ValueError(msg)
