"""Identifiers with check digits, and code sets that others keep: what a value must look like to be one.

A set that is licensed or grows by the month is tested by its shape; hand `check` a fuller one to test existence too.
Sources: NPI, 45 CFR 162.406 (ISO/IEC 7812 check digit over 80840 + the number); CARC and RARC, X12 external code lists
139 and 411; place of service, CMS; ICD-10-CM and HCPCS, their layouts; taxonomy, NUCC; ZIP, USPS.
"""

import re
from collections.abc import Callable, Container, Mapping
from functools import lru_cache

CodeSets = Mapping[str, Container[str]]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PLACES_OF_SERVICE = _words(
    "01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 31 32 33 34 41 42 49 50 51 52 53 54 "
    "55 56 57 58 60 61 62 65 66 71 72 81 99"
)
# Reasons since retired stay valid in old remittances.
CARC = (
    frozenset(str(number) for number in range(1, 310))
    | frozenset(
        {f"A{n}" for n in range(9)} | {f"B{n}" for n in range(1, 24)} | {f"D{n}" for n in range(1, 24)}
    )
    | frozenset(
        {f"P{n}" for n in range(1, 33)} | {f"W{n}" for n in range(1, 10)} | {f"Y{n}" for n in range(1, 4)}
    )
)
CLAIM_FREQUENCIES = frozenset("123456789")

_ICD10 = re.compile(r"[A-TV-Z][0-9][0-9AB](?:[0-9A-Z]{1,4})?|U0[79][0-9]{0,1}")
_ICD9 = re.compile(r"(?:[0-9]{3}|V[0-9]{2}|E[0-9]{3})[0-9]{0,2}")
_ICD10_PROCEDURE = re.compile(r"[0-9A-HJ-NP-Z]{7}")
_PROCEDURE = re.compile(r"[0-9]{4}[0-9AFMTU]|[A-V][0-9]{4}|[0-9]{5}")
_REVENUE = re.compile(r"[0-9]{3,4}")
_TAXONOMY = re.compile(r"[0-9A-Z]{9}[XY]")  # Y ended the codes of the first list
_RARC = re.compile(r"M[0-9]{1,3}|MA[0-9]{2,3}|N[0-9]{1,3}|Alert")
_ZIP = re.compile(r"[0-9]{5}(?:[0-9]{4})?")
_NDC = re.compile(r"[0-9]{11}")
_MODIFIER = re.compile(r"[0-9A-Z]{2}")


@lru_cache(maxsize=4096)
def is_npi(value: str) -> bool:
    """Say whether a value is a National Provider Identifier: ten digits, the last one right."""
    if len(value) != 10 or not (value.isascii() and value.isdigit()) or value[0] not in "12":
        return False
    total = 24  # what the prefix 80840 adds
    for index, letter in enumerate(value):
        digit = int(letter)
        if index % 2 == 0:
            digit = digit * 2 - 9 if digit > 4 else digit * 2
        total += digit
    return total % 10 == 0


def _whole(pattern: re.Pattern[str]) -> Callable[[str], object]:
    return pattern.fullmatch


TESTS: dict[str, tuple[Callable[[str], object], str]] = {
    "npi": (is_npi, "is not a National Provider Identifier: ten digits, the last one a check digit"),
    "icd10": (_whole(_ICD10), "is not an ICD-10-CM code (no point is written)"),
    "icd9": (_whole(_ICD9), "is not an ICD-9-CM code"),
    "icd10pcs": (_whole(_ICD10_PROCEDURE), "is not an ICD-10-PCS code"),
    "hcpcs": (_whole(_PROCEDURE), "is not a CPT or HCPCS code"),
    "revenue": (_whole(_REVENUE), "is not a revenue code"),
    "ndc": (_whole(_NDC), "is not a National Drug Code of eleven digits"),
    "modifier": (_whole(_MODIFIER), "is not a procedure modifier"),
    "taxonomy": (_whole(_TAXONOMY), "is not a provider taxonomy code"),
    "carc": (CARC.__contains__, "is not a claim adjustment reason code"),
    "rarc": (_whole(_RARC), "is not a remittance remark code"),
    "pos": (PLACES_OF_SERVICE.__contains__, "is not a place of service"),
    "frequency": (CLAIM_FREQUENCIES.__contains__, "is not a claim frequency"),
    "zip": (_whole(_ZIP), "is not a ZIP code of five or nine digits"),
}


def fault_of(kind: str, value: str, fuller: CodeSets) -> str:
    """Return what is wrong with a value of a code set, in words to follow it; empty when nothing is."""
    test, words = TESTS[kind]
    if not test(value):
        return words
    if kind in fuller and value not in fuller[kind]:
        return words
    return ""
