"""What the square of bars on the back of an American or Canadian driver's license or ID card says.

AAMVA DL/ID Card Design Standard, annex D: a PDF417 that holds a header (issuer's number, version, a table of subfiles) and a
subfile of elements, each three letters and its value, one a line. Versions 1 to 10. `read` takes the bytes of a picture's
code and also the text that a scanner typed as keys, in which control characters are lost or changed: where the table does
not fit the text any more the elements are taken by their letters. What is odd about a card is a finding, not a refusal.
"""

import re
from dataclasses import dataclass
from datetime import date

NEWEST = 10
LONGEST = 10_000
"""Characters a payload may have; the largest PDF417 holds 2,710."""
_HEADER = re.compile(r"@?[\s\x1c-\x1f]*(?:ANSI |AAMVA)(\d{6})(\d\d)")
_TABLE = re.compile(r"(DL|ID|Z[A-Z])(\d{4})(\d{4})")
_ELEMENT = re.compile(r"(D[A-D][A-Z])([^\n\r\x1c-\x1f]*)")
_LINES = re.compile(r"[\n\r\x1c-\x1f]+")
_NOTHING = frozenset({"NONE", "UNAVL", "UNAVAIL", "N/A", "NA"})
_SEX = {"1": "M", "2": "F", "9": "X", "M": "M", "F": "F", "X": "X"}
_CUT = {"DDE": "last", "DDF": "first", "DDG": "middle"}


class NoLicense(ValueError):
    """The text is no AAMVA payload, or one without the elements every card has; the sentence says which, for whoever scanned it."""


@dataclass(frozen=True, slots=True)
class License:
    """One card. Names and address stand as the issuer wrote them, mostly in capitals; "" and None for what it does not say.

    `kind` is DL (a driver's license) or ID (an ID card); `issuer` the six digits of its IIN. `sex` is M, F or X; `state` the
    two letters of the address, `zip` a postal code as it is written; `truncated` names what was too long for the card
    (last, first, middle). `findings` are sentences about what is odd.
    """

    issuer: str
    version: int
    kind: str
    number: str
    last: str
    first: str
    middle: str = ""
    suffix: str = ""
    birth_date: date | None = None
    issued: date | None = None
    expires: date | None = None
    sex: str = ""
    line: str = ""
    line2: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    country: str = ""
    truncated: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()


def read(payload: bytes | str) -> License:
    """Return the card a payload describes. Raises `NoLicense`, and nothing else whatever the payload is."""
    text = _text(payload)
    header = _HEADER.search(text)
    if header is None:
        msg = "This is not the code of a driver's license or ID card."
        raise NoLicense(msg)
    version, findings = int(header[2]), []
    if version == 0:
        msg = "This card is older than the standard for driver's licenses. Type it in."
        raise NoLicense(msg)
    if version > NEWEST:
        findings.append(f"Version {version} of the standard is newer than {NEWEST}; look at each field.")
    kind, elements = _elements(text, header, findings)
    if not elements:
        msg = "The code has no lines. The scanner leaves the line ends out; set it to send them."
        raise NoLicense(msg)
    last, first, middle = _names(elements)
    if not (last or first):
        msg = "The code has no name in it."
        raise NoLicense(msg)
    country = {"USA": "US", "CAN": "CA"}.get(elements.get("DCG", ""), elements.get("DCG", ""))
    days = {name: _day(elements.get(name, ""), version, country) for name in ("DBB", "DBD", "DBA")}
    findings += [
        f"{words} cannot be read."
        for name, words in (("DBB", "The date of birth"), ("DBA", "The last day"))
        if elements.get(name) and days[name] is None
    ]
    return License(
        issuer=header[1], version=version, kind=kind, number=elements.get("DAQ", ""),
        last=last, first=first, middle=middle, suffix=elements.get("DCU", "") or elements.get("DAE", ""),
        birth_date=days["DBB"], issued=days["DBD"], expires=days["DBA"], sex=_SEX.get(elements.get("DBC", ""), ""),
        line=elements.get("DAG", ""), line2=elements.get("DAH", ""), city=elements.get("DAI", ""),
        state=elements.get("DAJ", "")[:2], zip=_postal(elements.get("DAK", "")), country=country,
        truncated=tuple(words for name, words in _CUT.items() if elements.get(name) == "T"),
        findings=tuple(findings),
    )  # fmt: skip


def _text(payload: bytes | str) -> str:
    if isinstance(payload, bytes):
        try:
            text = payload[:LONGEST].decode()
        except UnicodeDecodeError:
            text = payload[:LONGEST].decode("latin-1")  # ISO 8859-1 is what the standard asks for
    else:
        text = payload[:LONGEST].replace("\r\n", "\n")
    # A scanner types keys: with Caps Lock on, all letters come the other way round.
    return text.swapcase() if "ansi " in text and "ANSI " not in text else text


def _elements(text: str, header: re.Match[str], findings: list[str]) -> tuple[str, dict[str, str]]:
    """Return which kind of card it is, and its elements by their letters; the first of each counts."""
    # From version 2 on the issuer's own version stands before the number of subfiles.
    at = header.end() + (4 if int(header[2]) > 1 else 2)
    table: list[re.Match[str]] = []
    while (entry := _TABLE.match(text, at)) and len(table) < 10:
        table.append(entry)
        at = entry.end()
    ours = next((one for one in table if one[1] in {"DL", "ID"}), None)
    kind, begins = (ours[1], int(ours[2])) if ours else ("DL", -1)
    body = text[at:]
    if ours and text[begins : begins + 3] in {f"{kind}D", "DAQ", "DAA", "DCS"}:
        body = text[begins:].partition("\r")[0]
    elif ours:
        findings.append("The table of contents does not fit; the elements were taken by their letters.")
    found: dict[str, str] = {}
    for line in _LINES.split(body):
        bare = line[2:] if re.match(r"(?:DL|ID)D[A-D][A-Z]", line) else line
        if one := _ELEMENT.match(bare):
            value = " ".join(one[2].replace("\0", "").split())
            found.setdefault(one[1], "" if value.upper() in _NOTHING else value)
    # All of it on one line: where an element ends and the next begins cannot be told.
    return kind, found if len(found) > 1 else {}


def _names(elements: dict[str, str]) -> tuple[str, str, str]:
    """Return last, first and middle name, out of whichever elements the version has."""
    last = elements.get("DCS") or elements.get("DAB", "")
    first, middle = elements.get("DAC", ""), elements.get("DAD", "")
    if not first and elements.get("DCT"):  # versions 2 and 3: all given names in one
        first, _, middle = elements["DCT"].replace(",", " ").partition(" ")
    if not last and elements.get("DAA"):  # version 1: the whole name, the last one first
        parts = [one.strip() for one in elements["DAA"].replace("@", ",").split(",")]
        last, first, middle = (*parts, "", "")[:3]
    return last, first, middle.strip()


def _day(value: str, version: int, country: str) -> date | None:
    """Return a day written MMDDCCYY, or CCYYMMDD as in version 1 and in Canada.

    Some issuers write it the other way. No day reads both ways: no month is 18 to 21, no century 01 to 12.
    """
    digits = re.sub(r"\D", "", value)
    if len(digits) != 8 or not digits.isascii():
        return None
    century_first = (digits[:4], digits[4:6], digits[6:])
    month_first = (digits[4:], digits[:2], digits[2:4])
    usual = century_first if version == 1 or country == "CA" else month_first
    for year, month, day in (usual, century_first, month_first):
        try:
            found = date(int(year), int(month), int(day))
        except ValueError:
            continue
        if 1850 <= found.year <= 2150:
            return found
    return None


def _postal(value: str) -> str:
    """Return a postal code as it is written: 02143, 02143-1234; a Canadian one with its blank."""
    bare = re.sub(r"[\s-]", "", value)
    if bare.isdigit() and len(bare) == 9:
        return bare[:5] if bare.endswith("0000") else f"{bare[:5]}-{bare[5:]}"
    if re.fullmatch(r"[A-Z]\d[A-Z]\d[A-Z]\d", bare):
        return f"{bare[:3]} {bare[3:]}"
    return bare[:11]
