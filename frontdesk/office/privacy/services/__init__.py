"""The verbs of the privacy room."""

from frontdesk.office.privacy.services.alarms import settle_alarm
from frontdesk.office.privacy.services.asking import (
    add_disagreement,
    answer_request,
    answer_restriction,
    ask_restriction,
    end_restriction,
    extend_request,
    take_request,
)
from frontdesk.office.privacy.services.consenting import give_consent, revoke_consent
from frontdesk.office.privacy.services.exporting import export_record
from frontdesk.office.privacy.services.looking import open_desk, open_record
from frontdesk.office.privacy.services.notices import acknowledge, publish_notice
from frontdesk.office.privacy.services.telling import Accounting, account, disclose, retract_disclosure
from frontdesk.office.privacy.services.verifying import (
    add_paper,
    end_call,
    end_paper,
    end_phrase,
    set_phrase,
    verify,
)

__all__ = [
    "Accounting",
    "account",
    "acknowledge",
    "add_disagreement",
    "add_paper",
    "answer_request",
    "answer_restriction",
    "ask_restriction",
    "disclose",
    "end_call",
    "end_paper",
    "end_phrase",
    "end_restriction",
    "export_record",
    "extend_request",
    "give_consent",
    "open_desk",
    "open_record",
    "publish_notice",
    "retract_disclosure",
    "revoke_consent",
    "set_phrase",
    "settle_alarm",
    "take_request",
    "verify",
]
