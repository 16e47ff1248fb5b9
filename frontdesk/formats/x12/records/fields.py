"""Segments and loops as objects whose attributes are words: `benefit.amount` is EB07.

An object keeps its elements as the file wrote them and its parts in their order; an attribute reads or writes one of
them. So nothing of a file is lost, what nobody names is kept, and what is written again is what was read. Inside an
object components are parted by U+001F and repetitions by U+001E, whatever the file uses.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar, Generic, Self, TypeVar, overload

COMPONENT, REPETITION = "\x1f", "\x1e"


class Words:
    """Anything with elements; keyword arguments set the attributes of those names."""

    ID: ClassVar[str] = ""
    __slots__ = ("elements",)

    def __init__(self, **words: Any) -> None:
        self.elements: list[str] = [self.ID]
        for name, value in words.items():
            if not isinstance(getattr(type(self), name, None), _Field):
                raise TypeError(f"{type(self).__name__} has no {name}")
            setattr(self, name, value)

    @classmethod
    def of(cls, elements: list[str]) -> Self:
        """Return an object over elements as they are, the first of them the segment's id."""
        made = cls.__new__(cls)
        made.elements = elements
        return made

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and isinstance(other, Words) and other.elements == self.elements

    __hash__ = None  # type: ignore[assignment]  # it can change

    def __repr__(self) -> str:
        said = (f"{name}={value!r}" for name, value in self.said())
        return f"{type(self).__name__}({', '.join(said)})"

    def said(self) -> Iterator[tuple[str, object]]:
        """Yield the attributes that have a value."""
        for name in dir(type(self)):
            if isinstance(getattr(type(self), name), _Field) and (value := getattr(self, name)) not in (
                None,
                "",
                (),
                [],
            ):
                yield name, value

    def _get(self, at: int) -> str:
        return self.elements[at] if at < len(self.elements) else ""

    def _put(self, at: int, value: str) -> None:
        elements = self.elements
        if at >= len(elements):
            elements += [""] * (at + 1 - len(elements))
        elements[at] = value
        while len(elements) > 1 and not elements[-1]:
            elements.pop()


class _Field:
    """What an attribute reads and writes."""


class Text(_Field):
    """An element as text; empty where there is none."""

    def __init__(self, at: int) -> None:
        self.at = at

    @overload
    def __get__(self, thing: None, owner: type) -> Self: ...
    @overload
    def __get__(self, thing: Words, owner: type) -> str: ...
    def __get__(self, thing: Words | None, owner: type) -> Self | str:
        return self if thing is None else thing._get(self.at)  # noqa: SLF001 - a field is part of its object

    def __set__(self, thing: Words, value: str) -> None:
        thing._put(self.at, value)  # noqa: SLF001 - a field is part of its object


class Amount(_Field):
    """An element as a decimal number; None where there is none or it is not one."""

    def __init__(self, at: int) -> None:
        self.at = at

    @overload
    def __get__(self, thing: None, owner: type) -> Self: ...
    @overload
    def __get__(self, thing: Words, owner: type) -> Decimal | None: ...
    def __get__(self, thing: Words | None, owner: type) -> Self | Decimal | None:
        if thing is None:
            return self
        return decimal(thing._get(self.at))  # noqa: SLF001 - a field is part of its object

    def __set__(self, thing: Words, value: Decimal | int | None) -> None:
        thing._put(self.at, "" if value is None else f"{Decimal(value):f}")  # noqa: SLF001 - a field is part of its object


class Day(_Field):
    """An element CCYYMMDD as a date; None where there is none or it is not one."""

    def __init__(self, at: int) -> None:
        self.at = at

    @overload
    def __get__(self, thing: None, owner: type) -> Self: ...
    @overload
    def __get__(self, thing: Words, owner: type) -> date | None: ...
    def __get__(self, thing: Words | None, owner: type) -> Self | date | None:
        return self if thing is None else day(thing._get(self.at))  # noqa: SLF001 - a field is part of its object

    def __set__(self, thing: Words, value: date | None) -> None:
        thing._put(self.at, "" if value is None else f"{value:%Y%m%d}")  # noqa: SLF001 - a field is part of its object


class Codes(_Field):
    """An element that may repeat, as a tuple of texts."""

    def __init__(self, at: int) -> None:
        self.at = at

    @overload
    def __get__(self, thing: None, owner: type) -> Self: ...
    @overload
    def __get__(self, thing: Words, owner: type) -> tuple[str, ...]: ...
    def __get__(self, thing: Words | None, owner: type) -> Self | tuple[str, ...]:
        if thing is None:
            return self
        text = thing._get(self.at)  # noqa: SLF001 - a field is part of its object
        return tuple(text.split(REPETITION)) if text else ()

    def __set__(self, thing: Words, value: Sequence[str]) -> None:
        thing._put(self.at, REPETITION.join(value))  # noqa: SLF001 - a field is part of its object


class Parts(Words):
    """A composite: its components are its elements. Set the whole of it to change one."""

    __slots__ = ()

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the composite an element holds."""
        return cls.of(["", *text.split(COMPONENT)])

    @property
    def text(self) -> str:
        """The composite as an element holds it."""
        return COMPONENT.join(self.elements[1:])


P = TypeVar("P", bound=Parts)


class Composite(_Field, Generic[P]):
    """An element of several components; None where there is none."""

    def __init__(self, at: int, kind: type[P]) -> None:
        self.at, self.kind = at, kind

    @overload
    def __get__(self, thing: None, owner: type) -> Self: ...
    @overload
    def __get__(self, thing: Words, owner: type) -> P | None: ...
    def __get__(self, thing: Words | None, owner: type) -> Self | P | None:
        if thing is None:
            return self
        text = thing._get(self.at)  # noqa: SLF001 - a field is part of its object
        return self.kind.read(text) if text else None

    def __set__(self, thing: Words, value: P | None) -> None:
        thing._put(self.at, "" if value is None else value.text)  # noqa: SLF001 - a field is part of its object


class Segment(Words):
    """A segment. One whose class is plain `Segment` has no words here and is kept as it was."""

    __slots__ = ()


class Loop(Words):
    """A loop: the segment that begins it, and the parts that follow it, in order."""

    LOOP: ClassVar[str] = ""
    __slots__ = ("parts",)

    def __init__(self, **words: Any) -> None:
        self.parts: list[Segment | Loop] = []
        super().__init__(**words)

    def __eq__(self, other: object) -> bool:
        return super().__eq__(other) and isinstance(other, Loop) and other.parts == self.parts

    __hash__ = None

    @classmethod
    def order(cls) -> list[type[Words]]:
        """Return the kinds of parts in the order of the guide: that of the class's attributes."""
        return [
            field.kind
            for base in reversed(cls.__mro__)
            for field in vars(base).values()
            if isinstance(field, _Part)
        ]

    def put(self, part: "Segment | Loop") -> None:
        """Add a part where the guide has it: after those of its kind."""
        order = self.order()
        rank = {kind: at for at, kind in enumerate(order)}
        own = rank.get(type(part), len(order))
        at = max((n + 1 for n, old in enumerate(self.parts) if rank.get(type(old), -1) <= own), default=0)
        self.parts.insert(at, part)

    def all(self, kind: type["W"]) -> list["W"]:
        """Return every part of a kind, at any depth, in the order of the file."""
        found: list[W] = []
        for part in self.parts:
            if isinstance(part, kind):
                found.append(part)
            if isinstance(part, Loop):
                found += part.all(kind)
        return found


W = TypeVar("W", bound="Segment | Loop")


class _Part(_Field, Generic[W]):
    def __init__(self, kind: type[W]) -> None:
        self.kind = kind

    def found(self, thing: Words) -> list[W]:
        assert isinstance(thing, Loop)
        kind = self.kind
        return [part for part in thing.parts if type(part) is kind]

    def replaced(self, thing: Words, values: Sequence[W]) -> None:
        assert isinstance(thing, Loop)
        thing.parts = [part for part in thing.parts if type(part) is not self.kind]
        for value in values:
            thing.put(value)


class One(_Part[W]):
    """The first part of a kind, None where there is none."""

    @overload
    def __get__(self, thing: None, owner: type) -> Self: ...
    @overload
    def __get__(self, thing: Words, owner: type) -> W | None: ...
    def __get__(self, thing: Words | None, owner: type) -> Self | W | None:
        if thing is None:
            return self
        found = self.found(thing)
        return found[0] if found else None

    def __set__(self, thing: Words, value: W | None) -> None:
        self.replaced(thing, [] if value is None else [value])


class Many(_Part[W]):
    """The parts of a kind, in order; a list of its own: set it, or `put` a part, to change the loop."""

    @overload
    def __get__(self, thing: None, owner: type) -> Self: ...
    @overload
    def __get__(self, thing: Words, owner: type) -> list[W]: ...
    def __get__(self, thing: Words | None, owner: type) -> Self | list[W]:
        return self if thing is None else self.found(thing)

    def __set__(self, thing: Words, value: Sequence[W]) -> None:
        self.replaced(thing, value)


def decimal(text: str) -> Decimal | None:
    """Return the number a text is, None where it is none."""
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None


def day(text: str) -> date | None:
    """Return the date of CCYYMMDD, None where it is not one."""
    if len(text) != 8 or not (text.isascii() and text.isdigit()):
        return None
    try:
        return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None
