"""What no database can answer otherwise is asked once of the two: half of it on SQLite, the other half on PostgreSQL.

`FRONTDESK_WHOLE=true` asks all of it wherever one is; `make attack` does.
"""

import os
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def half(things: Sequence[T]) -> list[T]:
    """Return every other one of these, those of this run's database; all of them where the whole is asked for."""
    if os.environ.get("FRONTDESK_WHOLE") == "true":
        return list(things)
    return list(things[os.environ.get("DATABASE_URL", "").startswith("postgres") :: 2])
