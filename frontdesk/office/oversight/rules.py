"""Which looks at charts ask to be explained: pure, from facts about who looked, whose chart it is, and what was behind it."""

from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from unicodedata import combining, normalize

# Code: what is said of it, and how much it weighs. From three on it comes first, whatever else there is.
REASONS: dict[str, tuple[str, int]] = {
    "own": ("their own record", 5),
    "household": ("somebody of their household", 5),
    "address": ("somebody at their address", 4),
    "colleague": ("a colleague’s record", 4),
    "vip": ("a record that is specially protected", 4),
    "surname": ("somebody of their last name", 3),
    "many": ("more than 300 charts within an hour", 5),
    "nothing": ("no visit, booking, call or message behind it", 2),
}
BEFORE, AFTER = timedelta(days=14), timedelta(days=30)
"""How long before a look a visit may have been, and how long after it may be, to be the reason for it."""
LATER_WORK = {"biller": timedelta(days=180), "clinical": timedelta(days=90), "provider": timedelta(days=90)}
"""For whom it may have been longer: claims and results come weeks after a visit."""
AROUND = timedelta(days=1)
"""How near a deed or a message must be to be what the look was for."""
MANY, WITHIN = 300, timedelta(hours=1)
COMMON = 20
"""Charts of one last name from which on it says little by itself."""


@dataclass(frozen=True, slots=True)
class Looker:
    """Who looked: their name, and where the charts of their own name live and can be called."""

    user_id: int
    first: str
    last: str
    homes: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    charts: frozenset[int] = frozenset()
    role: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Whose chart it is. Names are as `plain` gives them; `related` are the charts of their people.

    `vip` and `employee` are the labels of that name: whoever looks at such a record has work to do on it.
    """

    patient_id: int
    firsts: frozenset[str]
    lasts: frozenset[str]
    homes: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    related: frozenset[int] = frozenset()
    namesakes: int = 0
    vip: bool = False
    employee: bool = False


@dataclass(frozen=True, slots=True)
class Business:
    """What there was to look for: visits by their start, deeds and messages by their moment, and who did the deeds."""

    visits: tuple[datetime, ...] = ()
    deeds: tuple[tuple[datetime, int | None], ...] = ()
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class Looks:
    """One person's looks at one chart: when, and the numbers of the first entry."""

    user_id: int
    patient_id: int
    at: tuple[datetime, ...]
    entry_id: int = 0


@dataclass(frozen=True, slots=True)
class Staff:
    """Everybody with an account, by first and last name, to know a colleague's chart by."""

    names: dict[tuple[str, str], frozenset[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, people: Iterable[Looker]) -> "Staff":
        """Return the staff's names."""
        names: dict[tuple[str, str], frozenset[int]] = {}
        for one in people:
            key = (one.first, one.last)
            names[key] = names.get(key, frozenset()) | {one.user_id}
        return cls(names)


def reasons(looker: Looker, chart: Chart, looks: Looks, business: Business, staff: Staff) -> list[str]:
    """Return why these looks ask to be explained, the weightiest first; empty when nothing speaks against them."""
    worked = any(who == looker.user_id and _near(at, looks) for at, who in business.deeds)
    behind = worked or _anything(looks, business, LATER_WORK.get(looker.role, BEFORE))
    own = looker.last in chart.lasts and looker.first in chart.firsts
    kin = looker.last in chart.lasts and not own
    found = {
        "own": own,
        "household": bool(looker.charts & chart.related or looker.phones & chart.phones) and not own,
        "address": bool(looker.homes & chart.homes) and not own,
        "colleague": (chart.employee or _is_colleague(looker, chart, staff)) and not own and not worked,
        "vip": chart.vip and not worked,
        "surname": kin and not (worked or (behind and chart.namesakes > COMMON)),
        "nothing": not behind,
    }
    return sorted((code for code, holds in found.items() if holds), key=lambda code: -REASONS[code][1])


def weight(codes: Iterable[str]) -> int:
    """Return how much several reasons weigh together."""
    return sum(REASONS[code][1] for code in codes)


def words(codes: Iterable[str]) -> list[str]:
    """Return the reasons as a person reads them."""
    return [REASONS[code][0] for code in codes if code in REASONS]


def breadths(opened: Iterable[tuple[datetime, int]]) -> list[tuple[datetime, datetime, int]]:
    """Return the stretches of an hour in which more than 300 different charts were opened: first, last, how many.

    `opened` are moment and chart of one person's looks, in order. Stretches that overlap are one.
    """
    found: list[tuple[datetime, datetime, int]] = []
    within: deque[tuple[datetime, int]] = deque()
    charts: Counter[int] = Counter()
    for at, chart in opened:
        within.append((at, chart))
        charts[chart] += 1
        while within[0][0] <= at - WITHIN:
            gone = within.popleft()[1]
            charts[gone] -= 1
            if not charts[gone]:
                del charts[gone]
        if len(charts) <= MANY:
            continue
        if found and within[0][0] <= found[-1][1]:
            first, _, most = found[-1]
            found[-1] = (first, at, max(most, len(charts)))
        else:
            found.append((within[0][0], at, len(charts)))
    return found


def split(display_name: str) -> tuple[str, str]:
    """Return first and last name of a display name, plain; titles and credentials left out."""
    bare = display_name.split(",", maxsplit=1)[0]
    parts = [plain(part) for part in bare.split() if plain(part) not in {"dr", "mr", "mrs", "ms", "md", "rn"}]
    return (parts[0], parts[-1]) if len(parts) > 1 else ("", parts[0] if parts else "")


def plain(text: str) -> str:
    """Return a name or a street as it is compared: small letters and digits only, accents off."""
    bare = normalize("NFKD", text.casefold())
    return "".join(sign for sign in bare if sign.isalnum() and not combining(sign))


def _is_colleague(looker: Looker, chart: Chart, staff: Staff) -> bool:
    names = ((first, last) for first in chart.firsts for last in chart.lasts)
    return any(staff.names.get(name, frozenset()) - {looker.user_id} for name in names)


def _anything(looks: Looks, business: Business, before: timedelta) -> bool:
    if business.waiting or any(_near(at, looks) for at, _ in business.deeds):
        return True
    return any(at - AFTER <= look <= at + before for at in business.visits for look in looks.at)


def _near(at: datetime, looks: Looks) -> bool:
    return any(abs(at - look) <= AROUND for look in looks.at)
