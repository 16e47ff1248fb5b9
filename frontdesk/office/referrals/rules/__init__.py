"""Pure rules about referrals and authorizations: which is needed, which fits, what to warn of, what a payer's answer means."""

from frontdesk.office.referrals.rules.answers import APPROVING, OUTCOMES, SETTLED, Outcome, Told, judged
from frontdesk.office.referrals.rules.cautions import Caution, cautions
from frontdesk.office.referrals.rules.fitting import (
    AUTHORIZATION,
    KINDS,
    REFERRAL,
    Held,
    Visit,
    best,
    hindrance,
    taken_order,
)
from frontdesk.office.referrals.rules.needs import PLANS, Need, Rule, needs, plan_kind
from frontdesk.office.referrals.rules.saying import agreeing, counted, named, span

__all__ = [
    "APPROVING",
    "AUTHORIZATION",
    "KINDS",
    "OUTCOMES",
    "PLANS",
    "REFERRAL",
    "SETTLED",
    "Caution",
    "Held",
    "Need",
    "Outcome",
    "Rule",
    "Told",
    "Visit",
    "agreeing",
    "best",
    "cautions",
    "counted",
    "hindrance",
    "judged",
    "named",
    "needs",
    "plan_kind",
    "span",
    "taken_order",
]
