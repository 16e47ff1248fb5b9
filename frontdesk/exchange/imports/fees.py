"""Read a list of prices: the practice's fees, and what payers have agreed to.

One row a price. Columns are found by their names: the code (CPT or HCPCS), its modifier, words, the amount in dollars, the
first and the last day, and of an agreed rate the payer (its name or payer ID) and the plan (empty: every plan).
"""

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from pathlib import Path

from frontdesk.exchange.imports.csvfile import Record, open_table
from frontdesk.exchange.imports.networks import typed_day
from frontdesk.exchange.imports.rows import IncomingPrice, Rejected, Row, Source
from frontdesk.exchange.imports.run import Put
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.office.billing import services

COLUMNS = {
    "code": ("code", "cpt", "cptcode", "hcpcs", "procedure", "procedurecode"),
    "amount": ("amount", "fee", "price", "rate", "allowed", "allowedamount", "charge"),
    "modifier": ("modifier", "mod"),
    "words": ("words", "description", "service", "descriptor"),
    "begins": ("begins", "from", "effective", "effectivedate", "start"),
    "ends": ("ends", "until", "termination", "terminationdate", "end"),
    "payer": ("payer", "payername", "payerid"),
    "plan": ("plan", "planname", "product"),
}
_NEEDED = {"code": "codes", "amount": "amounts", "begins": "first days"}


def open_fees(path: Path) -> Source:
    """Return a list's fees; a row that names a payer is refused. Raises `Invalid` where a column is missing."""
    return _open(path, of_payers=False)


def open_rates(path: Path) -> Source:
    """Return a list's agreed rates, each with its payer. Raises `Invalid` where a column is missing."""
    return _open(path, of_payers=True)


def price_taker(by: Actor) -> Put:
    """Return what hands a row to the billing room."""

    def put(one: IncomingPrice, _remark: Callable[[str], None]) -> bool:
        return services.import_price(
            by, code=one.code, modifier=one.modifier, words=one.words, cents=one.cents, begins=one.begins,
            ends=one.ends, payer=one.payer, plan=one.plan,
        )  # fmt: skip

    return put


def _open(path: Path, *, of_payers: bool) -> Source:
    table = open_table(path)
    header = tuple(re.sub(r"[^a-z0-9]", "", name.lower()) for name in table.header)
    columns = {
        what: next((header.index(name) for name in names if name in header), None)
        for what, names in COLUMNS.items()
    }
    for what, words in {**_NEEDED, **({"payer": "payers"} if of_payers else {})}.items():
        if columns[what] is None:
            msg = f"{path.name} has no column with {words}; it has {', '.join(table.header)}."
            raise Invalid(msg)
    rows = (_row(record, columns, of_payers=of_payers) for record in table.records())
    return Source(path.name, len(table.lines) - table.first_line, rows, table.notices, table.header)


def _row(record: Record, columns: dict[str, int | None], *, of_payers: bool) -> Row:
    if record.wrong:
        return Rejected(record.line, record.wrong, record.cells)

    def cell(what: str) -> str:
        at = columns[what]
        return record.cells[at] if at is not None else ""

    try:
        if of_payers != bool(cell("payer")):
            msg = (
                "the payer is missing"
                if of_payers
                else "a fee has no payer: take agreed rates in by themselves"
            )
            raise ValueError(msg)
        begins = typed_day(cell("begins"))
        if begins is None:
            msg = "the first day is missing"
            raise ValueError(msg)
        return IncomingPrice(
            record.line, cell("code"), _cents(cell("amount")), begins, typed_day(cell("ends")), cell("modifier"),
            cell("words"), cell("payer"), cell("plan"),
        )  # fmt: skip
    except ValueError as wrong:
        return Rejected(record.line, str(wrong), record.cells)


def _cents(text: str) -> int:
    """Return dollars as cents. Raises `ValueError` for what is none, is negative, or has fractions of a cent."""
    try:
        cents = Decimal(text.replace("$", "").replace(",", "").strip()) * 100
    except InvalidOperation:
        cents = Decimal("NaN")
    if not cents.is_finite() or cents < 0 or cents != cents.to_integral_value():
        msg = f"{text[:40] or 'nothing'} is no amount; write 135.00"
        raise ValueError(msg)
    return int(cents)
