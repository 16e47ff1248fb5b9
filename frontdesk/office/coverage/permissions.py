"""Who may see who pays for a patient, change it, and keep the list of payers."""

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

_DESK = (PSR, LEAD, SCHEDULER, BILLER, MANAGER)

declare(
    "coverage.view",
    "See a patient's insurance",
    *_DESK,
    CLINICAL,
    PROVIDER,
    PRIVACY,
    TRAINEE,
    ADMIN,
)
declare("coverage.change", "Note a patient's insurance, change its order, end it", *_DESK)
declare("coverage.verify", "Ask payers whether a patient is covered, note what they said by phone", *_DESK)
declare("coverage.see_payers", "Look up payers", *_DESK, TRAINEE, ADMIN)
declare(
    "coverage.change_payers", "Keep the list of payers: names, numbers, rules", LEAD, BILLER, MANAGER, ADMIN
)
declare("coverage.reports", "Read how fast payers answer", LEAD, MANAGER, ADMIN)
declare("coverage.settle", "Keep what payers answer; the program's own")
declare("coverage.import_payers", "Import a list of payers", MANAGER, ADMIN)
