"""A whole set, and the levels of its hierarchy."""

from typing import ClassVar

from frontdesk.formats.x12.records.fields import Loop, Text


class Level(Loop):
    """A level of the hierarchy; its number and its parent's are written when the set is built."""

    ID = "HL"
    LEVEL: ClassVar[str] = ""
    number, parent, level, has_children = Text(1), Text(2), Text(3), Text(4)


class Set(Loop):
    """A transaction set, from its ST; its SE is written when the set is built."""

    ID, LOOP = "ST", "ST"
    TRANSACTION: ClassVar[str] = ""
    VERSION: ClassVar[str] = ""
    transaction, control, version = Text(1), Text(2), Text(3)
