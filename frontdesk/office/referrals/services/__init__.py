"""The verbs of the referrals room."""

from frontdesk.office.referrals.services.asking import ask, give_up, settle_request, take_reply
from frontdesk.office.referrals.services.fitting import fit_patient, fit_visit, use
from frontdesk.office.referrals.services.keeping import add, change, end
from frontdesk.office.referrals.services.looking import open_referrals, open_request, open_worklist
from frontdesk.office.referrals.services.requirements import set_requirements

__all__ = [
    "add",
    "ask",
    "change",
    "end",
    "fit_patient",
    "fit_visit",
    "give_up",
    "open_referrals",
    "open_request",
    "open_worklist",
    "set_requirements",
    "settle_request",
    "take_reply",
    "use",
]
