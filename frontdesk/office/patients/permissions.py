"""What the patients room lets people do."""

from frontdesk.kit.permissions import (
    ADMIN,
    BILLER,
    CLINICAL,
    EVERYONE,
    LEAD,
    MANAGER,
    PRIVACY,
    PROVIDER,
    PSR,
    SCHEDULER,
    TRAINEE,
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

# Who sees what bears a sensitivity label (kit.sensitivity); to all others it shows its mask.
_CARE = (CLINICAL, PROVIDER, PRIVACY)
declare("patients.see_behavioural", "See records and visits of behavioural health", *_CARE, LEAD, MANAGER)
declare("patients.see_substance", "See what 42 CFR Part 2 protects: substance use", *_CARE)
declare("patients.see_reproductive", "See records and visits of reproductive health", *_CARE, LEAD, MANAGER)
declare("patients.see_hiv", "See records and visits about HIV", *_CARE)
declare("patients.see_minor", "See what a minor may keep from their parents", *_CARE, LEAD, MANAGER)
declare("patients.see_employee", "See the records of colleagues", *_CARE, MANAGER)
declare("patients.see_vip", "See the records of those known to the public", *_CARE, MANAGER)
declare(
    "patients.label",
    "Say what is sensitive: a record, a kind of visit, a provider, a location",
    *_CARE,
    MANAGER,
)
declare(
    "patients.break_glass",
    "Open a restricted record with a reason",
    *_DESK,
    BILLER,
    CLINICAL,
    PROVIDER,
    PRIVACY,
)
declare("patients.review_glass", "Look at every broken glass, and say whether there was reason", PRIVACY)
# Minimum necessary: the parts of a record beyond who somebody is and when they come.
declare("patients.see_alerts", "See the alerts on a record", *_DESK, CLINICAL, PROVIDER, PRIVACY, TRAINEE)
declare(
    "patients.see_needs",
    "See gender identity, pronouns, race and ethnicity",
    *_DESK,
    CLINICAL,
    PROVIDER,
    PRIVACY,
    TRAINEE,
)
# Writing a number that was just said needs no sight of it; the whole of one is for who must pass it on.
declare(
    "patients.see_ssn",
    "See the last four digits of a social security number, and find a patient by the whole of it",
    *_DESK,
    BILLER,
    PRIVACY,
)
declare("patients.change_ssn", "Write a patient's social security number", *_DESK, BILLER)
declare(
    "patients.reveal_ssn", "See a whole social security number, with a reason", LEAD, BILLER, MANAGER, PRIVACY
)
declare(
    "patients.see_notes",
    "See what staff write about a visit, and why somebody comes",
    *_DESK,
    CLINICAL,
    PROVIDER,
    PRIVACY,
    TRAINEE,
)
declare(
    "patients.see_history", "See who changed what on a record", *_DESK, CLINICAL, PROVIDER, PRIVACY, TRAINEE
)
