"""Who lives in the region: groups with a common origin, their names, and how they answer on race and language."""

from dataclasses import dataclass

from frontdesk.entrypoints.commands.demo import names
from frontdesk.entrypoints.commands.demo.draw import Urn

# OMB and CDC categories, by their codes (USCDI).
WHITE, BLACK, ASIAN = "2106-3", "2054-5", "2028-9"
HISPANIC, NOT_HISPANIC = "2135-2", "2186-5"


@dataclass(frozen=True, slots=True)
class Group:
    """People with a common origin: what they are called, how they answer on race and language."""

    key: str
    last: Urn[str]
    male: tuple[Urn[str], ...]
    female: tuple[Urn[str], ...]
    race: Urn[str]
    ethnicity: str
    languages: Urn[tuple[str, bool]]
    tail: float = 0.0


def _urns(*tables: str | list[str]) -> tuple[Urn[str], ...]:
    return tuple(Urn(t.split() if isinstance(t, str) else t, flatness=8) for t in tables)


def _speak(*shares: tuple[str, bool, float]) -> Urn[tuple[str, bool]]:
    return Urn([(code, needs) for code, needs, _ in shares], [share for _, _, share in shares])


_ENGLISH_ONLY = _speak(("en", False, 1.0))
_M, _F = _urns(*names.MALE), _urns(*names.FEMALE)
_WHITE = Urn([WHITE, "declined", "other"], [95, 4, 1])
TAIL = [f"{stem}{ending}" for stem in names.STEMS for ending in names.ENDINGS]


def _group(
    key: str,
    last: list[str],
    male: tuple[Urn[str], ...],
    female: tuple[Urn[str], ...],
    race: Urn[str],
    languages: Urn[tuple[str, bool]],
    tail: float = 0.0,
) -> Group:
    ethnicity = HISPANIC if key == "spanish" else NOT_HISPANIC
    return Group(
        key, Urn([n.replace("_", " ") for n in last]), male, female, race, ethnicity, languages, tail
    )


_EAST_M, _EAST_F = _urns(names.EASTERN_MALE), _urns(names.EASTERN_FEMALE)
_ASIA_M, _ASIA_F = _urns(names.ASIAN_MALE), _urns(names.ASIAN_FEMALE)
_ASIAN = Urn([ASIAN, "declined"], [96, 4])
GROUPS = Urn(
    [
        _group("english", names.ENGLISH_LAST, _M, _F, _WHITE, _ENGLISH_ONLY, 0.42),
        _group("irish", names.IRISH_LAST, _M, _F, _WHITE, _ENGLISH_ONLY, 0.1),
        _group("french", names.FRENCH_LAST, _M, _F, _WHITE, _ENGLISH_ONLY, 0.1),
        _group("polish", names.POLISH_LAST, (*_M[:2], *_M[2:]), _F, _WHITE, _ENGLISH_ONLY),
        _group("italian", names.ITALIAN_LAST, _M, _F, _WHITE, _ENGLISH_ONLY),
        _group(
            "spanish", names.SPANISH_LAST, _urns(*names.SPANISH_MALE), _urns(*names.SPANISH_FEMALE),
            Urn(["other", WHITE, BLACK, "declined"], [45, 38, 9, 8]),
            _speak(("en", False, 62), ("es", False, 14), ("es", True, 24)),
        ),
        _group(
            "black", names.ENGLISH_LAST, _urns(names.BLACK_MALE), _urns(names.BLACK_FEMALE),
            Urn([BLACK, "declined"], [96, 4]), _ENGLISH_ONLY, 0.15,
        ),
        _group(
            "eastern", names.RUSSIAN_LAST, _EAST_M, _EAST_F, _WHITE,
            _speak(("en", False, 50), ("ru", True, 50)),
        ),
        _group(
            "portuguese", names.PORTUGUESE_LAST, _M, _F, _WHITE,
            _speak(("en", False, 75), ("pt", False, 8), ("pt", True, 17)),
        ),
        _group(
            "vietnamese", names.VIETNAMESE_LAST, _ASIA_M, _ASIA_F, _ASIAN, _speak(("en", False, 55), ("vi", True, 45))
        ),
        _group("chinese", names.CHINESE_LAST, _ASIA_M, _ASIA_F, _ASIAN, _speak(("en", False, 65), ("zh", True, 35))),
        _group("indian", names.INDIAN_LAST, _ASIA_M, _ASIA_F, _ASIAN, _speak(("en", False, 94), ("hi", True, 6))),
        _group(
            "arabic", names.ARABIC_LAST, _urns(names.ARABIC_MALE), _urns(names.ARABIC_FEMALE),
            Urn([WHITE, "other", "declined"], [60, 30, 10]),
            _speak(("en", False, 60), ("ar", True, 32), ("so", True, 8)),
        ),
    ],
    [36, 9, 10, 7, 6, 20, 7, 3, 3, 2, 1.5, 2, 1.5],
)  # fmt: skip
