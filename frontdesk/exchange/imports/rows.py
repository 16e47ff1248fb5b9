"""What a file says of a patient, in the office's words, before the office has seen it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

ROW_SYSTEM = "urn:frontdesk:row"
"""The identifier system of rows that came without a number of their own; the value is a hash of the row."""


@dataclass(frozen=True, slots=True)
class Place:
    """A postal address in the United States; `state` is two letters where it is known."""

    line: str = ""
    line2: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    use: str = "home"


@dataclass(frozen=True, slots=True)
class Number:
    """A telephone number as written; `use` is mobile, home or work."""

    text: str
    use: str = "home"


@dataclass(frozen=True, slots=True)
class Person:
    """Someone named beside the patient: a guardian, an emergency contact."""

    first: str
    last: str
    relation: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One patient at `line` of a file. `sex` is female, male, other or unknown; the rest is "" where not said.

    Somebody `made_up` may have a social security number that nobody has.
    """

    line: int
    first: str
    last: str
    birth_date: date
    sex: str = "unknown"
    middle: str = ""
    suffix: str = ""
    preferred: str = ""
    previous_last: str = ""
    gender_identity: str = ""
    pronouns: str = ""
    race: tuple[str, ...] = ()
    ethnicity: str = ""
    language: str = ""
    interpreter: bool | None = None
    email: str = ""
    places: tuple[Place, ...] = ()
    numbers: tuple[Number, ...] = ()
    people: tuple[Person, ...] = ()
    deceased: bool = False
    deceased_on: date | None = None
    note: str = ""
    ssn: str = field(default="", repr=False)
    made_up: bool = False
    system: str = ""
    value: str = ""
    remarks: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class IncomingPayer:
    """One payer at `line` of a file; `numbers` maps a transaction to its number and how one enrols for it."""

    line: int
    name: str
    kind: str = "commercial"
    state: str = ""
    numbers: dict[str, tuple[str, str]] = field(default_factory=dict)
    remarks: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class IncomingNetwork:
    """One contract at `line` of a file: a payer by name or number, a provider by NPI ("": everybody), a plan ("": every plan)."""

    line: int
    payer: str
    npi: str = ""
    plan: str = ""
    inside: bool = True
    begins: date | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class IncomingPrice:
    """One price at `line` of a file: a fee, or with a payer what it agreed to; `plan` "" is every plan."""

    line: int
    code: str
    cents: int
    begins: date
    ends: date | None = None
    modifier: str = ""
    words: str = ""
    payer: str = ""
    plan: str = ""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that cannot go in: its line in the file, why, and the row as it stood."""

    line: int
    reason: str
    raw: tuple[str, ...] = ()


Row = Incoming | IncomingPayer | IncomingNetwork | IncomingPrice | Rejected


@dataclass(slots=True)
class Source:
    """A file being read: how many rows it is thought to hold, what was noticed about it, and the rows."""

    name: str
    count: int
    rows: Iterator[Row]
    notices: list[str] = field(default_factory=list)
    header: tuple[str, ...] = ()


def row_hash(*parts: str) -> str:
    """Return a value that the same row has in every run."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()[:40]
