"""What the patients room lets people do."""

from frontdesk.kit.permissions import (
    ADMIN,
    BILLER,
    CLINICAL,
    EVERYONE,
    LEAD,
    MANAGER,
    PROVIDER,
    PSR,
    SCHEDULER,
    declare,
)

_DESK = (PSR, LEAD, SCHEDULER, MANAGER, ADMIN)

declare("patients.search", "Find patients", *EVERYONE)
declare("patients.view", "Open a patient's record", *EVERYONE)
declare("patients.register", "Register a patient", *_DESK, CLINICAL)
declare("patients.change", "Change a patient's record", *_DESK, BILLER, CLINICAL, PROVIDER)
declare("patients.confirm", "Confirm with a patient that nothing changed", *_DESK, BILLER, CLINICAL)
declare("patients.merge", "Merge two charts of one person, and undo it", LEAD, MANAGER, ADMIN)
declare("patients.import", "Import patients from another system", MANAGER, ADMIN)
declare("patients.draft", "Keep an unfinished form", *EVERYONE)
