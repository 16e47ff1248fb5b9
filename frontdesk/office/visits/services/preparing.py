"""Preparing a day: what is missing for a visit is arranged beforehand, or accepted as it is with a reason."""

from collections.abc import Sequence

from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid, NotFound
from frontdesk.office.audit.services import record, same_patient, service
from frontdesk.office.scheduling.models import Appointment
from frontdesk.office.visits.errors import NothingMissing
from frontdesk.office.visits.models import Check
from frontdesk.office.visits.queries import line_of
from frontdesk.office.visits.rules import Finding
from frontdesk.office.visits.services.checking_in import settle


@service("visits.take_up", permission="visits.view", reads=True)
def take_up(by: Actor, /, *, appointment_ids: Sequence[int]) -> None:
    """Take many visits up for one piece of work; where one of them is not theirs the whole is refused, unnamed.

    Which of the others can be done is for each one's own verb to say. Raises `NotFound`.
    """
    wanted = set(appointment_ids)
    sites = dict(Appointment.objects.filter(pk__in=wanted).values_list("pk", "location_id"))
    if sites.keys() != wanted or not all(by.works_at(site) for site in sites.values()):
        msg = "One of these visits is not there. Nothing was changed; open the list again."
        raise NotFound(msg)
    record(by, extra={"visits": sorted(wanted)})


@service("visits.arrange_interpreter", permission="visits.plan_day")
def arrange_interpreter(by: Actor, /, *, appointment_id: int, answer: str = "") -> Check:
    """Note that an interpreter is arranged for a visit; raise `NothingMissing` where none is needed any more."""
    if not any(one.item == "interpreter" for one in _open(by, appointment_id)):
        msg = "No interpreter has to be arranged for this visit."
        raise NothingMissing(msg)
    words = answer.strip() or "arranged"
    return settle(by, appointment_id=appointment_id, item="interpreter", answer=words)


@service("visits.accept", permission="visits.plan_day")
def accept(by: Actor, /, *, appointment_id: int, reason: str) -> list[Check]:
    """Accept all that is missing for a visit as it is, with a reason; what only a lead may settle stays.

    All of it or nothing. Raises `Invalid` without a reason, `NothingMissing`, `NotFound`.
    """
    missing = [one.item for one in _open(by, appointment_id) if one.level == "todo" and one.item]
    if not reason.strip():
        msg = "Please say why this is accepted."
        raise Invalid(msg, fields={"reason": msg})
    if not missing:
        msg = "Nothing is missing for this visit that could be accepted."
        raise NothingMissing(msg)
    answer = f"accepted: {reason.strip()}"
    return [settle(by, appointment_id=appointment_id, item=item, answer=answer) for item in missing]


def _open(by: Actor, appointment_id: int) -> list[Finding]:
    line = line_of(by, appointment_id)
    if line is None:
        msg = "There is no such visit, or it was cancelled."
        raise NotFound(msg)
    same_patient(by, line.patient_id)
    return line.findings
