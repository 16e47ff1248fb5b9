"""Referrals and authorizations: twelve visits for Ana's policy, unless told otherwise; and what a payer wants before a visit."""

from frontdesk.office.referrals import services
from tests.people import mia, rosa


def authorization(held, by=None, **fields):
    """A referral of a patient's policy for twelve visits, approved."""
    given = {"kind": "referral", "number": "R-1", "allowed": 12, **fields}
    return services.add(by or rosa(), patient_id=held.patient_id, policy_id=held.pk, **given)


def wanted(payer_id, visit, plan="", by=None, **said):
    """What a payer wants before a visit: a referral, unless told otherwise."""
    return services.set_requirements(
        by or mia(), payer_id=payer_id, plan=plan, said={visit.pk: said or {"referral": True}}
    )
