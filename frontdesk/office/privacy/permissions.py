"""Who may verify, disclose, decide and take a record out of the house, in a new practice."""

from frontdesk.kit.permissions import (
    ADMIN,
    BILLER,
    CLINICAL,
    EVERYONE,
    FRONT,
    LEAD,
    MANAGER,
    PRIVACY,
    PROVIDER,
    declare,
)

_DESK = (*FRONT, BILLER, CLINICAL, PROVIDER, PRIVACY)
_OFFICE = (MANAGER, ADMIN, PRIVACY)

declare("privacy.view", "See who spoke for a patient, what was disclosed and what they asked for", *_DESK)
declare("privacy.verify", "Verify who is calling or standing at the desk", *EVERYONE)
declare("privacy.phrase", "Set a patient's password phrase, or take it away", *_DESK)
declare("privacy.papers", "Note legal papers: who may act for a patient, and who may not", LEAD, *_OFFICE)
declare("privacy.acknowledge", "Note whether a patient acknowledged the privacy notice", *_DESK)
declare(
    "privacy.disclose",
    "Put a disclosure outside treatment, payment and operations on record",
    LEAD,
    CLINICAL,
    PROVIDER,
    *_OFFICE,
)
declare(
    "privacy.consent",
    "Note a patient's consent to disclose what 42 CFR Part 2 protects, and take it back",
    LEAD,
    CLINICAL,
    PROVIDER,
    *_OFFICE,
)
declare("privacy.account", "Print the accounting of a patient's disclosures", LEAD, *_OFFICE)
declare(
    "privacy.settle_alarm",
    "Go on where verifications failed too often, and say what was behind it",
    LEAD,
    *_OFFICE,
)
declare("privacy.take_request", "Take down what a patient asks about their record", *_DESK)
declare("privacy.decide", "Answer requests and restrictions, within the time the law gives", *_OFFICE)
declare("privacy.desk", "Work the privacy desk: what is due, overdue, missing", LEAD, *_OFFICE)
declare("privacy.publish_notice", "Publish a new version of the privacy notice", *_OFFICE)
declare("privacy.export", "Take a patient's whole record out of the house", *_OFFICE)
