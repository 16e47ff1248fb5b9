"""A patient's photo, so that the desk greets the right person."""

from frontdesk.formats.pictures import NoPicture, bare, kind_of
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid, NotFound
from frontdesk.kit.versioned import save_changes
from frontdesk.office.audit.services import record, service
from frontdesk.office.jobs.services import publish
from frontdesk.office.patients.events import PatientChanged
from frontdesk.office.patients.models import Patient
from frontdesk.office.patients.queries.glass import find_patient as find

LARGEST = 200_000


@service("patients.set_photo", permission="patients.change")
def set_photo(by: Actor, /, *, patient_id: int, content: bytes) -> Patient:
    """Keep a photo: JPEG or PNG, at most 200 kB; the screen makes it small before it sends it.

    Only the picture itself is kept, not where and when it was taken.
    """
    try:
        if len(content) > LARGEST:
            raise NoPicture
        picture = bare(content)
    except NoPicture:
        msg = "A photo is a JPEG or PNG of at most 200 kB."
        raise Invalid(msg, fields={"photo": msg}) from None
    return _put(by, patient_id, picture)


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
