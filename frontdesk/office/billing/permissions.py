"""Who may see and set what services cost."""

from frontdesk.kit.permissions import (
    ADMIN,
    BILLER,
    CLINICAL,
    LEAD,
    MANAGER,
    PRIVACY,
    PROVIDER,
    PSR,
    SCHEDULER,
    TRAINEE,
    declare,
)

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
declare(
    "billing.view_papers",
    "See a patient's cost estimates and Medicare notices",
    PSR,
    LEAD,
    SCHEDULER,
    BILLER,
    MANAGER,
    CLINICAL,
    PROVIDER,
    PRIVACY,
    TRAINEE,
    ADMIN,
)
declare(
    "billing.write_papers", "Write and give cost estimates and Medicare notices", PSR, LEAD, BILLER, MANAGER
)
declare("billing.set_paper_numbers", "Set what estimates and notices must say: tax number, edition", BILLER, MANAGER, ADMIN)  # fmt: skip
declare("billing.follow", "Say which visits need an estimate; the program's own")
