"""Paper: letter pages with a head and a foot, tables that go on over pages, and labels. Knows no patient.

Everything is drawn with one typeface that has the letters of the names people really have. The moment a page was made
is given, never looked up, so that the same facts make the same page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import TableBordersLayout
from fpdf.fonts import FontFace
from fpdf.outline import OutlineSection

from frontdesk.kit.straight import straight

FONTS = Path(__file__).parent / "static" / "vendor" / "dejavu"
FACE = "DejaVu"
INK, QUIET, RULE, TINT = (23, 32, 38), (88, 102, 110), (205, 213, 217), (241, 245, 246)
MARGIN = 14.0


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its head, its share of the width, whether it is set to the right, or in bold."""

    head: str
    share: float = 1.0
    right: bool = False
    bold: bool = False


class Straight(FPDF):
    """A document in which every text is read as it is written."""

    def normalize_text(self, text: str) -> str:
        """Return a text as it is set."""
        return str(super().normalize_text(straight(text)))


class Sheet(Straight):
    """Letter pages, upright or `landscape`, in millimetres.

    `title` stands at the head of each page with `as_of` beside it; `foot` at its foot, before the number of the page.
    """

    def __init__(
        self, title: str, *, as_of: str = "", foot: str = "", made: datetime, landscape: bool = False
    ) -> None:
        super().__init__(orientation="landscape" if landscape else "portrait", unit="mm", format="letter")
        self.words, self.as_of, self.foot = title, as_of, foot
        self.counted = "Page {} of {{nb}}"  # in the language of the paper
        self._is_fresh = False
        _prepare(self, title, made)
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(auto=True, margin=MARGIN + 6)
        self.add_page()

    def header(self) -> None:
        """Draw what stands at the head of each page."""
        self.set_text_color(*INK)
        self.set_font(FACE, "B", 13)
        self.cell(self.epw * 0.66, 7, self.words)
        self.set_font(FACE, "", 9)
        self.set_text_color(*QUIET)
        self.cell(0, 7, self.as_of, align="R", new_x="LMARGIN", new_y="NEXT")
        self.set_draw_color(*RULE)
        self.line(self.l_margin, self.get_y() + 1, self.w - self.r_margin, self.get_y() + 1)
        self.ln(4)
        self.set_text_color(*INK)

    def footer(self) -> None:
        """Draw what stands at the foot of each page."""
        self.set_y(-MARGIN)
        self.set_font(FACE, "", 8)
        self.set_text_color(*QUIET)
        self.cell(self.epw * 0.75, 5, self.foot)
        self.cell(0, 5, self.counted.format(self.page_no()), align="R")
        self.set_text_color(*INK)

    def heading(self, words: str) -> None:
        """Begin a part of the page."""
        if self.will_page_break(18):
            self.add_page()
        self.ln(2)
        self.set_font(FACE, "B", 11)
        self.cell(0, 7, words, new_x="LMARGIN", new_y="NEXT")

    def part(self, title: str) -> None:
        """Begin a part on a page of its own, with `title` at its head and in the document's contents."""
        self.words = title
        if not self._is_fresh:
            self.add_page()
        self._is_fresh = False
        self.start_section(title)

    def contents(self, next_title: str) -> None:
        """Set the contents here, once all is known; the part called `next_title` begins on the page after them."""
        self.words, first = next_title, self.words
        self.heading("In this document")
        self.insert_toc_placeholder(_contents, pages=1)
        self.words, self._is_fresh = first, True

    def put(
        self,
        x: float,
        y: float,
        width: float,
        words: str,
        *,
        size: float = 9,
        bold: bool = False,
        quiet: bool = False,
        right: bool = False,
    ) -> float:
        """Set words into a column of the page at (x, y); return where what stands under them may begin."""
        self.set_xy(x, y)
        self.set_font(FACE, "B" if bold else "", size)
        self.set_text_color(*(QUIET if quiet else INK))
        self.multi_cell(width, size * 0.44, words, align="R" if right else "L", new_x="LMARGIN", new_y="NEXT")
        self.set_text_color(*INK)
        return self.get_y()

    def paragraph(self, words: str, *, size: float = 9.5, bold: bool = False, quiet: bool = False) -> None:
        """Set words as wide as the page."""
        self.set_font(FACE, "B" if bold else "", size)
        self.set_text_color(*(QUIET if quiet else INK))
        self.multi_cell(0, size * 0.5, words, new_x="LMARGIN", new_y="NEXT")
        self.set_text_color(*INK)

    def facts(self, pairs: Iterable[tuple[str, str]], *, label_width: float = 38.0) -> None:
        """Set names and what they are, a line each."""
        for name, words in pairs:
            self.set_font(FACE, "", 9)
            self.set_text_color(*QUIET)
            self.cell(label_width, 5.5, name)
            self.set_text_color(*INK)
            self.set_font(FACE, "", 10)
            self.multi_cell(0, 5.5, words or "—", new_x="LMARGIN", new_y="NEXT")

    def blanks(self, names: Iterable[str], *, height: float = 9.0, label_width: float = 38.0) -> None:
        """Set lines to write on by hand, each with its name before it."""
        self.set_draw_color(*QUIET)
        for name in names:
            self.set_font(FACE, "", 9)
            self.cell(label_width, height, name)
            right = self.w - self.r_margin
            self.line(self.get_x(), self.get_y() + height - 2, right, self.get_y() + height - 2)
            self.ln(height)

    def boxes(self, lines: Iterable[tuple[str, bool]]) -> None:
        """Set lines with a box before each to tick, ticked where it is settled already."""
        for words, ticked in lines:
            self.set_font(FACE, "", 12)
            self.cell(7, 6.5, "\u2611" if ticked else "\u2610")
            self.set_font(FACE, "", 9.5)
            self.set_text_color(*(QUIET if ticked else INK))
            self.multi_cell(0, 6.5, words, new_x="LMARGIN", new_y="NEXT")
            self.set_text_color(*INK)

    def rows(self, columns: Sequence[Column], rows: Iterable[Sequence[str]], *, size: float = 8.5) -> None:
        """Set a table; its head is repeated on each page it goes on to."""
        self.set_font(FACE, "", size)
        self.set_draw_color(*RULE)
        with self.table(
            col_widths=tuple(column.share for column in columns),
            text_align=tuple("RIGHT" if column.right else "LEFT" for column in columns),
            headings_style=FontFace(emphasis="BOLD", fill_color=TINT),
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            line_height=size * 0.52,
            padding=1.2,
        ) as drawn:
            drawn.row([column.head for column in columns])
            for cells in rows:
                drawn.row(list(cells))
        self.ln(2)

    def lines(self, columns: Sequence[Column], rows: Iterable[Sequence[str]], *, size: float = 8.5) -> None:
        """Set a table of one line a row, many times as fast as `rows`: what is too long is set smaller, never cut off."""
        whole = sum(column.share for column in columns)
        self._line(columns, whole, [column.head for column in columns], size, head=True)
        for cells in rows:
            if self.will_page_break(size * 0.66):
                self.add_page()
                self._line(columns, whole, [column.head for column in columns], size, head=True)
            self._line(columns, whole, cells, size)

    def _line(
        self,
        columns: Sequence[Column],
        whole: float,
        cells: Sequence[str],
        size: float,
        *,
        head: bool = False,
    ) -> None:
        self.set_fill_color(*TINT)
        self.set_draw_color(*RULE)
        for column, words in zip(columns, cells, strict=True):
            width = self.epw * column.share / whole
            self.set_font(FACE, "B" if head or column.bold else "", size)
            while self.get_string_width(words) > width - 2 and self.font_size_pt > 4:
                self.set_font_size(self.font_size_pt - 0.5)
            align = "R" if column.right else "L"
            self.cell(width, size * 0.66, words, border="B", fill=head, align=align)
        self.ln(size * 0.66)

    def bytes(self) -> bytes:
        """Return the finished document."""
        return bytes(self.output())


def label(
    lines: Sequence[tuple[str, float]], *, made: datetime, width: float = 89.0, height: float = 36.0
) -> bytes:
    """Return one label of `width` × `height` mm: each line with its size in points, the first in bold.

    89 × 36 mm is the large address label of the usual label printers. A line too long for the label is set smaller.
    """
    drawn = Straight(unit="mm", format=(width, height))
    _prepare(drawn, "Label", made)
    drawn.set_margins(3, 2.5)
    drawn.set_auto_page_break(auto=False)
    drawn.add_page()
    for at, (words, size) in enumerate(lines):
        drawn.set_font(FACE, "B" if at == 0 else "", size)
        while drawn.get_string_width(words) > drawn.epw and drawn.font_size_pt > 5:
            drawn.set_font_size(drawn.font_size_pt - 0.5)
        drawn.cell(0, size * 0.45, words, new_x="LMARGIN", new_y="NEXT")
    return bytes(drawn.output())


def _contents(drawn: FPDF, outline: list[OutlineSection]) -> None:
    for section in outline:
        link = drawn.add_link(page=section.page_number)
        drawn.set_x(drawn.l_margin)
        drawn.set_font(FACE, "", 9)
        drawn.cell(drawn.epw - 24, 4.8, section.name, link=link)
        drawn.cell(
            24, 4.8, f"page {section.page_number}", align="R", link=link, new_x="LMARGIN", new_y="NEXT"
        )


def _prepare(drawn: FPDF, title: str, made: datetime) -> None:
    drawn.add_font(FACE, "", FONTS / "DejaVuSansCondensed.ttf")
    drawn.add_font(FACE, "B", FONTS / "DejaVuSansCondensed-Bold.ttf")
    drawn.set_title(title)
    drawn.set_creation_date(made)
    drawn.set_lang("en-US")
