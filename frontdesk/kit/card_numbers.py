"""Is there a card number in these words? For where none may be typed: they are kept nowhere in this program (PCI DSS 3.2).

A card number is 13 to 19 digits that begin as one of the brands' do and whose last digit checks (ISO/IEC 7812-1, Luhn).
It is seen through spaces, dashes, dots and the like, and in whatever digits Unicode has. Nothing that looks like a card
number is ever returned: only where it stands.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

LEAST, MOST = 13, 19
# Beginnings and lengths, ISO/IEC 7812 as the brands publish them.
_BEGINNINGS = (
    (("4",), {13, 16, 19}),  # Visa
    (tuple(str(n) for n in range(51, 56)), {16}),  # Mastercard
    (tuple(str(n) for n in range(2221, 2721)), {16}),  # Mastercard
    (("34", "37"), {15}),  # American Express
    (("6011", "65", *(str(n) for n in range(644, 650))), {16, 17, 18, 19}),  # Discover
    (("36", "38", "39", *(str(n) for n in range(300, 306))), {14, 16, 19}),  # Diners Club
    (tuple(str(n) for n in range(3528, 3590)), {16, 17, 18, 19}),  # JCB
    (("62",), {16, 17, 18, 19}),  # UnionPay
)  # fmt: skip
_MEASURE = re.compile(r"[+-]?\d{1,7}\.\d{6,}")
"""A measure with many decimals, as a place on the map or a sum a machine made: nobody writes a card so."""
_BETWEEN = 3
"""So many signs may stand between two groups of one number."""
_PHONE = 15
"""Digits of a telephone number at the most (E.164): after a plus sign it is one."""
_PUT_BETWEEN = frozenset("./\\_*|'\u00b7\u2022\u2024")
"""Beside spaces, dashes and what nobody sees; a comma or a bracket ends a number: what follows is another."""


# Fields that hold long numbers of other kinds, one in forty of which would look like a card's; and why each may.
EXEMPT = {
    "member_id": "some plans number their members with 13 to 16 digits",
    "group_number": "as member_id",
    "claim_number": "payers' claims have 13 to 17 digits",
    "payload": "what the barcode of a driver's license says: many long numbers, read and not kept",
    "credential": "what a passkey signed",
    "csrfmiddlewaretoken": "drawn by lot",
    "offer": "a time on the book, signed",
    "token": "drawn by lot",
}
_PARTS = ("phone", "fax", "password")
"""Parts of names: telephone numbers of other countries have up to 15 digits; passwords are not kept."""


def is_exempt(name: str) -> bool:
    """Say whether a field of this name may hold what looks like a card number. Names of forms' own begin with "_"."""
    plain = name.lower().replace(" ", "_").strip("_")
    return name.startswith("_") or plain in EXEMPT or any(part in plain for part in _PARTS)


def where(fields: Iterable[tuple[str, Any]]) -> str:
    """Return the name of the first field a card number stands in, "" for none. Values may hold others, or be JSON of a draft."""
    open_ = [iter(fields)]  # what lies in what, however deep
    while open_:
        for name, value in open_[-1]:
            inner = _inside(name, value)
            if inner is None:
                if has_card_number(str(value)) and not is_exempt(name):
                    return name
            elif not is_exempt(name):
                open_.append(inner)
                break
        else:
            open_.pop()
    return ""


def _inside(name: str, value: Any) -> Iterator[tuple[str, Any]] | None:
    """Return what a value holds, by name; None for words."""
    if isinstance(value, Mapping):
        return ((str(key), inner) for key, inner in value.items())
    if isinstance(value, list | tuple):
        return ((name, inner) for inner in value)
    if name == "values" and isinstance(value, str) and value.lstrip().startswith("{"):
        return iter(_read(value).items())
    return None


def refusal(name: str) -> str:
    """Return what to say of a card number in a field: where it stands and what to do, and nothing of the number."""
    field = name.replace("_", " ").strip().capitalize() or "one field"
    return (
        f"A card number stands in the field “{field}”. Card numbers are never typed here, and nothing was kept. "
        "Take it out; cards are charged at the reader or with a payment link."
    )


def _read(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {"draft": [text]}
    return found if isinstance(found, dict) else {}


def has_card_number(text: str) -> bool:
    """Say whether a card number stands somewhere in a text."""
    if len(text) < LEAST or sum(c.isdecimal() for c in text) < LEAST or _MEASURE.fullmatch(text.strip()):
        return False
    return any(_is_within(run) for run in _runs(text))


def _runs(text: str) -> Iterator[list[str]]:
    """Yield groups of digits that stand together, through what people put between them."""
    run: list[str] = []
    gap, before, abroad = 0, "", False
    for sign in text:
        digit = unicodedata.decimal(sign, -1)
        if digit >= 0:
            if run and not gap:
                run[-1] += str(digit)
            else:
                abroad = before == "+" if not run else abroad
                run.append(str(digit))
            gap = 0
        elif run and gap < _BETWEEN and _is_between(sign):
            gap += unicodedata.category(sign) != "Cf"
        else:
            if run and not (abroad and sum(map(len, run)) <= _PHONE):
                yield run
            run, gap = [], 0
        before = sign
    if run and not (abroad and sum(map(len, run)) <= _PHONE):
        yield run


def _is_between(sign: str) -> bool:
    return sign.isspace() or sign in _PUT_BETWEEN or unicodedata.category(sign) in {"Pd", "Cf"}


def _is_within(run: list[str]) -> bool:
    """Say whether some groups of a run, one after the other, are a card number. What stands unbroken is taken whole."""
    for first in range(len(run)):
        digits = ""
        for group in run[first:]:
            digits += group
            if len(digits) > MOST:
                break
            if len(digits) >= LEAST and _is_one(digits):
                return True
    return False


def _is_one(digits: str) -> bool:
    known = any(digits.startswith(begins) and len(digits) in lengths for begins, lengths in _BEGINNINGS)
    return known and len(set(digits)) > 1 and _luhn(digits)


def _luhn(digits: str) -> bool:
    doubled = (int(d) * 2 - 9 * (int(d) > 4) for d in digits[-2::-2])
    return (sum(int(d) for d in digits[-1::-2]) + sum(doubled)) % 10 == 0
