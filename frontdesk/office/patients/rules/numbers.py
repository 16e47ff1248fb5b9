"""The numbers the government knows people by."""

import re

SSN_HIDDEN = "***-**-****"
# The groups (fourth and fifth digit) the IRS gives to people who have no social security number (ITIN).
_ITIN_GROUPS = frozenset([*range(50, 66), *range(70, 89), *range(90, 93), *range(94, 100)])
# Numbers that stand in advertisements and old lists for "none"; as evidence they would join strangers.
_NOBODYS = frozenset(["123456789", "078051120", "219099999", *(str(n) * 9 for n in range(10))])


def read_ssn(text: str) -> str:
    """Return the nine digits of a social security number written 123-45-6789, 123 45 6789 or without either; else ""."""
    found = re.fullmatch(r"\s*(\d{3})([- ]?)(\d{2})\2(\d{4})\s*", text, re.ASCII)
    return found[1] + found[3] + found[4] if found else ""


def wrong_ssn(digits: str) -> str:
    """Say what is wrong with nine digits as a social security number, or as an ITIN; "" when they can be right."""
    if len(digits) != 9:
        return "A social security number has nine digits: 123-45-6789."
    area, group, serial = digits[:3], digits[3:5], digits[5:]
    never = area in {"000", "666"} or group == "00" or serial == "0000"
    no_itin = area[0] == "9" and int(group) not in _ITIN_GROUPS
    if never or no_itin or digits in _NOBODYS or "987654320" <= digits <= "987654329":
        return "Nobody has this number. Look at it again, or leave it empty."
    return ""


def masked_ssn(digits: str) -> str:
    """Return a social security number as it is shown: its last four digits."""
    return f"***-**-{digits[-4:]}"


def written_ssn(digits: str) -> str:
    """Return a whole social security number as it is written."""
    return f"{digits[:3]}-{digits[3:5]}-{digits[5:]}"
