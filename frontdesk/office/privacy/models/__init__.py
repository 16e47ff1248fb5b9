"""The tables of the privacy room, by what they are about."""

from frontdesk.office.privacy.models.asking import RecordRequest, Restriction
from frontdesk.office.privacy.models.consenting import Consent
from frontdesk.office.privacy.models.identity import Alarm, LegalPaper, PassPhrase, Verification
from frontdesk.office.privacy.models.telling import Acknowledgement, Disclosure, Notice

__all__ = [
    "Acknowledgement",
    "Alarm",
    "Consent",
    "Disclosure",
    "LegalPaper",
    "Notice",
    "PassPhrase",
    "RecordRequest",
    "Restriction",
    "Verification",
]
