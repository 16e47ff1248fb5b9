"""A payment link: a page of the processor's where a patient pays by themselves. It works for a day, and once."""

from datetime import timedelta

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.office.audit.services import service
from frontdesk.office.patients.queries import find_patient
from frontdesk.office.payments import rules
from frontdesk.office.payments.models import CardCharge
from frontdesk.office.payments.services.cards import begin

LASTS = timedelta(hours=23)
"""The processor lets such a page stand for a day at the most."""


@service("payments.make_link", permission="payments.take")
def make_link(
    by: Actor, /, *, patient_id: int, location_id: int, parts: tuple[rules.Part, ...], key: str
) -> CardCharge:
    """Have a link made for what is to be paid; the same `key` again is the link that stands. `call_off` withdraws it.

    What is paid by it has its receipt in the patient's language: nobody is there to be asked.
    Raises `Invalid`, `NoSuchPatient`, `Restricted`.
    """
    tender = rules.Given(rules.KIND.CARD, sum(part.cents for part in parts))
    spoken = "es" if find_patient(by, patient_id).language.startswith("es") else "en"
    sheet = rules.Sheet(patient_id, location_id, (tender,), parts, language=spoken)
    made = begin(by, sheet, key, how=CardCharge.How.LINK)
    if made.over_at is None:
        made.over_at = clock.now() + LASTS
        CardCharge.objects.filter(pk=made.pk).update(over_at=made.over_at)
    return made
