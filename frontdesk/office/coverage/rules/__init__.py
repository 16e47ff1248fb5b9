"""Pure rules about who pays."""

from frontdesk.office.coverage.rules.policies import (
    MOST,
    RANKS,
    birthday_first,
    holds_on,
    member_id,
    missing,
    rank_words,
    search_key,
)

__all__ = [
    "MOST",
    "RANKS",
    "birthday_first",
    "holds_on",
    "member_id",
    "missing",
    "rank_words",
    "search_key",
]
