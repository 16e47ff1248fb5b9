"""How prices and services are read from a form, and put into words."""

import re
from collections.abc import Iterable
from datetime import date

from frontdesk.entrypoints.desk.templating import us_date
from frontdesk.kit.errors import Invalid
from frontdesk.kit.money import cents_of

_LINE = re.compile(r"([0-9A-Z]{5})(?:-([0-9A-Z]{2}))?(?:\s*[X*]\s*([0-9]{1,2}))?")
WRONG_LINES = "Write codes with commas between them: 99213-25, 80053 x2."
WRONG_AMOUNT = "Write dollars: 160 or 160.50."


def cents(text: str, field: str) -> int:
    """Return dollars as cents. Raises `Invalid`."""
    found = cents_of(text)
    if found is None:
        raise Invalid(WRONG_AMOUNT, fields={field: WRONG_AMOUNT})
    return found


def read_lines(text: str) -> list[tuple[str, str, int]]:
    """Return services as they are typed: "99213-25, 80053 x2". Raises `Invalid`."""
    found = []
    for part in filter(None, (one.strip().upper() for one in re.split(r"[,;\n]", text))):
        match = _LINE.fullmatch(part)
        if match is None:
            raise Invalid(WRONG_LINES, fields={"lines": WRONG_LINES})
        found.append((match[1], match[2] or "", int(match[3] or 1)))
    return found


def written(lines: Iterable[tuple[str, str, int]]) -> str:
    """Return services as they are typed."""
    return ", ".join(
        f"{code_of(code, sign)}{f' x{units}' if units > 1 else ''}" for code, sign, units in lines
    )


def code_of(code: str, modifier: str) -> str:
    """Return a code with its modifier: 99213-25."""
    return f"{code}-{modifier}" if modifier else code


def span(begins: date, ends: date | None) -> str:
    """Say from when until when a price holds."""
    return f"{us_date(begins)} to {us_date(ends)}" if ends else f"from {us_date(begins)}"
