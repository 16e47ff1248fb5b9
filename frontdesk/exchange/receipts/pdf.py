"""Draw a receipt and a plan's paper on a letter page: the same rows make the same bytes."""

from datetime import date, datetime

from frontdesk.exchange.receipts.words import MONTHS, PURPOSES, WORDS
from frontdesk.kit.money import dollars
from frontdesk.kit.walltime import to_wall
from frontdesk.office.payments.rules.receipts import ENDING, TENDERS, House, Line, Paid, PlanPaper, Slip
from frontdesk.ui.paper import Column, Sheet


def receipt(slip: Slip) -> bytes:
    """Return a payment's receipt."""
    said = WORDS[slip.language]
    at = to_wall(slip.at, slip.house.zone)
    sheet = _sheet(f"{said['receipt']} {slip.number}", slip.house, slip.at, slip.language)
    _big(sheet, dollars(slip.cents), said["total"])
    sheet.facts(
        [
            (said["for"], slip.patient),
            (said["from"], slip.payer),
            (said["at"], _moment(at, slip.language)),
            (said["by"], slip.by),
        ],
        label_width=52,
    )
    sheet.ln(5)
    columns = (Column(said["what"], 4), Column(said["amount"], 1, right=True))
    sheet.lines(columns, ([_for(one, slip), dollars(one.cents)] for one in slip.lines), size=10)
    sheet.ln(6)
    columns = (Column(said["how"], 4), Column(said["amount"], 1, right=True))
    sheet.lines(columns, (row for one in slip.paid for row in _with(one, slip.language)), size=10)
    sheet.ln(5)
    _owed(sheet, slip)
    sheet.ln(6)
    sheet.paragraph(said["thanks"], size=11)
    return sheet.bytes()


def plan(paper: PlanPaper) -> bytes:
    """Return the paper of a payment plan, to be signed."""
    said = WORDS[paper.language]
    at = to_wall(paper.at, paper.house.zone)
    sheet = _sheet(said["plan"], paper.house, paper.at, paper.language)
    _big(sheet, dollars(paper.total), said["in_all"])
    often = said[f"every_{paper.every}"]
    sheet.facts(
        [
            (said["for"], paper.patient),
            (said["agreed"], _day(at.date(), paper.language)),
            (said["with"], paper.by),
            (said["parts"], f"{len(paper.parts)}, {often}"),
            *_charged(paper),
        ],
        label_width=52,
    )
    sheet.ln(3)
    sheet.paragraph(said["plan_words"].format(phone=_phone(paper.house.phone)), size=10)
    sheet.ln(2)
    columns = (Column(said["number"], 0.5), Column(said["due"], 3), Column(said["amount"], 1, right=True))
    rows = (
        [str(number), _day(due, paper.language), dollars(cents)]
        for number, (due, cents) in enumerate(paper.parts, 1)
    )
    sheet.lines(columns, rows, size=10)
    if paper.words:
        sheet.ln(4)
        sheet.paragraph(paper.words, size=10)
    sheet.ln(12)
    sheet.blanks([said["sign"], said["sign_day"]], height=14, label_width=52)
    return sheet.bytes()


def _charged(paper: PlanPaper) -> list[tuple[str, str]]:
    """Return the card the parts are charged to, where the patient lets the practice do that."""
    if paper.charged is None:
        return []
    said, (brand, last4) = WORDS[paper.language], paper.charged
    return [(said["autopay"], f"{brand.capitalize()} {ENDING[paper.language].format(last4=last4)}")]


def _sheet(title: str, house: House, made: datetime, language: str) -> Sheet:
    foot = WORDS[language]["questions"].format(phone=_phone(house.phone)) if house.phone else house.practice
    sheet = Sheet(title, as_of=house.practice, foot=foot, made=made)
    sheet.set_lang("es-US" if language == "es" else "en-US")
    sheet.counted = WORDS[language]["page"]
    where = house.place if house.place != house.practice else ""
    sheet.paragraph(house.practice, size=13, bold=True)
    for line in (where, house.line, house.town, _phone(house.phone)):
        if line:
            sheet.paragraph(line, size=10, quiet=True)
    sheet.ln(5)
    return sheet


def _big(sheet: Sheet, amount: str, words: str) -> None:
    """Set the amount large, with what it is under it."""
    sheet.paragraph(amount, size=30, bold=True)
    sheet.paragraph(words, size=10, quiet=True)
    sheet.ln(4)


def _for(one: Line, slip: Slip) -> str:
    words = PURPOSES[slip.language][one.purpose]
    if one.day:
        day = _day(date.fromisoformat(one.day), slip.language)
        words += ", " + WORDS[slip.language]["visit"].format(day=day)
    return words if one.who == slip.patient else f"{words}, {one.who}"


def _with(one: Paid, language: str) -> list[list[str]]:
    said = WORDS[language]
    words = TENDERS[language][one.kind]
    if one.reference:
        words += f" {one.reference}"
    if one.last4:
        words = f"{words}, {one.brand} {ENDING[language].format(last4=one.last4)}".replace("  ", " ")
    if one.authorization:
        words += f", {said['authorization'].format(code=one.authorization)}"
    if one.bearer:
        words += f", {said['name_on'].format(name=one.bearer)}"
    rows = [[words, dollars(one.cents)]]
    if one.change:
        rows += [[f"    {said['given']}", dollars(one.given)], [f"    {said['change']}", dollars(one.change)]]
    return rows


def _owed(sheet: Sheet, slip: Slip) -> None:
    said = WORDS[slip.language]
    facts = [(said["owed"], f"{dollars(max(slip.owed, 0))}, {said['as_of']}")]
    if slip.credit > 0:
        facts.append((said["credit"], dollars(slip.credit)))
    sheet.facts(facts, label_width=62)


def _day(day: date, language: str) -> str:
    if language == "es":
        return f"{day.day} de {MONTHS[day.month - 1]} de {day.year}"
    return f"{day:%B} {day.day}, {day.year}"


def _moment(at: datetime, language: str) -> str:
    half = f"{at:%p}"
    clock = f"{at:%-I:%M} {('a. m.' if half == 'AM' else 'p. m.') if language == 'es' else half.lower()}"
    return f"{_day(at.date(), language)}, {clock}"


def _phone(digits: str) -> str:
    bare = digits.removeprefix("+1")
    return f"({bare[:3]}) {bare[3:6]}-{bare[6:]}" if len(bare) == 10 and bare.isdigit() else digits
