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
from frontdesk.office.coverage.rules.cards import (
    PATIENT,
    PROPOSED,
    SURE,
    TOLD,
    Proposed,
    kept,
    may_be,
    stands,
)
from frontdesk.office.coverage.rules.cases import CaseFacts, WhoPays, proposed_order, who_pays
from frontdesk.office.coverage.rules.charges import Charge, Choice
from frontdesk.office.coverage.rules.cover import (
    CASE,
    NOT_ASKED,
    SELF_PAY,
    SELF_PAY_WORDS,
    Cover,
    PolicyCover,
    cover,
    self_pay,
)
from frontdesk.office.coverage.rules.freshness import (
    AGAIN,
    FRESH,
    OVERNIGHT,
    PATIENCE,
    USUAL,
    is_fresh,
    read_services,
)
from frontdesk.office.coverage.rules.network import Contract, network
from frontdesk.office.coverage.rules.ordering import Held, Proposal, propose
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
    "AGAIN",
    "CASE",
    "FRESH",
    "MOST",
    "NOT_ASKED",
    "OVERNIGHT",
    "PATIENCE",
    "PATIENT",
    "PROPOSED",
    "RANKS",
    "SELF_PAY",
    "SELF_PAY_WORDS",
    "SERVICES",
    "STATES",
    "SURE",
    "TOLD",
    "USUAL",
    "Allowance",
    "Benefit",
    "CaseFacts",
    "Charge",
    "Choice",
    "Contract",
    "Cover",
    "Dates",
    "Entity",
    "Figure",
    "Figures",
    "Held",
    "Known",
    "PolicyCover",
    "Proposal",
    "Proposed",
    "Rejection",
    "Task",
    "Told",
    "Verdict",
    "WhoPays",
    "as_json",
    "birthday_first",
    "cover",
    "from_json",
    "holds_on",
    "is_fresh",
    "kept",
    "may_be",
    "member_id",
    "missing",
    "network",
    "propose",
    "proposed_order",
    "rank_words",
    "read_services",
    "search_key",
    "self_pay",
    "stands",
    "verdict",
    "who_pays",
]
