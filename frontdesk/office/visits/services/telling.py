"""A provider runs late: what came of telling those who come next is kept with the visit and as a call, or not at all."""

from frontdesk.kit import walltime
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.kit.refs import Ref
from frontdesk.office.audit.services import record, service
from frontdesk.office.scheduling.models import ContactAttempt
from frontdesk.office.scheduling.services import log_attempt
from frontdesk.office.visits import rules
from frontdesk.office.visits.errors import NotAllowed
from frontdesk.office.visits.services._moving import appointment_of, visit_of
from frontdesk.office.visits.services.checking_in import set_note


@service("visits.told_of_wait", permission="visits.arrive")
def told_of_wait(
    by: Actor, /, *, appointment_id: int, answer: str, minutes: int, number: str = ""
) -> ContactAttempt:
    """Keep what somebody who comes next said when told of `minutes` of wait: "keep", "later", or "unreached".

    Their answer stands in the visit's note, beside what stood there; the try is a call about the visit, at `number`.
    Raises `Invalid` for another answer, `NotAllowed` when they are here already or do not come.
    """
    if answer not in rules.ANSWERS:
        msg = "Keep, come later, or not reached?"
        raise Invalid(msg, fields={"answer": msg})
    row = appointment_of(by, appointment_id)
    if row.status not in rules.AHEAD:
        msg = f"They need not be told any more: {rules.WORDS[row.status].lower()}."
        raise NotAllowed(msg, row)
    words = rules.answered(answer, walltime.to_wall(row.starts, row.zone), minutes)
    record(by, subject=row, patient_id=row.patient_id, after={"answer": answer, "minutes": minutes})
    if answer != "unreached":
        set_note(by, appointment_id=row.pk, note=rules.told(visit_of(row).note, words))
    return log_attempt(
        by,
        about=str(Ref.to(row)),
        patient_id=row.patient_id,
        outcome="no_answer" if answer == "unreached" else "reached",
        number=number,
        note=f"about {minutes} minutes late: {words}",
    )
