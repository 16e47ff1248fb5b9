"""A patient's photo, so that the desk greets the right person."""

from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid, NotFound
from frontdesk.kit.versioned import save_changes
from frontdesk.office.audit.services import record, service
from frontdesk.office.jobs.services import publish
from frontdesk.office.patients.events import PatientChanged
from frontdesk.office.patients.models import Patient
from frontdesk.office.patients.queries.glass import find_patient as find

LARGEST = 200_000
_KINDS = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}


@service("patients.set_photo", permission="patients.change")
def set_photo(by: Actor, /, *, patient_id: int, content: bytes) -> Patient:
    """Keep a photo: JPEG or PNG, at most 200 kB; the screen makes it small before it sends it."""
    if len(content) > LARGEST or kind_of(content) is None:
        msg = "A photo is a JPEG or PNG of at most 200 kB."
        raise Invalid(msg, fields={"photo": msg})
    return _put(by, patient_id, content)


@service("patients.remove_photo", permission="patients.change")
def remove_photo(by: Actor, /, *, patient_id: int) -> Patient:
    """Forget a patient's photo."""
    return _put(by, patient_id, None)


@service("patients.read_photo", permission="patients.view", reads=True)
def read_photo(by: Actor, /, *, patient_id: int) -> tuple[bytes, str]:
    """Return a patient's photo and its media type. Raises `NotFound` when there is none."""
    patient = find(by, patient_id)
    content = bytes(patient.photo) if patient.photo is not None else b""
    kind = kind_of(content)
    if kind is None:
        msg = "There is no photo of this patient."
        raise NotFound(msg)
    record(by, subject=patient, patient_id=patient.pk)
    return content, kind


def kind_of(content: bytes) -> str | None:
    """Return the media type of a photo by its first bytes, whatever its sender says; None for anything else."""
    return next((kind for magic, kind in _KINDS.items() if content.startswith(magic)), None)


def _put(by: Actor, patient_id: int, content: bytes | None) -> Patient:
    patient = find(by, patient_id, to_change=True)
    had = patient.photo is not None
    save_changes(patient, {"photo": content})
    # The picture itself is no matter for the record of deeds.
    record(
        by,
        subject=patient,
        patient_id=patient.pk,
        before={"photo": had},
        after={"photo": content is not None},
    )
    publish(PatientChanged(patient.pk, "photo"))
    return patient
