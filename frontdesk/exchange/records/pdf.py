"""A patient's record to read on paper: each table a part, each row a paragraph; what is blank takes no room."""

from datetime import datetime

from frontdesk.exchange.records import words
from frontdesk.office.privacy.queries import Record, Rows
from frontdesk.office.privacy.rules import part_two
from frontdesk.ui.paper import Sheet

MOST = 1000  # rows of one table that are set on paper: a long life has tens of thousands of looks


def draw(found: Record, practice: str, made: datetime) -> bytes:
    """Return the record as a document."""
    sheet = Sheet(
        "Patient record",
        as_of=f"{practice} · made {made:%Y-%m-%d %H:%M} UTC",
        foot=f"Confidential. {part_two.SHORT}" if found.part_two else "Confidential",
        made=made,
    )
    sheet.paragraph(found.name, size=18, bold=True)
    born = found.birth_date
    sheet.paragraph(f"Born {born.month}/{born.day}/{born.year} · MRN {found.mrn}", size=11)
    sheet.ln(2)
    sheet.paragraph(
        "The whole of what is recorded here about this patient, table by table. The same rows stand in record.json "
        "and, as lists, in the folder tables.",
        quiet=True,
    )
    if found.part_two:
        sheet.heading("Notice to whoever receives this record (42 CFR 2.32)")
        sheet.paragraph(part_two.STATEMENT)
        if found.consent:
            sheet.paragraph(f"It was disclosed by this consent. {found.consent}", bold=True)
    for about, statement in found.disagreements:
        sheet.heading("The patient disagrees with what stands here")
        sheet.paragraph(f"{about}: {statement}", bold=True)
    sheet.heading("In this record")
    sheet.facts(
        [(words.title(one.label), f"{len(one.rows):,}") for one in found.tables if one.rows], label_width=75
    )
    for table in found.tables:
        if table.rows:
            _part(sheet, table)
    return sheet.bytes()


def _part(sheet: Sheet, table: Rows) -> None:
    sheet.heading(words.title(table.label))
    if len(table.rows) > MOST:
        sheet.paragraph(
            f"The newest {MOST:,} of {len(table.rows):,}; all of them stand in record.json.", quiet=True
        )
    for row in table.rows[-MOST:]:
        said = ((words.column(name), words.value(value)) for name, value in row.items())
        sheet.paragraph(" · ".join(f"{name}: {value}" for name, value in said if value), size=8)
        sheet.ln(1)
