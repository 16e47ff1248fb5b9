"""A payer's answer judged anew: the whole verdict, with what it costs and what is to be done."""

from frontdesk.office.coverage.models import EligibilityCheck, Policy
from frontdesk.office.coverage.rules import read_services
from frontdesk.office.coverage.rules.benefits import Known, Told, from_json
from frontdesk.office.coverage.rules.verdict import Verdict, verdict
from frontdesk.office.patients.models import Patient


def judged(row: EligibilityCheck, policy: Policy, patient: Patient) -> Verdict | None:
    """Return the verdict of what a payer told, None where it told nothing; no query.

    What it spells otherwise is told against the record as it is now, so that what was accepted is told no more.
    """
    return judge(from_json(row.told), row, policy, patient) if row.told else None


def judge(told: Told, row: EligibilityCheck, policy: Policy, patient: Patient) -> Verdict:
    """Return the verdict of what a payer told in answer to a question; no query."""
    services = read_services(row.services)
    return verdict(
        told,
        day=row.day,
        # The first is all of the plan; the verdict wants the one that is meant most first.
        services=(*services[1:], services[0]),
        # As the list of networks said when it was asked; what nobody knew then may be known by now.
        in_network=policy.payer.in_network if row.in_network is None else row.in_network,
        asked=Known(
            last=patient.legal_last,
            first=patient.legal_first,
            birth_date=patient.birth_date,
            member_id=policy.member_id,
        ),
    )
