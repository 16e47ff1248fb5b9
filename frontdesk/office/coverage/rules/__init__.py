"""Pure rules about who pays."""

from frontdesk.office.coverage.rules.freshness import (
    AGAIN,
    FRESH,
    OVERNIGHT,
    PATIENCE,
    is_fresh,
    read_services,
)
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
from frontdesk.office.coverage.rules.standing import Cover, Standing, cover

__all__ = [
    "AGAIN",
    "FRESH",
    "MOST",
    "OVERNIGHT",
    "PATIENCE",
    "RANKS",
    "Cover",
    "Standing",
    "birthday_first",
    "cover",
    "holds_on",
    "is_fresh",
    "member_id",
    "missing",
    "rank_words",
    "read_services",
    "search_key",
]
