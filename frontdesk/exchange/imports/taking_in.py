"""Hand an incoming patient to the patients room, in its own words.

A number or code that cannot be right is left out and remarked on; a patient is worth more than a telephone number.
"""

from collections.abc import Callable

from django.db import transaction

from frontdesk.exchange.imports.rows import Incoming, Number, Place
from frontdesk.kit.actor import Actor
from frontdesk.office.patients import rules, services
from frontdesk.office.patients.models import Patient

Remark = Callable[[str], None]


def taker(by: Actor) -> Callable[[Incoming, Remark], bool]:
    """Return the function that takes one patient in for `by`; it returns False when they were already there."""

    def put(row: Incoming, remark: Remark) -> bool:
        with transaction.atomic():
            return _take_in(by, row, remark)

    return put


def _take_in(by: Actor, row: Incoming, remark: Remark) -> bool:
    for words in row.remarks:
        remark(words)
    numbers = _good_numbers(row.numbers, remark)
    place = _good_place(row.places[0], remark) if row.places else Place()
    guardian = next((person for person in row.people if person.relation == "guardian"), None)
    details = services.NewPatient(
        legal_first=row.first,
        legal_middle=row.middle,
        legal_last=row.last,
        suffix=_short(row.suffix, 10, "suffix", remark),
        preferred_name=row.preferred,
        previous_last=row.previous_last,
        birth_date=row.birth_date,
        sex=row.sex,
        gender_identity=_short(row.gender_identity, 40, "gender identity", remark),
        pronouns=_short(row.pronouns, 30, "pronouns", remark),
        races=row.race,
        ethnicity=row.ethnicity,
        language=row.language,
        interpreter_needed=row.interpreter,
        phone=numbers[0].text if numbers else "",
        phone_use=numbers[0].use if numbers else "mobile",
        email=row.email if "@" in row.email else "",
        line=_short(place.line, 120, "address", remark),
        line2=_short(place.line2, 80, "apartment", remark),
        city=_short(place.city, 80, "city", remark),
        state=place.state,
        zip=place.zip,
        guardian_first=guardian.first if guardian else "",
        guardian_last=guardian.last if guardian else "",
        guardian_phone=_phone(guardian.phone, remark) if guardian else "",
        guardian_relationship="guardian" if guardian else "",
        deceased_on=row.deceased_on,
        ssn=_ssn(row, remark),
    )
    patient = services.import_patient(
        by, details=details, system=row.system, value=row.value, made_up=row.made_up
    )
    if patient is None:
        return False
    _add_the_rest(by, patient, row, numbers[1:], remark)
    return True


def _add_the_rest(by: Actor, patient: Patient, row: Incoming, numbers: list[Number], remark: Remark) -> None:
    """Add what a register form has no place for."""
    for number in numbers:
        services.add_contact(by, patient_id=patient.pk, system="phone", use=number.use, value=number.text)
    for person in row.people:
        if person.relation != "guardian":
            services.add_related(
                by, patient_id=patient.pk, role="emergency", first=person.first, last=person.last,
                relationship="" if person.relation == "emergency" else _short(person.relation, 40, "relation", remark),
                phone=_phone(person.phone, remark),
            )  # fmt: skip
    if note := _short(row.note, 200, "note", remark):
        services.add_alert(by, patient_id=patient.pk, words=note, show="once")
    if row.deceased and row.deceased_on is None:
        remark("they have died, but the day is not said; look at the record")


def _good_numbers(numbers: tuple[Number, ...], remark: Remark) -> list[Number]:
    found = [Number(good, number.use) for number in numbers if (good := _phone(number.text, remark))]
    return list({number.text: number for number in reversed(found)}.values())[::-1]


def _phone(text: str, remark: Remark) -> str:
    if not text:
        return ""
    good = rules.read_phone(text)
    if good is None or len(good) > 16:
        remark(f"{text!r} is no telephone number and was left out")
        return ""
    return good


def _ssn(row: Incoming, remark: Remark) -> str:
    """Return a social security number that can be one; what is left out is not repeated in the remark."""
    # A spreadsheet takes 012345678 for a number and drops the nought.
    text = f"0{row.ssn}" if row.ssn.isdigit() and len(row.ssn) == 8 else row.ssn
    digits = rules.read_ssn(text)
    if row.ssn and (not digits or (not row.made_up and rules.wrong_ssn(digits))):
        remark("what stands as social security number can be nobody’s and was left out")
        return ""
    return digits


def _good_place(place: Place, remark: Remark) -> Place:
    code = place.zip
    # A spreadsheet takes 02143 for a number and drops the nought.
    if code.isdigit() and len(code) == 4:
        code = f"0{code}"
    elif code.isdigit() and len(code) == 9:
        code = f"{code[:5]}-{code[5:]}"
    if code and rules.wrong_zip(code):
        remark(f"{place.zip!r} is no ZIP code and was left out")
        code = ""
    return Place(place.line, place.line2, place.city, place.state, code, place.use)


def _short(text: str, most: int, what: str, remark: Remark) -> str:
    if len(text) > most:
        remark(f"{what} {text[:40] + '…'!r} is too long and was left out")
        return ""
    return text
