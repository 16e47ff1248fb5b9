"""What privacy says when it will not do a thing: one sentence, fit to be read aloud.

Refused
├── NotVerified      nobody was verified on this call, or not for this
├── AskLead          too many verifications failed; somebody else must look
├── NoConsent        what 42 CFR Part 2 protects leaves with a consent alone
├── TooLate          the time the law gives for it is over
├── SettledAlready   it was answered before
└── NoNotice         there is no privacy notice to acknowledge yet
"""

from frontdesk.kit.errors import Refused


class NotVerified(Refused):
    """Nothing is told to somebody who might be anybody."""


class AskLead(Refused):
    """Too many callers were not who they said within an hour: the next is a lead's."""


class NoConsent(Refused):
    """A record about substance use leaves only with the patient's consent, and none covers this."""


class TooLate(Refused):
    """A deadline has passed, or the one extension was used."""


class SettledAlready(Refused):
    """Answered before; what was answered stays."""


class NoNotice(Refused):
    """No version of the privacy notice was published yet."""
