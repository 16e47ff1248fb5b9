"""What an insurance card says, out of the words read on it: a pure function, which proposes and settles nothing.

Cards follow no standard that is kept; WEDI's Health Identification Card Implementation Guide names what most have. Each is
found by its label, and must look like what the label promises. What is uncertain is said to be, and what is not found is
left out.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from frontdesk.exchange.cards.scraps import Scrap, beneath, right_of, scraps
from frontdesk.exchange.cards.sight import Word

NAMES = 8
"""So many scraps may be the payer's name; the largest letters first."""


@dataclass(frozen=True, slots=True)
class Read:
    """One thing a card says: which field, its value as the office writes it, how it is printed, and how sure that is (0 to 1).

    Fields: `member_id`, `group_number`, `plan_name`, `subscriber` (first and last name with a blank between), `begins`
    (ISO 8601), `copays` ("PCP $25 · ER $150"), `phone` (for providers), `payer_number`.
    """

    field: str
    value: str
    printed: str
    sure: float


@dataclass(frozen=True, slots=True)
class _Label:
    field: str
    words: re.Pattern[str]
    below: bool = True


# "ID" is read as 1D, Ip or 1O too.
_ID = r"(?:[i1l|]\s?\.?[dpo0]\.?|\W?[i1l|]?dentification|number|num|no\.?|#|nbr)"
_LABELS = (
    _Label(
        "member_id",
        re.compile(
            rf"(?:\b(?:member|subscriber|insured|enrollee|participant|recipient|cardholder|policy|medicare|medicaid)(?:'s)?"
            rf"\s+{_ID}(?:\s*{_ID})?|^\W?[i1l|]?dentification\s+{_ID}|^[i1l|][dpo0]\s*{_ID}|^[i1l|]d\b)[/\w&ú]*(?:\s+de\s+\w+)?\s*[:#.]*\s*",
            re.IGNORECASE,
        ),
    ),
    _Label("group_number", re.compile(rf"(?<!rx)(?<!rx )\b(?:group|grp)\s*{_ID}?\s*[:#.]*\s*", re.IGNORECASE)),
    _Label("plan_name", re.compile(r"^(?:health\s+)?plan(?:\s+(?:name|type))?\s*:?\s*", re.IGNORECASE)),
    _Label(
        "subscriber",
        re.compile(
            r"^(?:(?:member|subscriber|insured|enrollee|participant|cardholder)(?:'s)?(?:\s+name)?|name(?:/nombre)?)\s*:?\s*",
            re.IGNORECASE,
        ),
    ),
    _Label(
        "begins",
        re.compile(
            r"\b(?:effective(?:\s+date)?|eff\.?(?:\s+date)?|coverage\s+(?:starts?|begins?|effective)\S*(?:\s+empieza)?)\s*:?\s*",
            re.IGNORECASE,
        ),
    ),
    _Label("phone", re.compile(r"\bproviders?\b(?:\s+(?:services?|line|call|only|inquiries))*\s*:?\s*", re.IGNORECASE)),
    _Label("payer_number", re.compile(r"\b(?:edi\s+)?pay[eo]r\s*(?:id|[i1l|]d|no\.?|number|#)\s*[:#.]*\s*", re.IGNORECASE)),
)  # fmt: skip
_PHONE = re.compile(r"(?:1[\s.-]?)?\(?([2-9]\d\d)\)?[\s.-]?(\d{3})[\s.-]?(\d{4})(?!\d)")
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d\d)")
_COPAY = re.compile(r"([A-Za-z][A-Za-z /&.'-]{1,30}?)\s*:?\s*\$\s?(\d{1,4})(?:\.00)?(?!\d)")
_KIND = re.compile(r"\b(?:PPO|HMO|POS|EPO|HDHP)\b")
# A Medicare Beneficiary Identifier has its letters and digits in fixed places, and never S, L, O, I, B or Z.
_MBI = re.compile(
    r"[1-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\d[AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\d[AC-HJKMNP-RT-Y]{2}\d\d"
)
# Letters that are read for digits and the other way round.
_DOUBTFUL = re.compile(r"[OIQ]|(?<=\d)[SBZ](?=\d)")
_NO_NAME = {"services", "service", "only", "since", "number", "information", "call", "website", "name", "of", "health", "plan"}  # fmt: skip
_NO_PAYER = {"member", "subscriber", "group", "plan", "id", "name", "copay", "copays", "rxbin", "health", "the", "effective", "coverage", "insurance", "card"}  # fmt: skip


def read(words: Sequence[Word]) -> list[Read]:
    """Return what is proposed for one side of a card: each field once, the surest of it."""
    seen = scraps(words)
    found: dict[str, Read] = {}
    for one in (*_labelled(seen), *_copays(seen), *_kinds(seen)):
        if one.field not in found or one.sure > found[one.field].sure:
            found[one.field] = one
    return list(found.values())


def payer_names(words: Sequence[Word]) -> list[str]:
    """Return what may be the payer's name, the largest letters first."""
    told = [
        one
        for one in scraps(words)
        if sum(c.isalpha() for c in one.text) >= 3
        and not any(c.isdigit() for c in one.text)
        and one.text.split()[0].strip(":").casefold() not in _NO_PAYER
    ]
    ranked = sorted(told, key=lambda one: (-one.height // 6, one.top))
    return [" ".join(re.findall(r"[\w&'.-]+", one.text)) for one in ranked[:NAMES]]


def together(*sides: Sequence[Read]) -> list[Read]:
    """Return what the sides of a card say together: each field as it was read most surely."""
    found: dict[str, Read] = {}
    for one in (one for side in sides for one in side):
        if one.field not in found or one.sure > found[one.field].sure:
            found[one.field] = one
    return list(found.values())


def _labelled(seen: Sequence[Scrap]) -> Iterator[Read]:
    for scrap in seen:
        for label in _LABELS:
            hit = label.words.search(scrap.text)
            if hit is None:
                continue
            inside = scrap.text[hit.end() :]
            candidates = [(inside, scrap.sure)] if inside else []
            candidates += [(one.text, one.sure) for one in right_of(scrap, seen)[:1]]
            candidates += [(one.text, one.sure) for one in beneath(scrap, seen)[:1]]
            good = (_looks_right(label.field, text, sure, hit[0]) for text, sure in candidates)
            told = next((one for one in good if one), None)
            if told:
                yield told
                break


def _looks_right(field: str, text: str, sure: float, label: str) -> Read | None:
    match field:
        case "member_id":
            return _member(text, sure, label)
        case "group_number":
            word = text.split(maxsplit=1)[0].strip(".,:;").upper() if text.split() else ""
            fits = re.fullmatch(r"[A-Z0-9][A-Z0-9-]{2,19}", word) and any(c.isdigit() for c in word)
            return Read(field, word, text, _doubted(word, sure)) if fits else None
        case "plan_name":
            fits = (
                2 <= len(text) <= 40 and text[0].isalpha() and not _DAY.search(text) and not _is_label(text)
            )
            return Read(field, text, text, sure) if fits else None
        case "subscriber":
            return _person(text, sure)
        case "begins":
            day = _day(text)
            return Read(field, day.isoformat(), text, sure) if day else None
        case "phone":
            hit = _PHONE.search(text)
            return Read(field, "-".join(hit.groups()), hit[0], sure) if hit else None
        case _:
            hit = re.match(r"[A-Z0-9]{4,8}\b", text.upper())
            return (
                Read(field, hit[0], text, _doubted(hit[0], sure))
                if hit and any(map(str.isdigit, hit[0]))
                else None
            )


def _member(text: str, sure: float, label: str) -> Read | None:
    """Return a member's number: it may be printed in groups, and ends before a word that has no digit."""
    kept: list[str] = []
    for word in text.upper().split():
        bare = word.strip(".,:;")
        if not re.fullmatch(r"[A-Z0-9-]+", bare) or (kept and not any(c.isdigit() for c in bare)):
            break
        kept.append(bare)
    value = "".join(kept)
    if not 5 <= len(value) <= 20 or sum(c.isdigit() for c in value) < 3 or _DAY.search(value):
        return None
    if "medicare" in label.casefold():
        sure *= 1.0 if _MBI.fullmatch(value.replace("-", "")) else 0.6
        value = value.replace("-", "")
    return Read("member_id", value, " ".join(kept), _doubted(value, sure))


def _person(text: str, sure: float) -> Read | None:
    """Return a name as first and last; a comma puts the last name first, a single letter is no name."""
    if (
        _is_label(text)
        or re.search(r"\d", text)
        or {one.casefold() for one in re.findall(r"\w+", text)} & _NO_NAME
    ):
        return None
    last, comma, first = text.partition(",")
    parts = [one for one in (f"{first} {last}" if comma else text).replace(".", " ").split() if len(one) > 1]
    if len(parts) < 2 or not all(
        re.fullmatch(r"[^\W\d_][^\W\d_'’-]*(?:['’-][^\W\d_]+)*", one) for one in parts
    ):
        run_together = re.fullmatch(r"[A-Z]{6,}", text.replace(" ", ""))  # narrow blanks are read as none
        return Read("subscriber", text, text, min(sure, 0.5)) if run_together else None
    return Read("subscriber", f"{parts[0].title()} {parts[-1].title()}", text, sure)


def _copays(seen: Sequence[Scrap]) -> Iterator[Read]:
    told: list[tuple[str, float]] = []
    for one in seen:
        for what, money in _COPAY.findall(
            re.sub(r"^\s*co-?pays?\s*:?\s*", "", one.text, flags=re.IGNORECASE)
        ):
            name = re.sub(r"\bco-?pay(?:ment)?s?\b", "", what, flags=re.IGNORECASE).strip(" :/.-")
            told.append((f"{name} ${int(money)}".strip(), one.sure))
    if told:
        words = " · ".join(dict.fromkeys(words for words, _ in told))[:240]
        yield Read("copays", words, words, min(sure for _, sure in told))


def _kinds(seen: Sequence[Scrap]) -> Iterator[Read]:
    """Tell a plan that is printed without a label: it ends in what kind of plan it is."""
    for one in seen:
        if _KIND.search(one.text) and len(one.words) <= 5 and not _is_label(one.text):
            yield Read("plan_name", one.text, one.text, one.sure * 0.8)


def _is_label(text: str) -> bool:
    return any((hit := one.words.match(text)) and len(hit[0].strip()) > 1 for one in _LABELS)


def _day(text: str) -> date | None:
    hit = _DAY.search(text) or _DAY.search(text.replace(" ", ""))
    if hit is None:
        return None
    year = int(hit[3]) + (2000 if len(hit[3]) == 2 else 0)
    try:
        return date(year, int(hit[1]), int(hit[2]))
    except ValueError:
        return None


def _doubted(value: str, sure: float) -> float:
    return round(sure * (0.8 if _DOUBTFUL.search(value) else 1.0), 2)
