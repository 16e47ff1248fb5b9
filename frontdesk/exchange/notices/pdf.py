"""Form CMS-R-131 on one page. The boxes of G, the signature and the date are always empty: the patient fills them by hand.

Drawn from its kept row alone, so that the same notice is the same file, byte for byte.
"""

from fpdf.enums import TableBordersLayout
from fpdf.fonts import FontFace

from frontdesk.exchange.estimates.words import telephone
from frontdesk.exchange.notices.words import WORDS
from frontdesk.kit.money import dollars
from frontdesk.office.billing.models import Abn
from frontdesk.ui.paper import FACE, INK, MARGIN, QUIET, TINT, Sheet

OPTIONS = ("option_1", "option_2", "option_3")
LEFT = 7.0


class Form(Sheet):
    """A page of the form: no head of ours, and at its foot what CMS puts there."""

    def header(self) -> None:
        """Draw nothing: the form begins with its blanks."""

    def footer(self) -> None:
        """Draw what stands at the foot of the form."""
        self.set_y(-MARGIN + 2)
        self.set_font(FACE, "", 7.5)
        self.cell(self.epw * 0.4, 4, self.words)
        self.set_text_color(*QUIET)
        self.cell(self.epw * 0.2, 4, self.as_of, align="C")
        self.set_text_color(*INK)
        self.cell(0, 4, self.foot, align="R")


def draw(row: Abn) -> bytes:
    """Return a notice as the form that is signed."""
    words, facts = WORDS[row.language], row.facts
    sheet = Form(
        words["form"].format(expires=facts["expires"]),
        as_of=f"ABN {row.number}",
        foot=words["approved"],
        made=row.made_at,
    )
    sheet.set_lang("es-US" if row.language == "es" else "en-US")
    sheet.set_auto_page_break(auto=True, margin=MARGIN - 2)
    sheet.set_title(words["title"])
    notifier = "   ".join(filter(None, [facts["notifier"], facts["address"], telephone(facts["phone"])]))
    _blank(sheet, words["a"], notifier)
    top, half = sheet.get_y(), sheet.epw / 2
    _blank(sheet, words["b"], facts["patient"], width=half)
    below = sheet.get_y()
    sheet.set_xy(sheet.l_margin + half, top)
    _blank(sheet, words["c"], facts["mrn"], width=half)
    sheet.set_y(max(below, sheet.get_y()) + 2)
    sheet.set_font(FACE, "B", 14)
    sheet.cell(0, 8, words["title"], align="C", new_x="LMARGIN", new_y="NEXT")
    sheet.ln(0.5)
    _text(sheet, words["note"], bold=True)
    _text(sheet, words["first"])
    _items(sheet, row, words)
    _text(sheet, words["now"], bold=True)
    for name in ("now_1", "now_2", "now_3"):
        _indented(sheet, "•", words[name], 9)
    _indented(sheet, "", words["now_note"], 9)
    _options(sheet, words)
    sheet.ln(1)
    _blank(sheet, words["h"], row.more, lines=1)
    sheet.ln(1)
    _text(sheet, words["opinion"], bold=True)
    _text(sheet, words["signing"])
    _signature(sheet, words)
    sheet.ln(1.5)
    _text(sheet, words["accessible"], size=7.6)
    _text(sheet, words["paperwork"], size=6)
    return sheet.bytes()


def _blank(sheet: Sheet, name: str, value: str, *, width: float = 0, lines: int = 0) -> None:
    left = sheet.get_x()
    sheet.set_font(FACE, "B", 9.5)
    label = sheet.get_string_width(name) + 3
    sheet.cell(label, 6, name)
    sheet.set_font(FACE, "", 11)
    sheet.multi_cell(
        (width or sheet.epw - left + sheet.l_margin) - label,
        6,
        value,
        align="L",
        new_x="LMARGIN",
        new_y="NEXT",
    )
    if not value:
        sheet.ln(5 * lines)


def _text(sheet: Sheet, words: str, *, bold: bool = False, size: float = 9.5) -> None:
    sheet.set_font(FACE, "B" if bold else "", size)
    sheet.multi_cell(0, size * 0.46, words, align="L", new_x="LMARGIN", new_y="NEXT")
    sheet.ln(1.1)


def _indented(sheet: Sheet, mark: str, words: str, size: float) -> None:
    sheet.set_font(FACE, "", size)
    sheet.cell(LEFT, size * 0.46, mark, align="C")
    sheet.multi_cell(sheet.epw - LEFT, size * 0.46, words, align="L", new_x="LMARGIN", new_y="NEXT")
    sheet.ln(0.5)


def _items(sheet: Sheet, row: Abn, words: dict[str, str]) -> None:
    sheet.ln(1)
    sheet.set_font(FACE, "", 10)
    sheet.set_draw_color(*INK)
    with sheet.table(
        col_widths=(3.2, 4, 1.5),
        text_align=("LEFT", "LEFT", "RIGHT"),
        headings_style=FontFace(emphasis="BOLD", fill_color=TINT),
        borders_layout=TableBordersLayout.ALL,
        line_height=4.8,
        padding=1.4,
    ) as drawn:
        drawn.row([words["d"], words["e"], words["f"]])
        for item in row.items:
            drawn.row([item["words"], item["reason"], dollars(item["cents"])])
    sheet.ln(2.5)


def _options(sheet: Sheet, words: dict[str, str]) -> None:
    """Draw the frame of G with three empty boxes."""
    sheet.ln(1)
    top = sheet.get_y()
    sheet.set_xy(sheet.l_margin + 2, top + 1.5)
    sheet.set_font(FACE, "B", 10)
    sheet.cell(0, 5.5, words["g"], new_x="LMARGIN", new_y="NEXT")
    for name in OPTIONS:
        first, _, rest = words[name].partition("  ")
        sheet.set_x(sheet.l_margin + 2)
        sheet.set_font(FACE, "", 13)
        sheet.cell(LEFT, 4.6, "\u2610", align="C")
        left = sheet.l_margin
        sheet.set_left_margin(sheet.get_x())
        sheet.set_font(FACE, "B", 9.3)
        sheet.write(4.4, f"{first} ")
        sheet.set_font(FACE, "", 9.3)
        sheet.write(4.4, rest)
        sheet.ln(5.6)
        sheet.set_left_margin(left)
    sheet.rect(sheet.l_margin, top, sheet.epw, sheet.get_y() - top + 0.5)
    sheet.ln(1.5)


def _signature(sheet: Sheet, words: dict[str, str]) -> None:
    top, width = sheet.get_y(), sheet.epw
    for name, x, share in (("i", 0.0, 0.68), ("j", 0.68, 0.32)):
        sheet.rect(sheet.l_margin + width * x, top, width * share, 12)
        sheet.set_xy(sheet.l_margin + width * x + 1.5, top + 1)
        sheet.set_font(FACE, "B", 9.5)
        sheet.cell(width * share, 5, words[name])
    sheet.set_xy(sheet.l_margin, top + 12)
