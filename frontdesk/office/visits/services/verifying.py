"""Have a visit's insurance verified: each policy in force that day, with what the payer is asked about this kind of visit."""

from frontdesk.kit.actor import Actor
from frontdesk.kit.walltime import to_wall
from frontdesk.office.audit.services import record, service
from frontdesk.office.coverage import services as coverage
from frontdesk.office.coverage.models import EligibilityCheck
from frontdesk.office.coverage.queries import policies_in_force
from frontdesk.office.coverage.rules.service_types import PLAN
from frontdesk.office.patients.queries import refuse_hidden
from frontdesk.office.visits.queries import about_visit, asks_nobody, paying_of
from frontdesk.office.visits.services._moving import appointment_of


@service("visits.verify", permission="coverage.verify")
def verify(
    by: Actor, /, *, appointment_id: int, why: str = EligibilityCheck.Why.KEY
) -> list[EligibilityCheck]:
    """Ask the payers of a visit's patient whether they cover its day; return the questions, the primary's first.

    What needs no asking is not asked (`coverage.ask`), and nobody where the patient pays, or a case's carrier alone. Raises `NotFound`, `Restricted`.
    """
    row = appointment_of(by, appointment_id, lock=False)
    day = to_wall(row.starts, row.zone).date()
    labels = [
        text
        for text in (row.visit_type.labels, row.location.labels, row.provider.labels if row.provider else "")
        if text
    ]
    refuse_hidden(by, row.patient_id, *labels)
    if asks_nobody(paying_of(row), day):
        record(by, subject=row, patient_id=row.patient_id, after={"asked": 0})
        return []
    # What is sensitive about a visit is nothing for all who may see the insurance: the plan as a whole is asked about.
    services = PLAN if labels else row.visit_type.service_types
    about = about_visit(row.pk)  # shown nowhere: a restriction of this visit is known by it
    order = policies_in_force(row.patient_id, day)
    # In the order of their rows: whoever puts them in another order locks them so too.
    asked = {
        pk: coverage.ask(
            by,
            policy_id=pk,
            day=day,
            services=services,
            why=why,
            about=about,
            zone=row.zone,
            provider_id=row.provider_id,
        )
        for pk in sorted(order)
    }
    found = [one for pk in order if (one := asked[pk]) is not None]
    record(by, subject=row, patient_id=row.patient_id, after={"asked": len(found)})
    return found
