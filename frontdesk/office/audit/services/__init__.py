"""The one way to write, and what is written of it."""

from frontdesk.office.audit.services.pages import begin_settling, settled_before_leaving
from frontdesk.office.audit.services.verbs import AnotherPatient, FormKeyReused, record, same_patient, service

__all__ = [
    "AnotherPatient",
    "FormKeyReused",
    "begin_settling",
    "record",
    "same_patient",
    "service",
    "settled_before_leaving",
]
