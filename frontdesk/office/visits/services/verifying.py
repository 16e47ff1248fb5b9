"""Have a visit's insurance verified: each policy in force that day, with what the payer is asked about this kind of visit."""

from frontdesk.kit.actor import Actor
from frontdesk.kit.walltime import to_wall
from frontdesk.office.audit.services import record, service
from frontdesk.office.coverage import services as coverage
from frontdesk.office.coverage.models import EligibilityCheck
from frontdesk.office.coverage.queries import policies_in_force
from frontdesk.office.visits.services._moving import appointment_of


@service("visits.verify", permission="coverage.verify")
def verify(
    by: Actor, /, *, appointment_id: int, why: str = EligibilityCheck.Why.KEY
) -> list[EligibilityCheck]:
    """Ask the payers of a visit's patient whether they cover its day; return the questions, the primary's first.

    What needs no asking is not asked (`coverage.ask`). Raises `NotFound`.
    """
    row = appointment_of(by, appointment_id, lock=False)
    day = to_wall(row.starts, row.zone).date()
    asked = [
        coverage.ask(
            by,
            policy_id=policy_id,
            day=day,
            services=row.visit_type.service_types,
            why=why,
            about=f"scheduling.appointment:{row.pk}",
            zone=row.zone,
        )
        for policy_id in policies_in_force(row.patient_id, day)
    ]
    record(by, subject=row, patient_id=row.patient_id, after={"asked": len(asked)})
    return asked
