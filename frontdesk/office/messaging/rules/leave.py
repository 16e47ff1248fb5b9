"""`may_send`: the one function that every message goes through, when it is written and again as it goes out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from frontdesk.kit.walltime import to_wall
from frontdesk.office.messaging.rules.zones import next_allowed

EMAIL, TEXT = "email", "text"
# What belongs into a calendar goes by e-mail first; what is read on the way goes by text first.
_BY_EMAIL = frozenset({"confirmation", "rescheduled", "reassigned", "cancelled", "restored"})
OF_AGE = 18
_NO_ADDRESS = {
    "": "There is no e-mail address and no mobile number on file.",
    EMAIL: "There is no e-mail address on file.",
    TEXT: "There is no mobile number on file.",
}
_PRIVATE = {
    "": "They are to be reached at a private address only, and none is on file.",
    EMAIL: "They are to be reached at a private address only, and no such e-mail address is on file.",
    TEXT: "They are to be reached at a private address only, and no such mobile number is on file.",
}


@dataclass(frozen=True, slots=True)
class Way:
    """One address, and what is allowed on it. `allowed` is None when nobody asked.

    `private` is the address somebody named for confidential messages; `shared` one that a guardian or guarantor of
    theirs has too.
    """

    channel: str
    address: str
    allowed: bool | None = None
    preferred: bool = False
    private: bool = False
    shared: bool = False
    opted_out: bool = False


@dataclass(frozen=True, slots=True)
class Reader:
    """The patient as the rules see them: their ways first, a minor's guardians' after them."""

    born: date
    ways: tuple[Way, ...] = ()
    guardians: tuple[Way, ...] = ()
    is_deceased: bool = False
    is_active: bool = True
    confidential: bool = False
    language: str = ""
    zones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """What is to be sent. `confidential` is for a visit that nobody else may learn of; `zone` is the practice's own.

    `only` is the channel that was asked for, "" for whichever suits best.
    """

    kind: str
    now: datetime
    zone: str
    not_after: datetime | None = None
    confidential: bool = False
    only: str = ""
    off: frozenset[str] = frozenset()
    opens: time = time(8)
    closes: time = time(21)


@dataclass(frozen=True, slots=True)
class Decision:
    """`verdict` is "now", "later" (not before `at`) or "no" (`why`, in words for the desk).

    `to_guardian` says that `way` stands on no record but a minor's guardian's.
    """

    verdict: str
    way: Way | None = None
    at: datetime | None = None
    why: str = ""
    to_guardian: bool = False


def may_send(reader: Reader, ask: Ask) -> Decision:
    """Say whether this may be sent to them, by which way, and when.

    One number may stand in a child's record and in a guardian's: a no in either is a no.
    """
    if no := _never(reader, ask):
        return Decision("no", why=no)
    ways = [way for way in _open_to(reader, ask) if ask.only in {"", way.channel}]
    if not ways:
        return Decision("no", why=_why_no_address(reader, ask))
    refused = {(way.channel, way.address) for way in ways if way.allowed is False}
    wanted = [
        way
        for way in ways
        if not way.opted_out and _consented(way) and (way.channel, way.address) not in refused
    ]
    if not wanted:
        return Decision("no", why=_why_no_consent(ways, ask.only))
    for way in _in_order(wanted, ask.kind):
        moment = _welcome(reader, ask, way)
        if ask.not_after is None or moment <= ask.not_after:
            verdict = "now" if moment == ask.now else "later"
            return Decision(verdict, way, moment, to_guardian=way not in reader.ways)
    return Decision("no", why="It would come too late.")


def _never(reader: Reader, ask: Ask) -> str:
    if ask.kind in ask.off:
        return "The practice does not send this kind of message."
    if reader.is_deceased:
        return "The patient has died."
    if not reader.is_active:
        return "The record is not active."
    if ask.not_after is not None and ask.now > ask.not_after:
        return "It would come too late."
    return ""


def _open_to(reader: Reader, ask: Ask) -> list[Way]:
    """Return the ways that may be thought of at all: confidentiality first, then whose they are."""
    if _private(reader, ask):
        return [way for way in reader.ways if way.private and not way.shared]
    minor = _is_minor(reader, ask)
    return [*reader.ways, *(reader.guardians if minor else ())]


def _private(reader: Reader, ask: Ask) -> bool:
    return reader.confidential or ask.confidential or any(way.private for way in reader.ways)


def _is_minor(reader: Reader, ask: Ask) -> bool:
    day, born = to_wall(ask.now, ask.zone).date(), reader.born
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day)) < OF_AGE


def _consented(way: Way) -> bool:
    """A text needs a yes; an e-mail address was given in order to be used, unless they said no."""
    return way.allowed is True if way.channel == TEXT else way.allowed is not False


def _in_order(ways: Sequence[Way], kind: str) -> list[Way]:
    first = EMAIL if kind in _BY_EMAIL else TEXT
    return sorted(ways, key=lambda way: (way.channel != first, not way.preferred))


def _welcome(reader: Reader, ask: Ask, way: Way) -> datetime:
    """Return when it may arrive: an e-mail waits to be read, a text rings."""
    if way.channel == EMAIL:
        return ask.now
    return next_allowed(ask.now, reader.zones or (ask.zone,), ask.opens, ask.closes)


def _why_no_address(reader: Reader, ask: Ask) -> str:
    if _private(reader, ask):
        return _PRIVATE[ask.only]
    return _NO_ADDRESS[ask.only]


def _why_no_consent(ways: Sequence[Way], only: str) -> str:
    if any(way.opted_out for way in ways):
        return "They asked for no more messages."
    if only == EMAIL:
        return "They do not want e-mail."
    if only == TEXT:
        asked = any(way.allowed is False for way in ways)
        return "They do not want texts." if asked else "Nobody has asked whether texts are all right."
    if any(way.allowed is False for way in ways):
        return "They do not want texts, and there is no e-mail address."
    return "Nobody has asked whether texts are all right, and there is no e-mail address."
