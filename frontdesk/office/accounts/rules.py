"""What a user name may be, and how a password is read."""

import re
import secrets
import unicodedata
from itertools import pairwise

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}")
# No vowels, and nothing that is read as something else: 0 and o, 1 and l.
_SIGNS = "bcdfghjkmnpqrstvwxz23456789"
_GROUPS, _IN_A_GROUP = 4, 4


def as_kept(password: str) -> str:
    """Return a password as it is hashed: however a keyboard composes an accent, it is the same (NIST SP 800-63B)."""
    return unicodedata.normalize("NFKC", password)


def says_little(password: str) -> bool:
    """Say whether a password is one piece over and over, a run along the alphabet or the digits, or a few signs only."""
    told = as_kept(password).casefold()
    steps = {ord(b) - ord(a) for a, b in pairwise(told)}
    return (told + told).find(told, 1) < len(told) or len(steps) < 2 or len(set(told)) < 5


def one_time_password() -> str:
    """Return a password nobody chose, easy to read out and to type: four groups of four signs, 76 bits."""
    groups = ("".join(secrets.choice(_SIGNS) for _ in range(_IN_A_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)
