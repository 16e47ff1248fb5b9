"""A driver's license, out of a picture of its back or the keys a scanner typed, as the register form takes it."""

import re
from dataclasses import dataclass
from datetime import date

import zxingcpp
from PIL import Image

from frontdesk.exchange.cards.pictures import FINE_EDGE, upright
from frontdesk.formats import aamva

_SEX = {"F": "female", "M": "male"}
# A code that stands more than a few degrees askew is not found: the picture is turned a little, this way and that.
_ANGLES = (0, 6, -6, 12, -12)
_SMALL = 1800
_PDF417 = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.PDF417])
_FEW_BARS = "No license code is seen in the picture. Show its back flat, straight and near, in good light."


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a license says somebody is: fields of `patients.services.NewPatient` by name, and sentences to look at."""

    fields: dict[str, str]
    birth_date: date | None
    notes: tuple[str, ...]


def seen(picture: bytes, today: date) -> Identity:
    """Return what the bars in a picture say. Nothing of the picture is kept. Raises `CannotBeUsed`, `aamva.NoLicense`."""
    said = _bars(upright(picture, edge=FINE_EDGE).convert("L"))
    for content in said:
        if b"ANSI " in content or b"AAMVA" in content:
            return identity(aamva.read(content), today)
    raise aamva.NoLicense("The bars in the picture are of no license." if said else _FEW_BARS)


def _bars(whole: Image.Image) -> list[bytes]:
    """Return what the PDF417 codes in a picture hold; one that stands askew is looked for in a smaller picture, turned."""
    small = whole.copy()
    small.thumbnail((_SMALL, _SMALL))
    for angle in _ANGLES:
        seen = small.rotate(angle, Image.Resampling.BICUBIC, expand=True) if angle else whole
        found = zxingcpp.read_barcodes(seen, formats=_PDF417, try_invert=False)
        # Not `.text`: it writes <LF> and <RS> where the control characters are.
        if said := [one.bytes for one in found if one.valid]:
            return said
    return []


def typed(payload: str, today: date) -> Identity:
    """Return what a scanner typed says. Raises `aamva.NoLicense`."""
    return identity(aamva.read(payload), today)


def identity(card: aamva.License, today: date) -> Identity:
    """Put a license into the words of the register form; an address in capitals is written as people write it."""
    fields = {
        "legal_first": _name(card.first),
        "legal_middle": _name(card.middle),
        "legal_last": _name(card.last),
        "suffix": card.suffix.title()
        if card.suffix.isalpha() and card.suffix in {"JR", "SR"}
        else card.suffix,
        "sex": _SEX.get(card.sex, ""),
        "line": _name(card.line),
        "line2": _name(card.line2),
        "city": _name(card.city),
        "state": card.state.upper(),
        "zip": card.zip,
    }
    return Identity(
        {name: value for name, value in fields.items() if value}, card.birth_date, tuple(_notes(card, today))
    )


def _notes(card: aamva.License, today: date) -> list[str]:
    names = {"last": "last name", "first": "first name", "middle": "middle name"}
    notes = [
        f"The {names[one]} was too long for the card and is cut off: ask for all of it."
        for one in card.truncated
    ]
    if card.expires and card.expires < today:
        day = card.expires
        notes.append(f"It ran out on {day.month}/{day.day}/{day.year}.")
    if card.birth_date and card.birth_date > today:
        notes.append("Its date of birth is still to come: look at the card.")
    return [*notes, *card.findings]


def _name(text: str) -> str:
    """Write what stands in capitals as a name: O'BRIEN-LEE is O'Brien-Lee. What has small letters stays as it is."""
    if text != text.upper():
        return text
    return re.sub(r"[^\W\d_]+", lambda found: found[0].capitalize(), text).replace("'S ", "'s ")
