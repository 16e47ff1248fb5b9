"""What a payer told about somebody's coverage, in the field's words, and how it is kept.

Everything a 271 (X12 005010X279A1) says of one person is here; no judgement is. Codes stay codes: EB01 `information`,
EB02 `level`, EB03 `services`, EB04 `insurance`, EB06 `period`, EB12 `network`. Blank is what was not told. Money is in
dollars, a percent is a fraction (.2 is 20 %).
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints


@dataclass(frozen=True, slots=True)
class Known:
    """A person as somebody knows them. `corrected`: the payer says that it changed what it was asked with (INS03 001)."""

    last: str = ""
    first: str = ""
    middle: str = ""
    member_id: str = ""
    birth_date: date | None = None
    gender: str = ""
    group_number: str = ""
    group_name: str = ""
    relationship: str = ""
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Dates:
    """A day or period (DTP): `kind` 346 plan begins, 347 plan ends, 291 plan… `ends` is None for a single day."""

    kind: str
    begins: date | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why the payer did not answer (AAA). `where`: payer, provider, subscriber or dependent."""

    where: str
    reason: str
    follow_up: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """Whom a benefit also concerns (loop 2120). `role`: P3 primary care, PR payer, PRP primary payer, Y2 managed care…"""

    role: str
    name: str = ""
    first: str = ""
    id_kind: str = ""
    id: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """How much of a service may be had (HSD): `quantity` of `kind` (VS visits) in each of `periods` × `period`."""

    kind: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    sampling: Decimal | None = None
    period: str = ""
    periods: str = ""
    pattern: str = ""
    time: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """What a benefit is limited to (III): `kind` ZZ a place of service, BF, BK, ABF, ABK a diagnosis; or words."""

    kind: str = ""
    code: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A number that goes with a benefit (REF): 18 plan, 1L and 6P group, 9F referral, G1 authorization."""

    kind: str
    number: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Benefit:
    """One line of an answer (loop 2110). `rejections` are the payer's refusals to answer about just this."""

    information: str
    level: str = ""
    services: tuple[str, ...] = ()
    insurance: str = ""
    plan: str = ""
    period: str = ""
    amount: Decimal | None = None
    percent: Decimal | None = None
    quantity_kind: str = ""
    quantity: Decimal | None = None
    authorization: str = ""
    network: str = ""
    procedure_kind: str = ""
    procedure: str = ""
    modifiers: tuple[str, ...] = ()
    dates: tuple[Dates, ...] = ()
    messages: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    entities: tuple[Entity, ...] = ()
    limits: tuple[Delivery, ...] = ()
    references: tuple[Reference, ...] = ()
    rejections: tuple[Rejection, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """All that a payer told about one person: the dependent where there is one, else the subscriber.

    `dates` hold for the whole plan. `traces` are the numbers of the question that the answer gives back (TRN02 of kind
    2), the nearest to the person first; `reference` is the payer's own number of the answer (BHT03).
    """

    payer: str = ""
    payer_id: str = ""
    payer_phone: str = ""
    subscriber: Known = Known()
    dependent: Known | None = None
    rejections: tuple[Rejection, ...] = ()
    dates: tuple[Dates, ...] = ()
    lines: tuple[Benefit, ...] = ()
    traces: tuple[str, ...] = ()
    reference: str = ""

    @property
    def person(self) -> Known:
        """Whom the answer is about."""
        return self.dependent or self.subscriber


def as_json(told: Told) -> dict[str, Any]:
    """Return it as JSON takes it; what is blank is left out."""
    made = _plain(told)
    assert isinstance(made, dict)
    return made


def from_json(stored: Mapping[str, Any]) -> Told:
    """Return what `as_json` stored. Keys it does not know, of a later release, are passed over."""
    made = _reader(Told)(stored)
    assert isinstance(made, Told)
    return made


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        held = ((each, getattr(value, each.name)) for each in fields(value))
        return {
            each.name: _plain(own) for each, own in held if each.default is MISSING or own != each.default
        }
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """Return what makes a value of a kind out of JSON."""
    if get_origin(kind) is UnionType:
        own = _reader(get_args(kind)[0])
        return lambda value: None if value is None else own(value)
    if get_origin(kind) is tuple:
        each_of = _reader(get_args(kind)[0])
        return lambda value: tuple(each_of(each) for each in value)
    if is_dataclass(kind):
        assert isinstance(kind, type)
        readers = {name: _reader(own) for name, own in get_type_hints(kind).items()}
        return lambda value: kind(
            **{name: readers[name](held) for name, held in value.items() if name in readers}
        )
    if kind is date:
        return date.fromisoformat
    return Decimal if kind is Decimal else lambda value: value
