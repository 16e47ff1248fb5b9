"""Days as people type them: fri, tomorrow, +2w, 3/14, mar 14. A day without a year is the next one to come."""

import re
from datetime import date, timedelta

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")  # fmt: skip
# The days a book is kept for; weeks and months beside them are days too.
FIRST, LAST = date(1990, 1, 1), date(2199, 12, 31)
_NEAR = {"today": 0, "tod": 0, "now": 0, "tomorrow": 1, "tom": 1, "tmr": 1, "tmrw": 1, "yesterday": -1}
_STEP = re.compile(r"([+-]?)(\d{1,3})(d|w|m|y)(?:ays?|eeks?|onths?|ears?)?")
_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{2}|\d{4}))?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def read_day(text: str, today: date) -> date | None:
    """Return the day `text` means, seen from `today`; None when it means none, or one no book reaches to."""
    words = text.strip().lower()
    if not words:
        return None
    if words in _NEAR:
        return today + timedelta(days=_NEAR[words])
    try:
        day = _weekday(words, today) or _step(words, today) or _numbers(words, today) or _named(words, today)
    except (ValueError, OverflowError):  # +999y is past the end of the calendar
        return None
    return day if day is not None and FIRST <= day <= LAST else None


def read_weekday(word: str) -> int | None:
    """Return the weekday (Monday is 0) that two or more letters begin, or None."""
    bare = word.lower().rstrip("s") if word.lower() not in WEEKDAYS else word.lower()
    found = [n for n, name in enumerate(WEEKDAYS) if name.startswith(bare)]
    return found[0] if len(bare) >= 2 and len(found) == 1 else {"thur": 3, "weds": 2}.get(word.lower())


def add_months(day: date, months: int) -> date:
    """Return the same day of the month so many months on; the month's last day where it has no such day."""
    count = day.year * 12 + day.month - 1 + months
    first = date(count // 12, count % 12 + 1, 1)
    following = date((count + 1) // 12, (count + 1) % 12 + 1, 1)
    return min(first.replace(day=1) + timedelta(days=day.day - 1), following - timedelta(days=1))


def _weekday(words: str, today: date) -> date | None:
    bare = words.removeprefix("next ").removeprefix("on ")
    weekday = read_weekday(bare)
    if weekday is None:
        return None
    ahead = (weekday - today.weekday()) % 7
    return today + timedelta(
        days=ahead + (7 if words.startswith("next ") and ahead < 7 - today.weekday() else 0)
    )


def _step(words: str, today: date) -> date | None:
    found = _STEP.fullmatch(words.removeprefix("in ").replace(" ", ""))
    if not found:
        return None
    number = int(found[2]) * (-1 if found[1] == "-" else 1)
    if found[3] in "my":
        return add_months(today, number * (12 if found[3] == "y" else 1))
    return today + timedelta(days=number * (7 if found[3] == "w" else 1))


def _numbers(words: str, today: date) -> date | None:
    iso, plain = _ISO.fullmatch(words), _NUMBERS.fullmatch(words)
    if iso:
        return _date(int(iso[1]), int(iso[2]), int(iso[3]))
    if not plain:
        return None
    return _in_year(today, int(plain[1]), int(plain[2]), plain[3])


def _named(words: str, today: date) -> date | None:
    parts = words.replace(",", " ").replace(".", "").split()
    month = next(
        (n + 1 for p in parts for n, m in enumerate(MONTHS) if len(p) >= 3 and m.startswith(p)), None
    )
    numbers = [int(re.sub(r"\D", "", p)) for p in parts if re.fullmatch(r"\d{1,4}(st|nd|rd|th)?", p)]
    if month is None or not numbers or len(parts) != 1 + len(numbers):
        return None
    return _in_year(today, month, numbers[0], str(numbers[1]) if len(numbers) > 1 else None)


def _in_year(today: date, month: int, day: int, year: str | None) -> date | None:
    if year:
        return _date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    this = _date(today.year, month, day)
    return this if this is None or this >= today else _date(today.year + 1, month, day)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
