"""Visits no health plan pays for: they need none of its referrals, and use none up."""

from collections.abc import Callable, Collection

_find: list[Callable[[Collection[int]], set[int]]] = []


def ask_who_pays(find: Callable[[Collection[int]], set[int]]) -> None:
    """Have `find` say which of some appointments somebody else than the insurance on file pays for.

    Who pays is said in a room above, which this one may not know; `site` puts them together.
    """
    _find[:] = [find]


def paid_otherwise(appointment_ids: Collection[int]) -> set[int]:
    """Return which of some appointments no health plan is billed for: the patient pays, or a case's carrier alone."""
    return _find[0](appointment_ids) if _find and appointment_ids else set()
