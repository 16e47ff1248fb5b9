"""Disclosures and what must go with the next one."""

from frontdesk.office.privacy.models import Disclosure, RecordRequest
from frontdesk.office.privacy.rules.telling import Told


def told_to(patient_id: int) -> list[Told]:
    """Return every disclosure of a patient that stands, as an accounting needs it; one query."""
    rows = Disclosure.objects.filter(patient_id=patient_id, retracted_at=None).order_by("on", "id")
    return [
        Told(
            id=one.pk,
            on=one.on,
            recipient=one.recipient,
            address=one.address,
            what=one.what,
            purpose=one.purpose,
            basis=one.basis,
            accountable=one.accountable,
            suspended_until=one.suspended_until,
        )
        for one in rows
    ]


def disclosures_of(patient_id: int, limit: int = 50) -> list[Disclosure]:
    """Return a patient's disclosures, newest first, those taken back too; one query."""
    return list(Disclosure.objects.filter(patient_id=patient_id).order_by("-on", "-id")[:limit])


def disagreements_of(patient_id: int) -> list[RecordRequest]:
    """Return the denied corrections whose statement of disagreement goes with later disclosures; one query."""
    rows = RecordRequest.objects.filter(patient_id=patient_id, kind=RecordRequest.Kind.AMENDMENT)
    return list(rows.exclude(disagreement="").order_by("id"))
