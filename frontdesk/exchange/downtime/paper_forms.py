"""The forms of a day on paper, each with its number: three visits a page, five receipts a page."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from frontdesk.exchange.downtime import words
from frontdesk.office.downtime.queries import Day, Entry
from frontdesk.office.downtime.rules import MOMENTS, shown
from frontdesk.ui.paper import FACE, INK, QUIET, Sheet

T = TypeVar("T")
VISITS, RECEIPTS = 3, 5
TOP, BOTTOM = 26.0, 22.0
PAD = 3.5


def visit_forms(sheet: Sheet, day: Day, place: str) -> None:
    """Set a form for each visit of the day, then those without a name."""
    wanted: list[tuple[str, Entry | None]] = [(entry.number, entry) for entry in day.entries if entry.number]
    wanted += [(number, None) for number in day.blanks]
    title = f"{day.day:%A, %B} {day.day.day} visit forms"
    for top, height, (number, entry) in _places(sheet, title, wanted, VISITS):
        _visit(sheet, top, height, number, entry, f"{place} · {words.us_date(day.day)}")


def receipts(sheet: Sheet, day: Day, place: str) -> None:
    """Set the numbered receipts of the day."""
    title = f"{day.day:%A, %B} {day.day.day} receipts"
    for top, height, number in _places(sheet, title, day.receipts, RECEIPTS):
        _receipt(sheet, top, height, number, f"{place} · {words.us_date(day.day)}")


def _places(sheet: Sheet, title: str, things: Sequence[T], a_page: int) -> Iterator[tuple[float, float, T]]:
    """Yield where each thing goes: so many a page, each page begun when its first one comes."""
    height = (sheet.h - TOP - BOTTOM) / a_page
    for at, thing in enumerate(things):
        if at == 0:
            sheet.part(title)
        elif at % a_page == 0:
            sheet.add_page()
        yield TOP + height * (at % a_page), height - 4, thing


def _visit(sheet: Sheet, top: float, height: float, number: str, entry: Entry | None, where: str) -> None:
    left = _frame(sheet, top, height, "Visit form" if entry else "Visit form, no appointment", number, where)
    wide, at = sheet.epw - 2 * PAD, top + 11
    if entry:
        at = sheet.put(left, at, wide, f"{entry.name} · {words.person(entry)}", size=9.5, bold=True)
        about = f"{words.time_of(entry.wall)} · {entry.provider} · {words.what_for(entry)}"
        at = sheet.put(left, at, wide, about, size=8.5)
        minded = [f"{kind}: {what}" for kind, what in words.to_mind(entry) if kind != "Coverage"]
        if minded:
            at = sheet.put(left, at, wide, ". ".join(minded), size=7.5, quiet=True)
    else:
        at = _line(sheet, left, at, (("Name", 0.5), ("Birth date", 0.24), ("Phone", 0.26)))
        at = _line(sheet, left, at, (("Here for", 0.6), ("With", 0.4)))
    at = _moments(sheet, left, max(at + 1, top + 23))
    sheet.set_font(FACE, "", 8.5)
    _box(sheet, left, at, "Left without being seen")
    _box(sheet, left + 48, at, "Did not come")
    _line(sheet, left + 82, at - 2, (("Room", 0.2), ("Came with", 0.36)))
    at += 5.5
    at = _line(sheet, left, at, (("Follow-up in weeks", 0.3), ("What", 0.7)))
    at = _line(sheet, left, at, (("New phone, address, insurance", 1.0),))
    _line(sheet, left, at, (("Note", 0.78), ("Initials", 0.22)))


def _receipt(sheet: Sheet, top: float, height: float, number: str, where: str) -> None:
    left = _frame(sheet, top, height, "Receipt", number, where)
    at = _line(sheet, left, top + 11, (("Received from", 0.55), ("Visit form number", 0.45)))
    at = _line(sheet, left, at, (("Amount $", 0.3), ("In words", 0.7)))
    sheet.set_font(FACE, "", 8.5)
    for name, x in (("Cash", 0), ("Check no.", 24), ("Card, entered later", 78)):
        _box(sheet, left + x, at + 2, name)
    at = _line(sheet, left, at + 8, (("For", 0.5), ("Time", 0.2), ("Taken by", 0.3)))
    sheet.put(
        left,
        at + 1,
        sheet.epw - 2 * PAD,
        "Original to the patient, copy with the day’s money.",
        size=7,
        quiet=True,
    )


def _frame(sheet: Sheet, top: float, height: float, title: str, number: str, where: str) -> float:
    """Set the edge of a form, what it is, where, and its number large; return where its lines begin."""
    sheet.set_draw_color(*INK)
    sheet.rect(sheet.l_margin, top, sheet.epw, height)
    left = sheet.l_margin + PAD
    sheet.put(left, top + 2.5, 70, title, size=11, bold=True)
    sheet.put(left, top + 7, 80, where, size=7.5, quiet=True)
    right = sheet.w - sheet.r_margin - PAD
    sheet.put(right - 60, top + 2, 60, shown(number), size=18, bold=True, right=True)
    return left


def _moments(sheet: Sheet, left: float, top: float) -> float:
    """Set a box for each time of a visit."""
    width = (sheet.epw - 2 * PAD) / len(MOMENTS)
    sheet.set_draw_color(*QUIET)
    for at, name in enumerate(MOMENTS.values()):
        x = left + at * width
        sheet.rect(x, top, width, 11)
        sheet.put(x + 0.8, top + 0.8, width - 1, f"{name} at", size=7.5, quiet=True)
    words_under = "Checked in means: name and birth date said, photo ID seen."
    return sheet.put(left, top + 11.4, sheet.epw - 2 * PAD, words_under, size=6.5, quiet=True) + 1.2


def _line(sheet: Sheet, left: float, top: float, parts: Sequence[tuple[str, float]]) -> float:
    """Set lines to write on beside each other, each with its name; return where the next ones go."""
    wide, x = sheet.epw - 2 * PAD, left
    sheet.set_draw_color(*QUIET)
    for name, share in parts:
        sheet.set_font(FACE, "", 8)
        taken = sheet.get_string_width(name) + 2
        sheet.text(x, top + 5.6, name)
        sheet.line(x + taken, top + 6, x + wide * share - 2, top + 6)
        x += wide * share
    return top + 7


def _box(sheet: Sheet, x: float, y: float, name: str) -> None:
    sheet.set_draw_color(*INK)
    sheet.rect(x, y, 3.6, 3.6)
    sheet.set_font(FACE, "", 8.5)
    sheet.text(x + 5, y + 3, name)
