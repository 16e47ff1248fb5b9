"""Code lists that a guide closes: a value outside them is a fault of the element.

Source: the code lists of the ASC X12 005010 guides named in each table of this folder.
"""

import string
from itertools import product

_TWO = {a + b for a, b in product(string.ascii_uppercase + string.digits, repeat=2)}


def _span(letters: str) -> set[str]:
    """`BA-BZ` is every two-letter code from BA to BZ."""
    first, last = letters.split("-")
    return {code for code in _TWO if first <= code <= last and code[0] == first[0] and len(code) == 2}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


STATES = _words(
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA "
    "RI SC SD TN TX UT VT VA WA WV WI WY AS GU MP PR VI UM FM MH PW AA AE AP"
)
PROVINCES = _words("AB BC MB NB NL NS NT NU ON PE QC SK YT")
SERVICE_TYPES = frozenset(
    {str(number) for number in range(1, 100)}
    | _span("A0-A9")
    | _span("AA-AR")
    | _words("B1 B2 B3 C1 DG DM DS GF GN GY IC MH NI ON PT PU RN RT TC TN UC")
    | _span("BA-BZ")
    | _span("CA-CQ")
)
CLAIM_FILING = _words("11 12 13 14 15 16 17 AM BL CH CI DS FI HM LM MA MB MC OF TV VA WC ZZ")
RELATIONSHIPS = _words(
    "01 04 05 07 10 15 17 18 19 20 21 22 23 24 29 32 33 34 36 39 40 41 43 53 60 76 D2 G8 G9"
)
LISTS: dict[str, frozenset[str]] = {
    "service": SERVICE_TYPES,
    "filing": CLAIM_FILING,
    "relationship": RELATIONSHIPS,
    "yn": _words("N Y"),
    "ynu": _words("N U Y"),
    "follow": _words("C N P R S W X Y"),
    "dates": _words("D8 RD8"),
    "group": _words("CO CR OA PI PR"),
    "gender": _words("F M U"),
    "phones": _words("ED EM EX FX TE UR WP HP"),
    "provider": _words("AD AS AT BI CO CV H HH LA OP OR OT P1 P2 PC PE PT PU RF RP SB SK SU R"),
    "benefit": _words("1 2 3 4 5 6 7 8 A B C CB D E F G H I J K L M MC N O P Q R S T U V W X Y"),
    "coverage": _words("CHD DEP ECH EMP ESP FAM IND SPC SPO"),
    "insurance": _words(
        "12 13 14 15 16 41 42 43 47 AP C1 CO CP D DB EP FF GP HM HN HS IN IP LC LD LI LT MA MB MC MH MI MP OT PE PL PP PR "
        "PS QM RP SP TF WC WU"
    ),
    "period": _words("6 7 13 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36"),
    "quantity": _words("8H 99 CA CE D3 DB DY HS LA LE M2 MN P6 QA S7 S8 VS YY"),
    "delivery": _words(
        "1 2 3 4 5 6 7 8 9 A B C D E F G H J K L M N O P Q R S SA SB SC SD SG SL SP SX SY SZ T U V W X Y"
    ),
    "deliverytime": _words("A B C D E F G Y"),
    "eligdates": _words(
        "096 102 152 193 194 198 290 291 292 295 304 307 318 340 341 342 343 346 347 348 349 356 357 382 435 442 458 472 "
        "539 540 636 771"
    ),
    "providerrefs": _words("0B 1C 1D 1J 4A CT EL EO HPI JD N5 N7 Q4 SY TJ"),
    "repricing": _words("00 01 02 03 04 05 06 07 08 09 10 11 12 13 14"),
    "claimrefs": _words("1L 1W 28 6P 9A 9C BB CE EA F8 G1 G3 IG SY"),
    "carcamounts": _words("AU D8 DY F5 I NL T T2 ZK ZL ZM ZN ZO"),
    "setcodes": _words("1 2 3 4 5 6 7 8 9 10 11 12 13 15 16 17 18 19 23 24 25 26 27 I5 I6"),
    "groupcodes": _words("1 2 3 4 5 6 10 11 12 13 14 15 16 17 18 19 23 24 25 26"),
}
