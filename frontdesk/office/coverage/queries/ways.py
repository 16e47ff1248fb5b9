"""Which ways the practice has to its payers: at once, by the files of the night, or both."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings


@dataclass(frozen=True, slots=True)
class ByFiles:
    """A way that takes the night's questions in files. `payers` are the values of `Payer.connection` that lead to it."""

    name: str
    payers: tuple[str, ...]
    at_once: bool


def way_of(connection: str) -> Any | None:
    """Return the way of a payer by its `connection`: its own, the practice's usual one for "", None where there is none."""
    known: dict[str, Any] = settings.CONNECTIONS
    return known.get(connection) if connection else next(iter(known.values()), None)


def name_of(connection: str) -> str:
    """Return the name of the way of a payer with this `connection`; "" where there is none."""
    known: dict[str, Any] = settings.CONNECTIONS
    return connection if connection in known else next(iter(known), "")


def answers_at_once(connection: str) -> bool:
    """Say whether a payer with this `connection` can be asked in real time; so it is said of a way that is not there."""
    return bool(getattr(way_of(connection), "at_once", True))


def by_files() -> list[ByFiles]:
    """Return the ways that take files."""
    known: dict[str, Any] = settings.CONNECTIONS
    usual = next(iter(known), None)
    return [
        ByFiles(name, ("", name) if name == usual else (name,), bool(one.at_once))
        for name, one in known.items()
        if getattr(one, "files", "")
    ]
