"""Patients out of FHIR R4 files: a Patient, a Bundle, or NDJSON."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from frontdesk.exchange.imports import words
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
from frontdesk.formats import fhir
from frontdesk.kit import clock

GUARDIANS = {"N", "GUARD", "PRN", "MTH", "FTH"}
"""HL7 v2 table 0131 and v3 role codes of those who decide for a child."""
PHONES = {"phone", "sms"}
SSN_SYSTEM = "http://hl7.org/fhir/sid/us-ssn"


def open_fhir(path: Path) -> Source:
    """Return the patients of a FHIR file; what is wrong with the file itself is among the rows."""
    document = fhir.read(path.read_bytes())
    notices = [f"{document.others:,} other resources were left alone."] if document.others else []
    return Source(
        path.name, len(document.found) + len(document.problems), _rows(document), notices, ("path",)
    )


def _rows(document: fhir.Document) -> Iterator[Row]:
    for problem in document.problems:
        yield Rejected(1, str(problem))
    for number, found in enumerate(document.found, start=1):
        yield _row(found, found.line if found.line > 1 else number)


def _row(found: fhir.Found, line: int) -> Row:
    fatal = [str(problem) for problem in found.problems if problem.fatal]
    if fatal or found.patient is None:
        return Rejected(line, "; ".join(fatal), (found.path,))
    try:
        return _incoming(line, found.patient, tuple(map(str, found.problems)))
    except ValueError as why:
        return Rejected(line, f"{found.path}: {why}", (found.path,))


def _incoming(line: int, patient: fhir.Patient, remarks: tuple[str, ...]) -> Incoming:
    today = clock.now().date()
    if patient.birth_date is None:
        msg = "the date of birth is missing"
        raise ValueError(msg)
    legal, first, last = _legal_name(patient)
    system, value = _identifier(patient)
    spoken = sorted(patient.communication, key=lambda c: not c.preferred)
    return Incoming(
        line=line,
        first=first,
        middle=_plain(" ".join(legal.given[1:]), system),
        last=last,
        suffix=" ".join(legal.suffix),
        preferred=next((" ".join(n.given) or n.text for n in patient.names if n.use == "nickname"), ""),
        previous_last=_plain(_previous(patient, legal), system),
        birth_date=words.plausible_birthday(patient.birth_date),
        sex=words.SEXES.get((patient.birth_sex or patient.gender).lower(), "unknown"),
        gender_identity=patient.gender_identity,
        pronouns=patient.pronouns,
        race=_categories(patient.race, words.RACES),
        ethnicity=next(iter(_categories(patient.ethnicity, words.ETHNICITIES)), ""),
        language=words.language(spoken[0].language) if spoken else "",
        interpreter=patient.interpreter_needed,
        email=next((t.value for t in patient.telecom if t.system == "email" and _now(t.period, today)), ""),
        places=tuple(_place(a) for a in patient.addresses if a.use != "old" and _now(a.period, today)),
        numbers=_numbers(patient.telecom, today),
        people=tuple(filter(None, map(_person, patient.contacts))),
        deceased=patient.deceased,
        deceased_on=patient.deceased_at,
        ssn=next((i.value for i in patient.identifiers if i.type == "SS" or i.system == SSN_SYSTEM), ""),
        made_up="synthea" in system,
        system=system,
        value=value,
        remarks=remarks,
    )


def _legal_name(patient: fhir.Patient) -> tuple[fhir.HumanName, str, str]:
    """Return the official name, else the usual, else the first, with its first and last name."""
    order = {"official": 0, "usual": 1, "": 2, "temp": 3}
    names = sorted(patient.names, key=lambda n: (n.period.end is not None, order.get(n.use, 4)))
    system = _identifier(patient)[0]
    for name in names:
        first, last = name.given[0] if name.given else "", name.family
        if not (first and last) and name.text:
            first, _, last = name.text.rpartition(" ")
        if first and last:
            return name, _plain(first, system), _plain(last, system)
    msg = "there is no name with both a first and a last part"
    raise ValueError(msg)


def _plain(name: str, system: str) -> str:
    return words.without_digits(name) if "synthea" in system else name


def _previous(patient: fhir.Patient, legal: fhir.HumanName) -> str:
    old = (n for n in patient.names if n is not legal and (n.use in {"old", "maiden"} or n.period.end))
    return next((n.family for n in old if n.family and n.family != legal.family), "")


def _identifier(patient: fhir.Patient) -> tuple[str, str]:
    """Return what a second run knows the patient by: a record number first, else any with a system, else a hash."""
    given = [
        i
        for i in patient.identifiers
        if i.system and i.system != SSN_SYSTEM and i.type not in {"SS", "DL", "PPN"}
    ]
    synthea = [i for i in given if "synthea" in i.system]
    chosen = next(iter(synthea or [i for i in given if i.type == "MR"] or given), None)
    if chosen is not None:
        return chosen.system, chosen.value
    name = patient.names[0]
    own = (patient.id, name.family, *name.given, str(patient.birth_date), patient.gender)
    return ROW_SYSTEM, row_hash("fhir", *own)


def _categories(given: tuple[fhir.Category, ...], table: dict[str, str]) -> tuple[str, ...]:
    found = (table.get(c.code.lower()) or table.get(c.display.lower()) for c in given)
    return tuple(dict.fromkeys(word for word in found if word))


def _now(period: fhir.Period, today: date) -> bool:
    return period.end is None or period.end >= today


def _place(address: fhir.Address) -> Place:
    line, line2 = (*address.lines, "", "")[:2]
    use = "home" if address.use in {"", "home"} else address.use
    return Place(line, line2, address.city, words.state(address.state), address.postal_code, use)


def _numbers(telecom: tuple[fhir.Telecom, ...], today: date) -> tuple[Number, ...]:
    current = [t for t in telecom if t.system in PHONES and t.use != "old" and _now(t.period, today)]
    current.sort(key=lambda t: t.rank or 99)
    return tuple(Number(t.value, t.use if t.use in {"mobile", "home", "work"} else "home") for t in current)


def _person(contact: fhir.Contact) -> Person | None:
    name = contact.name
    if name is None or not (name.family or name.text):
        return None
    first, last = (" ".join(name.given), name.family) if name.family else name.text.rpartition(" ")[::2]
    relation = "guardian" if GUARDIANS & set(contact.relationship) else "emergency"
    phone = next((t.value for t in contact.telecom if t.system in PHONES), "")
    return Person(first, last, relation, phone)
