"""What somebody typed into the search box: which words are names, which numbers a date, a telephone or an MRN."""

import re
from dataclasses import dataclass
from datetime import date

from frontdesk.office.patients.names import fold

_MONTHS = {
    m: n
    for n, m in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_US = re.compile(r"(?<!\d)(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{4}|\d{2})(?!\d)")
_MONTH_FIRST = re.compile(rf"\b{_MONTH}\s*(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}}|\d{{2}})\b", re.IGNORECASE)
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s*{_MONTH},?\s*(\d{{4}}|\d{{2}})\b", re.IGNORECASE)
_SSN = re.compile(r"(?<![\w-])(\d{3})([- ])(\d{2})\2(\d{4})(?![\w-])", re.ASCII)
_PHONE = re.compile(r"(?<!\d)(?:\+?1[\s.-]?)?\(?(\d{3})\)?[\s.-]?(\d{3})[\s.-]?(\d{4})(?!\d)")
_LOCAL = re.compile(r"(?<!\d)(\d{3})[-.](\d{4})(?!\d)")
_DAY_MONTH = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?![\d/])")
_MRN = re.compile(r"\bmrn[\s:#.]*(?=\d)", re.IGNORECASE)
_NUMBER = re.compile(r"(?<!\w)#?(\d{2,16})(?!\w)")
_CODE = re.compile(r"(?<!\w)(?=[\w-]*\d)(?=[\w-]*[^\W\d])\w[\w-]{3,119}(?!\w)")
MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Typed:
    """The parts of a query. `births` are the dates it may mean; `year` and `birthday` ("0314") stand for less.

    `phone` is digits, the last ones of a number; `numbers` are digits that may be an MRN or a telephone's end;
    `codes` are numbers with letters in them, another system's; `ssn` is nine digits that may be a social security
    number, and stands among the `numbers` too when it was written without dashes. The first `last_words` words stood before a comma.
    """

    words: tuple[str, ...] = ()
    births: tuple[date, ...] = ()
    year: int | None = None
    birthday: str = ""
    phone: str = ""
    numbers: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    ssn: str = ""
    last_words: int = 0

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to look for."""
        return self == Typed()


def read(text: str, today: date) -> Typed:
    """Take a query apart; `today` decides the century of two-digit years."""
    rest = _MRN.sub(" ", text[:200])
    births: list[date] = []
    phone = birthday = ssn = ""
    if found := _SSN.search(rest):
        ssn, rest = found[1] + found[3] + found[4], _SSN.sub(" ", rest)
    for pattern, order in ((_ISO, "ymd"), (_US, "mdy"), (_MONTH_FIRST, "mdy"), (_DAY_FIRST, "dmy")):
        for match in pattern.finditer(rest):
            births += _dates(dict(zip(order, match.groups(), strict=True)), today)
        rest = pattern.sub(" ", rest)
    if found := _PHONE.search(rest):
        phone, rest = "".join(found.groups()), _PHONE.sub(" ", rest)
    elif found := _LOCAL.search(rest):
        phone, rest = "".join(found.groups()), _LOCAL.sub(" ", rest)
    if found := _DAY_MONTH.search(rest):
        month, day = int(found[1]), int(found[2])
        if 1 <= month <= 12 and 1 <= day <= 31:
            birthday, rest = f"{month:02d}{day:02d}", _DAY_MONTH.sub(" ", rest)
    numbers = tuple(found[1] for found in _NUMBER.finditer(rest))
    ssn = ssn or next((number for number in numbers if len(number) == 9), "")
    rest = _NUMBER.sub(" ", rest)
    codes = tuple(found[0] for found in _CODE.finditer(rest))
    rest = _CODE.sub(" ", rest)
    for number in numbers:
        births += _run_together(number, today)
    year = next((int(n) for n in numbers if len(n) == 4 and today.year - 125 <= int(n) <= today.year), None)
    before, comma, after = rest.partition(",")
    words = fold(rest).split()[:MOST_WORDS]
    return Typed(
        words=tuple(w[:40] for w in words),
        births=tuple(dict.fromkeys(births)),
        year=year,
        birthday=birthday,
        phone=phone,
        numbers=numbers,
        codes=codes,
        ssn=ssn,
        last_words=min(len(fold(before).split()), len(words)) if comma and fold(after) else 0,
    )


def _dates(parts: dict[str, str], today: date) -> list[date]:
    month_text, day = parts["m"].lower(), int(parts["d"])
    month = _MONTHS.get(month_text[:3]) or (int(month_text) if month_text.isdigit() else 0)
    found = [_day(year, month, day) for year in _years(parts["y"], today)]
    # A day first, as much of the world writes it, when the other way round cannot be.
    if not any(found) and month > 12:
        found = [_day(year, day, month) for year in _years(parts["y"], today)]
    return [born for born in found if born and born <= today]


def _years(text: str, today: date) -> list[int]:
    year = int(text)
    if len(text) == 4:
        return [year]
    century = today.year // 100 * 100
    return [century + year, century - 100 + year] if century + year <= today.year else [century - 100 + year]


def _run_together(number: str, today: date) -> list[date]:
    if len(number) == 8:
        pairs = [(number[:4], number[4:6], number[6:]), (number[4:], number[:2], number[2:4])]
    elif len(number) == 6:
        pairs = [(number[4:], number[:2], number[2:4])]
    else:
        return []
    return [born for y, m, d in pairs for born in _dates({"y": y, "m": m, "d": d}, today)]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
