"""Reading what people type into the forms about patients: dates, yes and no, a name out of a search."""

import re
from collections.abc import Mapping
from datetime import date

from frontdesk.office.patients.names import fold
from frontdesk.office.patients.rules import written_ssn
from frontdesk.office.patients.typed import Typed, read

_WORD = re.compile(r"[^\W\d_][^\W\d_'’.\-]*(?:['’\-][^\W\d_]+)*\.?")
WRONG_DATE = "Write it as 3/14/1962 or 031462."
YES_NO: Mapping[str, bool | None] = {"yes": True, "no": False, "": None}


def birth_date(text: str, today: date) -> date | None:
    """Return a day that lies in the past, in any usual American writing; None when it is none."""
    births = read(text, today).births
    return births[0] if births else None


def any_date(text: str) -> date | None:
    """Return a day typed in full, past or to come; None when it is none."""
    births = read(text, date(2199, 12, 31)).births
    return next((day for day in births if day.year >= 1900), None) if _has_year(text) else None


def prefill(text: str, today: date) -> dict[str, str]:
    """Return what a register form can be begun with, out of what was searched for."""
    typed = read(text, today)
    first, last = names(text, typed)
    values = {
        "legal_first": first,
        "legal_last": last,
        "phone": typed.phone if len(typed.phone) == 10 else "",
        "ssn": written_ssn(typed.ssn) if typed.ssn and typed.ssn not in typed.numbers else "",
    }
    if typed.births:
        day = typed.births[0]
        values["birth_date"] = f"{day.month}/{day.day}/{day.year}"
    return {name: value for name, value in values.items() if value}


def names(text: str, typed: Typed) -> tuple[str, str]:
    """Return first and last name as they were typed; a comma puts the last name first, one word is a last name."""
    kept = {word for word in typed.words if not word.isdigit()}
    before, comma, after = text.partition(",")
    if comma and not any(c.isdigit() for c in before):
        return _name(_words(after, kept)), _name(_words(before, kept))
    words = _words(text, kept)
    if len(words) < 2:
        return "", _name(words)
    return _name(words[:1]), _name(words[1:])


def _words(text: str, kept: set[str]) -> list[str]:
    return [w for w in _WORD.findall(text) if set(fold(w).split()) & kept]


def _name(words: list[str]) -> str:
    return " ".join(_capital(word) for word in words)


def _capital(word: str) -> str:
    """Begin a word typed all small with a capital, after a hyphen or apostrophe too: o'brien-lee, O'Brien-Lee."""
    if word != word.lower():
        return word
    return re.sub(r"(^|['’\-])(\w)", lambda found: found[1] + found[2].upper(), word)


def _has_year(text: str) -> bool:
    return bool(re.search(r"\d{4}|\d[/.-]\d{1,2}[/.-]\d{2}|^\s*\d{6}\s*$", text))


def iso_words(text: str) -> str:
    """Write an ISO day or moment as it is read here; any other text stays as it is."""
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d).*)?", text)
    if not found:
        return text
    day = f"{int(found[2])}/{int(found[3])}/{found[1]}"
    return f"{day}, {found[4]}:{found[5]}" if found[4] else day
