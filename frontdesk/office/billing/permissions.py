"""Who may see and set what services cost, charge visits, and let a patient off what they owe."""

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

_DESK = (PSR, LEAD, BILLER, MANAGER)

declare("billing.view_fees", "See the practice's fees and what payers agreed to", *_DESK, ADMIN)
declare("billing.set_fees", "Set the practice's fees and payers' agreed rates", BILLER, MANAGER, ADMIN)
declare("billing.import_fees", "Take fees and agreed rates in from lists", MANAGER, ADMIN)
declare("billing.view_expected", "See what is to be collected for a visit", *_DESK, TRAINEE)
declare("billing.set_rules", "Set the sliding fee scale and how balances are asked for", MANAGER, ADMIN)
declare("billing.place_on_scale", "Note a household's income for the sliding fee scale", *_DESK)
declare("billing.charge", "Charge a visit", *_DESK)
declare("billing.take_back_charge", "Take back the charges of a visit, with a reason", LEAD, BILLER, MANAGER)
declare("billing.note_uncollected", "Note why something was not collected at a visit", *_DESK)
declare("billing.waive", "Waive what a patient owes of a visit, with a reason", LEAD, MANAGER)
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
