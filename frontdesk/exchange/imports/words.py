"""The words other programs use for what the office calls something else: sexes, states, races, languages, dates."""

import re
from datetime import date, datetime

from frontdesk.kit import clock

SEXES = {
    "f": "female", "female": "female", "w": "female", "woman": "female", "2": "female", "girl": "female",
    "m": "male", "male": "male", "man": "male", "1": "male", "boy": "male",
    "o": "other", "other": "other", "x": "other", "nonbinary": "other", "non-binary": "other", "i": "other",
    "u": "unknown", "unknown": "unknown", "unk": "unknown", "": "unknown", "n": "unknown", "asku": "unknown",
    "oth": "other",
}  # fmt: skip
RACES = {
    "white": "2106-3", "caucasian": "2106-3", "2106-3": "2106-3", "w": "2106-3",
    "black": "2054-5", "african american": "2054-5", "black or african american": "2054-5", "2054-5": "2054-5",
    "b": "2054-5", "asian": "2028-9", "2028-9": "2028-9", "a": "2028-9",
    "native": "1002-5", "american indian or alaska native": "1002-5", "1002-5": "1002-5",
    "hawaiian": "2076-8", "pacific": "2076-8", "native hawaiian or other pacific islander": "2076-8", "2076-8": "2076-8",
    "other": "other", "other race": "other", "2131-1": "other", "2135-2": "other",
    "declined": "declined", "refused": "declined", "asku": "declined", "prefer not to say": "declined",
    "unk": "", "unknown": "",
}  # fmt: skip
"""OMB race categories by their CDC codes, as USCDI asks; Synthea's "2135-2" for another race is an old mistake of its."""
ETHNICITIES = {
    "hispanic": "2135-2", "hispanic or latino": "2135-2", "latino": "2135-2", "2135-2": "2135-2",
    "nonhispanic": "2186-5", "non-hispanic": "2186-5", "not hispanic": "2186-5", "not hispanic or latino": "2186-5",
    "2186-5": "2186-5", "declined": "declined", "refused": "declined", "asku": "declined", "unk": "", "unknown": "",
}  # fmt: skip
LANGUAGES = {
    "english": "en", "spanish": "es", "portuguese": "pt", "russian": "ru", "ukrainian": "uk", "vietnamese": "vi",
    "chinese": "zh", "mandarin": "zh", "cantonese": "yue", "polish": "pl", "arabic": "ar", "french": "fr",
    "haitian creole": "ht", "italian": "it", "korean": "ko", "japanese": "ja", "german": "de", "hindi": "hi",
    "gujarati": "gu", "somali": "so", "nepali": "ne", "american sign language": "ase", "asl": "ase",
}  # fmt: skip
STATES = {
    "alabama": "AL", "alaska": "AK", "arizona": "AZ", "arkansas": "AR", "california": "CA", "colorado": "CO",
    "connecticut": "CT", "delaware": "DE", "district of columbia": "DC", "florida": "FL", "georgia": "GA",
    "hawaii": "HI", "idaho": "ID", "illinois": "IL", "indiana": "IN", "iowa": "IA", "kansas": "KS", "kentucky": "KY",
    "louisiana": "LA", "maine": "ME", "maryland": "MD", "massachusetts": "MA", "michigan": "MI", "minnesota": "MN",
    "mississippi": "MS", "missouri": "MO", "montana": "MT", "nebraska": "NE", "nevada": "NV", "new hampshire": "NH",
    "new jersey": "NJ", "new mexico": "NM", "new york": "NY", "north carolina": "NC", "north dakota": "ND", "ohio": "OH",
    "oklahoma": "OK", "oregon": "OR", "pennsylvania": "PA", "puerto rico": "PR", "rhode island": "RI",
    "south carolina": "SC", "south dakota": "SD", "tennessee": "TN", "texas": "TX", "utah": "UT", "vermont": "VT",
    "virginia": "VA", "washington": "WA", "west virginia": "WV", "wisconsin": "WI", "wyoming": "WY", "guam": "GU",
}  # fmt: skip
DATE_FORMATS = (
    "%Y-%m-%d",
    "%m/%d/%Y",
    "%m/%d/%y",
    "%m-%d-%Y",
    "%Y%m%d",
    "%d.%m.%Y",
    "%b %d, %Y",
    "%d-%b-%Y",
    "%Y/%m/%d",
)
OLDEST_YEARS = 130
_DIGITS_AT_END = re.compile(r"(?<=[^\W\d_])\d+(?=$|[\s'-])")


def state(text: str) -> str:
    """Return the two letters of a state, "" for what is none."""
    plain = " ".join(text.split())
    if len(plain) == 2:
        return plain.upper() if plain.upper() in set(STATES.values()) else ""
    return STATES.get(plain.lower(), "")


def language(text: str) -> str:
    """Return a BCP 47 code for a language's English name or code; "" when it is neither."""
    plain = text.strip().lower()
    if plain in LANGUAGES:
        return LANGUAGES[plain]
    code = plain.replace("_", "-").split("-")[0]
    return code if re.fullmatch(r"[a-z]{2,3}", code) else ""


def without_digits(name: str) -> str:
    """Return a name without the digits Synthea puts behind it: "Maynard46" is "Maynard"."""
    return _DIGITS_AT_END.sub("", name).strip()


def day(text: str, form: str) -> date:
    """Read a date in `form` (strftime letters); two-digit years lie in the past. Raises ValueError with the reason."""
    try:
        # A time behind the date says nothing about a birthday.
        found = datetime.strptime(text if "%H" in form else text.partition("T")[0], form).date()  # noqa: DTZ007
    except ValueError:
        shown = form.replace("%Y", "YYYY").replace("%m", "MM").replace("%d", "DD").replace("%y", "YY")
        msg = f"{text!r} is not a date as {shown}"
        raise ValueError(msg) from None
    if "%y" in form and found > clock.now().date():
        found = found.replace(year=found.year - 100)
    return found


def birthday(text: str, form: str) -> date:
    """Read a date of birth. Raises ValueError when it is missing, ahead, or beyond any age."""
    if not text:
        msg = "the date of birth is missing"
        raise ValueError(msg)
    found = day(text, form)
    return plausible_birthday(found)


def plausible_birthday(found: date) -> date:
    """Return the date of birth. Raises ValueError when it lies ahead or beyond any age."""
    today = clock.now().date()
    if found > today:
        msg = f"the date of birth {found} lies ahead"
        raise ValueError(msg)
    if today.year - found.year > OLDEST_YEARS:
        msg = f"the date of birth {found} is more than {OLDEST_YEARS} years ago"
        raise ValueError(msg)
    return found
