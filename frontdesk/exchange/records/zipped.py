"""The ZIP of a patient's record: README.txt, record.pdf, record.json, tables/<room>.<table>.csv, the photo, insurance cards."""

import csv
import io
import json
import textwrap
from base64 import b64encode
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from frontdesk.exchange.imports.rejects import harmless
from frontdesk.exchange.records import pdf, words
from frontdesk.office.privacy.queries import Record, Rows
from frontdesk.office.privacy.rules import part_two

FORMAT = "frontdesk-record-1"


def zipped(found: Record, practice: str, made: datetime) -> bytes:
    """Return the record as the bytes of a ZIP file; its names say nothing of whose it is."""
    whole = io.BytesIO()
    with ZipFile(whole, "w", ZIP_DEFLATED) as file:

        def put(name: str, content: bytes | str) -> None:
            file.writestr(ZipInfo(name, made.timetuple()[:6]), content, ZIP_DEFLATED)

        put("README.txt", _readme(found, practice, made))
        put("record.pdf", pdf.draw(found, practice, made))
        put("record.json", as_json(found, practice, made))
        for table in found.tables:
            put(f"tables/{table.label}.csv", as_csv(table))
        if photo := _photo(found):
            put(f"photo.{_ending(photo)}", photo)
        for card in _rows(found, "coverage.cardpicture"):
            picture = bytes(card["picture"])
            put(f"insurance-cards/{card['scan_id']}-{card['side']}.{_ending(picture)}", picture)
    return whole.getvalue()


def as_json(found: Record, practice: str, made: datetime) -> str:
    """Return the record as JSON: every table with all its rows; moments in UTC, pictures in base 64."""
    whole = {
        "format": FORMAT,
        "practice": practice,
        "made": made.isoformat(),
        "patient": {"id": found.patient_id, "mrn": found.mrn, "name": found.name},
        **({"notice": part_two.STATEMENT, "consent": found.consent} if found.part_two else {}),
        "statements_of_disagreement": [{"about": a, "statement": s} for a, s in found.disagreements],
        "tables": {table.label: table.rows for table in found.tables},
    }
    return json.dumps(whole, indent=1, ensure_ascii=False, default=_plain)


def as_csv(table: Rows) -> str:
    """Return a table as CSV with a head; no cell is one a spreadsheet would take for a formula."""
    text = io.StringIO()
    heads = list(table.columns)
    heads += [name for name in (table.rows[0] if table.rows else ()) if name not in heads]
    heads += sorted({name for row in table.rows for name in row} - set(heads))
    writer = csv.writer(text)
    writer.writerow(heads)
    for row in table.rows:
        writer.writerow([_cell(row.get(name)) for name in heads])
    return text.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | dict):
        return harmless(json.dumps(value, ensure_ascii=False, default=_plain))
    if isinstance(value, date | datetime | bytes | memoryview):
        return str(_plain(value))
    return harmless(str(value))


def _plain(value: Any) -> Any:
    match value:
        case datetime() | date():
            return value.isoformat()
        case bytes() | memoryview():
            return b64encode(bytes(value)).decode()
        case Decimal():
            return str(value)
    return str(value)


def _rows(found: Record, label: str) -> list[dict[str, Any]]:
    return next((table.rows for table in found.tables if table.label == label), [])


def _ending(picture: bytes) -> str:
    return "png" if picture.startswith(b"\x89PNG") else "jpg"


def _photo(found: Record) -> bytes:
    rows = _rows(found, "patients.patient")
    mine = next((row for row in rows if row["id"] == found.patient_id), {})
    return bytes(mine.get("photo") or b"")


def _statement(found: Record) -> list[str]:
    """Return what goes with a record that shows substance use (42 CFR 2.32), and by which consent it left."""
    if not found.part_two:
        return []
    told = [part_two.STATEMENT, f"Disclosed by this consent. {found.consent}" if found.consent else ""]
    return [line for words_ in told if words_ for line in (*textwrap.wrap(words_, 110), "")]


def _readme(found: Record, practice: str, made: datetime) -> str:
    lines = [
        f"A patient's whole record, made by {practice} on {made:%Y-%m-%d at %H:%M} UTC. Confidential.",
        "",
        *_statement(found),
        "record.pdf    to read",
        "record.json   every table with all its rows, to take into another system",
        "tables/       the same rows as lists, a CSV file a table",
        "",
        "Moments are in UTC (ISO 8601). Numbers ending in _id are row numbers; beside them stands the name where it is",
        "a provider, a site or another list of the practice.",
        "",
        "Rows by table:",
        *(f"{len(table.rows):>7}  {words.title(table.label)}  ({table.label})" for table in found.tables),
    ]
    return "\n".join(lines) + "\n"
