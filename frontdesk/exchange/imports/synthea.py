"""Read the patients of Synthea's CSV export (https://github.com/synthetichealth/synthea/wiki/CSV-File-Data-Dictionary)."""

from collections.abc import Mapping
from pathlib import Path

from frontdesk.exchange.imports import words
from frontdesk.exchange.imports.csvfile import Record, open_table
from frontdesk.exchange.imports.rows import Incoming, Place, Rejected, Row, Source
from frontdesk.kit.errors import Invalid, NotFound

SYSTEM = "https://github.com/synthetichealth/synthea"
NEEDED = ("ID", "BIRTHDATE", "FIRST", "LAST", "GENDER")


def patients_file(folder: Path) -> Path:
    """Return the patients' file of an export, whatever stands before its name. Raises `NotFound`."""
    found = sorted(path for path in folder.iterdir() if path.name.lower().endswith("patients.csv"))
    if not found:
        msg = f"There is no patients.csv in {folder}."
        raise NotFound(msg)
    return found[0]


def open_synthea(path: Path) -> Source:
    """Return the export's patients. Raises `Invalid` when the file lacks a column that is needed."""
    table = open_table(path)
    header = tuple(name.upper() for name in table.header)
    missing = [name for name in NEEDED if name not in header]
    if missing:
        msg = f"{path.name} is not Synthea's: it has no column {', '.join(missing)}."
        raise Invalid(msg)
    rows = (_row(record, header) for record in table.records())
    return Source(path.name, len(table.lines) - table.first_line, rows, table.notices, table.header)


def _row(record: Record, header: tuple[str, ...]) -> Row:
    if record.wrong:
        return Rejected(record.line, record.wrong, record.cells)
    try:
        return _incoming(record.line, dict(zip(header, record.cells, strict=True)))
    except ValueError as why:
        return Rejected(record.line, str(why), record.cells)


def _incoming(line: int, cell: Mapping[str, str]) -> Incoming:
    given = [words.without_digits(part) for part in (cell["FIRST"], cell.get("MIDDLE", ""), cell["LAST"])]
    first, middle, last = given
    if not first or not last:
        msg = "the name is missing"
        raise ValueError(msg)
    died = cell.get("DEATHDATE", "")
    maiden = words.without_digits(cell.get("MAIDEN", ""))
    return Incoming(
        line=line,
        first=first,
        middle=middle,
        last=last,
        suffix=cell.get("SUFFIX", ""),
        previous_last=maiden if maiden != last else "",
        birth_date=words.birthday(cell["BIRTHDATE"], "%Y-%m-%d"),
        sex=words.SEXES.get(cell["GENDER"].lower(), "unknown"),
        race=tuple(filter(None, (words.RACES.get(cell.get("RACE", "").lower(), ""),))),
        ethnicity=words.ETHNICITIES.get(cell.get("ETHNICITY", "").lower(), ""),
        places=_places(cell),
        deceased=bool(died),
        deceased_on=words.day(died, "%Y-%m-%d") if died else None,
        ssn=cell.get("SSN", ""),
        made_up=True,
        system=SYSTEM,
        value=cell["ID"] or _no_id(),
    )


def _no_id() -> str:
    msg = "the Id is missing"
    raise ValueError(msg)


def _places(cell: Mapping[str, str]) -> tuple[Place, ...]:
    line, city, zip_code = cell.get("ADDRESS", ""), cell.get("CITY", ""), cell.get("ZIP", "")
    if not (line or city):
        return ()
    return (
        Place(line, "", city, words.state(cell.get("STATE", "")), "" if zip_code == "00000" else zip_code),
    )
