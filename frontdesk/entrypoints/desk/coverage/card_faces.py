"""Insurance cards in words: which sides are on file, since when; what was read, beside what stands there now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from frontdesk.entrypoints.desk.coverage.verdicts import age
from frontdesk.entrypoints.desk.coverage.wording import shown
from frontdesk.entrypoints.desk.templating import us_date
from frontdesk.office.coverage import queries, rules
from frontdesk.office.coverage.models import CardPicture, CardScan, Policy
from frontdesk.office.coverage.queries import Cards, Face
from frontdesk.office.coverage.rules import Proposed

NONE_YET = Cards()
# What the page says when a card has been looked at by the program.
OUTCOMES = {
    "read": ("Read. Look at each field, then save", "good", "circle-check"),
    "nothing": ("Nothing on it could be read. Type what it says", "warn", "triangle-alert"),
    "no_reader": (
        "Cards are not read on this installation (Tesseract is missing). The pictures are kept; type what it says",
        "warn",
        "triangle-alert",
    ),
    "failed": ("It could not be read. Type what it says", "warn", "triangle-alert"),
    "passed": ("", "quiet", "circle"),
}
# Where a proposal stands in the form of a policy.
_FIELDS = {"payer_id": "payer"}
_LABELS = {
    "payer_name": "Largest words",
    "name": "Name",
    "copays": "Copays",
    "phone": "For providers",
    "payer_number": "Payer ID",
}


@dataclass(frozen=True, slots=True)
class Side:
    """One picture: its address, which side, when it was taken and by whom."""

    src: str
    name: str
    words: str
    card: str


@dataclass(frozen=True, slots=True)
class Shown:
    """The card of one policy on the tab: its sides, the scan that waits for somebody, how many scans there are."""

    sides: tuple[Side, ...] = ()
    waits: str = ""
    scans: int = 0
    words: str = ""


@dataclass(frozen=True, slots=True)
class Hint:
    """What the card says of one field of the form. `how`: same, other or new; `value` is what the field would hold."""

    how: str
    value: str
    printed: str
    sure: bool
    percent: int


def card_shown(home: str, found: Cards, zone: str) -> Shown:
    """Put the card on file into words; `home` is the address of the tab."""
    sides = tuple(side(home, one, zone) for one in found.faces)
    newest = max((one.at for one in found.faces), default=None)
    waits = f"{home}/cards/{found.waiting[0]}" if found.waiting else ""
    return Shown(sides, waits, len(found.scans), f"Card of {age(newest, zone)}" if newest else "")


def side(home: str, one: Face, zone: str) -> Side:
    """Put one picture into words."""
    name = CardPicture.Side(one.side).label
    return Side(
        f"{home}/cards/pictures/{one.picture_id}", name, f"{name} · {age(one.at, zone)}, by {one.by}",
        f"{home}/cards/{one.card_id}",
    )  # fmt: skip


def on_file(at: datetime | None, zone: str) -> str:
    """Say in the check-in list whether a card is on file, and of when."""
    return f"Card on file of {age(at, zone)}" if at else "No picture of the card on file yet"


def hints(told: Mapping[str, Proposed], policy: Policy | None) -> dict[str, Hint]:
    """Return what the card says of each field of the form, by the form's names."""
    found = {}
    for name in rules.PROPOSED:
        one = told.get(name)
        if one is None:
            continue
        how = rules.stands(one, getattr(policy, name) if policy else None)
        value = in_form(one)
        if value:
            found[_FIELDS.get(name, name)] = Hint(how, value, one.printed, one.sure >= rules.SURE, one.sure)
    return found


def in_form(one: Proposed) -> str:
    """Return a value as the form of a policy takes it; "" for a payer that is no longer there."""
    match one.field:
        case "payer_id":
            payer = queries.payer_page(int(one.value)) if one.value.isdecimal() else None
            return shown(payer) if payer else ""
        case "begins":
            return us_date(date.fromisoformat(one.value))
    return one.value


def known(told: Mapping[str, Proposed]) -> dict[str, str]:
    """Return what the form of a policy that is not noted yet begins with. Who the subscriber is, somebody says."""
    found = {_FIELDS.get(name, name): in_form(told[name]) for name in rules.PROPOSED if name in told}
    name = told.get("name")
    if name and name.value != rules.PATIENT and len(parts := name.value.split()) == 2:
        found |= {"subscriber_first": parts[0], "subscriber_last": parts[1]}
    if "copays" in told:
        found["note"] = f"On the card: {told['copays'].value}"[:300]
    return found


def printed(told: Mapping[str, Proposed]) -> list[tuple[str, str]]:
    """Return what else the card says, for the eye alone."""
    return [
        (label, told[name].printed or told[name].value) for name, label in _LABELS.items() if name in told
    ]


def named(told: Mapping[str, Proposed]) -> str:
    """Say whom the card names, where that is not the patient; "" else."""
    name = told.get("name")
    return "" if name is None or name.value == rules.PATIENT else f"The card names {name.printed}"


def settled(row: CardScan, zone: str) -> tuple[str, str, str] | None:
    """Return how a card was settled, its tone, and by whom and when; None while it waits."""
    if not row.settled or row.settled_at is None:
        return None
    tone = {"taken": "good", "same": "good", "dismissed": "quiet"}[row.settled]
    return CardScan.Settled(row.settled).label, tone, f"{row.settled_by}, {age(row.settled_at, zone)}"


def earlier(rows: Sequence[CardScan], here: int, zone: str) -> list[tuple[int, str, str, bool]]:
    """Return the scans of a policy: their row, when and by whom, what became of them, and whether it is this one."""
    return [
        (one.pk, f"{age(one.scanned_at, zone)}, by {one.scanned_by}", _became(one), one.pk == here)
        for one in rows
    ]


def _became(row: CardScan) -> str:
    if row.settled:
        return CardScan.Settled(row.settled).label
    return "Waits for somebody to look" if row.state == CardScan.State.DONE else "Being read…"
