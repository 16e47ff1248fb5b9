"""The map file: which of a list's columns is which of ours. TOML, because people write it by hand.

source = "old-system"            # names the list; with `id` a second run knows each patient again
[columns]
id = "PatientNo"
first_name = "First"
last_name = "Last"
address = ["Addr1", "Addr2"]     # several columns are joined with a space
birth_date = "DOB"
[dates]
format = "%m/%d/%Y"
[values.sex]
"1" = "male"
[defaults]
state = "MA"
"""

import difflib
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from frontdesk.exchange.imports import words
from frontdesk.exchange.imports.csvfile import Record, Table
from frontdesk.exchange.imports.rows import (
    ROW_SYSTEM,
    Incoming,
    Number,
    Person,
    Place,
    Rejected,
    Row,
    Source,
    row_hash,
)
from frontdesk.kit.errors import Invalid

FIELDS = {
    "id": "the number the other program gave the patient",
    "full_name": "Last, First Middle in one column",
    "first_name": "first name", "middle_name": "middle name", "last_name": "last name", "suffix": "Jr., III",
    "preferred_name": "the name they go by", "previous_last_name": "maiden or earlier last name",
    "birth_date": "date of birth", "sex": "female, male, other, unknown",
    "gender": "gender identity", "pronouns": "pronouns",
    "race": "race", "ethnicity": "ethnicity", "language": "language, by name or code",
    "interpreter": "whether an interpreter is needed: yes or no",
    "address": "street and number", "address_2": "apartment, unit", "city": "city", "state": "state", "zip": "ZIP code",
    "mobile_phone": "mobile phone", "home_phone": "home phone", "work_phone": "work phone", "email": "e-mail",
    "ssn": "social security number; it is kept sealed",
    "deceased_on": "date of death", "note": "a note for the desk",
    "guardian_first_name": "guardian's first name", "guardian_last_name": "guardian's last name",
    "guardian_phone": "guardian's phone",
    "emergency_name": "emergency contact's whole name", "emergency_phone": "emergency contact's phone",
    "emergency_relation": "what the emergency contact is to the patient",
}  # fmt: skip
"""Our fields, in the words of the map file."""
YES = {"yes", "y", "true", "1", "t", "x"}


@dataclass(frozen=True, slots=True)
class Map:
    """A map file, read and found to make sense."""

    source: str
    columns: Mapping[str, tuple[str, ...]]
    date_format: str = "%m/%d/%Y"
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)


def read_map(path: Path) -> Map:
    """Read a map file. Raises `Invalid`, naming each thing that is wrong with it."""
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as broken:
        msg = f"{path.name} is not TOML: {broken}"
        raise Invalid(msg) from None
    wrong: dict[str, str] = {}
    columns = _columns(given.get("columns"), wrong)
    values = {
        name: {str(k).strip().lower(): str(v) for k, v in table.items()}
        for name, table in _tables(given.get("values"), wrong)
    }
    defaults = {name: str(value) for name, value in dict(given.get("defaults") or {}).items()}
    for name in (*columns, *values, *defaults):
        if name not in FIELDS:
            wrong[name] = f"is not a field of ours{_did_you_mean(name, FIELDS)}"
    if "full_name" not in columns and not {"first_name", "last_name"} <= columns.keys():
        wrong["columns"] = "needs first_name and last_name, or full_name"
    if "birth_date" not in columns:
        wrong["birth_date"] = "needs a column"
    _refuse(path.name, wrong)
    dates = given.get("dates") or {}
    form = str(dates.get("format", "%m/%d/%Y")) if isinstance(dates, dict) else "%m/%d/%Y"
    return Map(str(given.get("source") or path.stem), columns, form, values, defaults)


def _columns(given: object, wrong: dict[str, str]) -> dict[str, tuple[str, ...]]:
    if not isinstance(given, dict):
        wrong["columns"] = "this table is missing"
        return {}
    found = {}
    for name, value in given.items():
        parts = value if isinstance(value, list) else [value]
        if not all(isinstance(part, str) and part for part in parts):
            wrong[name] = "should be a column's name, or a list of names"
            continue
        found[str(name)] = tuple(parts)
    return found


def _tables(given: object, wrong: dict[str, str]) -> list[tuple[str, dict[str, object]]]:
    if given is None:
        return []
    if not isinstance(given, dict) or not all(isinstance(table, dict) for table in given.values()):
        wrong["values"] = 'should hold tables, such as [values.sex] with "1" = "male"'
        return []
    return list(given.items())


def _did_you_mean(name: str, known: Mapping[str, object] | tuple[str, ...]) -> str:
    near = difflib.get_close_matches(name, list(known), n=1)
    return f"; did you mean {near[0]}?" if near else ""


def _refuse(name: str, wrong: Mapping[str, str]) -> None:
    if wrong:
        msg = f"{name} cannot be used."
        raise Invalid(msg, fields=wrong)


def mapped(table: Table, chart: Map, name: str) -> Source:
    """Return the table's rows as patients. Raises `Invalid` when a column of the map is not in the table."""
    missing = {
        column: f"is not a column of the file{_did_you_mean(column, table.header)}"
        for columns in chart.columns.values()
        for column in columns
        if column not in table.header
    }
    _refuse(name, missing)
    place = {name: number for number, name in enumerate(table.header)}
    index = {ours: [place[column] for column in columns] for ours, columns in chart.columns.items()}
    read = _reader(chart, index)
    rows = (_row(record, read) for record in table.records())
    return Source(name, max(0, len(table.lines) - table.first_line), rows, table.notices, table.header)


def _row(record: Record, read: Callable[[Record], Incoming]) -> Row:
    if record.wrong:
        return Rejected(record.line, record.wrong, record.cells)
    try:
        return read(record)
    except ValueError as why:
        return Rejected(record.line, str(why), record.cells)


def _reader(chart: Map, index: Mapping[str, list[int]]) -> Callable[[Record], Incoming]:
    """Return the function that makes a patient of a record. It raises ValueError with the reason when it cannot."""

    def value(record: Record, ours: str) -> str:
        text = " ".join(cell for at in index.get(ours, ()) if (cell := record.cells[at]))
        table = chart.values.get(ours)
        if table:
            text = table.get(text.lower(), text)
        return " ".join(text.split()) or chart.defaults.get(ours, "")

    def read(record: Record) -> Incoming:
        # A hash of a row is kept in the open: nine digits among what is known otherwise could be guessed from it.
        shut = set(index.get("ssn", ()))
        open_cells = [cell for at, cell in enumerate(record.cells) if at not in shut]
        return _incoming(record, {ours: value(record, ours) for ours in FIELDS}, chart, open_cells)

    return read


def _incoming(record: Record, given: Mapping[str, str], chart: Map, open_cells: list[str]) -> Incoming:
    remarks: list[str] = []
    first, middle, last = _name(given)
    own = given["id"]
    return Incoming(
        line=record.line,
        first=first,
        middle=middle,
        last=last,
        suffix=given["suffix"],
        preferred=given["preferred_name"],
        previous_last=given["previous_last_name"],
        birth_date=words.birthday(given["birth_date"], chart.date_format),
        sex=_known(given["sex"], words.SEXES, "sex"),
        gender_identity=given["gender"],
        pronouns=given["pronouns"],
        race=tuple(filter(None, (_maybe(p, words.RACES, "race", remarks) for p in given["race"].split(";")))),
        ethnicity=_maybe(given["ethnicity"], words.ETHNICITIES, "ethnicity", remarks),
        language=words.language(given["language"]),
        interpreter=given["interpreter"].lower() in YES if given["interpreter"] else None,
        email=given["email"],
        places=_places(given),
        numbers=_numbers(given),
        people=_people(given),
        deceased=bool(given["deceased_on"]),
        deceased_on=words.day(given["deceased_on"], chart.date_format) if given["deceased_on"] else None,
        note=given["note"],
        ssn=given["ssn"],
        system=f"urn:frontdesk:list:{chart.source}" if own else ROW_SYSTEM,
        value=own or row_hash(chart.source, *open_cells),
        remarks=tuple(remarks),
    )


def _name(given: Mapping[str, str]) -> tuple[str, str, str]:
    first, middle, last = given["first_name"], given["middle_name"], given["last_name"]
    whole = given["full_name"]
    if whole and not (first and last):
        last, _, rest = whole.partition(",")
        first, _, middle = rest.strip().partition(" ")
        if not rest:
            first, _, last = whole.rpartition(" ")
    if not first or not last:
        msg = (
            "the first name is missing"
            if last
            else "the last name is missing"
            if first
            else "the name is missing"
        )
        raise ValueError(msg)
    return first.strip(), middle.strip(), last.strip()


def _known(text: str, table: Mapping[str, str], what: str) -> str:
    found = table.get(text.strip().lower())
    if found is None:
        msg = f"{text!r} is not a {what} known here; add it under [values.{what}]"
        raise ValueError(msg)
    return found


def _maybe(text: str, table: Mapping[str, str], what: str, remarks: list[str]) -> str:
    """Return our word for `text`; an unknown one is left out and remarked, for a patient is worth more than a code."""
    plain = text.strip().lower()
    if plain and plain not in table:
        remarks.append(f"{what} {text!r} is not known here and was left out")
    return table.get(plain, "") if plain else ""


def _places(given: Mapping[str, str]) -> tuple[Place, ...]:
    if not any(given[part] for part in ("address", "city", "zip")):
        return ()
    return (
        Place(given["address"], given["address_2"], given["city"], words.state(given["state"]), given["zip"]),
    )


def _numbers(given: Mapping[str, str]) -> tuple[Number, ...]:
    uses = ("mobile", "home", "work")
    return tuple(Number(given[f"{use}_phone"], use) for use in uses if given[f"{use}_phone"])


def _people(given: Mapping[str, str]) -> tuple[Person, ...]:
    found = []
    if given["guardian_last_name"]:
        first, last = given["guardian_first_name"], given["guardian_last_name"]
        found.append(Person(first, last, "guardian", given["guardian_phone"]))
    if given["emergency_name"]:
        first, _, last = given["emergency_name"].rpartition(" ")
        found.append(
            Person(first, last, given["emergency_relation"] or "emergency", given["emergency_phone"])
        )
    return tuple(found)
