"""The tables of the patients room, by what they are about."""

from frontdesk.office.patients.models.finding import NameToken, SearchName, SearchPhone, TokenKey
from frontdesk.office.patients.models.identity import (
    OLD_MRN,
    BrokenGlass,
    Identifier,
    MergeRecord,
    MrnCounter,
    Patient,
    PatientName,
    SuspectedPair,
)
from frontdesk.office.patients.models.reach import Address, Alert, Confirmation, Contact, Draft, RelatedPerson
from frontdesk.office.patients.models.ssn import SSN, SocialSecurityNumber

__all__ = [
    "OLD_MRN",
    "SSN",
    "Address",
    "Alert",
    "BrokenGlass",
    "Confirmation",
    "Contact",
    "Draft",
    "Identifier",
    "MergeRecord",
    "MrnCounter",
    "NameToken",
    "Patient",
    "PatientName",
    "RelatedPerson",
    "SearchName",
    "SearchPhone",
    "SocialSecurityNumber",
    "SuspectedPair",
    "TokenKey",
]
