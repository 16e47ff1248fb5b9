"""Privacy as pure functions: no database, no clock, no settings."""

from frontdesk.office.privacy.rules import clocks, identity, part_two, telling

__all__ = ["clocks", "identity", "part_two", "telling"]
