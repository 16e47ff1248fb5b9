"""What somebody has to do after a payer's answer, each with what one key needs to do it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do or to know. `data` holds what the action takes, as text.

    Codes, and their data: `managed_payer`, `other_payer` and `ask_payer` (name, id, id_kind, phone, role, insurance,
    begins, ends), `pcp` (name, first, id, phone), `restricted` (the same), `ends_soon` (day), `spelled` (field: last,
    first, birth_date or member_id; ours; theirs), `authorization` (service), `referral`, `limit_used` (service),
    `excluded` (service), `premium` (day), `death` (day), `card_lost`, `spend_down` (amount), `part` (service).
    """

    code: str
    words: str
    data: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[int, ...] = ()
