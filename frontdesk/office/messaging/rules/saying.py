"""What a message tells of, what it makes of what was said before, and when reminders are due."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

# What states how a visit stands now. A new one overtakes all that is unsent about the same visit.
NOTICES = frozenset({"confirmation", "rescheduled", "reassigned", "cancelled", "restored"})
# What tells when the visit is: of several that could go out at once, one is enough.
OF_THE_VISIT = NOTICES | {"reminder"}
# What an iCalendar object of each kind does (RFC 5546).
METHODS = {**dict.fromkeys(NOTICES, "REQUEST"), "cancelled": "CANCEL"}
# Which kinds carry a link, and what can be answered by it.
ANSWERABLE = {
    **dict.fromkeys(("confirmation", "rescheduled", "reassigned", "restored", "reminder"), ("confirm", "cancel", "reschedule", "call")),
    "running_late": ("keep", "reschedule", "cancel", "call"),
    "waitlist_offer": ("accept", "decline"),
    "recall": ("reschedule", "call"),
}  # fmt: skip
# What is sent because somebody asks for it, and never by itself.
ASKED = frozenset({"receipt", "pay_link"})
# A reminder closer than this to the booking says nothing new; closer than this to the visit it helps nobody.
_FRESH = timedelta(hours=12)
_LATEST = timedelta(hours=2)
# A wait that was foretold longer ago than this has turned out one way or the other.
_WAIT_HOLDS = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Facts:
    """How a visit (an offer, a recall, a payment) stands, as far as its patient is told. `starts` is UTC, `zone` its wall's.

    `stands` is False when it is cancelled; `confidential` when nobody but the patient may learn of it. `labels` are the
    sensitivity labels of the kind of visit, its provider and its place (kit.sensitivity).

    Of money: `cents`, the `receipt`'s number, the day and how it was paid in the words of the receipt; or `until` when
    (UTC) a link to pay holds. Never what for. `only` is the channel somebody asked for, `language` the one they chose.
    """

    starts: datetime | None = None
    minutes: int = 0
    zone: str = "UTC"
    provider: str = ""
    place: str = ""
    address: str = ""
    phone: str = ""
    location_id: int | None = None
    visit_type_id: int | None = None
    arrive_early: int = 0
    minutes_late: int = 0
    due: date | None = None
    stands: bool = True
    confidential: bool = False
    labels: str = ""
    cents: int = 0
    receipt: str = ""
    paid_on: date | None = None
    paid_with: str = ""
    until: datetime | None = None
    only: str = ""
    language: str = ""

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> "Facts":
        """Return facts as they were stored."""
        known = {field.name for field in fields(cls)}
        given = {name: value for name, value in stored.items() if name in known}
        for name, kind in (("starts", datetime), ("due", date), ("paid_on", date), ("until", datetime)):
            if isinstance(given.get(name), str):
                given[name] = kind.fromisoformat(given[name])
        return cls(**given)

    def stored(self) -> dict[str, Any]:
        """Return them as JSON can hold them."""
        return {name: v.isoformat() if isinstance(v, date) else v for name, v in asdict(self).items()}

    def says_the_same(self, other: "Facts") -> bool:
        """Say whether a patient who was told the one needs not be told the other."""
        mine, theirs = (
            (f.stands, f.starts, f.location_id, f.provider) if f.stands else (False,) for f in (self, other)
        )
        return mine == theirs


def overtakes(kind: str) -> frozenset[str] | None:
    """Return the kinds whose unsent messages about the same matter a new message of `kind` takes the place of.

    None is all of them.
    """
    if kind in NOTICES:
        return None
    return frozenset() if kind == "reminder" else frozenset({kind})


def what_to_say(kind: str, after: Facts, told: Facts | None) -> str | None:
    """Return the kind of message that is true, given what the patient was `told` last; None when they know already.

    Taken back before anybody heard of it is nothing to tell; a change to what was never confirmed is a confirmation.
    """
    if kind not in NOTICES:
        return kind
    if told is not None and told.says_the_same(after):
        return None
    return "confirmation" if kind in {"restored", "reassigned"} and told is None else kind


def why_stale(kind: str, made_at: datetime, now: datetime) -> str:
    """Return why a message that could not go out when it was written tells nothing new now; "" when it does."""
    if kind == "running_late" and now - made_at > _WAIT_HOLDS:
        return "The wait it tells of is over."
    return ""


def reminder_ends(starts: datetime) -> datetime:
    """Return until when a reminder of a visit is worth sending."""
    return starts - _LATEST


def reminder_moments(
    starts: datetime, now: datetime, hours: Iterable[int]
) -> list[tuple[int, datetime, datetime]]:
    """Return (hours before, not before, not after) of each reminder that is still worth sending."""
    latest = reminder_ends(starts)
    due = [(ahead, starts - timedelta(hours=ahead)) for ahead in sorted(set(hours), reverse=True)]
    return [(ahead, moment, latest) for ahead, moment in due if moment - now >= _FRESH and moment < latest]
