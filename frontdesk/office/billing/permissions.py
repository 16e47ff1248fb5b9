"""Who may see and set what services cost."""

from frontdesk.kit.permissions import ADMIN, BILLER, LEAD, MANAGER, PSR, declare

declare(
    "billing.view_fees",
    "See the practice's fees and what payers agreed to",
    PSR,
    LEAD,
    BILLER,
    MANAGER,
    ADMIN,
)
declare("billing.set_fees", "Set the practice's fees and payers' agreed rates", BILLER, MANAGER, ADMIN)
