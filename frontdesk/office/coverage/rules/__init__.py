"""Pure rules about who pays."""

from frontdesk.office.coverage.rules.accumulators import Figure, Figures
from frontdesk.office.coverage.rules.allowances import Allowance
from frontdesk.office.coverage.rules.benefits import (
    Benefit,
    Dates,
    Entity,
    Known,
    Rejection,
    Told,
    as_json,
    from_json,
)
from frontdesk.office.coverage.rules.charges import Charge, Choice
from frontdesk.office.coverage.rules.lines import described
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
from frontdesk.office.coverage.rules.service_types import SERVICES
from frontdesk.office.coverage.rules.tasks import Task
from frontdesk.office.coverage.rules.verdict import STATES, Verdict, verdict

__all__ = [
    "MOST",
    "RANKS",
    "SERVICES",
    "STATES",
    "Allowance",
    "Benefit",
    "Charge",
    "Choice",
    "Dates",
    "Entity",
    "Figure",
    "Figures",
    "Known",
    "Rejection",
    "Task",
    "Told",
    "Verdict",
    "as_json",
    "birthday_first",
    "described",
    "from_json",
    "holds_on",
    "member_id",
    "missing",
    "rank_words",
    "search_key",
    "verdict",
]
