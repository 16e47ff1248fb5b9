"""What a user name may be, how a password is read, and what a code of an authenticator app is worth."""

import base64
import hashlib
import hmac
import re
import secrets
import struct
import unicodedata
from collections.abc import Iterable
from itertools import pairwise
from urllib.parse import quote

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}")
# No vowels, and nothing that is read as something else: 0 and o, 1 and l.
_SIGNS = "bcdfghjkmnpqrstvwxz23456789"
_GROUPS, _IN_A_GROUP = 4, 4
# NIST SP 800-63B-4: a password alone, and one beside a second factor. Longer than the last is no password.
ALONE, BESIDE, LONGEST = 15, 8, 1024
# RFC 6238 as every authenticator app speaks it.
STEP, DIGITS = 30, 6
RECOVERY_CODES = 10
PIN = re.compile(r"[0-9]{6,12}")


def as_kept(password: str) -> str:
    """Return a password as it is hashed: however a keyboard composes an accent, it is the same (NIST SP 800-63B)."""
    return unicodedata.normalize("NFKC", password)


def as_shown(password: str) -> str:
    """Return a password somebody shows as it is compared; one longer than any can be is none, and not cut to fit."""
    told = as_kept(password)
    return told if len(told) <= LONGEST else ""


def says_little(password: str) -> bool:
    """Say whether a password is one piece over and over, a run along the alphabet or the digits, or a few signs only."""
    told = as_kept(password).casefold()
    steps = {ord(b) - ord(a) for a, b in pairwise(told)}
    return (told + told).find(told, 1) < len(told) or len(steps) < 2 or len(set(told)) < 5


def one_time_password() -> str:
    """Return a password nobody chose, easy to read out and to type: four groups of four signs, 76 bits."""
    groups = ("".join(secrets.choice(_SIGNS) for _ in range(_IN_A_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def is_mostly(password: str, words: Iterable[str]) -> bool:
    """Say whether a password is little more than names that everybody here knows: the practice's, or one's own."""
    left = _squeezed(password)
    for word in sorted({_squeezed(one) for text in words for one in (text, *text.split())}, key=len)[::-1]:
        if len(word) >= 4:
            left = left.replace(word, "")
    return left != _squeezed(password) and len(left) < BESIDE


def _squeezed(text: str) -> str:
    return "".join(sign for sign in as_kept(text).casefold() if sign.isalnum())


def app_secret() -> str:
    """Return a new shared secret of an authenticator app: 160 bits in base 32."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def app_code(secret: str, step: int) -> str:
    """Return the code an authenticator app shows in a half minute (RFC 6238: HMAC-SHA-1, six digits)."""
    told = hmac.new(base64.b32decode(secret), struct.pack(">Q", step), hashlib.sha1).digest()
    at = told[-1] & 0x0F
    number = struct.unpack(">I", told[at : at + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def step_of(secret: str, code: str, moment: float, *, after: int) -> int | None:
    """Return the half minute a code is of, one early or late allowed, newer than `after`; None when it is of none."""
    now = int(moment) // STEP
    fits = [s for s in (now - 1, now, now + 1) if hmac.compare_digest(app_code(secret, s), code)]
    return max((step for step in fits if step > after), default=None)


def app_address(secret: str, *, issuer: str, account: str) -> str:
    """Return what an authenticator app reads out of the picture (otpauth key URI)."""
    label = quote(f"{issuer}:{account}", safe="")
    return f"otpauth://totp/{label}?secret={secret}&issuer={quote(issuer, safe='')}&digits={DIGITS}&period={STEP}"


def recovery_code() -> str:
    """Return a code for paper, easy to copy: three groups of four signs, 57 bits, tried five times at most."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(3))


def as_typed(code: str) -> str:
    """Return a code as it is compared, however its groups were typed."""
    return "".join(sign for sign in as_kept(code).casefold() if sign.isalnum())


def is_easy_pin(pin: str) -> bool:
    """Say whether a PIN is among the first that anybody tries: one digit over and over, a run, a pair repeated."""
    return says_little(pin) or pin[: len(pin) // 2] == pin[len(pin) // 2 :]
