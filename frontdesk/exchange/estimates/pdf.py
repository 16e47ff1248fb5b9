"""An estimate on letter paper, one page if it fits. Drawn from its kept rows alone: the same version is the same file, byte for byte."""

from datetime import date

from frontdesk.exchange.estimates.words import READ, WORDS, day, tax_number, telephone
from frontdesk.kit.money import dollars
from frontdesk.office.billing.models import EstimateItem, EstimateProvider
from frontdesk.office.billing.queries import Whole
from frontdesk.ui.paper import FACE, INK, MARGIN, QUIET, RULE, TINT, Column, Sheet

SMALL = 8.2


class Paper(Sheet):
    """A sheet whose foot speaks the patient's language."""

    page_words = WORDS["en"]["page"]

    def footer(self) -> None:
        """Draw what stands at the foot of each page."""
        self.set_y(-MARGIN)
        self.set_font(FACE, "", 8)
        self.set_text_color(*QUIET)
        self.cell(self.epw * 0.75, 5, self.foot)
        self.cell(0, 5, self.page_words.replace("{n}", str(self.page_no())), align="R")
        self.set_text_color(*INK)


def draw(found: Whole) -> bytes:
    """Return a version of an estimate as a document."""
    row = found.version
    words, facts, language = WORDS[row.language], row.facts, row.language
    written = day(date.fromisoformat(facts["day"]), language)
    sheet = Paper(
        words["title"],
        as_of=words["no"].format(number=row.number, version=row.version, day=written),
        foot=words["foot"].format(practice=facts["practice"], phone=telephone(facts["phone"])),
        made=row.made_at,
    )
    sheet.page_words = words["page"]
    sheet.set_lang("es-US" if language == "es" else "en-US")
    _head(sheet, found)
    for provider, items in found.providers:
        _provider(sheet, provider, items, language)
    _apart(sheet, found)
    sheet.heading(words["read"])
    for name in READ:
        first, _, rest = words[name].partition(". ")
        _disclaimer(sheet, f"{first}.", rest)
    return sheet.bytes()


def _head(sheet: Sheet, found: Whole) -> None:
    row = found.version
    words, facts, language = WORDS[row.language], row.facts, row.language
    left, middle, half = sheet.l_margin, sheet.l_margin + sheet.epw / 2 + 2, sheet.epw / 2 - 2
    top = sheet.get_y()
    born = date.fromisoformat(facts["birth_date"])
    at = sheet.put(left, top, half, words["patient"], size=8, quiet=True)
    at = sheet.put(left, at, half, facts["patient"], size=14, bold=True)
    at = sheet.put(left, at + 0.6, half, words["born"].format(day=f"{born.month}/{born.day}/{born.year}") + f"   ·   MRN {facts['mrn']}")  # fmt: skip
    other = sheet.put(middle, top, half, words["from"], size=8, quiet=True)
    other = sheet.put(middle, other, half, facts["practice"], size=11, bold=True)
    other = sheet.put(middle, other + 0.6, half, facts["place"])
    other = sheet.put(middle, other, half, telephone(facts["phone"]))
    sheet.set_xy(left, max(at, other) + 3)
    on = day(row.scheduled_on, language) if row.scheduled_on else words["not_scheduled"]
    codes = ", ".join(row.diagnoses) or words["no_diagnoses"]
    sheet.facts([(words["for"], row.primary), (words["scheduled"], on), (words["diagnoses"], codes)])
    sheet.ln(2)
    _total(sheet, words["total"], dollars(row.cents))


def _total(sheet: Sheet, label: str, amount: str) -> None:
    sheet.set_fill_color(*TINT)
    top = sheet.get_y()
    sheet.rect(sheet.l_margin, top, sheet.epw, 12, style="F", round_corners=True, corner_radius=1.6)
    sheet.set_xy(sheet.l_margin + 4, top)
    sheet.set_font(FACE, "", 11)
    sheet.cell(sheet.epw / 2, 12, label)
    sheet.set_font(FACE, "B", 17)
    sheet.set_xy(sheet.l_margin + sheet.epw / 2, top)
    sheet.cell(sheet.epw / 2 - 4, 12, amount, align="R", new_x="LMARGIN", new_y="NEXT")
    sheet.ln(1)


def _provider(sheet: Sheet, one: EstimateProvider, items: list[EstimateItem], language: str) -> None:
    words = WORDS[language]
    sheet.heading(words["who"].format(name=one.name))
    ids = words["ids"].format(npi=one.npi or words["unknown"], tin=tax_number(one.tin, language))
    place = one.place if not one.state or f", {one.state}" in one.place else f"{one.place}, {one.state}"
    sheet.paragraph("   ·   ".join(filter(None, [ids, place])), size=SMALL, quiet=True)
    sheet.ln(1)
    columns = (Column(words["service"], 5), Column(words["code"], 1.2), Column(words["units"], 0.9, right=True), Column(words["charge"], 1.6, right=True))  # fmt: skip
    lines = [
        [item.words, "-".join(filter(None, [item.code, item.modifier])), str(item.units), dollars(item.cents) if one.answered else "—"]
        for item in items
    ]  # fmt: skip
    sheet.rows(columns, lines)
    if not one.answered:
        sheet.paragraph(words["unanswered"], size=SMALL)
    elif len(items) > 1:
        sheet.set_y(sheet.get_y() - 2)
        sheet.set_font(FACE, "B", 9.5)
        sheet.cell(sheet.epw - 32, 6, words["sum"], align="R")
        sheet.cell(
            30.8, 6, dollars(sum(item.cents for item in items)), align="R", new_x="LMARGIN", new_y="NEXT"
        )


def _apart(sheet: Sheet, found: Whole) -> None:
    words = WORDS[found.version.language]
    if found.version.apart:
        sheet.heading(words["apart"])
        sheet.paragraph(words["apart_first"], size=SMALL)
        sheet.ln(0.8)
        for one in found.version.apart:
            sheet.paragraph(f"•  {one}", size=9)


def _disclaimer(sheet: Sheet, first: str, rest: str) -> None:
    sheet.set_draw_color(*RULE)
    sheet.set_font(FACE, "B", SMALL)
    sheet.write(SMALL * 0.47, f"{first} ")
    sheet.set_font(FACE, "", SMALL)
    sheet.write(SMALL * 0.47, rest)
    sheet.ln(SMALL * 0.47 + 1.3)
