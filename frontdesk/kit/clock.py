"""What time it is. Asked here and nowhere else, so that a test, a demo or a replay can choose the day."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def _real() -> datetime:
    return datetime.now(UTC)


_source: Callable[[], datetime] = _real


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return _source()


def today(zone: str) -> date:
    """Return the calendar day it is now in `zone` (an IANA name)."""
    return now().astimezone(ZoneInfo(zone)).date()


@contextmanager
def fixed(at: datetime) -> Iterator[None]:
    """Stand still at `at` (aware) for the length of a `with` block, in every thread."""
    global _source  # noqa: PLW0603 - the clock is one for the whole process, as a wall clock is
    before = _source
    _source = lambda: at.astimezone(UTC)  # noqa: E731
    try:
        yield
    finally:
        _source = before
