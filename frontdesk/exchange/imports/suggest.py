"""Write a first map file for a list, from its column names and what stands in them."""

import re
from collections import Counter
from itertools import islice

from frontdesk.exchange.imports import words
from frontdesk.exchange.imports.csvfile import Table
from frontdesk.exchange.imports.mapping import FIELDS

SAMPLE = 300
SYNONYMS = {
    "id": "id patientid patientno patientnumber patno chart chartno chartnumber mrn accountno account number",
    "full_name": "name patientname fullname patient",
    "first_name": "first firstname fname given givenname patientfirst",
    "middle_name": "middle middlename mi mname middleinitial",
    "last_name": "last lastname lname surname family familyname patientlast",
    "suffix": "suffix namesuffix",
    "preferred_name": "preferred preferredname nickname goesby alias",
    "previous_last_name": "maiden maidenname previouslastname formername",
    "birth_date": "dob birthdate dateofbirth birthday birth birthdt",
    "sex": "sex gender birthsex sexatbirth administrativesex",
    "gender": "genderidentity",
    "pronouns": "pronouns",
    "race": "race",
    "ethnicity": "ethnicity ethnicgroup",
    "language": "language preferredlanguage lang primarylanguage",
    "interpreter": "interpreter interpreterneeded needsinterpreter",
    "address": "address address1 addr addr1 street street1 addressline1 line1 streetaddress",
    "address_2": "address2 addr2 street2 addressline2 line2 apt unit",
    "city": "city town",
    "state": "state st province",
    "zip": "zip zipcode postalcode postcode postal",
    "mobile_phone": "mobile mobilephone cell cellphone cellular",
    "home_phone": "phone homephone hphone telephone phone1 phonenumber tel",
    "work_phone": "workphone wphone businessphone phone2",
    "email": "email emailaddress mail",
    "ssn": "ssn ss social socsec socialsecurity socialsecurityno socialsecuritynumber ssno ssnumber patientssn",
    "deceased_on": "deceased deathdate dateofdeath dod deceaseddate",
    "note": "note notes comment comments",
    "guardian_first_name": "guardianfirst guardianfirstname parentfirst",
    "guardian_last_name": "guardianlast guardianlastname parentlast",
    "guardian_phone": "guardianphone parentphone",
    "emergency_name": "emergencycontact emergencyname emergencycontactname",
    "emergency_phone": "emergencyphone emergencycontactphone",
    "emergency_relation": "emergencyrelation emergencyrelationship emergencycontactrelation",
}
"""How other programs name their columns, without spaces and signs."""


def suggest(table: Table, source: str) -> str:
    """Return the text of a map file to look over: columns found by name, date format and sexes by content."""
    chosen = _choose(table.header)
    rows = [record.cells for record in islice(table.records(), SAMPLE) if not record.wrong]
    lines = [
        "# Look this over, then: frontdesk import csv FILE --map THIS --dry-run",
        f"source = {_quoted(source)}",
        "",
    ]
    lines += ["[columns]", *(f"{ours} = {_quoted(column)}" for ours, column in chosen.items())]
    missing = [name for name in FIELDS if name not in chosen]
    lines += [f'# {name} = ""  # {FIELDS[name]}' for name in missing]
    unused = [column for column in table.header if column not in chosen.values()]
    if unused:
        lines.append(f"# not used: {', '.join(unused)}")
    form = _date_format(_values(table, rows, chosen.get("birth_date")))
    lines += ["", "[dates]", f"format = {_quoted(form)}", ""]
    lines += _sexes(_values(table, rows, chosen.get("sex")))
    return "\n".join(lines) + "\n"


def _choose(header: tuple[str, ...]) -> dict[str, str]:
    plain = {re.sub(r"[^a-z0-9]", "", column.lower()): column for column in reversed(header)}
    chosen: dict[str, str] = {}
    for ours, others in SYNONYMS.items():
        match = next(
            (plain[word] for word in [ours.replace("_", ""), *others.split()] if word in plain), None
        )
        if match and match not in chosen.values():
            chosen[ours] = match
    if {"first_name", "last_name"} <= chosen.keys():
        chosen.pop("full_name", None)
    return chosen


def _values(table: Table, rows: list[tuple[str, ...]], column: str | None) -> list[str]:
    if column is None:
        return []
    at = table.header.index(column)
    return [row[at] for row in rows if row[at]]


def _date_format(values: list[str]) -> str:
    """Return the format most of the values can be read in, American writing first."""

    def fits(form: str) -> int:
        return sum(_is_date(value, form) for value in values)

    return max(words.DATE_FORMATS, key=fits) if values else "%m/%d/%Y"


def _is_date(value: str, form: str) -> bool:
    try:
        words.day(value, form)
    except ValueError:
        return False
    return True


def _sexes(values: list[str]) -> list[str]:
    found = [value for value, _ in Counter(value.lower() for value in values).most_common(12)]
    if not found:
        return []
    return [
        "[values.sex]",
        *(f"{_quoted(value)} = {_quoted(words.SEXES.get(value, 'unknown'))}" for value in found),
    ]


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
