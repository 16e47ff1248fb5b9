"""Looking at the privacy desk and at a patient's privacy record is a deed too."""

from collections.abc import Iterable

from frontdesk.kit.actor import Actor
from frontdesk.office.audit.services import record, service


@service("privacy.open_desk", permission="privacy.desk", reads=True)
def open_desk(by: Actor, /, *, patient_ids: Iterable[int]) -> None:
    """Put on record that the privacy desk was opened, and whose requests stood in it."""
    record(by, extra={"list": "privacy desk", "shown": sorted(set(patient_ids))})


@service("privacy.open_record", permission="privacy.view", reads=True)
def open_record(by: Actor, /, *, patient_id: int) -> None:
    """Put on record that a patient's disclosures, papers and requests were looked at."""
    record(by, patient_id=patient_id)
