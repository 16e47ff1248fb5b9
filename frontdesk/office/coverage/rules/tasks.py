"""What somebody has to do after a payer's answer, each with what one key needs to do it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do or to know. `data` holds what the action takes, as text; `lines` the benefits that say it.

    Codes, and their data:
    `managed_payer`, `other_payer`, `ask_payer`: name, id, id_kind, phone, role, insurance, plan, begins, ends; also
    kind of a managed payer, order (primary…) of another one. `pcp`, `restricted`: name, first, id, id_kind, phone.
    `ends_soon`, `starts_later`, `premium`, `death`: day. `spelled`: field (last, first, birth_date, member_id), ours,
    theirs. `authorization`, `excluded`, `exclusions`, `limit_used`, `unanswered`: service. `spend_down`: amount.
    `referral`, `card_lost`: nothing. Days are ISO 8601.
    """

    code: str
    words: str
    data: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[int, ...] = ()
